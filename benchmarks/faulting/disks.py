"""Disks that fill up, refuse to be written or vanish in the middle of the story, and are well again after it."""

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.faulting.crashes import TOUCHES
from benchmarks.faulting.crashes import child
from benchmarks.faulting.story import faults
from benchmarks.faulting.story import tell
from pipeline.errors import StudioError

CLONE_NEW_MOUNTS = 0x00020000
PRIVATE_AND_RECURSIVE = (1 << 18) | (1 << 14)
REMOUNT = 32
GROWN_KIBIBYTES = 16384

TROUBLES = {"full": errno.ENOSPC, "read-only": errno.EROFS, "gone": errno.ENOENT, "failing": errno.EIO}
"""How a disk says no, by what is wrong with it."""

WORDS = {"full": "full", "read-only": "read-only", "gone": "is missing", "failing": "could not be read or written"}
"""What the sentence for a person must say then."""

WRITING = tuple(name for name in TOUCHES if name not in ("open", "unlink"))


def mount_tiny_disk(place: Path, kibibytes: int, flags: int = 0) -> None:
    """Mount a memory disk of that size at `place`, or resize it with REMOUNT. Raises OSError where forbidden."""
    libc = ctypes.CDLL(None, use_errno=True)
    options = f"size={kibibytes}k,mode=700".encode()
    if libc.mount(b"tmpfs", str(place).encode(), b"tmpfs", flags, options):
        raise OSError(ctypes.get_errno(), "mount")


def mount_apart() -> None:
    """Let mounts of this process be seen by nobody else."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEW_MOUNTS) or libc.mount(b"none", b"/", None, PRIVATE_AND_RECURSIVE, None):
        raise OSError(ctypes.get_errno(), "unshare")


def may_mount() -> bool:
    """Tell whether this user may mount a tiny disk: Linux's root."""

    def attempt() -> None:
        mount_apart()
        mount_tiny_disk(Path("/mnt"), 64)

    return sys.platform == "linux" and child(attempt) == 0


def fill_up_then_grow(folder: Path, kibibytes: int) -> str:
    """Tell the story on a disk of that size, then on the disk grown; return "filled", "fitted" or what is wrong."""
    disk, answer = folder / "disk", folder / f"disk{kibibytes}"
    disk.mkdir(exist_ok=True)

    def work() -> None:
        mount_apart()
        mount_tiny_disk(disk, kibibytes)
        refusal = _refusal(disk / "studio")
        mount_tiny_disk(disk, GROWN_KIBIBYTES, REMOUNT)
        tell(disk / "studio")
        wrong = faults(disk / "studio")
        if refusal is not None and "full" not in refusal and "could not be read or written" not in refusal:
            wrong.append(f"another sentence: {refusal}")
        answer.write_text("; ".join(wrong) or ("fitted" if refusal is None else "filled"))

    return answer.read_text() if child(work) == 0 else "the story failed"


def say_no_then_yes(studio: Path, trouble: str, at: int) -> str:
    """Let the n-th touch of the disk and all after it be refused, then tell the story on a disk that is well again.

    Return what is wrong in the end, "" for nothing, "untouched" when the story has fewer touches.
    """
    real = {name: getattr(os, name) for name in WRITING}
    touched = 0

    def refusing(name: str) -> Callable[..., object]:
        def touch(*arguments: object, **options: object) -> object:
            nonlocal touched
            touched += 1
            if touched >= at:
                raise OSError(TROUBLES[trouble], os.strerror(TROUBLES[trouble]))
            return real[name](*arguments, **options)

        return touch

    for name in WRITING:
        setattr(os, name, refusing(name))
    try:
        refusal = _refusal(studio)
    finally:
        for name, function in real.items():
            setattr(os, name, function)
    if touched < at:
        return "untouched"
    tell(studio)
    wrong = faults(studio)
    if refusal is None or WORDS[trouble] not in refusal or "\n" in refusal:
        wrong.append(f"the sentence is “{refusal}”")
    return "; ".join(wrong)


def _refusal(studio: Path) -> str | None:
    try:
        tell(studio)
    except StudioError as error:
        return str(error)
    return None
