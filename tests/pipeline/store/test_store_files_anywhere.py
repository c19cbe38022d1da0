"""What files promise wherever they lie, and what only a bucket has: addresses, a way to go wrong, a cache."""

import errno
import hashlib
import os
import pickle
import socket
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import BadImageError
from pipeline.errors import BugError
from pipeline.errors import KnownError
from pipeline.errors import StudioError
from pipeline.model import NewImage
from pipeline.settings import load_settings
from pipeline.store import files as module
from pipeline.store.bucket.cache import Cache
from pipeline.store.bucket.files import BucketFiles
from pipeline.store.bucket.location import Location
from pipeline.store.bucket.location import parse
from pipeline.store.locations import choose_location
from pipeline.store.locations import files_of
from pipeline.store.locations import location_of
from pipeline.store.locations import open_files
from pipeline.store.rebuild import rebuild
from pipeline.store.retention import Terms
from pipeline.store.safekeeping import restore
from pipeline.store.store import Store

DATA = b"pixels" * 5000
SHA256 = hashlib.sha256(DATA).hexdigest()
MINUTE = 60 * 10**9
STORAGE = load_settings().storage
SOON = replace(STORAGE, connect_seconds=0.3, answer_seconds=0.3, tries=2)


@pytest.fixture(params=["folder", "bucket"])
def files(request, folder):
    place = request.getfixturevalue("bucket") if request.param == "bucket" else folder / "studio" / "files"
    (folder / "studio").mkdir()
    return open_files(place, studio=folder / "studio")


def leftovers(files):
    return list((files.folder / "tmp").iterdir())


def damage(files):
    """Put other bytes under the name, as a failing disk would."""
    name = f"{SHA256[:2]}/{SHA256}"
    if files.shown(SHA256).startswith("s3:"):
        files.write(name, b"X" + DATA[1:])
    else:
        (files.folder / name).chmod(0o600)
        (files.folder / name).write_bytes(b"X" + DATA[1:])


def elsewhere(files, folder):
    """The same files as another machine sees them."""
    other = pickle.loads(pickle.dumps(files))
    if other.shown(SHA256).startswith("s3:"):
        other = type(other)(other.location, folder / "other" / "files", folder / "cache", other._limits)
    return other


def test_bytes_come_back_under_their_sha256_here_and_elsewhere(files, folder):
    assert files.put_bytes(DATA) == files.put_bytes(DATA) == SHA256
    assert not leftovers(files)
    for each in (files, elsewhere(files, folder)):
        assert each.has(SHA256)
        assert each.is_whole(SHA256)
        assert each.read(SHA256) == each.path(SHA256).read_bytes() == each.verified(SHA256).read_bytes() == DATA
    files.put_bytes(b"")
    assert files.read(hashlib.sha256(b"").hexdigest()) == b""


def test_what_is_kept_is_listed_in_order_with_size_and_time(files):
    other = files.put_bytes(b"other")
    files.put_bytes(DATA)
    files.write("studio.json", b"{}")
    files.write(f"{SHA256[:2]}/{SHA256}.json", b"{}")
    files.write("ab/notes.txt", b"x")
    assert list(files.names()) == [each.sha256 for each in files.listed()] == sorted([other, SHA256])
    sizes = {each.sha256: each.bytes for each in files.listed()}
    assert sizes == {other: 5, SHA256: len(DATA)}
    assert all(abs(time.time_ns() - each.put_at) < MINUTE for each in files.listed())
    assert list(files.sidecars()) == [SHA256]


def test_what_is_put_again_looks_fresh_to_a_purge(files):
    files.put_bytes(DATA)
    before = next(files.listed()).put_at
    files.put_bytes(DATA)
    if files.shown(SHA256).startswith("s3:"):
        # Servers tell the time of an object in seconds: what they were told with it says that it was touched.
        said = files._bucket._ask("head_object", Key=files.location.key(f"{SHA256[:2]}/{SHA256}"))
        assert said["Metadata"]["freshened"]
        assert next(files.listed()).put_at >= before
    else:
        assert next(files.listed()).put_at > before
    assert files.read(SHA256) == DATA


def test_damage_is_noticed_and_mended_by_putting_the_bytes_again(files, folder):
    files.put_bytes(DATA)
    damage(files)
    other = elsewhere(files, folder)
    assert not other.is_whole(SHA256)
    assert other.verified(SHA256) is None
    with pytest.raises(StudioError, match=f"{SHA256} is damaged"):
        other.read(SHA256)
    files.put_bytes(DATA)
    assert other.is_whole(SHA256)
    assert other.read(SHA256) == DATA


def test_a_place_that_stores_other_bytes_is_caught_by_reading_back(files, monkeypatch):
    if files.shown(SHA256).startswith("s3:"):
        put = files._bucket.put_bytes
        monkeypatch.setattr(files._bucket, "put", lambda name, path: put(name, b"X" * len(DATA)))
    else:
        write = os.write
        monkeypatch.setattr(os, "write", lambda handle, data: write(handle, b"X" * len(data)))
    with pytest.raises(StudioError, match="read back wrong"):
        files.put_bytes(DATA)
    assert not leftovers(files)


def test_what_lies_beside_is_written_read_moved_and_removed(files):
    assert files.read_beside("studio.json") is None
    files.write("studio.json", b"old")
    files.write("studio.json", b"new")
    assert files.read_beside("studio.json") == b"new"
    files.put_bytes(DATA)
    files.move(f"{SHA256[:2]}/{SHA256}", f"trash/7-{SHA256}")
    assert not files.has(SHA256)
    assert files.inside("trash") == [f"7-{SHA256}"]
    with pytest.raises(StudioError, match=f"{SHA256} is missing"):
        files.path(SHA256)
    files.move(f"trash/7-{SHA256}", f"{SHA256[:2]}/{SHA256}")
    assert files.read(SHA256) == DATA
    files.remove(f"{SHA256[:2]}/{SHA256}")
    files.remove(f"{SHA256[:2]}/{SHA256}")
    assert list(files.names()) == files.inside("trash") == []


def test_put_file_copies_and_leaves_the_source_as_it_was(files, folder):
    source = folder / "photo.jpg"
    source.write_bytes(DATA)
    os.utime(source, ns=(1, 1))
    before = source.stat()
    assert files.put_file(source) == (SHA256, len(DATA))
    assert files.read(SHA256) == source.read_bytes() == DATA
    assert (source.stat().st_mtime_ns, source.stat().st_mode) == (before.st_mtime_ns, before.st_mode)
    assert not leftovers(files)


def test_put_file_streams_more_than_one_chunk(files, folder, monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 1000)
    (folder / "photo.jpg").write_bytes(DATA)
    assert files.put_file(folder / "photo.jpg") == (SHA256, len(DATA))


def test_only_regular_files_are_taken(files, folder):
    (folder / "real.jpg").write_bytes(DATA)
    makers = {
        "missing.jpg": lambda path: None,
        "folder.jpg": lambda path: path.mkdir(),
        "link.jpg": lambda path: path.symlink_to(folder / "real.jpg"),
        "pipe.jpg": os.mkfifo,
    }
    for name, make in makers.items():
        make(folder / name)
        with pytest.raises(BadImageError, match=name):
            files.put_file(folder / name)
    assert not leftovers(files)


def test_a_file_that_grows_while_it_is_copied_is_refused(files, folder, monkeypatch):
    source = folder / "photo.jpg"
    source.write_bytes(DATA)
    read = os.read

    def read_while_another_program_writes(handle, count):
        chunk = read(handle, count)
        if not chunk:
            with source.open("ab") as other:
                other.write(b"more")
        return chunk

    monkeypatch.setattr(os, "read", read_while_another_program_writes)
    with pytest.raises(BadImageError, match="changed while"):
        files.put_file(source)
    assert list(files.names()) == []


def test_a_source_that_cannot_be_read_is_a_bad_image_not_a_bad_studio(files, folder, monkeypatch):
    (folder / "photo.jpg").write_bytes(DATA)

    def broken_disk(handle, count):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "read", broken_disk)
    with pytest.raises(BadImageError, match=r"photo\.jpg cannot be read"):
        files.put_file(folder / "photo.jpg")


def test_a_missing_file_is_named(files):
    assert not files.has(SHA256)
    with pytest.raises(StudioError, match=f"{SHA256} is missing"):
        files.path(SHA256)
    for ask in (files.read, files.is_whole, files.verified):
        with pytest.raises(StudioError, match="missing"):
            ask(SHA256)


def test_a_name_that_is_no_sha256_is_a_bug(files):
    for name in ("", "../../etc/passwd", "A" * 64, "g" * 64, "a" * 63, "a" * 64 + "\n"):
        for ask in (files.path, files.has, files.is_whole, files.shown):
            with pytest.raises(BugError):
                ask(name)


def test_old_temporary_files_are_swept_and_new_ones_stay(files):
    tmp = files.folder / "tmp"
    for name, hours in (("old", 25), ("new", 23)):
        (tmp / name).write_bytes(b"x")
        os.utime(tmp / name, (time.time() - hours * 3600,) * 2)
    assert files.tidy() == 1
    assert [path.name for path in leftovers(files)] == ["new"]


def bucket_files(location, folder, limits=STORAGE):
    return BucketFiles(parse(location), folder / "files", folder / "cache", limits)


def test_an_address_names_bucket_folder_and_who_serves_it():
    found = parse("s3://photos/a/b/?endpoint=https://s3.example.com:9000&region=eu-1&profile=shop")
    assert found == Location("photos", "a/b", "https://s3.example.com:9000", "eu-1", "shop")
    assert str(found) == "s3://photos/a/b"
    assert found.key("ab/cd") == "a/b/ab/cd"
    assert parse("s3://photos").key("ab/cd") == "ab/cd"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("gs://photos/a", "not in “gs://photos/a”"),
        ("s3://key:secret@photos/a", "A key does not belong"),
        ("s3:///a", "is no name of a bucket"),
        ("s3://Photos!", "is no name of a bucket"),
        ("s3://photos/a?endpont=https://x", "the nearest known name is “endpoint”"),
        ("s3://photos/a?endpoint=ftp://x", "“ftp://x” is no endpoint"),
        ("s3://photos/a?endpoint=http://me:pw@x", "is no endpoint"),
        ("s3://photos/a?secret", "is no address of a bucket"),
        ("s3://[photos/a", "is no address of a bucket"),
    ],
)
def test_an_address_that_is_none_is_one_sentence(text, words):
    with pytest.raises(KnownError, match=words):
        parse(text)


def everything(files):
    """Every way to ask for something."""
    yield lambda: files.put_bytes(DATA)
    yield lambda: files.read(SHA256)
    yield lambda: files.has(SHA256)
    yield lambda: list(files.names())
    yield lambda: files.is_whole(SHA256)
    yield lambda: files.move("a", "b")
    yield lambda: files.read_beside("studio.json")


def test_a_bucket_that_is_not_there_is_one_sentence(bucket_server, bucket, folder):
    files = bucket_files(bucket_server.address("a", bucket="elsewhere"), folder)
    for ask in (files.put_bytes, lambda _: files.read(SHA256), lambda _: list(files.names())):
        with pytest.raises(StudioError, match=r"^There is no bucket “elsewhere” at http://127[^\n]+address\.$"):
            ask(DATA)


def test_who_may_not_write_is_told_and_leaves_nothing(bucket_server, bucket, folder, monkeypatch):
    bucket_files(bucket, folder).put_bytes(DATA)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "reader")
    files = bucket_files(bucket, folder)
    assert files.has(SHA256)
    with pytest.raises(StudioError, match=r"^s3://studio/\w+ refused access \(AccessDenied\); check the key"):
        files.put_bytes(b"other")
    assert list((files.folder / "tmp").iterdir()) == []
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "stranger")
    stranger = bucket_files(bucket, folder / "stranger")
    for ask in everything(stranger):
        with pytest.raises(StudioError, match="refused access"):
            ask()


def test_no_key_at_all_is_one_sentence(bucket, folder, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(StudioError, match=r"^No key for s3://\S+ was found; put it into AWS_ACCESS_KEY_ID"):
        bucket_files(bucket, folder).put_bytes(DATA)
    with pytest.raises(StudioError, match="No key"):
        bucket_files(f"{bucket}&profile=none", folder).put_bytes(DATA)


def test_an_endpoint_that_is_gone_or_silent_costs_bounded_time_and_one_sentence(bucket, folder):
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        port = silent.getsockname()[1]
        mute = bucket_files(f"s3://studio/a?endpoint=http://127.0.0.1:{port}", folder, SOON)
        started = time.monotonic()
        with pytest.raises(StudioError, match=r"does not answer for s3://studio/a \(\w+\); check the network"):
            mute.has(SHA256)
        assert time.monotonic() - started < 15
    gone = bucket_files(f"s3://studio/a?endpoint=http://127.0.0.1:{port}", folder, SOON)
    for ask in everything(gone):
        with pytest.raises(StudioError, match=r"^http://127\S+ does not answer"):
            ask()
    assert list((gone.folder / "tmp").iterdir()) == []


def test_a_large_file_travels_in_parts_and_a_broken_upload_is_swept_away(bucket, folder, monkeypatch):
    files = bucket_files(bucket, folder, replace(STORAGE, part_megabytes=5))
    large = os.urandom(11 * 2**20)
    sha256 = files.put_bytes(large)
    files._cache.drop(sha256)
    assert files.read(sha256) == large
    begun = files._bucket._ask("create_multipart_upload", Key=files.location.key("ab/half"))
    assert begun["UploadId"]
    assert files.tidy() == 0, "another machine may be at work on it"
    assert files._bucket.sweep(older_than=-60) == 1
    assert list(files.names()) == [sha256]


def test_a_damaged_copy_on_this_machine_is_fetched_again(bucket, folder):
    bucket_files(bucket, folder).put_bytes(DATA)
    files = bucket_files(bucket, folder)
    copy = folder / "files" / SHA256[:2] / SHA256
    for ask in (lambda: files.path(SHA256).read_bytes(), lambda: files.read(SHA256)):
        copy.chmod(0o600)
        copy.unlink()
        copy.write_bytes(b"X" * len(DATA))
        assert ask() == DATA


def test_the_cache_drops_what_is_longest_unused_and_never_what_was_used_a_moment_ago(folder):
    cache, names = Cache(folder, STORAGE), []
    for number in range(12):
        data = bytes([number]) * 1000
        names.append(hashlib.sha256(data).hexdigest())
        (folder / "new").write_bytes(data)
        path = cache.keep(folder / "new", names[-1])
        age = 3600 if number < 10 else 0
        os.utime(path, (time.time() - age - 10 + number,) * 2)
    assert cache.find(names[0]), "used again, so no longer the oldest"
    cache = Cache(folder, replace(STORAGE, cache_gigabytes=10_000 / 2**30, cache_minutes=1, cache_days=1))
    cache.trim()
    assert [number for number, name in enumerate(names) if cache.find(name)] == [0, 4, 5, 6, 7, 8, 9, 10, 11]
    for name in names:
        if path := cache.find(name):
            os.utime(path, (time.time() - 2 * 24 * 3600,) * 2)
    cache.trim()
    assert not any(cache.find(name) for name in names)


@pytest.mark.of_a_file
def test_a_studio_keeps_to_the_bucket_it_was_made_with(bucket, studio):
    choose_location(studio, bucket)
    choose_location(studio, bucket)
    assert location_of(studio) == bucket
    assert isinstance(files_of(studio), BucketFiles)
    with pytest.raises(KnownError, match=r"keeps its files at s3://.*make a backup and restore it"):
        choose_location(studio, f"{bucket}x")
    (studio / "files.toml").write_text("where")
    with pytest.raises(StudioError, match=r"files\.toml is damaged"):
        Store(studio)
    own = studio.with_name("own")
    Store(own).close()
    with pytest.raises(KnownError, match="make a backup"):
        choose_location(own, bucket)
    assert location_of(own) == ""


@pytest.mark.of_a_file
def test_a_studio_in_a_bucket_is_checked_backed_up_restored_mended_purged_and_rebuilt(bucket, studio, folder):
    choose_location(studio, bucket)
    with Store(studio) as store:
        sha256 = store.files.put_bytes(DATA)
        store.add_batch("monday", "", [NewImage("a.jpg", sha256, len(DATA), 8, 8)])
        store.files.put_bytes(b"nobody's")
        store.keep_safe()
        assert [finding.kind for finding in store.check()] == ["orphan"]
        kept = store.backup(folder / "copy")
        assert (kept.copied, kept.problems) == (1, ())
        assert store.backup(folder / "copy").copied == 0
        store.files.write(f"{sha256[:2]}/{sha256}", b"rot")
        wrong = [finding for finding in store.check() if not finding.harmless]
        assert [(finding.kind, finding.sentence.startswith("s3://studio/")) for finding in wrong] == [("damaged", True)]
        assert store.mend(wrong, folder / "copy") == [sha256]
        terms = Terms(keep_days=lambda _: 30.0, viewing_days=2.0, orphan_hours=-1.0)
        assert [one.sha256 for one in store.purge(terms)] == [hashlib.sha256(b"nobody's").hexdigest()]
        assert store.check() == []
        assert store.files.inside("trash") == []
    (studio / "whitepoint.sqlite").unlink()
    assert rebuild(studio).images == 1
    again = folder / "again"
    choose_location(again, f"{bucket.partition('?')[0]}-again?{bucket.partition('?')[2]}")
    assert restore(folder / "copy", again).problems == ()
    with Store(again) as store:
        assert store.files.read(sha256) == DATA
        assert store.check() == []
    assert Path(again / "files").is_dir()
