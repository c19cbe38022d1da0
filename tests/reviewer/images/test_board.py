"""What the board draws is the picture under its mask, pixel by pixel, and only what changed is drawn anew."""

import numpy as np
import pytest

from pipeline.strokes import Stroke
from pipeline.strokes import dabs
from reviewer.images.board import LOOKS
from reviewer.images.board import PLAIN
from reviewer.images.board import RUBYLITH
from reviewer.images.board import Board
from reviewer.images.board import Patch
from reviewer.images.board import screen_part
from reviewer.images.draft import HOLE
from reviewer.images.draft import MASK
from reviewer.images.draft import Deed
from reviewer.images.geometry import Rect
from reviewer.images.pyramid import build_pyramid

SIZE = 640, 480
SAME = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
WHOLE = Rect(0, 0, *SIZE)


@pytest.fixture
def board() -> Board:
    rgb = np.random.default_rng(4).integers(0, 256, (SIZE[1], SIZE[0], 3), dtype=np.uint8)
    mask = np.zeros((SIZE[1], SIZE[0]), np.uint8)
    mask[100:300, 200:400] = 255
    return Board(build_pyramid(rgb), mask)


def pull(*points: tuple[float, float], layer: str = MASK, radius: float = 20, adds: bool = True) -> Deed:
    return Deed(layer, Stroke(tuple((*point, 1.0) for point in points), radius, 0.5, adds))


def test_plain_is_the_file(board: Board) -> None:
    assert (board.draw(SAME, WHOLE, PLAIN, 46) == board.picture.levels[0]).all()


@pytest.mark.parametrize(("look", "ground"), [("white", 255), ("grey", 119), ("black", 0)])
def test_grounds_are_exact_outside_and_the_file_inside(board: Board, look: str, ground: int) -> None:
    shown = board.draw(SAME, WHOLE, look, 46)
    inside = board.mask == 255
    assert (shown[inside] == board.picture.levels[0][inside]).all()
    assert (shown[~inside][:, :3] == ground).all()


def test_beyond_the_picture_lies_the_canvas(board: Board) -> None:
    shown = board.draw((1.0, 0.0, 50.0, 0.0, 1.0, 30.0), Rect(0, 0, 800, 600), "white", 46)
    assert (shown[:30, :, :3] == 46).all()
    assert (shown[:, :50, :3] == 46).all()
    assert (shown[510:, :, :3] == 46).all()
    assert (shown[31, 51, :3] == 255).all()


@pytest.mark.parametrize("look", [*LOOKS, PLAIN])
@pytest.mark.parametrize("scale", [1.0, 3.0])
def test_a_part_is_the_same_alone_as_within_the_whole(board: Board, look: str, scale: float) -> None:
    affine = (scale, 0.0, -40.0, 0.0, scale, -20.0)
    board.draw_deed(pull((250, 150), (300, 200), layer=HOLE))
    whole = board.draw(affine, Rect(0, 0, 600, 400), look, 46)
    part = board.draw(affine, Rect(130, 90, 200, 170), look, 46)
    assert (whole[90:260, 130:330] == part).all()


def test_a_stroke_in_pieces_is_the_stroke_as_a_whole_in_all_sizes(board: Board) -> None:
    whole = pull((50, 50), (300, 90), (500, 400))
    other = Board(board.picture, board.mask.copy())
    other.draw_deed(whole)
    painted = 0
    for count in (1, 2, 3):
        begun = Deed(MASK, Stroke(whole.stroke.points[:count], 20, 0.5))
        _, painted = board.draw_deed(begun, painted)
    assert painted == len(dabs(whole.stroke))
    for mine, theirs in zip(board.layers[MASK].levels, other.layers[MASK].levels, strict=True):
        assert (mine == theirs).all()


def test_undo_brings_every_size_back(board: Board) -> None:
    before = [level.copy() for level in board.layers[MASK].levels]
    board.draw_deed(pull((210, 110), (390, 290), adds=False))
    assert any((level != old).any() for level, old in zip(board.layers[MASK].levels, before, strict=True))
    board.travel(MASK, back=True)
    assert all((level == old).all() for level, old in zip(board.layers[MASK].levels, before, strict=True))


def test_what_is_laid_over_the_picture_comes_off_again(board: Board) -> None:
    board.draw_deed(pull((250, 150), layer=HOLE))
    filled = np.full((60, 60, 3), 200, np.uint8)
    board.lay(HOLE, Patch(220, 120, build_pyramid(filled)))
    assert (board.draw(SAME, WHOLE, PLAIN, 46)[120:180, 220:280, :3] == 200).all()
    box = board.lay(HOLE, None)
    assert box[0] <= 220
    assert (board.draw(SAME, WHOLE, PLAIN, 46) == board.picture.levels[0]).all()


def test_red_lies_over_the_background_only(board: Board) -> None:
    shown, file = board.draw(SAME, WHOLE, RUBYLITH, 46), board.picture.levels[0]
    inside = board.mask == 255
    assert (shown[inside] == file[inside]).all()
    assert shown[~inside][:, 2].mean() > file[~inside][:, 2].mean() + 30


def test_the_part_of_the_screen_covers_what_changed() -> None:
    part = screen_part((0.5, 0.0, 10.0, 0.0, 0.5, 20.0), (100, 40, 200, 80), 2, Rect(0, 0, 300, 300))
    assert part == Rect(58, 38, 54, 24)
    assert screen_part(SAME, (400, 400, 500, 500), 2, Rect(0, 0, 300, 300)) is None
