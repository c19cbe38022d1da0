"""Strokes that are kept come back as they were, and what cannot be read costs nothing but the strokes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import KnownError
from pipeline.strokes import Stroke
from reviewer.images.draft import HOLE
from reviewer.images.draft import MASK
from reviewer.images.draft import Deed
from reviewer.images.draft import Draft
from reviewer.images.draft import keep_draft
from reviewer.images.draft import kept_draft
from reviewer.images.draft import new_draft

NUMBERS = st.floats(-1e5, 1e5)
POINTS = st.lists(st.tuples(NUMBERS, NUMBERS, st.floats(0, 1)), min_size=1, max_size=5).map(tuple)
STROKES = st.builds(Stroke, POINTS, st.floats(1, 1000), st.floats(0, 1), st.booleans())
PULLS = st.lists(st.builds(Deed, st.sampled_from((MASK, HOLE)), STROKES), max_size=6)


def pull(layer: str = MASK, x: float = 5.0) -> Deed:
    return Deed(layer, Stroke(((x, 5.0, 1.0), (x + 20, 9.0, 0.5)), 4.0, 0.7))


@given(PULLS, PULLS, st.sampled_from(("", "telea")))
def test_what_is_kept_comes_back_as_it_was(tmp_path_factory, pulls, undone, engine) -> None:
    folder = tmp_path_factory.mktemp("drafts")
    draft = Draft(7, "ab" * 32, (3, 9), tuple(pulls), tuple(undone), engine)
    keep_draft(folder, draft)
    for version in (3, 9):
        kept = kept_draft(folder, 7, version, "ab" * 32)
        assert kept == draft or not (pulls or undone)


def test_a_version_of_somebody_else_starts_without_strokes(tmp_path: Path) -> None:
    keep_draft(tmp_path, new_draft(7, 3, "ab").drawn(pull()))
    assert kept_draft(tmp_path, 7, 4, "cd") == new_draft(7, 4, "cd")


def test_a_draft_without_strokes_leaves_no_file(tmp_path: Path) -> None:
    keep_draft(tmp_path, new_draft(7, 3, "ab").drawn(pull()))
    keep_draft(tmp_path, new_draft(7, 3, "ab"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"form": 2}', '{"form": 1, "image": 7}', "\x00"])
def test_a_damaged_draft_costs_only_its_strokes(tmp_path: Path, text: str) -> None:
    (tmp_path / "7.json").write_text(text)
    assert kept_draft(tmp_path, 7, 3, None) == new_draft(7, 3, None)


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("in the way")
    with pytest.raises(KnownError, match="cannot be kept"):
        keep_draft(tmp_path / "drafts", new_draft(7, 3, "ab").drawn(pull()))


def test_back_and_again_are_each_other_s_reverse() -> None:
    draft = new_draft(7, 3, "ab").drawn(pull()).drawn(pull(x=50.0))
    assert draft.back().back().again().again() == draft
    assert draft.back().drawn(pull(x=80.0)).undone == ()


def test_a_stroke_on_the_hole_needs_its_fill_accepted_anew() -> None:
    accepted = Draft(7, "ab", (3,), (pull(HOLE),), (), "telea")
    assert accepted.drawn(pull(MASK)).engine == "telea"
    assert accepted.drawn(pull(HOLE)).engine == ""
    assert accepted.back().engine == ""
