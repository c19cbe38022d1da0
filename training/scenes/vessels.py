"""Product families that hold something: bottles, jars, cups, bowls, tubes, and lampshades."""

from __future__ import annotations

import math

import numpy as np

from training.scenes import shapes
from training.scenes.forms import TAU
from training.scenes.forms import smooth_profile
from training.scenes.materials import Palette
from training.scenes.materials import glass
from training.scenes.materials import stuff
from training.scenes.materials import surface


def bottle(pal: Palette) -> None:
    """Closed vessel with neck, cap and sometimes a label band or pump."""
    rng = pal.rng
    height, width, squash = (
        rng.uniform(0.7, 2.4),
        rng.uniform(0.2, 0.6),
        rng.uniform(0.5, 1) if rng.random() < 0.3 else 1.0,
    )
    neck = width * rng.uniform(0.25, 0.95)
    body = smooth_profile(rng, width * 0.75, width, 12, rng.uniform(0, 0.6))
    z = np.linspace(0.03, height, 12)
    profile = [
        (0, 0),
        (body[0] * 0.92, 0),
        *zip(body, z, strict=True),
        (neck, height + rng.uniform(0.02, 0.4)),
        (neck, height + 0.45),
        (0, height + 0.45),
    ]
    shapes.lathe(profile, stuff(pal), squash=squash)
    cap = neck * rng.uniform(1.02, 1.4)
    top = height + 0.45
    cap_height = rng.uniform(0.1, 0.6)
    shapes.lathe(
        [(0, top - 0.1), (cap, top - 0.1), (cap * rng.uniform(0.7, 1), top + cap_height), (0, top + cap_height)],
        surface(pal),
        squash=squash,
    )
    if rng.random() < 0.25:
        path = np.array(
            [
                (0, 0, top + cap_height),
                (0, 0, top + cap_height + 0.3),
                (0.1, 0, top + cap_height + 0.36),
                (rng.uniform(0.3, 0.6), 0, top + cap_height + 0.3),
            ]
        )
        shapes.wire(path, 0.05, surface(pal))


def jar(pal: Palette) -> None:
    """Squat pot, tin or candle with a lid."""
    rng = pal.rng
    radius, height = rng.uniform(0.4, 0.9), rng.uniform(0.25, 1.0)
    foot = radius * rng.uniform(0.7, 1)
    shapes.lathe([(0, 0), (foot, 0), (radius, rng.uniform(0.02, 0.2)), (radius, height), (0, height)], stuff(pal))
    lid = radius * rng.uniform(0.85, 1.06)
    shapes.lathe(
        [
            (0, height),
            (lid, height),
            (lid, height + rng.uniform(0.08, 0.3)),
            (lid * 0.9, height + 0.32),
            (0, height + 0.33),
        ],
        stuff(pal),
    )
    if rng.random() < 0.3:
        shapes.ellipsoid((0.09, 0.09, 0.09), surface(pal), (0, 0, height + 0.4))


def _handle(rng: np.random.Generator, reach: float, low: float, high: float, out: float) -> np.ndarray:
    """Points of a cup handle from the wall at `reach` outwards by `out`."""
    z = np.array([high, high + rng.uniform(-0.05, 0.1), (low + high) / 2, low - rng.uniform(-0.05, 0.05), low])
    x = reach + np.array([-0.05, out * 0.8, out, out * rng.uniform(0.4, 0.8), -0.05])
    return np.stack([x, np.zeros(5), z], 1)


def cup(pal: Palette) -> None:
    """Open cup, jug, pan or basket-like vessel with one or two handles that enclose a hole."""
    rng = pal.rng
    height, rim, foot = rng.uniform(0.4, 1.6), rng.uniform(0.4, 0.8), rng.uniform(0.25, 0.8)
    z = np.linspace(0.02, height, 10)
    radius = np.linspace(foot, rim, 10) + smooth_profile(rng, -0.1, 0.15, 10)
    wall = rng.uniform(0.02, 0.07)
    profile = [
        (0, 0),
        (radius[0] * 0.9, 0),
        *zip(radius, z, strict=True),
        *zip(radius[::-1] - wall, z[::-1] + wall * (z[::-1] < 0.03), strict=True),
        (0, wall + 0.02),
    ]
    skin = stuff(pal)
    shapes.lathe(profile, skin)
    paint = skin if rng.random() < 0.7 else surface(pal)
    for side in range(rng.integers(1, 3)):
        low, high = height * rng.uniform(0.12, 0.35), height * rng.uniform(0.65, 0.92)
        path = _handle(rng, float(np.interp((low + high) / 2, z, radius)), low, high, rng.uniform(0.15, 0.5))
        shapes.wire(path, rng.uniform(0.03, 0.09), paint, rot=(0, 0, side * math.pi))
    if rng.random() < 0.25:
        shapes.lathe([(0, height), (rim * 1.02, height), (rim * 0.6, height + 0.15), (0, height + 0.2)], paint)


def bowl(pal: Palette) -> None:
    """Plate, bowl, hat or vase: open, no handle, any depth."""
    rng = pal.rng
    depth, rim, foot, wall = (
        rng.uniform(0.06, 1.3),
        rng.uniform(0.5, 1.2),
        rng.uniform(0.15, 0.6),
        rng.uniform(0.02, 0.06),
    )
    t = np.linspace(0, 1, 14)
    radius = foot + (rim - foot) * t ** rng.uniform(0.3, 2) + 0.06 * np.sin(t * rng.uniform(0, 9))
    z = 0.03 + depth * t ** rng.uniform(0.5, 1.8)
    profile = [
        (0, 0),
        (foot, 0),
        *zip(radius, z, strict=True),
        *zip(radius[::-1] - wall, z[::-1] + wall, strict=True),
        (0, 0.03 + wall),
    ]
    upright = (0, 0, 0) if rng.random() < 0.75 else (rng.uniform(0.9, 1.4), 0, 0)
    shapes.lathe(
        profile,
        stuff(pal),
        (0, 0, 0 if not upright[0] else rim),
        upright,
        squash=rng.uniform(0.5, 1) if rng.random() < 0.25 else 1,
    )


def tube(pal: Palette) -> None:
    """Squeezed tube or sachet: round at the cap, flat at the crimp, standing or lying."""
    rng = pal.rng
    length, radius = rng.uniform(1.2, 2.4), rng.uniform(0.2, 0.42)
    x = np.linspace(0, length, 12)
    t = x / length
    radii = np.stack([radius * (1 + rng.uniform(0, 0.5) * t), radius * (1 - t**1.5) + 0.015], 1)
    spine = np.stack([x, np.zeros(12), np.zeros(12)], 1)
    lying = rng.random() < 0.3
    rot, loc = (
        ((0, 0, rng.uniform(0, TAU)), (0, 0, radius))
        if lying
        else ((0, -math.pi / 2, rng.uniform(0, TAU)), (0, 0, 0.3))
    )
    shapes.loft(spine, radii, stuff(pal), loc, rot)
    cap_rot = (0, math.pi / 2, rot[2]) if lying else (0, 0, 0)
    shapes.lathe(
        [(0, -0.35), (radius * rng.uniform(0.5, 1), -0.35), (radius * rng.uniform(0.7, 1.02), 0.03), (0, 0.05)],
        surface(pal),
        (loc[0], loc[1], loc[2] + (0 if lying else 0.05)),
        cap_rot,
    )


def lamp(pal: Palette) -> None:
    """Lampshade, umbrella or mushroom shape on a thin pole, with an opaque or clear shade."""
    rng = pal.rng
    pole, shade = rng.uniform(0.5, 1.6), rng.uniform(0.3, 0.9)
    shapes.lathe(
        [(0, 0), (rng.uniform(0.2, 0.5), 0), (0.2, 0.06), (0.03, 0.1), (rng.uniform(0.02, 0.08), pole), (0, pole)],
        surface(pal),
    )
    skin = glass(pal) if rng.random() < 0.15 else stuff(pal)
    shapes.lathe([(shade, pole - 0.1), (shade * rng.uniform(0.2, 1), pole + rng.uniform(0.2, 0.8))], skin)
