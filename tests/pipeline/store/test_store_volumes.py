"""A catalogue never lies on a network share."""

from pathlib import Path

import pytest

from pipeline.errors import StudioError
from pipeline.store.volumes import kind_of
from pipeline.store.volumes import read_linux_mounts
from pipeline.store.volumes import read_macos_mounts
from pipeline.store.volumes import refuse_network_folder

LINUX = r"""/dev/sda1 / ext4 rw,relatime 0 0
nas:/photos /mnt/nas nfs4 rw,vers=4.2 0 0
//server/share /mnt/with\040space cifs rw 0 0
/dev/sdb1 /mnt/nas/local xfs rw 0 0
user@host:/ /home/me/remote fuse.sshfs rw 0 0
tmpfs /mnt/twice tmpfs rw 0 0
nas:/other /mnt/twice nfs rw 0 0
"""
MACOS = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled)
//me@nas._smb._tcp.local/photos on /Volumes/my photos (smbfs, nodev, nosuid, mounted by me)
"""


@pytest.mark.parametrize(
    ("where", "kind"),
    [
        ("/home/me", "ext4"),
        ("/mnt/nas/2026/studio", "nfs4"),
        ("/mnt/nas/local/studio", "xfs"),
        ("/mnt/nasty", "ext4"),
        ("/mnt/with space/studio", "cifs"),
        ("/home/me/remote", "fuse.sshfs"),
        ("/mnt/twice/studio", "nfs"),
    ],
)
def test_the_longest_and_latest_mount_point_decides(where, kind):
    assert kind_of(Path(where), read_linux_mounts(LINUX)) == kind


def test_the_mounts_of_macos_are_read():
    assert kind_of(Path("/Volumes/my photos/studio"), read_macos_mounts(MACOS)) == "smbfs"
    assert kind_of(Path("/Users/me"), read_macos_mounts(MACOS)) == "apfs"


@pytest.mark.parametrize("where", ["/mnt/nas/studio", "/mnt/with space/studio", "/home/me/remote/studio"])
def test_a_network_folder_is_refused_with_a_sentence(where):
    with pytest.raises(StudioError, match="network file system"):
        refuse_network_folder(Path(where), lambda: read_linux_mounts(LINUX))


def test_a_local_folder_is_taken(folder):
    refuse_network_folder(folder / "not" / "there" / "yet")
    refuse_network_folder(Path("/home/me"), lambda: read_linux_mounts(LINUX))
    refuse_network_folder(Path("/home/me"), list)
