"""Whatever an unlucky or hostile user gives the command, it answers with one sentence and exit status 2."""

import dataclasses
import json
import os
import stat
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import desk
from pipeline.settings import load_settings
from pipeline.store.store import Store

Command = Callable[..., Any]


@pytest.fixture
def photo(tmp_path: Path, samples: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "box.jpg").write_bytes((samples / "box-nearwhite.jpg").read_bytes())
    return folder


def refused(finished: Any, *words: str) -> bool:
    lines = finished.stderr.strip().splitlines()
    alone = len(lines) == 1 and finished.stdout == "" and finished.status == 2
    return alone and all(word in lines[0] for word in words) and lines[0].isprintable()


def test_brackets_in_names_are_no_markup(whitepoint: Command, photo: Path) -> None:
    (photo / "box.jpg").rename(photo / "[red]a[nope].jpg")
    name = whitepoint("ingest", photo, "--batch", "[/b] monday [bold]").stdout.strip()
    assert name == "[/b] monday [bold]"
    table = whitepoint("status", name)
    assert table.status == 0
    assert "[/b] monday [bold]" in table.stdout
    assert "[red]a[nope].jpg" in table.stdout


def test_a_batch_name_is_one_printable_line(whitepoint: Command, photo: Path) -> None:
    assert whitepoint("ingest", photo, "--batch", "a\x1b[31m\nb\u202ec").stdout == "a�[31m�b�c\n"


def test_a_sentence_stays_one_line_whatever_was_typed(whitepoint: Command) -> None:
    assert refused(whitepoint("ingest", "no\x1b]0;title\x07\nwhere\u202e"), "There is no file or folder", "where")


def test_wrong_usage_is_one_sentence(whitepoint: Command) -> None:
    assert refused(whitepoint("verify", "x.jpg"), "--platform")
    assert refused(whitepoint("statsu"), "statsu")
    assert refused(whitepoint("run", "--workers", "-1"), "--workers")


def test_a_mistake_of_ours_is_a_sentence_and_its_place_is_logged(
    whitepoint: Command, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whitepoint("ingest", photo)

    def broken(*_: object) -> None:
        raise TypeError("two\nlines")

    monkeypatch.setattr(Store, "entries", broken)
    assert refused(whitepoint("status"), "TypeError", desk.LOG_FILE)
    assert "Traceback" in (tmp_path / "studio" / desk.LOG_FILE).read_text("utf-8")


def test_settings_that_are_no_text_are_one_sentence(whitepoint: Command, tmp_path: Path) -> None:
    (tmp_path / "studio").mkdir()
    (tmp_path / "studio" / "settings.toml").write_bytes(b"\xff\xfe[\x00")
    assert refused(whitepoint("settings"), "UTF-8")


def test_pipes_devices_and_folders_are_not_verified(whitepoint: Command, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    for path in (tmp_path / "pipe.jpg", Path("/dev/zero"), tmp_path):
        assert refused(whitepoint("verify", path, "--platform", "amazon_main"), str(path))


def test_a_repair_waits_for_no_pipe_and_reads_no_device(whitepoint: Command, photo: Path, tmp_path: Path) -> None:
    whitepoint("ingest", photo)
    os.mkfifo(tmp_path / "pipe.svg")
    for option in ("--path", "--mask", "--hair", "--inpaint"):
        for file in (tmp_path / "pipe.svg", Path("/dev/zero")):
            assert refused(whitepoint("edit", "box.jpg", option, file, "--by", "Ada"), str(file))


def test_a_table_of_returns_is_a_file_and_names_do_nothing_to_the_terminal(whitepoint: Command, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "pipe.csv", Path("/dev/zero"), tmp_path):
        assert refused(whitepoint("returns", "import", path), str(path))
    rules = dataclasses.asdict(load_settings().platform("shopify"))
    manifest = {"package": 1, "platform": "x\n\x1b[2J", "rules": rules, "files": [], "others": []}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    assert "\x1b" not in whitepoint("verify", tmp_path).stdout


def test_nothing_is_written_over_the_studio_itself(whitepoint: Command, photo: Path, tmp_path: Path) -> None:
    batch = whitepoint("ingest", photo).stdout.strip()
    catalogue = tmp_path / "studio" / "whitepoint.sqlite"
    for verb in (("extract", "box.jpg", "--part", "original", "--to"), ("report", batch, "--html")):
        assert refused(whitepoint(*verb, catalogue), "lies in the studio")
    assert refused(whitepoint("export", batch, "--platform", "shopify", "--to", tmp_path / "studio" / "files"), "lies")
    assert whitepoint("status").status == 0


def test_a_huge_file_is_refused_before_it_is_read(whitepoint: Command, tmp_path: Path) -> None:
    huge = tmp_path / "huge.jpg"
    with huge.open("wb") as file:
        file.truncate(2**40)
    assert refused(whitepoint("verify", huge, "--platform", "amazon_main"), "huge.jpg", "bytes")


def test_extract_replaces_no_device_and_leaves_no_half_file(whitepoint: Command, photo: Path, tmp_path: Path) -> None:
    whitepoint("ingest", photo)
    pipe, inside = tmp_path / "pipe", tmp_path / "box.jpg" / "x.jpg"
    os.mkfifo(pipe)
    (tmp_path / "box.jpg").write_text("mine")
    for target in (pipe, inside, tmp_path):
        assert refused(whitepoint("extract", "box.jpg", "--part", "original", "--to", target))
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert (tmp_path / "box.jpg").read_text() == "mine"
    assert not list(tmp_path.glob(".whitepoint-*"))


def test_words_that_are_no_text_are_one_sentence(whitepoint: Command, photo: Path) -> None:
    whitepoint("ingest", photo)
    broken = os.fsdecode(b"caf\xe9\xff")
    assert refused(whitepoint("show", broken), "caf", "UTF-8")
    assert refused(whitepoint("status", broken), "caf", "UTF-8")
    assert refused(whitepoint("ingest", photo, "--client", broken), "caf", "UTF-8")
    assert refused(whitepoint("undo", "--by", broken), "caf")


def test_a_reader_that_goes_away_makes_no_noise(photo: Path, tmp_path: Path) -> None:
    environment = os.environ | {"WHITEPOINT_STUDIO": str(tmp_path / "studio")}
    command = [sys.executable, "-m", "pipeline"]
    subprocess.run([*command, "ingest", str(photo)], env=environment, check=True, capture_output=True)
    process = subprocess.Popen(
        [*command, "settings", "--json"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    _, noise = process.communicate(timeout=60)
    assert b"Traceback" not in noise
    assert b"Exception" not in noise


def test_a_terminal_without_the_letters_shows_their_codes(photo: Path, tmp_path: Path) -> None:
    (photo / "box.jpg").rename(photo / "größe✓.jpg")
    surroundings = {"WHITEPOINT_STUDIO": str(tmp_path / "studio"), "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    for verb in (["ingest", str(photo)], ["status"], ["status", "--json"], ["show", "1"]):
        finished = subprocess.run(
            [sys.executable, "-m", "pipeline", *verb], env=os.environ | surroundings, capture_output=True, check=False
        )
        assert (finished.returncode, b"Traceback" in finished.stderr) == (0, False), finished.stderr


def test_what_failed_is_processed_again_when_asked(whitepoint: Command, photo: Path, tmp_path: Path) -> None:
    whitepoint("ingest", photo)
    (original,) = (tmp_path / "studio" / "files").glob("??/*[!n]")
    hidden = original.rename(tmp_path / "hidden")
    whitepoint("run", "--executor", "threads")
    (image,) = whitepoint("status", "--json").document["images"]
    assert (image["state"], "missing" in image["error"]) == ("failed", True)
    hidden.rename(original)
    whitepoint("run", "--executor", "threads")
    assert whitepoint("status", "--json").document["images"][0]["state"] == "failed"
    whitepoint("run", "--executor", "threads", "--retry")
    assert whitepoint("status", "--json").document["images"][0]["state"] != "failed"


def test_a_folder_in_the_catalogue_s_place_is_named(whitepoint: Command, tmp_path: Path) -> None:
    (tmp_path / "studio" / "whitepoint.sqlite").mkdir(parents=True)
    assert refused(whitepoint("status"), "whitepoint.sqlite is a folder")


def test_a_name_that_is_no_name_is_one_sentence(whitepoint: Command, photo: Path) -> None:
    whitepoint("ingest", photo)
    for name, word in (("", "name"), ("\u200b \t", "name"), ("LINE", "machine"), ("x" * 100_000, "at most 120")):
        assert refused(whitepoint("undo", "--by", name), word)


def test_a_picture_that_claims_too_many_pixels_reaches_no_decoder_of_the_command(tmp_path: Path) -> None:
    claims_huge = tmp_path / "huge.png"
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    body = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    claims_huge.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(body))
    code = (
        "import sys; sys.argv = ['whitepoint', '--version']\n"
        "from pipeline.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"import cv2, numpy; cv2.imdecode(numpy.fromfile({str(claims_huge)!r}, numpy.uint8), 1)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert "pixels <= CV_IO_MAX_IMAGE_PIXELS" in answer.stderr
