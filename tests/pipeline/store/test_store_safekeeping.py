"""A second copy of everything, and the two ways back: from a backup, and from the sidecars beside the originals."""

import hashlib
import json
import os
import shutil
from datetime import date
from datetime import timedelta

import pytest
from studio_stories import SENIOR
from studio_stories import fail
from studio_stories import make_version
from studio_stories import raw

from pipeline.errors import KnownError
from pipeline.errors import StudioError
from pipeline.model import Action
from pipeline.model import NewImage
from pipeline.model import Role
from pipeline.model import ShootGroup
from pipeline.model import State
from pipeline.store import opening
from pipeline.store import relations
from pipeline.store import safekeeping
from pipeline.store.backup import KEEP_DAYS
from pipeline.store.backup import keep_daily
from pipeline.store.catalog import FILE_NAME
from pipeline.store.rebuild import rebuild
from pipeline.store.safekeeping import manifests
from pipeline.store.safekeeping import restore
from pipeline.store.store import Store

pytestmark = pytest.mark.of_a_file

FILLED = (
    *("image", "attempt", "step", "version", "decision", "display", "grace", "delivery", "grouped_image", "claim"),
    *("batch", "person", "member", "shoot_group", "closing", "event", "listing"),
)
"""Tables that the story below puts rows into."""


@pytest.fixture
def told(store):
    """A studio in which everything has happened: refusals, results, failures, decisions of all kinds, a delivery."""
    names = [store.files.put_bytes(b"original %d" % number) for number in range(4)]
    images = [NewImage(f"{n}.jpg", name, 10, sku=f"S{n}", tags=("tag",)) for n, name in enumerate(names)]
    store.add_batch("shoot", "Client", [*images, NewImage("none.jpg", "", 0, refusal="It is empty.")])
    store.add_batch("again", "", [NewImage("copy.jpg", names[0], 10)])
    store.add_groups("shoot", [ShootGroup("table", ("1", "2"), (0.9, 1.1), "card", 88.0)])
    store.sign_in("Sue", Role.SENIOR)
    store.set_pin("Sue", old="", new="1234")
    for image in (1, 2, 3):
        result = store.files.put_bytes(b"result %d" % image)
        make_version(store, image, State.EDIT if image == 3 else State.REVIEW, human=image == 3, result=result)
    fail(store, 4)
    store.decide(1, Action.APPROVE, person="Ann", display="abc")
    store.decide(2, Action.REJECT, person="Ann", reason="halo", note="left")
    store.undo("Ann")
    store.decide(3, Action.APPROVE, person="Ann", grace_seconds=3600)
    store.decide(3, Action.SIGN_OFF, person="Sue", role=SENIOR)
    store.add_delivery(version=1, platform="amazon_main", name="S0.jpg", sha256="ab" * 32, report={"passed": True})
    store.close_batch("shoot", "Sue")
    return store


def rows(studio):
    """Every row of every lasting table, without who had a claim and without times of none."""
    with Store(studio) as store, store._catalog.reading():
        tables = (*relations.relations(store._catalog), *relations.others(store._catalog), "event", "listing")
        found = {table: store._catalog.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}
    for claim in found["claim"]:
        claim |= {"owner": None, "holder": None, "lease_until": 0}
    return found


def schema(studio):
    with raw(studio) as connection:
        sql = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY 1, 2"
        return connection.execute(sql).fetchall()


def lose_the_catalogue(studio):
    for path in studio.glob(f"{FILE_NAME}*"):
        path.rename(path.with_name(f"lost-{path.name}"))


def test_a_catalogue_made_again_from_the_sidecars_equals_the_lost_one(told, studio):
    assert told.keep_safe() == 4
    told.close()
    before, schema_before = rows(studio), schema(studio)
    lose_the_catalogue(studio)
    rebuilt = rebuild(studio)
    assert (rebuilt.images, rebuilt.decisions, rebuilt.problems) == (6, 5, ())
    assert rows(studio) == before
    assert all(before[table] for table in FILLED)
    assert schema(studio) == schema_before
    with Store(studio) as store:
        assert store.check() == []
        assert (studio / FILE_NAME).stat().st_mode & 0o777 == 0o600
        store.decide(2, Action.APPROVE, person="Tom")


def test_only_what_changed_is_written_again(told, studio):
    told.keep_safe()
    assert told.keep_safe() == 0
    sidecar = {path: path.stat().st_mtime_ns for path in studio.glob("files/??/*.json")}
    told.decide(2, Action.APPROVE, person="Tom")
    assert told.keep_safe() == 1
    changed = [path for path, before in sidecar.items() if path.stat().st_mtime_ns != before]
    assert [path.stem for path in changed] == [told.entry(2).record.sha256]
    assert changed[0].stat().st_mode & 0o777 == 0o600
    told.sign_in("Eve", Role.EDITOR)
    assert told.keep_safe() == 0
    assert "Eve" in (studio / "files" / "studio.json").read_text()


def test_a_sidecar_changed_by_hand_is_named_and_the_rest_comes_back(told, studio):
    told.keep_safe()
    sha256 = told.entry(2).record.sha256
    told.close()
    sidecar = studio / "files" / sha256[:2] / f"{sha256}.json"
    sidecar.write_text(sidecar.read_text().replace("halo", "fine"))
    lose_the_catalogue(studio)
    rebuilt = rebuild(studio)
    assert rebuilt.images == 5
    assert str(sidecar) in rebuilt.problems[0]
    assert any("gone" in sentence for sentence in rebuilt.problems[1:])


def test_a_catalogue_in_use_and_sidecars_of_a_newer_program_are_left_alone(told, studio):
    told.keep_safe()
    with pytest.raises(KnownError, match="is still there; move it away"):
        rebuild(studio)
    told.close()
    lose_the_catalogue(studio)
    path = studio / "files" / "studio.json"
    document = json.loads(path.read_text())
    document["rows"]["batch"][0]["mood"] = "good"
    path.write_text(json.dumps(document))
    with pytest.raises(KnownError, match="missing or damaged"):
        rebuild(studio)
    assert not (studio / FILE_NAME).exists()


def test_a_backup_is_whole_copies_only_what_is_new_and_comes_back(told, studio, folder):
    (studio / "clients").mkdir()
    (studio / "clients" / "acme.toml").write_text("straighten = true\n")
    target, back = folder / "backup", folder / "back"
    first = told.backup(target)
    assert (first.copied, first.problems) == (7, ())
    told.decide(2, Action.APPROVE, person="Tom")
    second = told.backup(target)
    assert (second.copied, second.manifest.files) == (0, 7)
    assert (second.manifest.seq, second.manifest.head) == told.head()
    told.close()
    assert restore(target, back).problems == ()
    assert rows(back) == rows(studio)
    assert (back / "clients" / "acme.toml").read_text() == "straighten = true\n"
    with Store(back) as store:
        assert store.check() == []
    restore(target, folder / "older", name=first.manifest.name)
    with Store(folder / "older") as store:
        assert store.entry(2).state is State.REVIEW


def test_a_live_studio_is_never_overwritten_and_no_backup_is_said(told, studio, folder):
    told.backup(folder / "backup")
    with pytest.raises(KnownError, match="holds a studio already"):
        restore(folder / "backup", studio)
    with pytest.raises(KnownError, match="holds no backup"):
        restore(folder / "nothing", folder / "new")
    with pytest.raises(KnownError, match="on another disk"):
        told.backup(studio / "inside")
    assert not (folder / "new").exists()


def test_bit_rot_is_not_copied_but_named_and_mended_from_the_backup(told, studio, folder):
    target = folder / "backup"
    told.backup(target)
    rotten, lost = told.entry(1).record.sha256, told.entry(2).record.sha256
    flip_a_bit(told.files.path(rotten))
    os.unlink(told.files.path(lost))
    named = {finding.sha256: finding.kind for finding in told.check()}
    assert named == {rotten: "damaged", lost: "missing"}
    fresh = told.backup(folder / "second")
    assert {finding.sha256: finding.kind for finding in fresh.problems} == named
    assert sorted(told.mend(told.check(), target)) == sorted([rotten, lost])
    assert told.check() == []


def test_a_backup_whose_own_files_rot_is_renewed_when_it_is_read_again(told, folder):
    target = folder / "backup"
    told.backup(target)
    sha256 = told.entry(1).record.sha256
    flip_a_bit(target / "files" / sha256[:2] / sha256)
    assert told.backup(target).copied == 0
    assert told.backup(target, reread=True).copied == 1
    catalogue = target / "catalogues" / f"{manifests(target)[0].name}.sqlite"
    flip_a_bit(catalogue)
    with pytest.raises(StudioError, match="is damaged; restore an older one"):
        restore(target, folder / "back")


def test_a_backup_that_is_cut_short_leaves_the_one_before_it(told, folder, monkeypatch):
    target = folder / "backup"
    told.backup(target)
    make_version(told, 2, result=told.files.put_bytes(b"new"))
    with monkeypatch.context() as patch:
        patch.setattr(safekeeping, "_copy_files", lambda *_: (_ for _ in ()).throw(StudioError("The disk is full.")))
        with pytest.raises(StudioError):
            told.backup(target)
    assert len(manifests(target)) == 1
    assert restore(target, folder / "back").problems == ()
    assert told.backup(target).copied == 1
    assert not list((target / "catalogues").glob("*.part*"))


def test_a_restoration_that_is_cut_short_is_none_and_may_start_again(told, folder, monkeypatch):
    target, back = folder / "backup", folder / "back"
    told.backup(target)
    with monkeypatch.context() as patch:
        patch.setattr(opening, "copy_catalog", lambda *_: (_ for _ in ()).throw(StudioError("The disk is full.")))
        with pytest.raises(StudioError):
            restore(target, back)
    assert not (back / FILE_NAME).exists()
    assert restore(target, back).copied == 0
    with Store(back) as store:
        assert store.check() == []


def test_only_the_newest_catalogues_stay_in_a_backup(told, folder, monkeypatch):
    monkeypatch.setattr(safekeeping, "KEEP", 2)
    names = [told.backup(folder / "backup").manifest.name for _ in range(4)]
    assert [manifest.name for manifest in manifests(folder / "backup")] == names[:1:-1]
    assert len(list((folder / "backup" / "catalogues").iterdir())) == 4


def test_a_copy_of_every_day_is_kept_ten_days(told, studio):
    start = date(2026, 11, 1)
    made = [keep_daily(studio / FILE_NAME, start + timedelta(days=day)) for day in range(KEEP_DAYS + 3)]
    assert keep_daily(studio / FILE_NAME, start + timedelta(days=KEEP_DAYS + 2)) is None
    kept = sorted((studio / "backups").iterdir())
    assert kept == made[3:]
    shutil.copy(kept[0], studio.parent / "copy.sqlite")
    assert kept[0].stat().st_mode & 0o777 == 0o600


def flip_a_bit(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    "lie",
    [
        "[" * 100_000,
        {"own_files": [1]},
        {"own_files": {"settings.toml": "../../etc/passwd"}},
        {"name": "../../elsewhere"},
        {"name": "20000101T000000.000000"},
    ],
)
def test_a_backup_whose_manifest_lies_is_none(told, studio, folder, lie):
    manifest = told.backup(folder / "kept").manifest
    file = folder / "kept" / "catalogues" / f"{manifest.name}.json"
    text = lie if isinstance(lie, str) else json.dumps(json.loads(file.read_text()) | lie)
    file.unlink()
    file.write_text(text)
    with pytest.raises(KnownError, match="holds no backup"):
        restore(folder / "kept", studio / "new")
    assert not (studio / "new").exists()


def test_a_device_is_no_catalogue(told, studio, folder):
    manifest = told.backup(folder / "kept").manifest
    catalogue = folder / "kept" / "catalogues" / f"{manifest.name}.sqlite"
    catalogue.unlink()
    catalogue.symlink_to("/dev/zero")
    with pytest.raises(StudioError, match="is damaged"):
        restore(folder / "kept", studio / "new")


@pytest.mark.parametrize(
    "rows", [{"batch": 5}, {"batch": [5]}, {"batch": [{"id": 2**64}]}, {"batch": [{"name": None}]}]
)
def test_sidecars_that_no_studio_wrote_are_one_sentence(told, studio, rows):
    told.keep_safe()
    lose_the_catalogue(studio)
    file = studio / "files" / "studio.json"
    check = hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()
    for text in (json.dumps({"check": check, "rows": rows}), "[" * 100_000):
        file.unlink()
        file.write_text(text)
        with pytest.raises(KnownError, match="restore a backup of this studio"):
            rebuild(studio)
        assert not (studio / FILE_NAME).exists()
