"""Marks and print: what was put over the picture is told from what stands on the product, by reading it."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from pipeline.color import srgb8_to_adobe16
from pipeline.measure.closeup import close_up
from pipeline.measure.ink import bring_out
from pipeline.measure.leftover import fit_on_proxy
from pipeline.measure.marks import read_marks
from pipeline.model import Reading
from pipeline.model import WorkItem
from pipeline.tools.text_reader import Words
from pipeline.tools.text_reader import find_words
from pipeline.tools.text_reader import read_words

Build = Callable[..., WorkItem]
INK = (20, 20, 30)


@pytest.fixture
def item(build_item: Build) -> WorkItem:
    return build_item(size=(900, 800), center=(450, 400), radius=300.0)


def written(
    item: WorkItem, text: str, at: tuple[int, int], scale: float, *, paper: bool = False, opacity: float = 1.0
) -> Reading:
    """What is read after `text` was written over the photo, on a label of its own if `paper`."""
    rgb = np.asarray(item.photo.rgb).copy()
    (width, height), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, scale, 2)
    if paper:
        rgb[at[1] - 2 * height : at[1] + height, at[0] - 8 : at[0] + width + 8] = srgb8_to_adobe16(
            np.full((1, 1, 3), 248, np.uint8)
        )
    ink = np.zeros(rgb.shape[:2], np.uint8)
    cv2.putText(ink, text, at, cv2.FONT_HERSHEY_SIMPLEX, scale, 255, 2, cv2.LINE_AA)
    share = (ink / 255)[..., None] * opacity
    rgb = np.rint(rgb * (1 - share) + srgb8_to_adobe16(np.full((1, 1, 3), INK, np.uint8)) * share).astype(np.uint16)
    mask = np.asarray(item.mask)
    closeup = close_up(rgb, mask, fit_on_proxy(rgb))
    assert closeup is not None
    return read_marks(closeup, bring_out(rgb, mask))[0]


@pytest.mark.parametrize("name", ["GREEN TEA", "Helvetia", "NOTEBOOK"])
def test_the_products_own_print_is_not_a_mark_and_is_mentioned(item: WorkItem, name: str) -> None:
    found = written(item, name, (330, 420), 1.0)
    assert found.value == 0
    assert "own print" in found.detail


@pytest.mark.parametrize("price", ["EUR 17.90", "$ 22.22"])
def test_a_label_with_a_price_is_a_mark_where_it_is(item: WorkItem, price: str) -> None:
    found = written(item, price, (380, 420), 0.6, paper=True)
    assert found.value >= 1
    left, top, right, bottom = found.evidence.boxes[0]
    assert 350 <= left < right <= 600
    assert 370 <= top < bottom <= 450


def test_a_word_that_goes_on_beside_the_product_is_a_mark_whatever_it_says(item: WorkItem) -> None:
    assert written(item, "NORDLICHT", (20, 420), 2.2).value == 1


def test_a_pale_word_over_product_and_backdrop_is_a_mark_in_its_place(item: WorkItem) -> None:
    found = written(item, "HORIZON", (60, 440), 5.5, opacity=0.3)
    assert found.value == 1
    left, top, right, bottom = found.evidence.boxes[0]
    assert 20 <= left < 100
    assert right > 670
    assert 300 < top < bottom < 470


def test_without_a_product_nothing_is_written_on_it(item: WorkItem) -> None:
    assert bring_out(item.photo.rgb, np.zeros_like(item.mask)) is None


def test_a_word_wholly_beside_the_product_is_gone_with_the_backdrop(item: WorkItem) -> None:
    assert written(item, "NORDLICHT", (20, 60), 0.8).value == 0


def test_nothing_is_read_where_nothing_is_asked_and_a_plain_cut_says_nothing() -> None:
    assert read_words([]) == []
    (said,) = read_words([np.full((40, 200, 3), 200, np.uint8)])
    assert said == Words("", said.confidence)


def test_a_line_of_text_is_read() -> None:
    cut = np.full((60, 280, 3), 230, np.uint8)
    cv2.putText(cut, "12.03.2019", (20, 42), cv2.FONT_HERSHEY_SIMPLEX, 1.0, INK, 2, cv2.LINE_AA)
    (said,) = read_words([cut])
    assert said.text == "12.03.2019"
    assert said.confidence > 0.8


def test_a_tilted_line_is_found_with_its_corners() -> None:
    picture = np.zeros((300, 400, 3), np.uint8)
    cv2.putText(picture, "HORIZON", (60, 170), cv2.FONT_HERSHEY_SIMPLEX, 2.0, (255, 255, 255), 4, cv2.LINE_AA)
    turn = cv2.getRotationMatrix2D((200, 150), 20, 1.0)
    (line,) = find_words(cv2.warpAffine(picture, turn, (400, 300)))
    assert line.words.text == "HORIZON"
    across = line.corners[1] - line.corners[0]
    assert np.degrees(np.arctan2(across[1], across[0])) == pytest.approx(-20, abs=3)
