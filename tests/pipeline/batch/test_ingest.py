"""A client's folder becomes images and sentences: originals first, everything said, nothing trusted."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.batch.folders import natural
from pipeline.batch.ingest import Scan
from pipeline.batch.ingest import scan
from pipeline.errors import BadImageError
from pipeline.errors import KnownError
from pipeline.model import NewImage
from pipeline.settings import Settings
from pipeline.settings import load_settings


class Shelf:
    """Keeps originals in a folder by SHA-256, as the store does, and remembers the order of what was asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        folder.mkdir()

    def put_file(self, path: Path) -> tuple[str, int]:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise BadImageError(f"{path} cannot be read ({error.strerror}).") from error
        sha256 = hashlib.sha256(data).hexdigest()
        (self.folder / sha256).write_bytes(data)
        self.asked.append(f"put {path.name}")
        return sha256, len(data)

    def path(self, sha256: str) -> Path:
        self.asked.append("look")
        return self.folder / sha256


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf")


@pytest.fixture
def small() -> Settings:
    """The shipped settings, with photos of 20 pixels large enough, so that the tests need not draw large ones."""
    shipped = load_settings()
    return replace(shipped, ingest=replace(shipped.ingest, min_longest_side=20))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "client"
    path.mkdir()
    return path


def draw(path: Path, width: int = 30, height: int = 20, shade: int = 0, **options: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.full((height, width, 3), shade, np.uint8)).save(path, **options)
    return path


def by_name(found: Scan) -> dict[str, NewImage]:
    return {image.file: image for image in found.images}


def test_a_folder_becomes_images_in_natural_order(folder: Path, shelf: Shelf, small: Settings) -> None:
    for number in (10, 9, 1):
        draw(folder / f"shot {number}.png", shade=number)
    draw(folder / "red" / "a.jpg")
    found = scan([folder], files=shelf, settings=small)
    assert [image.file for image in found.images] == ["shot 1.png", "shot 9.png", "shot 10.png", "red/a.jpg"]
    first = found.images[0]
    assert (first.width, first.height, first.refusal) == (30, 20, None)
    assert first.bytes == (folder / "shot 1.png").stat().st_size
    assert found.problems == ()


def test_the_original_is_kept_before_anything_looks_into_it(folder: Path, shelf: Shelf, small: Settings) -> None:
    draw(folder / "a.png")
    scan([folder], files=shelf, settings=small)
    assert shelf.asked == ["put a.png", "look"]


def test_the_source_is_left_as_it_was(folder: Path, shelf: Shelf, small: Settings) -> None:
    path = draw(folder / "a.png")
    before = path.stat()
    scan([folder], files=shelf, settings=small)
    after = path.stat()
    assert (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size)


def test_the_same_bytes_twice_are_one_original_and_two_images(folder: Path, shelf: Shelf, small: Settings) -> None:
    draw(folder / "a.png")
    draw(folder / "b.png")
    found = scan([folder], files=shelf, settings=small)
    assert len(found.images) == 2
    assert len({image.sha256 for image in found.images}) == 1
    assert len(list(shelf.folder.iterdir())) == 1
    assert found.problems == (
        "1 of 2 photos is a copy of another one, byte for byte; each became an image of its own.",
    )


def test_the_sheet_beside_the_images_is_used(folder: Path, shelf: Shelf, small: Settings) -> None:
    draw(folder / "a.png")
    draw(folder / "b.png", shade=1)
    text = "file,sku,category,tags,client,colour\na.png,WP-1,Books,glossy,Other,blue\n,x,,,,\nc.png,y,,,,\n"
    (folder / "sheet.csv").write_text(text)
    found = scan([folder], files=shelf, settings=small, client="ACME")
    a, b = found.images
    assert (a.sku, a.category, a.tags, a.client, a.notes["colour"]) == ("WP-1", "books", ("glossy",), "Other", "blue")
    assert (b.sku, b.client) == ("", "ACME")
    assert found.problems == (
        "sheet.csv line 3: no file named; row skipped.",
        "sheet.csv line 4: there is no photo “c.png”; row skipped.",
    )


def test_another_sheet_may_be_named(tmp_path: Path, folder: Path, shelf: Shelf, small: Settings) -> None:
    path = draw(folder / "a.png")
    sheet = tmp_path / "other.csv"
    sheet.write_text("file;sku\na.png;7\n")
    assert scan([path], files=shelf, settings=small, sheet=sheet).images[0].sku == "7"
    with pytest.raises(KnownError, match=r"There is no sheet .*missing\.csv"):
        scan([path], files=shelf, settings=small, sheet=tmp_path / "missing.csv")


def test_size_is_the_one_seen_after_the_orientation(folder: Path, shelf: Shelf, small: Settings) -> None:
    exif = Image.Exif()
    exif[274] = 6
    draw(folder / "a.jpg", exif=exif.tobytes())
    (image,) = scan([folder], files=shelf, settings=small).images
    assert (image.width, image.height) == (20, 30)


def test_what_the_camera_wrote_is_kept(folder: Path, shelf: Shelf, small: Settings) -> None:
    exif = Image.Exif()
    exif[271], exif[272], exif[315] = "Canon", "Canon EOS R5", "Ada"
    exif.get_ifd(0x8769)[36867] = "2026:11:22 09:30:00"
    packet = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:subject><rdf:Bag><rdf:li>White on white'
        b"</rdf:li></rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    draw(folder / "a.jpg", exif=exif.tobytes(), xmp=packet)
    (image,) = scan([folder], files=shelf, settings=small).images
    assert image.notes == {
        "camera": "Canon EOS R5",
        "taken": "2026-11-22T09:30:00",
        "creator": "Ada",
        "format": "JPEG",
    }
    assert image.tags == ("white_on_white",)


def test_what_cannot_be_used_is_refused_and_the_batch_goes_on(folder: Path, shelf: Shelf, small: Settings) -> None:
    draw(folder / "good.png")
    draw(folder / "tiny.png", width=19, height=5)
    (folder / "empty.jpg").touch()
    (folder / "letter.jpg").write_text("Dear studio,")
    images = by_name(scan([folder], files=shelf, settings=small))
    assert images["good.png"].refusal is None
    expected = "“tiny.png” is 19 × 5 px; the longest side must have at least 20 px, so please send a larger picture."
    assert images["tiny.png"].refusal == expected
    assert images["empty.jpg"].refusal == "“empty.jpg” is empty (0 bytes); please send the file again."
    assert "is a text file" in str(images["letter.jpg"].refusal)
    assert images["letter.jpg"].sha256 == hashlib.sha256(b"Dear studio,").hexdigest()


def test_the_shipped_limit_is_a_thousand_pixels(folder: Path, shelf: Shelf) -> None:
    draw(folder / "a.png", width=999, height=4)
    draw(folder / "b.png", width=4, height=1000)
    a, b = scan([folder], files=shelf, settings=load_settings()).images
    assert "at least 1,000 px" in str(a.refusal)
    assert b.refusal is None


def test_what_is_no_photo_is_listed(folder: Path, shelf: Shelf, small: Settings) -> None:
    draw(folder / "a.png")
    for number in range(7):
        (folder / f"note {number}.txt").touch()
    (folder / ".hidden.png").write_bytes(b"x")
    (folder / "Thumbs.db").touch()
    (folder / ".git").mkdir()
    found = scan([folder], files=shelf, settings=small)
    assert [image.file for image in found.images] == ["a.png"]
    (problem,) = found.problems
    assert problem.startswith("“note 0.txt”, “note 1.txt”, “note 2.txt”, “note 3.txt”, “note 4.txt” and 2 more are no")


def test_a_file_that_was_named_is_always_taken(folder: Path, shelf: Shelf, small: Settings) -> None:
    path = folder / "picture"
    draw(folder / "a.png").rename(path)
    assert [image.file for image in scan([path], files=shelf, settings=small).images] == ["picture"]


def test_links_and_pipes_are_left_out_and_said(tmp_path: Path, folder: Path, shelf: Shelf, small: Settings) -> None:
    secret = draw(tmp_path / "secret.png")
    (folder / "link.png").symlink_to(secret)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.png")
    draw(folder / "a.png", shade=3)
    found = scan([folder, folder / "link.png", folder / "pipe.png"], files=shelf, settings=small)
    assert [image.file for image in found.images] == ["a.png"]
    assert len(found.problems) == 5
    assert found.problems[0] == "“link.png” is a link, not a file, and was left out; put the photo itself there."
    assert "“pipe.png” is a device or pipe" in found.problems[2]


def test_a_folder_that_was_named_by_a_link_is_taken(
    tmp_path: Path, folder: Path, shelf: Shelf, small: Settings
) -> None:
    draw(folder / "a.png")
    link = tmp_path / "today"
    link.symlink_to(folder)
    assert [image.file for image in scan([link], files=shelf, settings=small).images] == ["a.png"]


def test_names_are_data(folder: Path, shelf: Shelf, small: Settings) -> None:
    raw = os.fsencode(folder) + b"/b\xe4r\n.png"
    os.rename(draw(folder / "x.png"), raw)
    draw(folder / "; DROP TABLE image; --.png", shade=1)
    names = [image.file for image in scan([folder], files=shelf, settings=small).images]
    assert names == ["; DROP TABLE image; --.png", "b�r�.png"]


def test_two_files_never_share_a_name(tmp_path: Path, shelf: Shelf, small: Settings) -> None:
    draw(tmp_path / "one" / "a.png")
    draw(tmp_path / "two" / "A.png", shade=1)
    draw(tmp_path / "deep" / "one" / "a.png", shade=2)
    paths = [tmp_path / "one", tmp_path / "two", tmp_path / "deep" / "one"]
    names = [image.file for image in scan(paths, files=shelf, settings=small).images]
    assert names == ["one/a.png", "two/A.png", "one/a (2).png"]


def test_a_file_reached_twice_is_taken_once(folder: Path, shelf: Shelf, small: Settings) -> None:
    path = draw(folder / "a.png")
    assert len(scan([folder, path, folder], files=shelf, settings=small).images) == 1


def test_a_missing_folder_is_one_sentence(tmp_path: Path, shelf: Shelf, small: Settings) -> None:
    with pytest.raises(KnownError, match=r"There is no file or folder .*; check its name"):
        scan([tmp_path / "missing"], files=shelf, settings=small)


def test_progress_counts_up_to_the_end(folder: Path, shelf: Shelf, small: Settings) -> None:
    for number in range(3):
        draw(folder / f"{number}.png", shade=number)
    seen: list[tuple[int, int, str]] = []
    scan([folder], files=shelf, settings=small, on_progress=lambda *step: seen.append(step))
    assert seen == [(0, 3, "0.png"), (1, 3, "1.png"), (2, 3, "2.png"), (3, 3, "")]


def test_natural_order_counts_and_ignores_case() -> None:
    names = ["b", "A10", "a9", "a", "10", "9"]
    assert sorted(names, key=natural) == ["9", "10", "a", "a9", "A10", "b"]


def test_the_sample_shoot_is_complete(samples: Path, shelf: Shelf) -> None:
    found = scan([samples], files=shelf, settings=load_settings(), client="Whitepoint")
    assert found.problems == ()
    assert len(found.images) == 10
    for image in found.images:
        assert image.refusal is None
        assert image.sku
        assert image.asin
        assert image.gtin
        assert image.shoot
        assert image.category in load_settings().categories
