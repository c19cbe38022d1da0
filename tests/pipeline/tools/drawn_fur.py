"""Fur drawn hair by hair, with its exact matte: what the solver for hair is measured by."""

from dataclasses import dataclass

import cv2
import numpy as np

FINE = 4


@dataclass(frozen=True, eq=False)
class Fur:
    """A photo in linear light with its matte, the smooth mask that a network gives, and the region of the hairs."""

    linear: np.ndarray
    matte: np.ndarray
    smooth: np.ndarray
    region: np.ndarray


def draw_fur(seed: int, fur: tuple[float, ...], back: tuple[float, ...], side: int = 260) -> Fur:
    """A ball with 500 hairs of different shades in front of an uneven backdrop, with noise."""
    made = np.random.default_rng(seed)
    big, middle, radius = side * FINE, side * FINE / 2, side * FINE * 0.27
    cover, colour = np.zeros((big, big), np.uint8), np.zeros((big, big, 3), np.float32)
    cv2.circle(cover, (int(middle), int(middle)), int(radius), 255, -1)
    texture = cv2.resize(made.normal(0, 1, (40, 40)).astype(np.float32), (big, big), interpolation=cv2.INTER_CUBIC)
    colour[:] = np.array(fur) * (1 + 0.25 * texture[..., None])
    for _ in range(500):
        angle, length, shade = made.uniform(0, 2 * np.pi), radius * made.uniform(0.05, 0.5), 1 + 0.35 * made.normal()
        along = np.linspace(0, 1, 10)
        turn = angle + made.normal(0, 0.5) * along
        start = middle + 0.93 * radius * np.array([np.cos(angle), np.sin(angle)])
        points = start + length * along[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
        for share, first, last in zip(along, points, points[1:], strict=False):
            thick = max(1, round(made.integers(1, 8) * (1 - 0.8 * share)))
            ends = [tuple(int(value) for value in point) for point in (first, last)]
            cv2.line(cover, *ends, 255, thick)
            cv2.line(colour, *ends, tuple(float(shade * value) for value in fur), thick)
    down, across = np.mgrid[:big, :big] / big - 0.5
    behind = np.array(back) * (1 + 0.15 * down[..., None] + 0.1 * across[..., None])
    share = cover[..., None] / np.float32(255)
    light = share * np.clip(colour, 0, 1) + (1 - share) * behind
    linear = cv2.resize(light.astype(np.float32), (side, side), interpolation=cv2.INTER_AREA)
    matte = cv2.resize(cover / np.float32(255), (side, side), interpolation=cv2.INTER_AREA)
    smooth = np.clip((cv2.GaussianBlur(matte, (0, 0), 6) - 0.5) * 2 + 0.5, 0, 1)
    away = np.hypot(*(np.mgrid[:side, :side] + 0.5 - side / 2)) / (radius / FINE)
    noisy = np.clip(linear + made.normal(0, 0.004, linear.shape), 0, 1).astype(np.float32)
    return Fur(noisy, matte, smooth.astype(np.float32), (away > 0.85) & (away < 1.6))
