"""ZIP files that are the same bytes for the same contents: fixed order, fixed times, nothing compressed."""

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The oldest time a ZIP can hold."""
_UNIX: Final = 3
_READABLE: Final = 0o100644 << 16


def add_to_zip(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add one file of that name; pictures are compressed already, so it is stored as it is."""
    info = zipfile.ZipInfo(name, EPOCH)
    info.create_system, info.external_attr, info.compress_type = _UNIX, _READABLE, zipfile.ZIP_STORED
    archive.writestr(info, data)


def zip_folder(folder: Path, target: Path, names: Iterable[str]) -> None:
    """Write the files of those names in `folder` into a new ZIP `target`, in that order."""
    with zipfile.ZipFile(target, "x") as archive:
        for name in names:
            add_to_zip(archive, name, (folder / name).read_bytes())
