"""Content-addressed files: nothing half-written ever gets a name."""

import errno
import hashlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import StudioError
from pipeline.store.files import Files
from pipeline.store.files import write_all

DATA = b"pixels" * 5000
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def files(folder):
    return Files(folder / "files")


def leftovers(files):
    return list((files.folder / "tmp").iterdir())


def test_put_bytes_keeps_the_bytes_under_their_sha256_read_only(files):
    assert files.put_bytes(DATA) == SHA256
    path = files.folder / SHA256[:2] / SHA256
    assert files.path(SHA256) == path
    assert path.read_bytes() == files.read(SHA256) == DATA
    assert path.stat().st_mode & 0o777 == 0o400
    assert path.parent.stat().st_mode & 0o777 == files.folder.stat().st_mode & 0o777 == 0o700
    assert not leftovers(files)


def test_putting_the_same_bytes_again_changes_nothing(files):
    files.put_bytes(DATA)
    before = files.path(SHA256).stat()
    assert files.put_bytes(DATA) == SHA256
    again = files.path(SHA256).stat()
    assert (again.st_ino, again.st_mode, again.st_size) == (before.st_ino, before.st_mode, before.st_size)
    assert again.st_mtime_ns >= before.st_mtime_ns, "what was put a moment ago must look fresh to a purge"


def test_putting_the_bytes_again_mends_a_damaged_file(files):
    files.put_bytes(DATA)
    path = files.path(SHA256)
    path.chmod(0o600)
    path.write_bytes(b"X" + DATA[1:])
    assert not files.is_whole(SHA256)
    files.put_bytes(DATA)
    assert files.is_whole(SHA256)


@given(data=st.binary(max_size=300), most=st.integers(1, 40))
def test_short_writes_lose_nothing(data, most):
    read_end, write_end = os.pipe()
    real = os.write
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "write", lambda handle, part: real(handle, bytes(part[:most])))
        write_all(write_end, data)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        assert pipe.read() == data


class FullDisk:
    """`os.write` on a disk with that many bytes left: it writes what fits and then fails or takes nothing."""

    def __init__(self, space, *, raises):
        self.space, self.raises, self.write = space, raises, os.write

    def __call__(self, handle, data):
        if self.space == 0 and self.raises:
            raise OSError(errno.ENOSPC, "No space left on device")
        taken = self.write(handle, bytes(data[: self.space]))
        self.space -= taken
        return taken


@pytest.mark.parametrize("raises", [True, False])
def test_a_full_disk_never_leaves_a_file_under_a_name(files, monkeypatch, raises):
    for space in range(0, len(DATA), len(DATA) // 50):
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", FullDisk(space, raises=raises))
            with pytest.raises(StudioError, match="full; free some space"):
                files.put_bytes(DATA)
        assert list(files.names()) == []
        assert not leftovers(files)
    assert files.read(files.put_bytes(DATA)) == DATA


def test_a_disk_that_lies_about_what_it_wrote_is_caught_by_the_size(files, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, bytes(data[:100])) and len(data))
    with pytest.raises(StudioError, match="100 of 30000 bytes"):
        files.put_bytes(DATA)
    assert list(files.names()) == []


def test_a_disk_that_stores_other_bytes_is_caught_by_reading_back(files, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, b"X" * len(data)))
    with pytest.raises(StudioError, match="read back wrong"):
        files.put_bytes(DATA)
    assert list(files.names()) == []


@pytest.mark.parametrize(
    ("number", "words"), [(errno.EIO, "check the disk"), (errno.EROFS, "read-only"), (errno.EDQUOT, "full")]
)
def test_a_failed_sync_is_a_sentence_and_no_file(files, monkeypatch, number, words):
    def fail(handle):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StudioError, match=words):
        files.put_bytes(DATA)
    assert list(files.names()) == []


def test_a_file_system_that_cannot_sync_folders_is_fine(files, monkeypatch):
    sync = os.fsync

    def only_files(handle):
        if os.path.isdir(f"/proc/self/fd/{handle}"):
            raise OSError(errno.EINVAL, "Invalid argument")
        sync(handle)

    monkeypatch.setattr(os, "fsync", only_files)
    assert files.read(files.put_bytes(DATA)) == DATA


def test_the_order_is_write_sync_rename_sync(files, monkeypatch):
    told = []
    for name in ("write", "fsync", "replace"):
        real = getattr(os, name)

        def tell(*arguments, name=name, real=real):
            told.append(name)
            return real(*arguments)

        monkeypatch.setattr(os, name, tell)
    files.put_bytes(DATA)
    assert told == ["write", "fsync", "replace", "fsync", "fsync"]


def test_a_flipped_bit_is_noticed_on_reading(files):
    files.put_bytes(DATA)
    path = files.path(SHA256)
    path.chmod(0o600)
    path.write_bytes(bytes([DATA[0] ^ 1]) + DATA[1:])
    with pytest.raises(StudioError, match="damaged"):
        files.read(SHA256)


def test_names_lists_only_what_has_a_name(files):
    other = files.put_bytes(b"other")
    files.put_bytes(DATA)
    (files.folder / "tmp" / "half").write_bytes(b"x")
    (files.folder / "ab").mkdir(exist_ok=True)
    (files.folder / "ab" / "notes.txt").write_text("x")
    assert list(files.names()) == sorted([other, SHA256])
