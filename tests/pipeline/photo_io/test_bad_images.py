"""What strangers send: broken, hostile and odd files end as a photo or as one sentence, soon and in little memory."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SECONDS = 10
MEMORY_BYTES = 3 << 30
CHILD = """
import json, resource, sys, time
from pathlib import Path
from pipeline.errors import BadImageError
from pipeline.photo_io import read_display, read_photo, read_preview
from pipeline.settings import load_settings

resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2)
limits = load_settings().ingest
for path in map(Path, sys.stdin.read().splitlines()):
    started, sentence = time.perf_counter(), ""
    try:
        photo = read_photo(path, name=path.name, limits=limits)
        assert read_display(path, name=path.name).shape == photo.rgb.shape
        assert max(read_preview(path, name=path.name, side=64).shape) <= 64
    except BadImageError as error:
        sentence = str(error)
    print(json.dumps([path.name, sentence, time.perf_counter() - started]), flush=True)
"""


@dataclass(frozen=True)
class Answer:
    """What became of one file: the sentence ("" for a photo), the seconds, and whether the reader survived."""

    name: str
    sentence: str
    seconds: float
    survived: bool = True


@pytest.fixture(scope="module")
def answers(shared: Path) -> dict[str, Answer]:
    """Every file of the corpus through one reader; where it dies, the next file gets a new one."""
    pending = sorted(path for path in (shared / "bad-images").iterdir() if path.suffix != ".md")
    found: dict[str, Answer] = {}
    while pending:
        for answer in _read(pending):
            found[answer.name] = answer
        left = [path for path in pending if path.name not in found]
        if left:
            found[left[0].name] = Answer(left[0].name, "", 0.0, survived=False)
        pending = left[1:]
    return found


def _read(paths: list[Path]) -> Iterator[Answer]:
    command = [sys.executable, "-c", CHILD, str(MEMORY_BYTES)]
    names = "\n".join(map(str, paths))
    done = subprocess.run(command, input=names, capture_output=True, text=True, timeout=300, check=False)
    for line in done.stdout.splitlines():
        yield Answer(*json.loads(line))


@pytest.mark.slow
def test_every_file_is_a_photo_or_one_sentence(answers: dict[str, Answer]) -> None:
    assert len(answers) > 200
    assert not [answer.name for answer in answers.values() if not answer.survived]
    for answer in answers.values():
        if answer.sentence:
            assert answer.sentence.startswith(f"“{answer.name}” "), answer
            assert answer.sentence.endswith("."), answer
            assert "; please " in answer.sentence, "the client is told what to do"
            assert answer.sentence.isprintable(), answer


@pytest.mark.slow
def test_nothing_takes_long(answers: dict[str, Answer]) -> None:
    slow = {answer.name: answer.seconds for answer in answers.values() if answer.seconds > SECONDS}
    assert not slow


@pytest.mark.slow
def test_odd_but_valid_files_are_photos(answers: dict[str, Answer]) -> None:
    photos = {name for name, answer in answers.items() if not answer.sentence}
    valid = ("pillow-hopper_orientation_", "pillow-tiff_16bit_RGB", "pillow-tiff_strip_planar", "pillow-exif")
    expected = {name for name in answers if name.startswith(valid) and not name.endswith(".avif")}
    assert expected <= photos
    assert len(photos) > 60


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pillow-decompression_bomb.gif", "is a GIF"),
        ("pillow-pil_sample_cmyk.jpg", "is in CMYK without an ICC profile"),
        ("pillow-g4_orientation_1.tif", "has 1 bit per pixel"),
        ("pillow-p_trns_single.png", "is a palette image with transparency"),
        ("pillow-truncated_jpeg.jpg", "is cut off or damaged"),
        ("pillow-truncated_image.png", "is cut off or damaged"),
        ("pillow-mode_16bit.png", "is an animation"),
        ("pillow-hopper_bad.p7", "is a text file, not an image"),
        ("pillow-timeout-6646305047838720.tiff", "is cut off or damaged"),
    ],
)
def test_the_sentence_names_what_is_wrong(answers: dict[str, Answer], name: str, words: str) -> None:
    assert words in answers[name].sentence
