"""The preview says what ingest will do, and copies nothing."""

from pathlib import Path

import pytest

from pipeline.batch.ingest import scan
from pipeline.batch.preview import preview
from pipeline.errors import KnownError
from pipeline.settings import load_settings
from pipeline.store.files import Files


@pytest.fixture
def drop(samples: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    for name in ("book-grey.jpg", "ring-silver.jpg"):
        (folder / name).write_bytes((samples / name).read_bytes())
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no more")
    (folder / "sheet.csv").write_text("file,sku,category,tags\nbook-grey.jpg,S1,books,print\nlost.jpg,S2,toys,\n")
    return folder


def test_photos_rows_and_problems_are_those_of_the_ingest_that_follows(drop: Path, tmp_path: Path) -> None:
    settings = load_settings()
    seen = preview([drop], settings=settings)
    taken = scan([drop], files=Files(tmp_path / "files"), settings=settings)
    assert [photo.file for photo in seen.photos] == [image.file for image in taken.images]
    assert [photo.sku for photo in seen.photos] == [image.sku for image in taken.images]
    assert [photo.refusal for photo in seen.photos] == [image.refusal or "" for image in taken.images]
    assert [(photo.width, photo.height) for photo in seen.photos] == [(i.width, i.height) for i in taken.images]
    assert seen.problems == taken.problems


def test_it_says_which_photos_have_a_row_and_which_rows_have_no_photo(drop: Path) -> None:
    seen = preview([drop], settings=load_settings())
    assert {photo.file: photo.matched for photo in seen.photos} == {
        "book-grey.jpg": True,
        "broken.jpg": False,
        "ring-silver.jpg": False,
    }
    assert seen.sheets == (drop / "sheet.csv",)
    assert any("lost.jpg" in problem for problem in seen.problems)
    assert [photo.file for photo in seen.photos if photo.refusal] == ["broken.jpg"]


def test_it_can_be_stopped(drop: Path) -> None:
    looked: list[int] = []
    seen = preview(
        [drop], settings=load_settings(), on_progress=lambda done, _: looked.append(done), stop=lambda: bool(looked)
    )
    assert len(seen.photos) == 1


def test_a_sheet_that_is_not_there_is_one_sentence(drop: Path) -> None:
    with pytest.raises(KnownError, match=r"no sheet"):
        preview([drop], settings=load_settings(), sheet=drop / "other.csv")
