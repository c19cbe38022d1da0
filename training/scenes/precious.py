"""Product families that shine or let light through: glassware, crystals, chains, rings, spectacles."""

from __future__ import annotations

import math

import bpy
import numpy as np

from training.scenes import shapes
from training.scenes.forms import TAU
from training.scenes.forms import blob_loop
from training.scenes.forms import smooth_profile
from training.scenes.materials import Palette
from training.scenes.materials import glass
from training.scenes.materials import metal
from training.scenes.materials import stuff
from training.scenes.materials import surface


def glassware(pal: Palette) -> None:
    """Tumbler, stemmed glass, vial or flask, sometimes filled or corked."""
    rng = pal.rng
    height, wall = rng.uniform(0.6, 1.8), rng.uniform(0.02, 0.06)
    z = np.linspace(0, height, 14)
    radius = smooth_profile(rng, 0.18, 0.6, 14, rng.uniform(0.1, 0.9))
    clear = glass(pal)
    lift = 0.0
    profile = [(0.0, 0.0)]
    if rng.random() < 0.35:
        lift = rng.uniform(0.3, 0.9)
        foot = rng.uniform(0.3, 0.5)
        profile = [(0.0, 0.0), (foot, 0.0), (foot, 0.03), (0.05, 0.08), (0.04, lift)]
        radius = radius * np.sqrt(np.linspace(0.05, 1, 14))
    inner = np.maximum(radius - wall, 0.004)
    profile += [
        *zip(radius, z + lift, strict=True),
        *zip(inner[::-1], z[::-1] + lift + wall * (z[::-1] == 0), strict=True),
        (0, lift + wall),
    ]
    shapes.lathe(profile, clear)
    if rng.random() < 0.4:
        level = rng.integers(4, 12)
        drink = glass(pal) if rng.random() < 0.5 else surface(pal)
        fill = [
            (0, lift + wall + 0.01),
            *zip(inner[1:level] - 0.005, z[1:level] + lift + 0.01, strict=True),
            (0, z[level - 1] + lift + 0.01),
        ]
        shapes.lathe(fill, drink)
    if rng.random() < 0.35:
        lid = radius[-1] * rng.uniform(0.9, 1.15)
        top = lift + height
        shapes.lathe(
            [(0, top - 0.05), (lid, top - 0.05), (lid, top + rng.uniform(0.1, 0.4)), (0, top + 0.42)], stuff(pal)
        )
    if rng.random() < 0.3:
        mid = lift + height * rng.uniform(0.25, 0.5)
        band = float(np.interp(mid - lift, z, radius)) + 0.012
        shapes.lathe([(band, mid), (band, mid + height * 0.25)], stuff(pal))


def crystal(pal: Palette) -> None:
    """Clear or tinted solid: gem, paperweight, perfume block with a coloured core."""
    rng = pal.rng
    sides = int(rng.integers(4, 12))
    waist, tall = rng.uniform(0.4, 0.8), rng.uniform(0.5, 1.4)
    profile = [
        (0, 0),
        (waist * rng.uniform(0.4, 1), 0),
        (waist, tall * rng.uniform(0.3, 0.7)),
        (waist * rng.uniform(0.3, 1), tall),
        (0, tall),
    ]
    shapes.lathe(profile, glass(pal), steps=sides, smooth=False)
    if rng.random() < 0.5:
        shapes.lathe([(0, tall), (0.15, tall), (0.15, tall + 0.3), (0, tall + 0.32)], stuff(pal))


def _links(path: np.ndarray, size: float, thick: float, stretch: float, skin: bpy.types.Material) -> None:
    """Alternately turned links along an N×3 path, one mesh shared by all."""
    first = shapes.torus(size, thick, skin, stretch=stretch, steps=28)
    tangent = np.gradient(path, axis=0)
    for i, (place, way) in enumerate(zip(path, tangent, strict=True)):
        link = first if i == 0 else first.copy()
        if i:
            bpy.context.scene.collection.objects.link(link)
        link.location = place
        link.rotation_mode = "XYZ"
        flat = math.atan2(way[1], way[0])
        rise = math.atan2(way[2], math.hypot(way[0], way[1]))
        link.rotation_euler = ((i % 2) * math.pi / 2 + 0.3, -rise, flat)


def _even(path: np.ndarray, step: float) -> np.ndarray:
    """Resample an N×3 polyline at equal arc length."""
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))]
    at = np.arange(0, along[-1], step)
    return np.stack([np.interp(at, along, path[:, k]) for k in range(3)], 1)


def chain(pal: Palette) -> None:
    """Necklace or key chain: loop, hanging curve or loose heap of links or beads, with a pendant at times."""
    rng = pal.rng
    t = np.linspace(0, TAU, 400)
    draw = rng.random()
    if draw < 0.45:
        path = np.stack(
            [
                rng.uniform(0.5, 1) * np.sin(t),
                rng.uniform(0, 0.3) * np.sin(2 * t),
                1.1 + rng.uniform(0.7, 1.1) * np.cos(t) * (1 - 0.3 * np.sin(t / 2)),
            ],
            1,
        )
    elif draw < 0.7:
        x = np.linspace(-1, 1, 400)
        path = np.stack([x, 0.1 * np.sin(3 * x), 0.2 + rng.uniform(0.8, 1.9) * np.abs(x) ** rng.uniform(1.3, 2.6)], 1)
    else:
        wave = [rng.uniform(0.2, 0.8) * np.sin(k * t / 2 + rng.uniform(0, TAU)) for k in range(1, 7)]
        path = np.stack([sum(wave[:3]), sum(wave[3:]), 0.06 + 0.04 * np.sin(5 * t)], 1)
    size = rng.uniform(0.03, 0.11)
    skin = metal(pal) if rng.random() < 0.8 else surface(pal)
    stretch = rng.uniform(1, 1.8)
    if rng.random() < 0.7:
        _links(_even(path, size * stretch * 1.5), size, size * rng.uniform(0.18, 0.35), stretch, skin)
    else:
        bead = shapes.ellipsoid((size, size, size), skin)
        for place in _even(path, size * rng.uniform(1.9, 3)):
            twin = bead.copy()
            twin.location = place
            bpy.context.scene.collection.objects.link(twin)
        bpy.data.objects.remove(bead)
        shapes.wire(path[::8], 0.008, surface(pal))
    if rng.random() < 0.5:
        low = path[path[:, 2].argmin()]
        jewel = glass(pal) if rng.random() < 0.4 else stuff(pal)
        shapes.lathe(
            [(0, -0.3), (rng.uniform(0.08, 0.2), -0.1), (0.05, 0.05), (0, 0.06)],
            jewel,
            tuple(low),
            steps=int(rng.choice([6, 8, 48])),
            smooth=False,
        )


def ring(pal: Palette) -> None:
    """Finger ring, bangle, hoop or watch-like loop, standing or lying, with or without stones."""
    rng = pal.rng
    radius, thick = rng.uniform(0.5, 0.9), rng.uniform(0.03, 0.16)
    skin = metal(pal) if rng.random() < 0.8 else stuff(pal)
    lying = rng.random() < 0.3
    rot = (rng.uniform(0, 0.4), 0, 0) if lying else (math.pi / 2 + rng.normal(0, 0.25), 0, rng.normal(0, 0.6))
    high = thick if lying else radius + thick
    for k in range(rng.choice([1, 1, 1, 2, 3])):
        shapes.torus(
            radius * (1 - 0.06 * k),
            thick,
            skin,
            (0.12 * k * rng.normal(), 0.3 * k, high),
            (rot[0] + 0.2 * k, 0, rot[2] + 0.3 * k),
            flat=rng.uniform(0.6, 4),
            stretch=rng.uniform(0.9, 1.1),
        )
    if rng.random() < 0.6:
        stone = glass(pal) if rng.random() < 0.6 else stuff(pal)
        size = rng.uniform(0.12, 0.35)
        top = high + (0 if lying else radius)
        shapes.lathe(
            [(0, 0), (size, size * 1.2), (size * 0.7, size * 1.6), (0, size * 1.65)],
            stone,
            (0, -radius if lying else 0, top),
            steps=int(rng.integers(6, 14)),
            smooth=False,
        )


def spectacles(pal: Palette) -> None:
    """Glasses, scissors, hanger or paper clip: bent rods, with lenses at times."""
    rng = pal.rng
    thick, skin = rng.uniform(0.02, 0.06), stuff(pal)
    gap = rng.uniform(0.1, 0.25)
    lens = blob_loop(rng, 0.42, 0.15, 12)
    for side in (-1, 1):
        loop = np.c_[lens[:, 0] * side + side * (0.42 + gap), np.zeros(12), lens[:, 1] + 0.5]
        shapes.wire(loop, thick, skin, closed=True)
        if rng.random() < 0.6:
            shapes.outline(
                [lens * (side, 1)],
                0.02,
                glass(pal) if rng.random() < 0.6 else surface(pal),
                (side * (0.42 + gap), 0, 0.5),
            )
        far = side * (0.9 + gap)
        shapes.wire(np.array([(far, 0, 0.6), (far * 1.02, 0.9, 0.55), (far * 0.95, 1.3, 0.2)]), thick * 0.8, skin)
    shapes.wire(np.array([(-gap, 0, 0.55), (0, -0.03, 0.62), (gap, 0, 0.55)]), thick, skin)
