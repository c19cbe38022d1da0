"""kill -9 where the disk or the catalogue is touched: the story is told in a forked child that kills itself there."""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.faulting.story import faults
from benchmarks.faulting.story import tell
from pipeline.store.store import Store

TOUCHES = ("open", "write", "fsync", "replace", "chmod", "mkdir", "unlink")


def _nothing() -> None:
    """Plant no bug."""


class Doom:
    """Counts every touch of disk and catalogue, and kills this process at the n-th; 0 only counts."""

    def __init__(self, at: int) -> None:
        self.at, self.count, self.real = at, 0, {name: getattr(os, name) for name in TOUCHES}

    def install(self) -> None:
        """From now on every touch of the disk counts."""
        for name in TOUCHES:
            setattr(os, name, self._touching(name))

    def _touching(self, name: str) -> Callable[..., object]:
        def touch(*arguments: object, **options: object) -> object:
            if name == "write":
                # Half of the bytes arrive before the blow.
                handle, data = arguments
                self.touch(lambda: self.real["write"](handle, bytes(data[: len(data) // 2])))  # type: ignore[index]
            self.touch()
            return self.real[name](*arguments, **options)

        return touch

    def watch(self, store: Store) -> None:
        """From now on every statement of this store that may write counts too."""
        store._catalog.db.conn.set_trace_callback(self._statement)

    def _statement(self, sql: str) -> None:
        # Dying before a read is dying before the next write.
        if not sql.lstrip().startswith(("--", "SELECT", "SAVEPOINT", "RELEASE")):
            self.touch()

    def touch(self, last_deed: Callable[[], object] = _nothing) -> None:
        """Count one touch, and die where it is the one."""
        self.count += 1
        if self.count == self.at:
            last_deed()
            os.kill(os.getpid(), signal.SIGKILL)


def child(work: Callable[[], object]) -> int:
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


def doomed(studio: Path, at: int, plant: Callable[[], None] = _nothing) -> int:
    """Tell the story in a child that dies at its n-th touch; return how the child ended."""

    def work() -> None:
        plant()
        doom = Doom(at)
        doom.install()
        tell(studio, doom.watch)
        (studio / "touches").write_text(str(doom.count))

    return child(work)


def points(folder: Path, plant: Callable[[], None] = _nothing) -> int:
    """Return how many touches an undisturbed telling makes."""
    studio = folder / "whole"
    if doomed(studio, 0, plant):
        raise RuntimeError("An undisturbed telling failed.")
    total = int((studio / "touches").read_text())
    shutil.rmtree(studio)
    return total


def crash_and_resume(folder: Path, at: int, plant: Callable[[], None] = _nothing) -> list[str]:
    """Return what is wrong after a crash at that point and a second, undisturbed telling."""
    studio = folder / f"at{at}"
    if doomed(studio, at, plant) != -signal.SIGKILL:
        raise RuntimeError(f"The telling survived its touch {at}.")
    told = folder / f"faults{at}"

    def tell_again_and_judge() -> None:
        plant()
        tell(studio)
        told.write_text("\n".join(faults(studio)))

    ended = child(tell_again_and_judge)
    shutil.rmtree(studio)
    return told.read_text().splitlines() if ended == 0 else ["the second telling failed"]
