"""The sentences about the disk and the database say what really happened."""

import errno
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlite_utils.utils import sqlite3

from pipeline.errors import KnownError
from pipeline.errors import StudioError
from pipeline.store.trouble import explained


def test_an_io_error_on_a_full_disk_is_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "whitepoint.sqlite"
    with pytest.raises(StudioError, match="check the disk"), explained(place):
        raise sqlite3.OperationalError("disk I/O error")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    with pytest.raises(StudioError, match="is full"), explained(place):
        raise sqlite3.OperationalError("disk I/O error")


def test_a_folder_in_a_file_s_place_is_no_broken_cable(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="is a folder"), explained(tmp_path):
        raise OSError(errno.EISDIR, "Is a directory")


def test_half_a_character_is_said_and_shown(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"caf.* UTF-8"), explained(tmp_path):
        "caf\udce9".encode()
