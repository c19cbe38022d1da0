"""The contract of the command: documents, exit statuses, and one sentence for whatever a user can cause."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pipeline.store.store import Store

Command = Callable[..., Any]

IMAGE_KEYS = {
    "id", "file", "sku", "category", "tags", "shoot_group", "complexity", "route", "state", "queue", "score", "verdict",
    "gates", "flags", "engine", "seconds", "error",
}  # fmt: skip
SCORE_KEYS = {"total", "background", "edge_quality", "product_fill", "color_accuracy"}
REPORT_KEYS = {"file", "platform", "passed", "format", "size", "bytes", "zones", "fill", "failures"} | {
    "cannot_tell",
    "warnings",
}


@pytest.fixture
def two_photos(tmp_path: Path, samples: Path) -> Path:
    """A folder with one simple product and one file that is not an image."""
    folder = tmp_path / "photos"
    folder.mkdir()
    name = "book-grey.jpg"
    (folder / name).write_bytes((samples / name).read_bytes())
    (folder / "notes.jpg").write_text("this is text")
    (folder / "sheet.csv").write_text(f"file,sku,asin,category\n{name},BOOK-1,B000000001,books\n", "utf-8")
    return folder


def refused(finished: object, *words: str) -> bool:
    """Exit status 2, one sentence on stderr, nothing on stdout."""
    sentence = finished.stderr.strip().splitlines()
    return (
        finished.status == 2
        and finished.stdout == ""
        and len(sentence) == 1
        and all(word in sentence[0] for word in words)
        and "Traceback" not in finished.stderr
    )


def test_a_batch_goes_through_the_whole_line(whitepoint: Command, two_photos: Path, tmp_path: Path) -> None:
    assert whitepoint("ingest", two_photos, "--batch", "monday").stdout.strip() == "monday"
    ran = whitepoint("run", "monday", "--executor", "threads", "--workers", "1")
    assert ran.status == 0
    assert "book-grey.jpg" in ran.stdout

    status = whitepoint("status", "monday", "--json").document
    assert status["batch"] == "monday"
    images = {image["file"]: image for image in status["images"]}
    assert all(set(image) == IMAGE_KEYS for image in images.values())
    assert set(images["book-grey.jpg"]["score"]) == SCORE_KEYS
    assert images["book-grey.jpg"]["state"] == "approved"
    assert images["notes.jpg"]["state"] == "rejected"
    assert "notes.jpg" in images["notes.jpg"]["error"]

    delivery = tmp_path / "delivery"
    assert whitepoint("export", "monday", "--platform", "amazon_main", "--to", delivery).status == 0
    files = sorted(delivery.glob("*.jpg"))
    assert [file.name for file in files] == ["B000000001.MAIN.jpg"]
    verified = whitepoint("verify", *files, "--platform", "amazon_main", "--json")
    assert verified.status == 0
    assert set(verified.document[0]) == REPORT_KEYS
    assert verified.document[0]["passed"] is True


def test_a_second_run_processes_nothing_twice(whitepoint: Command, two_photos: Path, tmp_path: Path) -> None:
    whitepoint("ingest", two_photos, "--batch", "monday")
    whitepoint("run", "monday", "--executor", "threads")
    before = whitepoint("show", "book-grey.jpg", "--json").document
    whitepoint("run", "monday", "--executor", "threads")
    after = whitepoint("show", "book-grey.jpg", "--json").document
    assert after == before
    assert len(after["versions"]) == 1


def test_parts_can_be_extracted_and_the_result_is_recreated_exactly(
    whitepoint: Command, two_photos: Path, tmp_path: Path
) -> None:
    whitepoint("ingest", two_photos)
    whitepoint("run", "--executor", "threads")
    for part, name in (("original", "o.jpg"), ("master", "m.tif"), ("mask", "a.png"), ("overlay", "v.png")):
        assert whitepoint("extract", "book-grey.jpg", "--part", part, "--to", tmp_path / name).status == 0
    assert (tmp_path / "o.jpg").read_bytes() == (two_photos / "book-grey.jpg").read_bytes()
    with Image.open(tmp_path / "a.png") as mask, Image.open(tmp_path / "v.png") as overlay:
        assert (mask.mode, mask.size) == ("L", (1120, 1120))
        assert overlay.size == (1120, 1120)
    results = []
    for name in ("r1.tif", "r2.tif"):
        assert whitepoint("extract", "book-grey.jpg", "--part", "result", "--to", tmp_path / name).status == 0
        results.append((tmp_path / name).read_bytes())
    assert results[0] == results[1]


def test_decisions_of_the_command_are_decisions(whitepoint: Command, two_photos: Path) -> None:
    whitepoint("ingest", two_photos)
    whitepoint("run", "--executor", "threads")
    decided = whitepoint("decide", "book-grey.jpg", "redo", "--by", "Ada", "--reason", "halo", "--note", "left edge")
    assert decided.stdout.strip() == "book-grey.jpg: redo"
    decision = whitepoint("show", "book-grey.jpg", "--json").document["decisions"][0]
    assert (decision["person"], decision["reason"], decision["note"]) == ("Ada", "halo", "left edge")
    assert whitepoint("undo", "--by", "Ada").stdout.strip() == "book-grey.jpg: approved"
    assert refused(whitepoint("undo", "--by", "Ada"), "Ada")


def test_an_unknown_reason_names_the_nearest(whitepoint: Command, two_photos: Path) -> None:
    whitepoint("ingest", two_photos)
    assert refused(whitepoint("decide", "book-grey.jpg", "redo", "--by", "Ada", "--reason", "halos"), "“halo”")


def test_a_missing_folder_is_one_sentence(whitepoint: Command, tmp_path: Path) -> None:
    assert refused(whitepoint("ingest", tmp_path / "nowhere"), "nowhere")


def test_an_empty_folder_is_one_sentence(whitepoint: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert refused(whitepoint("ingest", tmp_path / "empty"), "empty")


def test_an_unknown_batch_is_one_sentence(whitepoint: Command, two_photos: Path) -> None:
    whitepoint("ingest", two_photos, "--batch", "monday")
    for verb in ("run", "status", "review"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        assert refused(whitepoint(verb, "munday"), "monday")


def test_an_empty_studio_says_what_to_do(whitepoint: Command) -> None:
    assert refused(whitepoint("status"), "ingest")


def test_an_unknown_image_is_one_sentence(whitepoint: Command, two_photos: Path) -> None:
    whitepoint("ingest", two_photos)
    assert refused(whitepoint("show", "bock-grey.jpg"), "bock-grey.jpg")


def test_an_unknown_platform_is_one_sentence(whitepoint: Command, two_photos: Path, tmp_path: Path) -> None:
    whitepoint("ingest", two_photos, "--batch", "monday")
    assert refused(whitepoint("verify", tmp_path / "x.jpg", "--platform", "amazon"), "amazon")
    assert refused(whitepoint("export", "monday", "--platform", "amazon", "--to", tmp_path / "d"), "amazon")


def test_an_unreadable_file_to_verify_is_a_failed_file(whitepoint: Command, tmp_path: Path) -> None:
    (tmp_path / "B000000001.MAIN.jpg").write_text("text")
    finished = whitepoint("verify", tmp_path / "B000000001.MAIN.jpg", "--platform", "amazon_main", "--json")
    assert finished.status == 1
    assert finished.document[0]["failures"]


def test_extracting_before_the_run_says_what_to_do(whitepoint: Command, two_photos: Path, tmp_path: Path) -> None:
    whitepoint("ingest", two_photos)
    assert refused(whitepoint("extract", "book-grey.jpg", "--part", "mask", "--to", tmp_path / "m.png"), "run")


def test_an_unknown_settings_key_is_one_sentence(whitepoint: Command, tmp_path: Path) -> None:
    (tmp_path / "studio").mkdir()
    (tmp_path / "studio" / "settings.toml").write_text("[line]\nworker = 3\n")
    assert refused(whitepoint("settings", "--json"), "worker", "workers")


def test_settings_tell_their_sources_and_fingerprint(whitepoint: Command) -> None:
    document = whitepoint("settings", "--json").document
    assert document["sources"] == ["shipped"]
    assert len(document["fingerprint"]) == 16


def test_a_newer_studio_is_refused(whitepoint: Command, tmp_path: Path) -> None:
    with Store(tmp_path / "studio"):
        pass
    database = tmp_path / "studio" / "whitepoint.sqlite"
    head = bytearray(database.read_bytes())
    head[60:64] = (9999).to_bytes(4, "big")
    database.write_bytes(head)
    assert refused(whitepoint("status"), "newer")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_studio_is_one_sentence(whitepoint: Command, tmp_path: Path) -> None:
    (tmp_path / "studio").mkdir(mode=0o500)
    assert refused(whitepoint("status"), "studio")


def test_a_studio_that_is_a_file_is_one_sentence(whitepoint: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    finished = whitepoint("status", studio=tmp_path / "file" / "studio")
    assert refused(finished)


def test_without_a_display_review_is_one_sentence(whitepoint: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert refused(whitepoint("review"), "display")


def test_a_blank_photo_is_routed_to_a_person(whitepoint: Command, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    grey = np.full((1200, 1200, 3), 128, np.uint8)
    Image.fromarray(grey).save(tmp_path / "photos" / "blank.png")
    whitepoint("ingest", tmp_path / "photos")
    whitepoint("run", "--executor", "threads")
    image = whitepoint("status", "--json").document["images"][0]
    assert image["state"] in {"edit", "review", "redo"}
    assert any(flag["name"] == "no_subject" for flag in image["flags"])


def test_a_version_shows_all_it_was_made_with_and_can_be_made_again(whitepoint: Command, two_photos: Path) -> None:
    whitepoint("ingest", two_photos, "--batch", "monday")
    whitepoint("run", "monday", "--executor", "threads", "--workers", "1")
    shown = whitepoint("show", "book-grey.jpg", "--json").document
    provenance = shown["versions"][0]["provenance"]
    assert provenance["engine"] == "embedded"
    assert len(provenance["weights"]) == 64
    assert provenance["provider"] == "CPUExecutionProvider"
    assert provenance["libraries"]["numpy"] == np.__version__
    assert provenance["original"] == shown["record"]["sha256"]
    assert provenance["settings"]["line"]["workers"] == 1
    assert provenance["settings"]["tools"]["default"] == "embedded"
    assert provenance["parent"] is None
    again = whitepoint("rerun", "book-grey.jpg", "--json")
    assert (again.status, again.document["same"], again.document["differences"]) == (0, True, [])
    assert refused(whitepoint("rerun", "notes.jpg"), "no such version")
