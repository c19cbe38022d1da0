"""Product families with hard edges: boxes, devices, toys, lumps, furniture, cut plates, letters."""

from __future__ import annotations

import math

import numpy as np

from training.scenes import shapes
from training.scenes.forms import TAU
from training.scenes.forms import blob_loop
from training.scenes.forms import smooth_profile
from training.scenes.materials import Palette
from training.scenes.materials import metal
from training.scenes.materials import stuff
from training.scenes.materials import surface


def boxes(pal: Palette) -> None:
    """One to three cartons, books or blocks, sometimes with a lid ajar or solid lettering."""
    rng = pal.rng
    top = 0.0
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        size = (rng.uniform(0.4, 2), rng.uniform(0.1, 1.4), rng.uniform(0.1, 1.8))
        if top:
            size = (size[0] * 0.8, size[1] * 0.8, size[2] * 0.6)
        shapes.box(
            size,
            stuff(pal),
            (rng.normal(0, 0.05), rng.normal(0, 0.05), top),
            (0, 0, rng.normal(0, 0.3)),
            bevel=rng.choice([0.004, 0.02, 0.06]),
            taper=rng.choice([1, 1, 1, rng.uniform(0.7, 1.2)]),
        )
        top += size[2]
    if rng.random() < 0.2:
        word = "".join(rng.choice(list("ABDEGKMNORSTX248"), rng.integers(1, 4)))
        shapes.letters(word, rng.uniform(0.3, 0.9), 0.08, surface(pal), (0, 0, top))


def device(pal: Palette) -> None:
    """Appliance or gadget: rounded body with knobs, barrels, screens, feet, cable or strap."""
    rng = pal.rng
    size = (rng.uniform(0.7, 2), rng.uniform(0.15, 1), rng.uniform(0.3, 1.7))
    shapes.box(size, surface(pal), bevel=rng.uniform(0.02, 0.14) * min(size))
    front = -size[1] / 2
    for _ in range(rng.integers(0, 5)):
        radius, depth = rng.uniform(0.04, 0.35) * min(size[0], size[2]), rng.uniform(0.02, 0.4)
        place = (rng.uniform(-0.35, 0.35) * size[0], front + 0.02, size[2] * rng.uniform(0.25, 0.75))
        paint = metal(pal) if rng.random() < 0.3 else surface(pal)
        shapes.lathe(
            [
                (0, -0.02),
                (radius, -0.02),
                (radius, depth),
                (radius * 0.85, depth + 0.03),
                (0, depth + rng.uniform(-0.02, 0.04)),
            ],
            paint,
            place,
            (math.pi / 2, 0, 0),
        )
    if rng.random() < 0.5:
        screen = (size[0] * rng.uniform(0.3, 0.85), 0.03, size[2] * rng.uniform(0.2, 0.7))
        shapes.box(screen, stuff(pal), (0, front, size[2] * 0.1), bevel=0.01)
    if rng.random() < 0.3:
        x = np.linspace(-size[0] * 0.4, size[0] * 0.4, 5)
        lift = np.array([0, 0.3, 0.4, 0.3, 0]) * rng.uniform(0.5, 1.5)
        shapes.wire(np.stack([x, np.zeros(5), size[2] + lift - 0.02], 1), rng.uniform(0.02, 0.07), surface(pal))
    if rng.random() < 0.2:
        steps = np.cumsum(rng.normal(0, 0.35, (7, 2)), 0)
        cable = np.c_[steps[:, 0] + size[0] / 2, steps[:, 1] * 0.6 + 0.3, np.full(7, 0.04)]
        shapes.wire(np.r_[[[0.0, size[1] / 2, 0.2]], cable], 0.025, surface(pal))


def figure(pal: Palette) -> None:
    """Toy or animal: body, head, limbs and ears of ellipsoids, sometimes melted together."""
    rng = pal.rng
    main, power = surface(pal), rng.uniform(0.6, 1.1)
    body = (rng.uniform(0.35, 0.6), rng.uniform(0.3, 0.5), rng.uniform(0.4, 0.7))
    foot = rng.uniform(0.1, 0.4)
    shapes.ellipsoid(body, main, (0, 0, foot + body[2]), power=power)
    head = rng.uniform(0.25, 0.5)
    top = foot + 2 * body[2] + head * 0.7
    shapes.ellipsoid(
        (head, head * rng.uniform(0.8, 1.1), head * rng.uniform(0.8, 1.1)),
        surface(pal) if rng.random() < 0.4 else main,
        (0, -0.05, top),
        power=power,
    )
    for side in (-1, 1):
        limb = surface(pal) if rng.random() < 0.25 else main
        shapes.ellipsoid((0.13, 0.16, foot + 0.15), limb, (side * body[0] * 0.55, 0, foot * 0.9), power=power)
        shapes.ellipsoid(
            (rng.uniform(0.2, 0.45), 0.12, 0.12),
            limb,
            (side * body[0] * 1.15, -0.05, foot + body[2] * 1.3),
            (0, side * rng.uniform(-0.9, 0.9), 0),
        )
        shapes.ellipsoid(
            (head * 0.3, head * 0.15, head * rng.uniform(0.25, 0.9)),
            limb,
            (side * head * 0.7, 0, top + head * 0.85),
            (0, side * 0.3, 0),
        )
        shapes.ellipsoid((0.05, 0.05, 0.05), surface(pal), (side * head * 0.4, -head * 0.95, top + 0.05))


def lump(pal: Palette) -> None:
    """Soap, fruit, stone, bread: a displaced ball."""
    rng = pal.rng
    radii = tuple(float(r) for r in rng.uniform(0.4, 1, 3))
    part = shapes.ellipsoid(radii, stuff(pal), (0, 0, radii[2]), power=rng.uniform(0.5, 1.1))
    shapes.ripple(part, rng.uniform(0.02, 0.35), rng.uniform(0.15, 0.9), str(rng.choice(["CLOUDS", "VORONOI"])))


def loft_thing(pal: Palette) -> None:
    """Shoe, bar, brush handle, fish, knife: ellipses strung along a bent spine."""
    rng = pal.rng
    x = np.linspace(-1, 1, 16)
    taper = np.sqrt(np.clip(1 - np.abs(x) ** rng.uniform(2, 8), 0.01, 1))
    wide = smooth_profile(rng, 0.08, 0.4, 16) * taper
    tall = smooth_profile(rng, 0.08, 0.5, 16, 0.8) * taper
    bend = smooth_profile(rng, -0.2, 0.3, 16)
    spine = np.stack([x, 0.3 * rng.normal() * x**2, tall + np.maximum(bend, 0)], 1)
    shapes.loft(
        spine,
        np.stack([wide, tall], 1),
        stuff(pal),
        power=rng.uniform(0.5, 1),
        rot=(0, rng.choice([0, 0, 1.2]), rng.uniform(0, TAU)),
    )
    if rng.random() < 0.5:
        shapes.loft(
            spine * (1.04, 1, 0) + (0, 0, 0.05),
            np.stack([wide * 1.1, np.full(16, 0.06)], 1),
            surface(pal),
            rot=(0, 0, 0),
        )


def furniture(pal: Palette) -> None:
    """Stool, table, chair, shelf or lamp: slabs on legs, with gaps between."""
    rng = pal.rng
    wide, deep, tall, leg = rng.uniform(0.6, 1.8), rng.uniform(0.5, 1.1), rng.uniform(0.5, 1.4), rng.uniform(0.02, 0.08)
    wood, seat = surface(pal), surface(pal)
    splay = rng.uniform(0, 0.2)
    for sx in (-1, 1):
        for sy in (-1, 1):
            low, high = (
                (sx * (wide / 2 + splay), sy * (deep / 2 + splay), leg),
                (sx * wide * 0.42, sy * deep * 0.42, tall),
            )
            shapes.wire(np.array([low, high]), leg, wood, soft=False)
    for level in [tall, *(tall * rng.uniform(0.15, 0.8, rng.integers(0, 3)))]:
        shapes.box((wide, deep, rng.uniform(0.04, 0.15)), seat, (0, 0, level), bevel=0.02)
    if rng.random() < 0.5:
        for x in np.linspace(-wide * 0.42, wide * 0.42, rng.integers(2, 8)):
            shapes.wire(np.array([(x, deep * 0.42, tall), (x, deep * 0.5, tall * 1.9)]), leg * 0.8, wood, soft=False)
        shapes.box((wide, 0.06, 0.15), wood, (0, deep * 0.5, tall * 1.85), bevel=0.02)


def plate(pal: Palette) -> None:
    """Flat thing with a random silhouette and cut-out holes: tool, key, tag, cookie, ornament."""
    rng = pal.rng
    loops = [blob_loop(rng, rng.uniform(0.7, 1), rng.uniform(0.05, 0.6), rng.integers(5, 20))]
    for _ in range(rng.integers(0, 4)):
        loops.append(blob_loop(rng, rng.uniform(0.08, 0.25), 0.3) + rng.uniform(-0.3, 0.3, 2))
    tilt = math.pi / 2 if rng.random() < 0.7 else rng.uniform(0.2, 1.3)
    shapes.outline(
        loops, rng.uniform(0.03, 0.4), stuff(pal), (0, 0, 1.05), (tilt, 0, 0), bevel=0.02, soft=bool(rng.random() < 0.7)
    )


def lettering(pal: Palette) -> None:
    """Solid letters or numerals."""
    rng = pal.rng
    word = "".join(rng.choice(list("ABCDEGHKMOPQRSUXabdegkoy02468&%@#"), rng.integers(1, 5)))
    shapes.letters(word, 1.4, rng.uniform(0.03, 0.25), stuff(pal), (0, 0, 0.35))
