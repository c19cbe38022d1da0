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


class Touches:
    """Counts every touch of disk and catalogue, and tells each to `struck` before it happens."""

    def __init__(self, struck: Callable[[int], None]) -> None:
        self.count, self.struck, self.real = 0, struck, {name: getattr(os, name) for name in TOUCHES}

    def install(self) -> None:
        """From now on every touch of the disk counts."""
        for name in TOUCHES:
            setattr(os, name, self._touching(name))

    def uninstall(self) -> None:
        """From now on none does."""
        for name, function in self.real.items():
            setattr(os, name, function)

    def _touching(self, name: str) -> Callable[..., object]:
        def touch(*arguments: object, **options: object) -> object:
            if name == "write":
                self._touch_half_written(*arguments)  # type: ignore[arg-type]
            self.touch()
            return self.real[name](*arguments, **options)

        return touch

    def _touch_half_written(self, handle: int, data: bytes) -> None:
        # Half of the bytes arrive before the blow, and are taken back where none comes.
        half = self.real["write"](handle, bytes(data[: len(data) // 2]))
        self.touch()
        os.ftruncate(handle, os.lseek(handle, -half, os.SEEK_CUR))

    def watch(self, store: Store) -> None:
        """From now on every statement of this store that may write counts too."""
        store._catalog.db.conn.set_trace_callback(self._statement)

    def _statement(self, sql: str) -> None:
        # Dying before a read is dying before the next write.
        if not sql.lstrip().startswith(("--", "SELECT", "SAVEPOINT", "RELEASE")):
            self.touch()

    def touch(self) -> None:
        """Count one touch."""
        self.count += 1
        self.struck(self.count)


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


def doomed(studio: Path, at: int) -> int:
    """Tell the story in a child that dies by kill -9 at its n-th touch; return how the child ended."""

    def die(count: int) -> None:
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def work() -> None:
        touches = Touches(die)
        touches.install()
        tell(studio, touches.watch)

    return child(work)


def moments(folder: Path) -> list[Path]:
    """Tell the story once and return copies of its studio as every touch found it, and as a kill there would leave it.

    What a killed program gave to the system is there, in the copy as on the disk; its locks are gone from both.
    """
    studio, copies = folder / "whole", folder / "moments"

    def copy(count: int) -> None:
        touches.uninstall()
        if studio.exists():
            shutil.copytree(studio, copies / str(count))
        else:
            (copies / str(count)).mkdir()
        touches.install()

    copies.mkdir(parents=True)
    touches = Touches(copy)
    touches.install()
    try:
        tell(studio, touches.watch)
    finally:
        touches.uninstall()
    shutil.rmtree(studio)
    return [copies / str(count) for count in range(1, touches.count + 1)]


def resumed(studio: Path) -> list[str]:
    """Tell the story again from where it was cut off and return what is wrong in the end; the studio is removed."""
    try:
        tell(studio)
        return faults(studio)
    except Exception as error:
        return [f"the second telling failed: {type(error).__name__}: {error}"]
    finally:
        shutil.rmtree(studio)


def crash_and_resume(folder: Path, at: int) -> list[str]:
    """Return what is wrong after a real kill -9 at that touch and a second, undisturbed telling."""
    studio = folder / f"at{at}"
    if doomed(studio, at) != -signal.SIGKILL:
        raise RuntimeError(f"The telling survived its touch {at}.")
    studio.mkdir(exist_ok=True)
    return resumed(studio)


def notices(folder: Path, plant: Callable[[], None]) -> bool:
    """Whether a crash at some touch shows a planted bug; from the middle on, where rows are written."""
    answer = folder / "noticed"

    def work() -> None:
        plant()
        found = moments(folder)
        middle = len(found) // 3
        answer.write_text(str(any(resumed(studio) for studio in found[middle:] + found[:middle])))

    return child(work) == 0 and answer.read_text() == "True"
