import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pipeline.strokes import EMPTY
from pipeline.strokes import History
from pipeline.strokes import Stroke
from pipeline.strokes import coverage
from pipeline.strokes import dabs
from pipeline.strokes import edge_aware
from pipeline.strokes import paint
from pipeline.strokes import reach

SIZE = (210, 150)

places = st.tuples(st.floats(-40, 250), st.floats(-40, 190), st.floats(0, 1))
strokes = st.builds(
    Stroke,
    points=st.lists(places, min_size=1, max_size=4).map(tuple),
    radius=st.floats(0.5, 60),
    hardness=st.floats(0, 1),
    adds=st.booleans(),
)


def noise(seed=0):
    return np.random.default_rng(seed).integers(0, 256, SIZE[::-1], dtype=np.uint8)


def test_a_dab_covers_the_area_of_its_circle():
    covered = coverage(Stroke(((100.3, 70.8, 1.0),), radius=40), SIZE)

    assert covered.sum() / 255 == pytest.approx(np.pi * 40**2, rel=0.002)
    assert covered[70, 100] == 255


def test_the_edge_of_a_hard_line_is_straight():
    covered = coverage(Stroke(((20, 75, 1.0), (190, 75, 1.0)), radius=40), SIZE)

    assert (covered[:, 60:150] == covered[:, 60:61]).all()


def test_a_soft_brush_falls_off_and_a_hard_one_does_not():
    at = ((100.5, 75.5, 1.0),)
    soft, hard = coverage(Stroke(at, 40, hardness=0.2), SIZE)[75], coverage(Stroke(at, 40, hardness=1), SIZE)[75]

    assert (np.diff(soft[100:141].astype(int)) <= 0).all()
    assert 100 < soft[124] < 160
    assert ((hard > 0) & (hard < 255)).sum() <= 2


def test_pressure_scales_the_radius():
    light = coverage(Stroke(((100, 75, 0.5),), radius=40), SIZE)

    assert light.sum() / 255 == pytest.approx(np.pi * 20**2, rel=0.005)


def test_erasing_what_was_added_leaves_nothing():
    mask = np.zeros(SIZE[::-1], np.uint8)
    points = ((30, 30, 1.0), (150, 90, 1.0))
    paint(mask, Stroke(points, radius=20))
    paint(mask, Stroke(points, radius=22, adds=False))

    assert not mask.any()


@given(strokes, st.integers(0, 255))
@settings(max_examples=60, deadline=None)
def test_only_the_returned_box_changes(stroke, level):
    mask = np.full(SIZE[::-1], level, np.uint8)
    left, top, right, bottom = paint(mask, stroke)
    mask[top:bottom, left:right] = level

    assert (mask == level).all()
    assert (left, top, right, bottom) == reach(stroke, SIZE)


@given(strokes, st.data())
@settings(max_examples=60, deadline=None)
def test_a_stroke_painted_as_it_grows_is_the_stroke_painted_at_once(stroke, data):
    whole, grown = noise(), noise()
    paint(whole, stroke)
    done = 0
    for count in range(1, len(stroke.points) + 1):
        part = Stroke(stroke.points[:count], stroke.radius, stroke.hardness, stroke.adds)
        paint(grown, part, start=done)
        done = len(dabs(part))

    assert (whole == grown).all()


def test_a_stroke_without_points_paints_nothing():
    mask = noise()

    assert paint(mask, Stroke((), radius=9)) == EMPTY
    assert (mask == noise()).all()


@given(st.lists(st.one_of(strokes, st.sampled_from(["undo", "redo"])), max_size=25))
@settings(max_examples=80, deadline=None)
def test_any_history_of_strokes_undo_and_redo_returns_the_same_bytes(acts):
    mask, history = noise(), History()
    past, future = [mask.copy()], []
    for act in acts:
        if act == "undo":
            assert (history.undo(mask) is None) == (len(past) == 1)
            if len(past) > 1:
                future.append(past.pop())
        elif act == "redo":
            assert (history.redo(mask) is None) == (not future)
            if future:
                past.append(future.pop())
        else:
            history.before(mask, reach(act, SIZE))
            paint(mask, act)
            past.append(mask.copy())
            future.clear()
        assert (mask == past[-1]).all()


def test_one_pull_of_the_brush_is_one_step():
    mask, history = noise(), History()
    stroke = Stroke(((20, 20, 1.0), (180, 120, 1.0)), radius=15)
    count = len(dabs(stroke))
    for start in range(count):
        history.before(mask, reach(stroke, SIZE, start=start), goes_on=start > 0)
    paint(mask, stroke)

    assert history.undo(mask) is not None
    assert (mask == noise()).all()
    assert history.undo(mask) is None


def test_a_hundred_long_strokes_at_24_megapixels_stay_below_200_mb():
    mask, history = np.zeros((4000, 6000), np.uint8), History()
    random = np.random.default_rng(1)
    for step in range(100):
        corner = random.uniform((0, 0), (3600, 2400))
        points = tuple((x, y, 1.0) for x, y in random.uniform((0, 0), (2400, 1600), (2, 2)) + corner)
        stroke = Stroke(points, radius=200, hardness=0.5, adds=step % 3 > 0)
        history.before(mask, reach(stroke, (6000, 4000)))
        paint(mask, stroke)

    assert history.undoable == 100
    assert history.bytes < 200_000_000


def test_beyond_its_limit_the_history_forgets_the_oldest_steps():
    mask, history = noise(), History(limit=60_000)
    for _ in range(10):
        history.before(mask, (0, 0, *SIZE))
    assert 1 <= history.undoable < 10
    assert history.bytes <= 60_000


def disc_photo():
    """A dark disc on a light noisy ground, and its exact mask."""
    y, x = np.mgrid[: SIZE[1], : SIZE[0]]
    disc = np.hypot(x - 100, y - 75) < 50
    plane = np.where(disc, 70, 180) + np.random.default_rng(2).normal(0, 6, disc.shape)
    return np.dstack([plane, plane * 0.9, plane * 0.8]).astype(np.uint8), disc


@pytest.mark.parametrize("adds", [True, False])
def test_the_edge_aware_brush_stops_at_the_edge_that_a_plain_one_overruns(adds):
    rgb, disc = disc_photo()
    truth = np.where(disc, 255, 0).astype(np.uint8)
    mask = truth.copy()
    # A bite of the disc is missing, or a bump of the ground is in the mask.
    bite = (slice(60, 95), slice(128, 160)) if adds else (slice(60, 95), slice(150, 172))
    mask[bite] = 0 if adds else 255
    x = 142 if adds else 162
    stroke = Stroke(((x, 62, 1.0), (x, 93, 1.0)), radius=20, adds=adds)
    plain, aware = mask.copy(), edge_aware(rgb, mask, stroke)
    paint(plain, stroke)

    wrong = [int(((found > 127) != (truth > 127)).sum()) for found in (mask, plain, aware)]
    assert wrong[2] < wrong[0] / 5
    assert wrong[2] < wrong[1] / 5
    left, top, right, bottom = reach(stroke, SIZE)
    aware[top:bottom, left:right] = mask[top:bottom, left:right]
    assert (aware == mask).all()


def test_the_edge_aware_brush_paints_as_it_is_where_nothing_shows_an_edge():
    rgb, mask = np.full((*SIZE[::-1], 3), 128, np.uint8), np.full(SIZE[::-1], 255, np.uint8)
    stroke = Stroke(((100, 75, 1.0),), radius=20)

    assert (edge_aware(rgb, mask, stroke) == 255).all()
