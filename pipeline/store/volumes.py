"""Which file systems a catalogue must not lie on: SQLite's locks do not hold across a network."""

import ctypes
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import StudioError

NETWORK_KINDS = frozenset(
    {
        "afpfs",
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs",
        "fuse.gcsfuse",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb2",
        "smb3",
        "smbfs",
        "webdav",
        "9p",
    }
)
WINDOWS_REMOTE_DRIVE = 4

Mounts = list[tuple[str, str]]
"""Mount points with the kind of their file system, in the order the system lists them."""


def refuse_network_folder(folder: Path, mounts: Callable[[], Mounts] | None = None) -> None:
    """Raise StudioError when `folder` (or its nearest existing parent) lies on a network file system.

    Known on Linux, macOS and Windows; elsewhere every folder is taken.
    """
    where = folder.resolve()
    if str(where).startswith(("\\\\", "//")) or _is_windows_remote(where):
        kind = "a Windows share"
    else:
        kind = kind_of(where, (mounts or mounted)())
        if kind not in NETWORK_KINDS:
            return
    raise StudioError(
        f"{folder} lies on a network file system ({kind}), where a catalogue can lose rows; "
        "choose a folder on a disk of this machine."
    )


def kind_of(where: Path, mounts: Mounts) -> str:
    """Return the kind of file system of the longest mount point that contains `where`, "" when none is known."""
    inside = [(point, kind) for point, kind in mounts if where.is_relative_to(point)]
    # The last of several mounts on the same point lies on top.
    return max(enumerate(inside), key=lambda pair: (len(Path(pair[1][0]).parts), pair[0]))[1][1] if inside else ""


def mounted() -> Mounts:
    """Return what is mounted now; empty where the system does not say."""
    if sys.platform == "linux":
        return read_linux_mounts(Path("/proc/self/mounts").read_text("utf-8", "surrogateescape"))
    if sys.platform == "darwin":
        listing = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False, timeout=10)
        return read_macos_mounts(listing.stdout)
    return []


def read_linux_mounts(text: str) -> Mounts:
    """Read the lines of /proc/self/mounts: device, point, kind, options."""
    fields = [line.split(" ") for line in text.splitlines()]
    return [(_unescape(line[1]), line[2]) for line in fields if len(line) >= 3]


def read_macos_mounts(text: str) -> Mounts:
    """Read the lines of `mount` on macOS: device on point (kind, options)."""
    return [(found[1], found[2]) for found in re.finditer(r"^.* on (/.*) \((\w+)[,)]", text, re.MULTILINE)]


def _unescape(point: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), point)


def _is_windows_remote(where: Path) -> bool:
    if os.name != "nt":
        return False
    drive = ctypes.windll.kernel32.GetDriveTypeW(where.anchor)  # type: ignore[attr-defined]
    return drive == WINDOWS_REMOTE_DRIVE
