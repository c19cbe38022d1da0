"""Sentences that are recorded or passed on: written and read by the same templates, and written nowhere else."""

import re
from pathlib import Path

import pytest

from pipeline.sentences import NUMBERS
from pipeline.sentences import TEMPLATES
from pipeline.sentences import say
from pipeline.sentences import understood

PIPELINE = Path(__file__).parents[2] / "pipeline"
ROOMS = (
    "photo_io",
    "batch",
    "store/files.py",
    "store/claims.py",
    "run/answers.py",
    "run/decoders.py",
    "run/deliver.py",
)
SPEAKS_OF_SALES = "returns.py"


def sources() -> dict[Path, str]:
    return {path: path.read_text("utf-8") for path in PIPELINE.rglob("*.py") if path.name != "sentences.py"}


@pytest.mark.parametrize("what", TEMPLATES)
def test_what_was_said_is_read_back_with_its_values(what) -> None:
    fields = re.findall(r"\{(\w+)\}", TEMPLATES[what])
    odd = {"code": "ASIN", **dict.fromkeys(NUMBERS, "1,234")}
    values = {field: odd.get(field, "a “b”; c (d).jpg") for field in fields}
    sentence = say(what, **values)
    said = understood(sentence)
    assert said is not None
    assert (said.what, dict(said.values)) == (what, values)


def test_an_error_about_a_file_is_never_written_beside_the_table() -> None:
    free = re.compile(r"BadImageError\(\s*f?\"|Missed\([^)]*f\"")
    assert [path.name for path, text in sources().items() if free.search(text)] == []


def test_a_refusal_is_told_by_a_name_of_the_table() -> None:
    for path, text in sources().items():
        for what in re.findall(r"\brefusal\(\w+(?:\.\w+)?, \"([^\"]*)\"", text):
            assert what in TEMPLATES, f"{path.name}: {what}"


def test_a_room_that_speaks_of_files_has_no_problem_of_its_own_words() -> None:
    own = re.compile(r"(?:problems\.append|problems\[[^]]*\] =|missing\.append|_RowError|return)\(?\s*f\"[^\"]*[;.]\"")
    rooms = [
        path for room in ROOMS for path in ((PIPELINE / room).rglob("*.py") if "." not in room else [PIPELINE / room])
    ]
    told = [path.name for path in rooms if own.search(path.read_text("utf-8"))]
    assert [name for name in told if name != SPEAKS_OF_SALES] == []


def test_words_that_nobody_wrote_here_are_not_understood() -> None:
    assert understood("“x.png” fell into the water; please dry it.") is None
