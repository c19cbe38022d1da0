"""Product families of fine structure: wire, nets, perforation, fur, leaves, bristles."""

from __future__ import annotations

import math

import bpy
import numpy as np

from training.scenes import shapes
from training.scenes.forms import TAU
from training.scenes.forms import blob_loop
from training.scenes.forms import smooth_profile
from training.scenes.materials import Palette
from training.scenes.materials import fabric
from training.scenes.materials import metal
from training.scenes.materials import stuff
from training.scenes.materials import surface


def wirework(pal: Palette) -> None:
    """Basket, rack, cage, whisk or cooling grid of rods."""
    rng = pal.rng
    radius, skin = rng.uniform(0.008, 0.035), metal(pal) if rng.random() < 0.6 else surface(pal)
    turn = np.linspace(0, TAU, 48)
    rings, ribs = int(rng.integers(2, 9)), int(rng.integers(6, 26))
    z = np.linspace(0.05, rng.uniform(0.5, 1.6), 12)
    reach = smooth_profile(rng, 0.25, 0.9, 12, 0.8)
    lines = [
        np.stack([r * np.cos(turn), r * np.sin(turn), np.full(48, h)], 1)
        for h, r in zip(*(np.interp(np.linspace(0, 11, rings), np.arange(12), a) for a in (z, reach)), strict=True)
    ]
    lines += [
        np.stack([reach * math.cos(a), reach * math.sin(a), z], 1) for a in np.linspace(0, TAU, ribs, endpoint=False)
    ]
    shapes.wires(lines, radius, skin)
    if rng.random() < 0.4:
        arch = np.linspace(0, math.pi, 16)
        shapes.wires(
            [np.stack([reach[-1] * np.cos(arch), np.zeros(16), z[-1] + 0.7 * np.sin(arch)], 1)], radius * 2, skin
        )


def grid_rack(pal: Palette) -> None:
    """Flat grille, fence, gate or racket: crossing rods in a frame."""
    rng = pal.rng
    wide, tall, radius = rng.uniform(0.6, 1.2), rng.uniform(0.5, 1.1), rng.uniform(0.006, 0.03)
    skin = metal(pal) if rng.random() < 0.5 else surface(pal)
    angle = rng.choice([0.0, math.pi / 4, rng.uniform(0, math.pi)])
    lines = []
    for way in (angle, angle + math.pi / 2)[: rng.integers(1, 3)]:
        for off in np.linspace(-1, 1, rng.integers(6, 28))[1:-1]:
            s = np.linspace(-2, 2, 160)
            x, z = off * math.cos(way) - s * math.sin(way), off * math.sin(way) + s * math.cos(way)
            inside = x**2 + z**2 < 1
            if inside.sum() > 3:
                lines.append(np.stack([x[inside] * wide, np.zeros(inside.sum()), z[inside] * tall], 1))
    turn = np.linspace(0, TAU, 64)
    shapes.wires(lines, radius, skin, (0, 0, tall + 0.05), (rng.normal(0, 0.2), 0, rng.normal(0, 0.4)))
    shapes.wires(
        [np.stack([wide * np.cos(turn), 0 * turn, tall * np.sin(turn)], 1)],
        radius * rng.uniform(1.5, 4),
        surface(pal),
        (0, 0, tall + 0.05),
    )


def wheel(pal: Palette) -> None:
    """Spoked wheel, fan or gear."""
    rng = pal.rng
    radius, spokes = rng.uniform(0.7, 1.1), int(rng.integers(5, 30))
    turn = (math.pi / 2, 0, rng.normal(0, 0.5))
    shapes.torus(radius, rng.uniform(0.03, 0.14), surface(pal), (0, 0, radius + 0.1), turn)
    lines = [
        np.array([(0, 0, 0), (radius * math.cos(a), radius * math.sin(a), 0)])
        for a in np.linspace(0, TAU, spokes, endpoint=False)
    ]
    shapes.wires(lines, rng.uniform(0.006, 0.05), metal(pal), (0, 0, radius + 0.1), turn)
    shapes.lathe([(0, -0.1), (0.13, -0.1), (0.13, 0.1), (0, 0.1)], stuff(pal), (0, 0, radius + 0.1), turn)


def _sheet_form(rng: np.random.Generator, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Bend the unit square (u, v in 0..1) into a curtain, tube, dome or plain sheet, …×3."""
    draw, tall, wide = rng.random(), rng.uniform(0.7, 1.8), rng.uniform(0.5, 1.1)
    if draw < 0.4:
        y = rng.uniform(0, 0.15) * np.sin(u * rng.uniform(4, 18)) + 0.05 * np.sin(v * 6)
        return np.stack([(u * 2 - 1) * wide, y, 0.08 + v * tall], -1)
    if draw < 0.75:
        reach = rng.uniform(0.3, 0.5) + 0.25 * v * rng.normal() + 0.1 * np.sin(v * rng.uniform(2, 7))
        return np.stack([reach * np.cos(u * TAU), reach * np.sin(u * TAU), 0.05 + v * tall], -1)
    polar = (0.12 + 0.88 * v) * math.pi / 2
    return np.stack(
        [
            np.sin(polar) * np.cos(u * TAU),
            np.sin(polar) * np.sin(u * TAU),
            0.1 + (1 - np.cos(polar)) * rng.uniform(0.3, 1.1),
        ],
        -1,
    )


def net(pal: Palette) -> None:
    """Lace, tulle, crochet or mesh bag: a wire frame over a jittered, bent sheet."""
    rng = pal.rng
    rows, cols = int(rng.integers(9, 34)), int(rng.integers(10, 44))
    v, u = np.meshgrid(np.linspace(0, 1, rows), np.linspace(0, 1, cols), indexing="ij")
    jitter = rng.uniform(0, 0.35)
    inner = np.s_[1:-1, 1:-1]
    u[inner] += jitter * rng.normal(0, 0.5, u[inner].shape) / cols
    v[inner] += jitter * rng.normal(0, 0.5, v[inner].shape) / rows
    faces: list[tuple[int, ...]] = list(shapes.grid_faces(rows, cols))
    style = rng.random()
    if style < 0.35:
        faces = [f for a, b, c, d in faces for f in ((a, b, c), (a, c, d))]
    elif style < 0.6:
        u[::2] += 0.5 / cols
        faces = [
            f
            for k, (a, b, c, d) in enumerate(faces)
            for f in (((a, b, c), (a, c, d)) if (k // (cols - 1)) % 2 else ((a, b, d), (b, c, d)))
        ]
    part = shapes.mesh(
        _sheet_form(rng, u, v).reshape(-1, 3), faces, fabric(pal) if rng.random() < 0.6 else surface(pal)
    )
    frame = part.modifiers.new("net", "WIREFRAME")
    frame.thickness, frame.use_even_offset = rng.uniform(0.008, 0.03), False
    if style >= 0.6:
        soft = part.modifiers.new("soft", "SUBSURF")
        soft.levels = soft.render_levels = 1
    if rng.random() < 0.4:
        solid = blob_loop(rng, 0.25, 0.4)
        shapes.outline([solid], 0.02, fabric(pal), (rng.normal(0, 0.3), -0.1, rng.uniform(0.3, 1.2)))


def perforated(pal: Palette) -> None:
    """Sheet, tube or dome punched with a grid of round or square holes."""
    rng = pal.rng
    rows, cols, sides = int(rng.integers(5, 20)), int(rng.integers(6, 26)), int(rng.choice([4, 6, 12]))
    hole = rng.uniform(0.18, 0.42)
    turn = np.linspace(0, TAU, sides * (3 if sides == 4 else 1) if sides != 4 else 12, endpoint=False) + math.pi / 4
    edge = np.stack([np.cos(turn), np.sin(turn)], 1)
    square = 0.5 * edge / np.abs(edge).max(1, keepdims=True)
    inner = hole * (edge if sides != 4 else 2 * square * 0.9)
    ring_count = len(turn)
    verts, faces = [], []
    for r in range(rows):
        for c in range(cols):
            start = 2 * ring_count * (r * cols + c)
            verts.append(np.concatenate([square, inner]) + np.array((c + 0.5, r + 0.5)))
            faces += [
                (
                    start + i,
                    start + (i + 1) % ring_count,
                    start + ring_count + (i + 1) % ring_count,
                    start + ring_count + i,
                )
                for i in range(ring_count)
            ]
    flat = np.concatenate(verts) / (cols, rows)
    part = shapes.mesh(
        _sheet_form(rng, flat[:, 0], flat[:, 1]),
        faces,
        metal(pal) if rng.random() < 0.4 else surface(pal),
        smooth=False,
    )
    part.modifiers.new("weld", "WELD").merge_threshold = 1e-4
    part.modifiers.new("thick", "SOLIDIFY").thickness = rng.uniform(0.01, 0.05)


def _hair(part: bpy.types.Object, rng: np.random.Generator, amount: int, length: float) -> None:
    """Grow strands on a part; the matte shows every one."""
    settings = part.modifiers.new("hair", "PARTICLE_SYSTEM").particle_system.settings
    settings.type, settings.count, settings.hair_length = "HAIR", amount, length
    settings.root_radius, settings.tip_radius = rng.uniform(0.2, 0.6), rng.uniform(0.02, 0.1)
    settings.radius_scale = rng.uniform(0.008, 0.02)
    settings.brownian_factor = length * rng.uniform(0.05, 0.5)
    settings.child_type, settings.rendered_child_count = "INTERPOLATED", int(rng.integers(4, 9))
    settings.roughness_2, settings.roughness_endpoint = rng.uniform(0, 0.08), rng.uniform(0, 0.08)
    settings.clump_factor = rng.uniform(-0.2, 0.7)


def furry(pal: Palette) -> None:
    """Pompon, hat, slipper, animal or rug with fur, solid parts beside it."""
    rng = pal.rng
    skin = fabric(pal)
    length = rng.uniform(0.04, 0.3)
    place = np.array([0.0, 0.0, 0.6])
    for _ in range(rng.integers(1, 4)):
        radii = tuple(float(r) for r in rng.uniform(0.3, 0.7, 3))
        coat = skin if rng.random() < 0.7 else fabric(pal)
        part = shapes.ellipsoid(radii, coat, tuple(float(p) for p in place), power=rng.uniform(0.6, 1))
        _hair(part, rng, int(rng.integers(1500, 5000)), length * rng.uniform(0.7, 1.3))
        place = place + rng.normal(0, 0.35, 3) + (0, 0, 0.45)
    for _ in range(rng.integers(0, 3)):
        shapes.ellipsoid((0.08, 0.08, 0.08), surface(pal), (rng.normal(0, 0.3), -0.7, rng.uniform(0.4, 1.3)))
    if rng.random() < 0.25:
        shapes.box((rng.uniform(0.8, 1.6), 0.8, 0.12), stuff(pal), (0, 0, 0))


def brush(pal: Palette) -> None:
    """Paint brush, broom or duster: a handle and a tuft."""
    rng = pal.rng
    handle = rng.uniform(0.5, 1.4)
    shapes.lathe([(0, 0), (0.06, 0), (rng.uniform(0.05, 0.15), handle * 0.6), (0.08, handle), (0, handle)], stuff(pal))
    head = shapes.lathe(
        [(0, handle), (rng.uniform(0.08, 0.3), handle), (rng.uniform(0.1, 0.4), handle + 0.15), (0, handle + 0.25)],
        fabric(pal),
    )
    _hair(head, rng, 2500, rng.uniform(0.3, 0.7))


def plant(pal: Palette) -> None:
    """Bouquet or potted plant: stems and leaves over a pot."""
    rng = pal.rng
    green, pot = surface(pal), rng.uniform(0.2, 0.4)
    shapes.lathe([(0, 0), (pot * 0.8, 0), (pot, 0.5), (pot * 0.9, 0.5), (0, 0.45)], stuff(pal))
    for _ in range(rng.integers(6, 22)):
        away = rng.uniform(0, TAU)
        lean, tall = rng.uniform(0.1, 0.9), rng.uniform(0.4, 1.4)
        tip = np.array([lean * math.cos(away), lean * math.sin(away), 0.45 + tall])
        stem = np.array([(0, 0, 0.4), (tip[0] * 0.3, tip[1] * 0.3, 0.45 + tall * 0.6), tip])
        shapes.wire(stem, rng.uniform(0.008, 0.02), green)
        leaf = np.array([(0, 0), (0.12, 0.15), (0.08, 0.4), (0, 0.55), (-0.08, 0.4), (-0.12, 0.15)]) * rng.uniform(
            0.4, 1.3
        )
        shapes.outline(
            [leaf],
            0.004,
            green if rng.random() < 0.7 else surface(pal),
            tuple(tip),
            tuple(rng.uniform(-1.5, 1.5, 3)),
            bevel=0,
        )


def scribble(pal: Palette) -> None:
    """Hose, cable, ribbon, hanger: one rod on a random closed or open walk."""
    rng = pal.rng
    count = int(rng.integers(5, 14))
    points = np.cumsum(rng.normal(0, 0.4, (count, 3)), 0)
    points[:, 2] = np.abs(points[:, 2]) * rng.choice([0.1, 1.0]) + 0.1
    shapes.wire(points, rng.uniform(0.02, 0.12), stuff(pal), closed=bool(rng.random() < 0.4))
