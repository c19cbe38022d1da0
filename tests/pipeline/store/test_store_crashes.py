"""kill -9 at every point where the disk or the catalogue is touched, and full disks of every size: `run` continues.

The story is the whole of a studio's life: originals, batch, claims, results, decisions. It is told in a forked child
that kills itself before its n-th touch; telling it again must end exactly as if nothing had happened. Planted bugs
prove that the harness would notice.
"""

import ctypes
import hashlib
import os
import shutil
import signal
import sys
from pathlib import Path

import pytest
from studio_stories import outcome

from pipeline.errors import StudioError
from pipeline.model import Action
from pipeline.model import NewImage
from pipeline.model import State
from pipeline.store import attempts
from pipeline.store.catalog import Catalog
from pipeline.store.files import Files
from pipeline.store.store import Store

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a forked child")

ORIGINALS = [bytes([number]) * 40_000 for number in (1, 2)]
TOUCHES = ("open", "write", "fsync", "replace", "chmod", "mkdir", "unlink")
CLONE_NEW_MOUNTS = 0x00020000
PRIVATE_AND_RECURSIVE = (1 << 18) | (1 << 14)
REMOUNT = 32


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def result_of(original):
    return b"result of " + original.encode() * 500


def tell(studio, on_open=lambda store: None):
    """The story; told again after a crash it continues where it stopped."""
    with Store(studio) as store:
        on_open(store)
        names = [store.files.put_bytes(data) for data in ORIGINALS]
        if not store.batches():
            store.add_batch("shoot", "", [NewImage(f"{n}.jpg", name, 40_000) for n, name in enumerate(names)])
        while claims := store.claim("shoot", owner="line", count=2, lease_seconds=600):
            for claim in claims:
                result = store.files.put_bytes(result_of(claim.record.sha256))
                done = outcome(claim.record.id, State.REVIEW, result=result)
                store.record(done, owner="line", token=claim.token)
        for entry in store.entries("shoot", state=State.REVIEW):
            store.decide(entry.record.id, Action.APPROVE, person="Ann", version=entry.version.id)


def faults(studio):
    """What is not as it must be at the end of the story."""
    found = []
    with Store(studio) as store:
        found += [finding.sentence for finding in store.check()]
        if [batch.name for batch in store.batches()] != ["shoot"]:
            found.append("not exactly one batch")
            return found
        for entry in store.entries("shoot"):
            versions, decisions = store.versions(entry.record.id), store.decisions(entry.record.id)
            if [entry.state, len(versions), len(decisions)] != [State.APPROVED, 1, 1]:
                found.append(
                    f"{entry.record.file}: {entry.state}, {len(versions)} versions, {len(decisions)} decisions"
                )
            elif store.files.read(versions[0].outcome.result) != result_of(entry.record.sha256):
                found.append(f"{entry.record.file}: another result")
        kept = {sha256(data) for data in ORIGINALS} | {sha256(result_of(sha256(data))) for data in ORIGINALS}
        if set(store.files.names()) != kept:
            found.append("not exactly the files of the story")
    return found


class Doom:
    """Counts every touch of disk and catalogue, and kills this process at the n-th; 0 only counts."""

    def __init__(self, at):
        self.at, self.count, self.real = at, 0, {name: getattr(os, name) for name in TOUCHES}

    def install(self):
        for name in TOUCHES:
            setattr(os, name, self._touching(name))

    def _touching(self, name):
        def touch(*arguments, **options):
            if name == "write":
                # Half of the bytes arrive before the blow.
                self.touch(lambda: self.real["write"](arguments[0], bytes(arguments[1][: len(arguments[1]) // 2])))
            self.touch()
            return self.real[name](*arguments, **options)

        return touch

    def watch(self, store):
        store._catalog.db.conn.set_trace_callback(self._statement)

    def _statement(self, sql):
        # Dying before a read is dying before the next write.
        if not sql.lstrip().startswith(("--", "SELECT", "SAVEPOINT", "RELEASE")):
            self.touch()

    def touch(self, last_deed=lambda: None):
        self.count += 1
        if self.count == self.at:
            last_deed()
            os.kill(os.getpid(), signal.SIGKILL)


def child(work):
    """Run `work` in a forked child and return how it ended: 0, -SIGKILL, or 99 for an exception."""
    process = os.fork()
    if process == 0:
        status = 99
        try:
            work()
            status = 0
        except BaseException as error:
            print(type(error).__name__, error, file=sys.stderr)
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def doomed(studio, at, plant=lambda: None):
    def work():
        plant()
        doom = Doom(at)
        doom.install()
        tell(studio, doom.watch)
        (studio / "touches").write_text(str(doom.count))

    return child(work)


def points(folder, plant=lambda: None):
    studio = folder / "whole"
    assert doomed(studio, 0, plant) == 0
    return int((studio / "touches").read_text())


def crash_and_resume(folder, at, plant=lambda: None):
    """Return what is wrong after a crash at that point and a second, undisturbed telling."""
    studio = folder / f"at{at}"
    assert doomed(studio, at, plant) == -signal.SIGKILL
    told = folder / f"faults{at}"

    def tell_again_and_judge():
        plant()
        tell(studio)
        told.write_text("\n".join(faults(studio)))

    ended = child(tell_again_and_judge)
    shutil.rmtree(studio)
    return told.read_text().splitlines() if ended == 0 else ["the second telling failed"]


def test_an_undisturbed_story_ends_well(folder):
    tell(folder / "studio")
    assert faults(folder / "studio") == []


@pytest.mark.slow
def test_a_crash_at_any_point_changes_nothing_in_the_end(folder):
    total = points(folder)
    assert total > 100
    wrong = {at: found for at in range(1, total + 1) if (found := crash_and_resume(folder, at))}
    assert wrong == {}


def write_in_place():
    """Planted: the file gets its name before its bytes, and an existing name is trusted."""

    def put_bytes(self, data):
        path = self._place(sha256(data))
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
            os.write(handle, data)
            os.close(handle)
        return sha256(data)

    Files.put_bytes = put_bytes


def commit_every_statement():
    """Planted: no transaction around what belongs together."""

    class Always:
        def __enter__(self):
            return None

        def __exit__(self, *_):
            return None

    Catalog.writing = lambda self: Always()


def finish_before_the_version():
    """Planted: the claim is closed in a transaction of its own before the result is written."""
    real = attempts.add_attempt

    def add_attempt(catalog, outcome, **options):
        catalog.db.execute(attempts.FINISH, [outcome.image])
        catalog.db.execute("COMMIT")
        catalog.db.execute("BEGIN IMMEDIATE")
        return real(catalog, outcome, **options)

    attempts.add_attempt = add_attempt


@pytest.mark.slow
@pytest.mark.parametrize(
    ("plant", "order"), [(write_in_place, 1), (commit_every_statement, -1), (finish_before_the_version, -1)]
)
def test_the_harness_notices_a_planted_bug(folder, plant, order):
    crashes = range(1, points(folder, plant) + 1)[::order]
    assert any(crash_and_resume(folder, at, plant) for at in crashes)


def mount_tiny_disk(place, kibibytes, flags=0):
    libc = ctypes.CDLL(None, use_errno=True)
    options = f"size={kibibytes}k,mode=700".encode()
    if libc.mount(b"tmpfs", str(place).encode(), b"tmpfs", flags, options):
        raise OSError(ctypes.get_errno(), "mount")


def may_mount():
    def attempt():
        libc = ctypes.CDLL(None, use_errno=True)
        assert libc.unshare(CLONE_NEW_MOUNTS) == 0
        assert libc.mount(b"none", b"/", None, PRIVATE_AND_RECURSIVE, None) == 0
        mount_tiny_disk(Path("/mnt"), 64)

    return sys.platform == "linux" and child(attempt) == 0


def try_to_tell(studio):
    try:
        tell(studio)
    except StudioError as error:
        return str(error)
    return None


@pytest.mark.slow
def test_a_disk_that_fills_up_at_any_size_loses_nothing(folder):
    """A real file system of 51 sizes fills up in the middle of the story; then it grows and the story goes on."""
    if not may_mount():
        pytest.skip("only Linux's root may mount a tiny disk")
    disk = folder / "disk"
    disk.mkdir()

    def fill_up_then_grow(kibibytes):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.unshare(CLONE_NEW_MOUNTS)
        libc.mount(b"none", b"/", None, PRIVATE_AND_RECURSIVE, None)
        mount_tiny_disk(disk, kibibytes)
        refusal = try_to_tell(disk / "studio")
        assert refusal is None or "full" in refusal or "could not be read or written" in refusal, refusal
        (folder / ("filled" if refusal else "fitted")).touch()
        mount_tiny_disk(disk, 8192, REMOUNT)
        tell(disk / "studio")
        assert faults(disk / "studio") == []

    ends = [child(lambda size=size: fill_up_then_grow(size)) for size in range(40, 2080, 40)]
    assert ends == [0] * len(ends)
    assert (folder / "filled").exists()
    assert (folder / "fitted").exists()
