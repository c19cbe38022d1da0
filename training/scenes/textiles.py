"""Product families of cloth: cushions and bags, garments, drapes, gowns on a stand."""

from __future__ import annotations

import bpy
import numpy as np

from training.scenes import shapes
from training.scenes.forms import TAU
from training.scenes.materials import Palette
from training.scenes.materials import fabric
from training.scenes.materials import metal
from training.scenes.materials import stuff
from training.scenes.materials import surface


def cushion(pal: Palette) -> None:
    """Pillow, pouch or handbag; a bag gets a strap that encloses a hole."""
    rng = pal.rng
    wide, deep, tall = rng.uniform(0.5, 1.1), rng.uniform(0.15, 0.45), rng.uniform(0.4, 0.9)
    part = shapes.ellipsoid(
        (wide, deep, tall),
        fabric(pal) if rng.random() < 0.7 else stuff(pal),
        (0, 0, tall),
        (rng.normal(0, 0.15), 0, 0),
        power=rng.uniform(0.35, 0.75),
    )
    shapes.ripple(part, rng.uniform(0.01, 0.12), rng.uniform(0.1, 0.5))
    if rng.random() < 0.5:
        reach = wide * rng.uniform(0.3, 0.8)
        x = reach * np.array([-1, -0.95, 0, 0.95, 1])
        z = 2 * tall - 0.15 + rng.uniform(0.3, 1.2) * np.array([0, 0.6, 1, 0.6, 0])
        for y in (-0.08, 0.08)[: rng.integers(1, 3)]:
            shapes.wire(np.stack([x, np.full(5, y), z], 1), rng.uniform(0.015, 0.06), surface(pal))


GARMENTS: dict[str, list[tuple[float, float]]] = {
    "shirt": [
        (-0.2, 1),
        (-0.45, 0.92),
        (-1.0, 0.45),
        (-0.8, 0.22),
        (-0.5, 0.5),
        (-0.48, -0.9),
        (0.48, -0.9),
        (0.5, 0.5),
        (0.8, 0.22),
        (1.0, 0.45),
        (0.45, 0.92),
        (0.2, 1),
        (0, 0.88),
    ],
    "trousers": [(-0.4, 1), (-0.55, -1), (-0.15, -1), (0, 0.35), (0.15, -1), (0.55, -1), (0.4, 1)],
    "skirt": [(-0.3, 0.8), (-0.85, -0.7), (0, -0.8), (0.85, -0.7), (0.3, 0.8)],
    "sock": [(-0.2, 1), (-0.22, -0.3), (-0.1, -0.75), (0.6, -0.8), (0.75, -0.5), (0.25, -0.25), (0.2, 1)],
    "vest": [
        (-0.35, 1),
        (-0.4, 0.6),
        (-0.55, 0.4),
        (-0.5, -0.9),
        (0.5, -0.9),
        (0.55, 0.4),
        (0.4, 0.6),
        (0.35, 1),
        (0.25, 1),
        (0.15, 0.65),
        (-0.15, 0.65),
        (-0.25, 1),
    ],
}


def garment(pal: Palette) -> None:
    """Shirt, trousers, skirt, sock or vest with long sleeves, puffed and creased."""
    rng = pal.rng
    shape = np.array(GARMENTS[str(rng.choice(list(GARMENTS)))]) * rng.uniform(0.75, 1.2, 2) + rng.normal(
        0, 0.03, (1, 2)
    )
    dense = np.concatenate(
        [np.linspace(a, b, 6, endpoint=False) for a, b in zip(shape, np.roll(shape, -1, 0), strict=True)]
    )
    cloth = fabric(pal) if rng.random() < 0.7 else surface(pal)
    part = shapes.outline([dense + rng.normal(0, 0.012, dense.shape)], 0.06, cloth, (0, 0, 1.1), bevel=0.05, soft=False)
    bpy.context.view_layer.update()
    body = bpy.data.meshes.new_from_object(part.evaluated_get(bpy.context.evaluated_depsgraph_get()))
    sheet = bpy.data.objects.new("part", body)
    bpy.context.scene.collection.objects.link(sheet)
    sheet.location, sheet.rotation_euler, sheet["product"] = part.location, part.rotation_euler, True
    bpy.data.objects.remove(part)
    shapes.remesh(sheet, 0.03)
    shapes.ripple(sheet, rng.uniform(0.05, 0.25), rng.uniform(0.1, 0.4))
    if rng.random() < 0.2:
        shapes.wire(np.array([(-0.3, 0, 2), (0, 0, 2.3), (0.3, 0, 2), (-0.3, 0, 2)]), 0.02, metal(pal))


def drape(pal: Palette) -> None:
    """Towel, scarf or curtain: a folded sheet, hanging or lying."""
    rng = pal.rng
    rows, cols = 60, 90
    u, v = np.meshgrid(np.linspace(-1, 1, cols), np.linspace(0, 1, rows))
    folds = sum(
        rng.uniform(0.02, 0.1) * np.sin(u * rng.uniform(3, 22) + rng.uniform(0, TAU) + v * rng.normal(0, 1.5))
        for _ in range(3)
    )
    wide = rng.uniform(0.4, 1) * (1 - rng.uniform(0, 0.5) * v)
    tall = rng.uniform(0.9, 2.2)
    rim = 0.03 * np.sin(u * rng.uniform(2, 12))
    if rng.random() < 0.3:
        verts = np.stack([u * 0.9, (v - 0.5) * 1.5, 0.12 + folds * 0.7], 2)
    else:
        verts = np.stack([u * wide, folds * (1.1 - 0.6 * v), 0.05 + v * tall + rim], 2)
    part = shapes.mesh(verts.reshape(-1, 3), shapes.grid_faces(rows, cols), fabric(pal))
    part.modifiers.new("thick", "SOLIDIFY").thickness = rng.uniform(0.01, 0.06)


def dressform(pal: Palette) -> None:
    """Gown or coat on a stand: a fluted lathe over a pole."""
    rng = pal.rng
    rows, cols, tall = 30, 120, rng.uniform(1.4, 2.3)
    turn, t = np.meshgrid(np.linspace(0, TAU, cols, endpoint=False), np.linspace(0, 1, rows))
    waist = np.interp(
        t,
        [0, rng.uniform(0.45, 0.65), 0.85, 1],
        [rng.uniform(0.35, 0.95), rng.uniform(0.22, 0.32), rng.uniform(0.32, 0.42), 0.15],
    )
    flute = 1 + (1 - t) * rng.uniform(0, 0.2) * np.sin(turn * rng.integers(5, 16) + rng.uniform(0, 4) * t)
    radius = waist * flute
    base = rng.uniform(0.05, 0.5)
    verts = np.stack([radius * np.cos(turn), 0.7 * radius * np.sin(turn), base + t * tall], 2)
    shapes.mesh(verts.reshape(-1, 3), shapes.grid_faces(rows, cols, wrap=True), fabric(pal))
    if rng.random() < 0.6:
        shapes.wire(np.array([(0, 0, 0.0), (0, 0, base + tall)]), 0.04, surface(pal), soft=False)
        shapes.lathe([(0, 0), (0.4, 0), (0.35, 0.05), (0, 0.06)], surface(pal))
