"""Pointing at evidence: rows outline their places on the pixels, keys walk through them at 1:1."""

import pytest
from made_studios import FRAME
from made_studios import Plan
from made_studios import build_studio
from PySide6.QtCore import QPoint
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from pipeline.model import Evidence
from pipeline.model import Flag
from pipeline.model import Gate
from pipeline.model import State
from reviewer.images.geometry import apply
from reviewer.images.geometry import product_to_screen
from reviewer.theme import PALETTE
from reviewer.views.facts import title_of
from reviewer.views.layering import BEHIND
from reviewer.widgets.marks import in_product

IN_RESULT, IN_ORIGINAL = (300, 200, 340, 230), (600, 500, 650, 540)


@pytest.fixture
def window(qtbot, show, tmp_path):
    gate = Gate("border", False, "2 border pixels are not 255", Evidence((IN_RESULT,)))
    flag = Flag("backdrop_left", 0.8, "one place", Evidence((IN_ORIGINAL,), "original"))
    bare = Gate("exact_white", True, "every background pixel is 255")
    plans = [Plan(State.REVIEW, gates=(gate, bare), flags=(flag,)), Plan(State.REVIEW)]
    made = show(build_studio(tmp_path / "pointed", plans))
    qtbot.waitUntil(lambda: made.session.deciding.aim() is not None)
    return made


def press(qtbot, window, key: str) -> None:
    qtbot.keyClicks(QApplication.focusWidget() or window, key)


def orange(window) -> list[QPoint]:
    """Where the canvas shows the colour of the place that is looked at."""
    image = window.compare.canvas.grab().toImage()
    wanted = QColor(PALETTE.wait).rgb()
    points = (QPoint(x, y) for y in range(image.height()) for x in range(image.width()))
    return [point for point in points if image.pixel(point) == wanted]


def test_a_full_stop_goes_to_the_worst_place_at_one_to_one(qtbot, window) -> None:
    canvas = window.compare.canvas
    press(qtbot, window, ".")
    assert canvas.view.zoom == 1.0
    assert not canvas.view.fit
    assert canvas.view.center == (320.0, 215.0)
    assert window.compare.place.text() == "Border exactly white, 1 of 1"
    assert window.session.pointing.place.box == IN_RESULT


def test_the_outline_lies_around_its_place_in_both_panes(qtbot, window) -> None:
    press(qtbot, window, ".")
    canvas, seen = window.compare.canvas, orange(window)
    for pane in canvas.panes():
        affine = product_to_screen(canvas.view, pane.rect)
        left, top = apply(affine, IN_RESULT[:2])
        right, bottom = apply(affine, IN_RESULT[2:])
        mine = [point for point in seen if pane.rect.contains((point.x(), point.y()))]
        assert min(point.x() for point in mine) == pytest.approx(left - 4, abs=2)
        assert max(point.x() for point in mine) == pytest.approx(right + 4, abs=2)
        assert min(point.y() for point in mine) == pytest.approx(top - 4, abs=2)
        assert max(point.y() for point in mine) == pytest.approx(bottom + 4, abs=2)
        inside = [p for p in mine if left < p.x() < right - 1 and top < p.y() < bottom - 1]
        assert not inside


def test_a_place_of_the_original_goes_through_the_frame(qtbot, window) -> None:
    press(qtbot, window, "..")
    a, _, c, _, e, f = FRAME.matrix
    left, top, right, bottom = IN_ORIGINAL
    middle = (a * (left + right) / 2 + c, e * (top + bottom) / 2 + f)
    assert window.compare.canvas.view.center == pytest.approx(middle)
    assert in_product(IN_ORIGINAL, "original", FRAME)[0] == pytest.approx((a * left + c, e * top + f))
    press(qtbot, window, ",")
    assert window.session.pointing.place.box == IN_RESULT


def test_a_click_on_a_row_outlines_without_moving_the_view_and_escape_ends_it(qtbot, window) -> None:
    rows, canvas = window.score.lists["flag"], window.compare.canvas
    before = canvas.view
    qtbot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=rows.row_rect(0).center())
    assert window.session.pointing.chosen.name == "backdrop_left"
    assert canvas.view == before
    assert len(canvas._marks.polygons) == 1
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas._marks is None
    assert window.compare.place.text() == ""


def test_the_next_image_shows_no_marks_of_the_one_before(qtbot, window) -> None:
    press(qtbot, window, ".")
    qtbot.keyClick(window.compare.canvas, Qt.Key.Key_Right)
    assert window.session.pointing.chosen is None
    assert window.compare.canvas._marks is None
    press(qtbot, window, ".")
    assert "Nothing was marked" in window.compare.toast.text()


def test_a_failed_gate_and_a_flag_say_why_a_person_is_needed(window) -> None:
    assert window.score.why.text() == "Needs your eyes: 1 gate failed, a part could not be measured, backdrop left over"


def test_what_asks_for_a_look_stands_before_the_gates_that_passed(qtbot, show, tmp_path) -> None:
    flag = Flag("backdrop_left", 0.8, "one place", Evidence((IN_ORIGINAL,), "original"))
    plans = [Plan(State.REVIEW, gates=(Gate("exact_white", True, "every background pixel is 255"),), flags=(flag,))]
    made = show(build_studio(tmp_path / "doubted", plans))
    qtbot.waitUntil(lambda: "backdrop left over" in made.score.failures.text())
    words = made.score.failures.text()
    assert words.index("Needs your eyes") < words.index("passed")
    assert made.score.why.isHidden()


def test_a_group_stays_as_the_person_left_it(qtbot, window) -> None:
    heading, rows = window.score.headings["gate"], window.score.lists["gate"]
    assert rows.isVisible()
    qtbot.mouseClick(heading, Qt.MouseButton.LeftButton)
    assert not rows.isVisible()
    window.session.step(1)
    assert not rows.isVisible()
    qtbot.mouseClick(heading, Qt.MouseButton.LeftButton)
    assert rows.isVisible()


def test_what_passed_needs_no_room(qtbot, window) -> None:
    window.session.step(1)
    qtbot.waitUntil(lambda: window.score.failures.text().count("passed") == 1)
    assert window.score.headings["gate"].isVisible()
    assert not window.score.lists["gate"].isVisible()


def test_a_finding_without_places_opens_what_it_was_measured_on(qtbot, window) -> None:
    rows = window.score.lists["gate"]
    found = window.score._found["gate"]
    bare = next(number for number, finding in enumerate(found) if not finding.evidence.boxes and finding.name in BEHIND)
    window.score._wish("gate", True)
    qtbot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=rows.row_rect(bare).center())
    assert window.session.layering.name == BEHIND[found[bare].name]
    assert window.compare.place.text() == title_of(found[bare])
    qtbot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=rows.row_rect(bare).center())
    assert window.session.layering.name == ""
    assert window.compare.place.text() == ""


def test_what_runs_along_the_outline_is_dotted_where_it_is_seen_in_both_panes(qtbot, show, tmp_path) -> None:
    along = ((300, 200), (330, 240), (360, 300))
    flag = Flag("jaggedness", 0.8, "a staircase", Evidence(outline=along))
    window = show(build_studio(tmp_path / "dotted", [Plan(State.REVIEW, flags=(flag,))]))
    qtbot.waitUntil(lambda: window.session.deciding.aim() is not None)
    rows, canvas = window.score.lists["flag"], window.compare.canvas
    qtbot.mouseClick(rows, Qt.MouseButton.LeftButton, pos=rows.row_rect(0).center())
    seen = {(point.x(), point.y()) for point in orange(window)}
    for pane in canvas.panes():
        affine = product_to_screen(canvas.view, pane.rect)
        for x, y in along:
            middle = apply(affine, (x + 0.5, y + 0.5))
            assert (int(middle[0]), int(middle[1])) in seen
    assert window.compare.place.text() == title_of(window.session.pointing.chosen)
