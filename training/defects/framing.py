"""Faults of the frame: too small, too large, off centre, touching."""

import numpy as np

from pipeline.framing import Canvas
from pipeline.framing import plan_frame
from pipeline.mask import subject_box
from pipeline.model import Frame
from pipeline.model import WorkItem
from training.defects.base import Studio
from training.defects.base import moved
from training.defects.places import Generator
from training.defects.places import Region

Made = tuple[WorkItem, Region]


def fill(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """The product fills that share of the frame."""
    assert item.mask is not None
    side = 1000 if strength < 0.9 else 0
    chosen = plan_frame(item.mask, Canvas(strength, 1.0, 1000, 0, 4.0, side))
    return _with_box(moved(item, chosen, studio))


def off_center(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """The product lies that share of the side away from the centre, in one direction."""
    assert item.frame is not None
    sign = int(rng.choice((-1, 1)))
    away = sign * strength * item.frame.size[0]
    return _shifted(item, (away, 0) if rng.random() < 0.5 else (0, away), studio)


def touching(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """The product reaches that many pixels beyond the frame."""
    assert item.result_mask is not None
    assert item.frame is not None
    left, top, right, bottom = subject_box(item.result_mask) or (0, 0, 1, 1)
    width, height = item.frame.size
    ways = ((-left - strength, 0), (width - right + strength, 0), (0, -top - strength), (0, height - bottom + strength))
    return _shifted(item, ways[rng.integers(4)], studio)


def _shifted(item: WorkItem, by: tuple[float, float], studio: Studio) -> Made:
    assert item.frame is not None
    a, b, c, d, e, f = item.frame.matrix
    return _with_box(moved(item, Frame((a, b, c + round(by[0]), d, e, f + round(by[1])), item.frame.size), studio))


def _with_box(item: WorkItem) -> Made:
    assert item.result_mask is not None
    place = np.zeros(item.result_mask.shape, bool)
    left, top, right, bottom = subject_box(item.result_mask) or (0, 0, 0, 0)
    place[top:bottom, left:right] = True
    return item, place
