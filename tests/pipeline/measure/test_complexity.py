"""Readings of complexity on figures whose answer is known, and on frames with exact mattes."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.measure.complexity import look_at
from pipeline.measure.complexity import read_complexity

SIDE = 512


def scene(mask: np.ndarray, *, color: tuple[float, float, float] = (0.2, 0.3, 0.6)) -> tuple[np.ndarray, np.ndarray]:
    rgb = np.full((SIDE, SIDE, 3), 0.8, np.float32)
    soft = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 0.8)[..., None]
    return (rgb * (1 - soft) + np.array(color, np.float32) * soft).astype(np.float32), soft[..., 0]


def disc(radius: int = 120, hole: int = 0) -> np.ndarray:
    mask = cv2.circle(np.zeros((SIDE, SIDE), np.uint8), (256, 256), radius, 1, cv2.FILLED)
    return cv2.circle(mask, (256, 256), hole, 0, cv2.FILLED) if hole else mask


def values(rgb: np.ndarray, mask: np.ndarray) -> dict[str, float]:
    return {reading.name: reading.value for reading in read_complexity(look_at(rgb, mask))}


def test_a_disc_is_as_plain_as_can_be() -> None:
    found = values(*scene(disc()))
    assert found["edge_complexity"] == pytest.approx(1.0, abs=0.15)
    assert found["parts"] == 1
    assert found["holes"] == 0
    assert found["fine_structure"] < 0.01
    assert found["subject_share"] == pytest.approx(np.pi * 120**2 / SIDE**2, rel=0.02)


def test_a_ring_has_one_hole_of_the_right_share() -> None:
    found = values(*scene(disc(120, 60)))
    assert found["holes"] == 1
    assert found["hole_share"] == pytest.approx(0.25, abs=0.02)


def test_thin_strands_are_fine_structure() -> None:
    mask = np.zeros((SIDE, SIDE), np.uint8)
    for x in range(120, 400, 20):
        cv2.line(mask, (x, 120), (x, 400), 1, 2)
    assert values(*scene(mask))["fine_structure"] > 0.9


def test_two_products_are_two_parts() -> None:
    mask = cv2.rectangle(np.zeros((SIDE, SIDE), np.uint8), (60, 200), (180, 400), 1, cv2.FILLED)
    cv2.rectangle(mask, (300, 200), (420, 400), 1, cv2.FILLED)
    assert values(*scene(mask))["parts"] == 2


def test_white_on_white_has_little_contrast_and_blue_has_much() -> None:
    pale = values(*scene(disc(), color=(0.82, 0.82, 0.82)))
    blue = values(*scene(disc(), color=(0.1, 0.2, 0.7)))
    assert pale["edge_contrast_middle"] < 5 < 40 < blue["edge_contrast_middle"]


def test_the_worst_tenth_of_the_outline_counts() -> None:
    rgb, mask = scene(disc())
    rgb[:150] = 0.8
    found = values(rgb, mask)
    assert found["edge_contrast_worst"] < 0.5 * found["edge_contrast_middle"]


def test_readings_do_not_depend_on_the_size_of_the_photo() -> None:
    rgb, mask = scene(disc(120, 60))
    large = cv2.resize(rgb, (1024, 1024)), cv2.resize(mask, (1024, 1024))
    small, big = values(rgb, mask), values(*large)
    for name in ("edge_complexity", "hole_share", "subject_share", "edge_contrast_middle"):
        assert big[name] == pytest.approx(small[name], rel=0.1, abs=0.02), name


def test_an_empty_frame_still_has_every_reading() -> None:
    empty = np.full((SIDE, SIDE, 3), 0.8, np.float32)
    found = read_complexity(look_at(empty, np.zeros((SIDE, SIDE), np.float32)))
    full = read_complexity(look_at(*scene(disc())))
    assert [reading.name for reading in found] == [reading.name for reading in full]
    assert all(np.isfinite(reading.value) for reading in found)


def test_evidence_lies_in_the_original() -> None:
    rgb, mask = scene(disc())
    share = next(r for r in read_complexity(look_at(rgb, mask, enlarge=4.0)) if r.name == "subject_share")
    left, top, right, bottom = share.evidence.boxes[0]
    assert share.evidence.space == "original"
    assert abs(left - 136 * 4) <= 8
    assert abs(right - 377 * 4) <= 8
    assert abs(top - 136 * 4) <= 8
    assert abs(bottom - 377 * 4) <= 8


def test_fur_and_lace_stand_out_among_the_frames_with_exact_mattes(shared: Path) -> None:
    found = {}
    for note in sorted((shared / "shoot").glob("*.json")):
        name = json.loads(note.read_text())["name"]
        rgb = np.asarray(Image.open(note.with_name(f"{name}.png")).convert("RGB"), np.float32) / 255
        matte = np.asarray(Image.open(note.with_name(f"{name}.alpha.png")).convert("L"), np.float32) / 255
        found[name] = values(rgb, matte)
    order = sorted(found, key=lambda name: -found[name]["edge_complexity"])
    assert order[:2] == ["lace", "chain-gold-on-white"]
    assert max(found, key=lambda name: found[name]["undecided"]) == "plush-fur"
    assert found["set-three"]["parts"] == 3
    assert found["ring-silver"]["holes"] == 1
