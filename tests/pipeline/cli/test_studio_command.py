"""check, backup, restore and rebuild as a person types them: status 1 for a finding, 2 for what cannot be done."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import Action
from pipeline.model import NewImage
from pipeline.model import Role
from pipeline.store.catalog import FILE_NAME
from pipeline.store.store import Store

Command = Callable[..., Any]


@pytest.fixture
def studio(tmp_path: Path) -> Path:
    with Store(tmp_path / "studio") as store:
        names = [store.files.put_bytes(data) for data in (b"one", b"two")]
        store.add_batch("b", "", [NewImage(f"{n}.jpg", name, 3) for n, name in enumerate(names)])
    return tmp_path / "studio"


def test_a_studio_is_checked_saved_lost_and_brought_back(whitepoint: Command, studio: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    assert whitepoint("check").status == 0
    assert not [path for path in (studio, *studio.rglob("*")) if path.stat().st_mode & 0o077]
    assert "2 files, 2 of them new; all is well" in whitepoint("backup", backup).stdout

    original = next(path for path in studio.glob("files/??/*") if len(path.name) == 64)
    os.unlink(original)
    found = whitepoint("check", "--json")
    assert found.status == 1
    assert [finding["kind"] for finding in found.document["findings"]] == ["missing"]
    assert original.name in whitepoint("check").stdout
    assert whitepoint("check", "--mend-from", backup).status == 0

    assert whitepoint("restore", backup).status == 2
    elsewhere = tmp_path / "elsewhere"
    assert whitepoint("restore", backup, studio=elsewhere).status == 0
    assert len(whitepoint("status", "b", "--json", studio=elsewhere).document["images"]) == 2
    refused = whitepoint("restore", tmp_path / "nothing", studio=tmp_path / "third")
    assert (refused.status, refused.stderr.count("\n")) == (2, 1)


def test_a_lost_catalogue_comes_back_from_what_the_verbs_wrote(whitepoint: Command, studio: Path) -> None:
    with Store(studio) as store:
        store.sign_in("Ann", Role.EDITOR)
    assert whitepoint("run", "b", "--executor", "threads", "--workers", "1").status == 0
    assert whitepoint("decide", "1", Action.REJECT.value, "--by", "Ann").status == 0
    before = whitepoint("status", "b", "--json").document
    for path in studio.glob(f"{FILE_NAME}*"):
        path.unlink()
    rebuilt = whitepoint("rebuild")
    assert (rebuilt.status, rebuilt.stderr) == (0, "")
    assert whitepoint("status", "b", "--json").document == before
    assert whitepoint("check").status == 0
    again = whitepoint("rebuild")
    assert (again.status, again.stderr.count("\n")) == (2, 1)


def test_a_studio_made_with_a_bucket_finds_its_files_there_from_then_on(whitepoint, bucket, samples, tmp_path) -> None:
    (tmp_path / "photos").mkdir()
    shutil.copy(sorted(samples.glob("*.jpg"))[0], tmp_path / "photos" / "a.jpg")
    assert whitepoint("--files", bucket, "ingest", tmp_path / "photos", "--batch", "b").status == 0
    assert whitepoint("check").status == 0
    shutil.rmtree(tmp_path / "studio" / "files")
    assert whitepoint("extract", "1", "--part", "original", "--to", tmp_path / "again.jpg").status == 0
    assert (tmp_path / "again.jpg").read_bytes() == (tmp_path / "photos" / "a.jpg").read_bytes()
    moved = whitepoint("--files", f"{bucket}x", "status")
    assert (moved.status, moved.stdout) == (2, "")
    assert moved.stderr.count("\n") == 1
    assert "make a backup and restore it into a new studio with --files" in moved.stderr
    wrong = whitepoint("--files", "gs://photos", "status", studio=tmp_path / "new")
    assert (wrong.status, wrong.stderr.count("\n"), (tmp_path / "new").exists()) == (2, 1, False)
