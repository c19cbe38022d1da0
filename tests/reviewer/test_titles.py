"""Whatever the line names, the window has words for: in English and in German."""

import ast
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import pipeline
from pipeline.measure.flags import RULES
from pipeline.measure.image_class import _page
from pipeline.measure.surface import NAMES
from pipeline.run.line import STAGES
from pipeline.settings import load_settings
from reviewer import titles

NAMED = {"Gate", "Flag", "Reading", "Failure", "_reading", "_white_gate", "_piece_reading"}


def named() -> Iterator[str]:
    """The names of every gate, flag and reading that pipeline/ makes with a literal name."""
    for path in Path(pipeline.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMED
            if made and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                yield node.args[0].value


def test_every_gate_flag_and_reading_has_a_title() -> None:
    found = {*named(), *RULES, *(name for name, _ in NAMES), *_page(np.zeros((32, 32, 3), np.uint8))}
    assert len(found) > 50
    assert found <= set(titles.FINDINGS)


def test_every_stage_and_shipped_category_has_a_title() -> None:
    assert {"prepare", "classify", *(stage.__name__ for stage in STAGES)} <= set(titles.STAGES)
    assert set(load_settings().categories) <= set(titles.CATEGORIES)


def test_a_failed_gate_says_what_is_wrong_and_a_passed_one_what_is_right() -> None:
    assert titles.gate_title("exact_white") == "Background exactly white"
    assert titles.problem_title("exact_white") == "Background not white"
    assert titles.problem_title("a_studio_s_own") == "A studio s own"
