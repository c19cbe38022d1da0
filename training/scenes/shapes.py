"""Mesh and curve builders every product is assembled from; lengths in metres, z up, products stand on z = 0."""

from __future__ import annotations

import math
from collections.abc import Sequence

import bpy
import numpy as np

Vec3 = tuple[float, float, float]
ORIGIN: Vec3 = (0.0, 0.0, 0.0)


def _link(data: bpy.types.ID, material: bpy.types.Material, loc: Vec3, rot: Vec3) -> bpy.types.Object:
    """Put `data` into the scene as a product part wearing `material`."""
    thing = bpy.data.objects.new("part", data)
    bpy.context.scene.collection.objects.link(thing)
    thing.location, thing.rotation_euler = loc, rot
    data.materials.append(material)
    thing["product"] = True
    return thing


def mesh(
    verts: np.ndarray,
    faces: Sequence[Sequence[int]],
    material: bpy.types.Material,
    loc: Vec3 = ORIGIN,
    rot: Vec3 = ORIGIN,
    *,
    smooth: bool = True,
) -> bpy.types.Object:
    """Mesh from N×3 vertices and faces of vertex indices."""
    data = bpy.data.meshes.new("part")
    data.from_pydata(np.asarray(verts, float).tolist(), [], [list(map(int, f)) for f in faces])
    data.polygons.foreach_set("use_smooth", [smooth] * len(data.polygons))
    data.update()
    return _link(data, material, loc, rot)


def grid_faces(rows: int, cols: int, *, wrap: bool = False) -> list[tuple[int, int, int, int]]:
    """Quads of a rows×cols vertex grid; `wrap` closes the columns."""
    last = cols if wrap else cols - 1
    return [
        (r * cols + c, r * cols + (c + 1) % cols, (r + 1) * cols + (c + 1) % cols, (r + 1) * cols + c)
        for r in range(rows - 1)
        for c in range(last)
    ]


def lathe(
    profile: Sequence[tuple[float, float]],
    material: bpy.types.Material,
    loc: Vec3 = ORIGIN,
    rot: Vec3 = ORIGIN,
    *,
    steps: int = 72,
    squash: float = 1.0,
    smooth: bool = True,
) -> bpy.types.Object:
    """Turn a profile of (radius, height) around z; `squash` flattens it along y."""
    turn = np.linspace(0, 2 * math.pi, steps, endpoint=False)
    radius, height = np.asarray(profile, float).T
    ring = np.stack([np.cos(turn), squash * np.sin(turn)], 1)
    verts = np.concatenate(
        [radius[:, None, None] * ring[None], np.broadcast_to(height[:, None, None], (len(radius), steps, 1))], 2
    )
    part = mesh(verts.reshape(-1, 3), grid_faces(len(radius), steps, wrap=True), material, loc, rot, smooth=smooth)
    weld = part.modifiers.new("weld", "WELD")
    weld.merge_threshold = 1e-5
    if smooth:
        _split_sharp(part, 40)
    return part


def _split_sharp(part: bpy.types.Object, degrees: float) -> None:
    """Keep hard rims hard on a smooth-shaded mesh."""
    split = part.modifiers.new("edges", "EDGE_SPLIT")
    split.split_angle = math.radians(degrees)


def box(
    size: Vec3,
    material: bpy.types.Material,
    loc: Vec3 = ORIGIN,
    rot: Vec3 = ORIGIN,
    *,
    bevel: float = 0.02,
    taper: float = 1.0,
) -> bpy.types.Object:
    """Box standing on `loc`; `taper` scales its top, `bevel` rounds its edges."""
    sx, sy, sz = size
    verts = [
        (x * sx / 2 * k, y * sy / 2 * k, z * sz)
        for z, k in ((0, 1.0), (1, taper))
        for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]
    faces = [(3, 2, 1, 0), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
    part = mesh(np.array(verts), faces, material, loc, rot, smooth=False)
    if bevel > 0:
        mod = part.modifiers.new("bevel", "BEVEL")
        mod.width, mod.segments = bevel, 3
    return part


def torus(
    major: float,
    minor: float,
    material: bpy.types.Material,
    loc: Vec3 = ORIGIN,
    rot: Vec3 = ORIGIN,
    *,
    stretch: float = 1.0,
    flat: float = 1.0,
    steps: int = 48,
) -> bpy.types.Object:
    """Torus around z; `stretch` lengthens it along x, `flat` scales the section's height."""
    turn = np.linspace(0, 2 * math.pi, steps, endpoint=False)
    section = np.linspace(0, 2 * math.pi, 16, endpoint=False)
    rad = major + minor * np.cos(section)[:, None]
    lift = np.broadcast_to(flat * minor * np.sin(section)[:, None], (16, steps))
    rows = np.stack([rad * np.cos(turn) * stretch, rad * np.sin(turn), lift], 2)
    rows = np.concatenate([rows, rows[:1]])
    part = mesh(rows.reshape(-1, 3), grid_faces(17, steps, wrap=True), material, loc, rot)
    part.modifiers.new("weld", "WELD").merge_threshold = 1e-5
    return part


def ellipsoid(
    radii: Vec3, material: bpy.types.Material, loc: Vec3 = ORIGIN, rot: Vec3 = ORIGIN, *, power: float = 1.0
) -> bpy.types.Object:
    """Ellipsoid centred on `loc`; `power` < 1 makes it boxy (a superellipsoid)."""
    lat = np.linspace(-math.pi / 2, math.pi / 2, 33)
    turn = np.linspace(0, 2 * math.pi, 64, endpoint=False)

    def bend(values: np.ndarray) -> np.ndarray:
        return np.sign(values) * np.abs(values) ** power

    x = bend(np.cos(lat))[:, None] * bend(np.cos(turn))
    y = bend(np.cos(lat))[:, None] * bend(np.sin(turn))
    z = np.broadcast_to(bend(np.sin(lat))[:, None], x.shape)
    verts = np.stack([x, y, z], 2).reshape(-1, 3) * np.array(radii)
    part = mesh(verts, grid_faces(33, 64, wrap=True), material, loc, rot)
    part.modifiers.new("weld", "WELD").merge_threshold = 1e-5
    return part


def wire(
    points: np.ndarray,
    radius: float,
    material: bpy.types.Material,
    loc: Vec3 = ORIGIN,
    rot: Vec3 = ORIGIN,
    *,
    closed: bool = False,
    soft: bool = True,
) -> bpy.types.Object:
    """Round rod of `radius` along N×3 points; `soft` runs smoothly through them."""
    return wires([points], radius, material, loc, rot, closed=closed, soft=soft)


def wires(
    lines: Sequence[np.ndarray],
    radius: float,
    material: bpy.types.Material,
    loc: Vec3 = ORIGIN,
    rot: Vec3 = ORIGIN,
    *,
    closed: bool = False,
    soft: bool = False,
) -> bpy.types.Object:
    """Many rods in one object; each line N×3."""
    data = bpy.data.curves.new("wire", "CURVE")
    data.dimensions, data.bevel_depth, data.bevel_resolution, data.use_fill_caps = "3D", radius, 2, True
    data.resolution_u = 6
    for line in lines:
        spline = data.splines.new("BEZIER" if soft else "POLY")
        points = spline.bezier_points if soft else spline.points
        points.add(len(line) - 1)
        if soft:
            points.foreach_set("co", np.asarray(line, float).ravel())
            for point in points:
                point.handle_left_type = point.handle_right_type = "AUTO"
        else:
            points.foreach_set("co", np.c_[np.asarray(line, float), np.ones(len(line))].ravel())
        spline.use_cyclic_u = closed
    return _link(data, material, loc, rot)


def outline(
    loops: Sequence[np.ndarray],
    thickness: float,
    material: bpy.types.Material,
    loc: Vec3 = ORIGIN,
    rot: Vec3 = (math.pi / 2, 0, 0),
    *,
    bevel: float = 0.01,
    soft: bool = True,
) -> bpy.types.Object:
    """Flat plate cut along N×2 loops (the inner ones are holes), standing upright by default."""
    data = bpy.data.curves.new("plate", "CURVE")
    data.dimensions, data.fill_mode, data.extrude, data.bevel_depth = "2D", "BOTH", thickness / 2, bevel
    data.bevel_resolution, data.resolution_u = 2, 8
    for loop in loops:
        spline = data.splines.new("BEZIER" if soft else "POLY")
        points = spline.bezier_points if soft else spline.points
        points.add(len(loop) - 1)
        flat = np.c_[np.asarray(loop, float), np.zeros(len(loop))]
        if soft:
            points.foreach_set("co", flat.ravel())
            for point in points:
                point.handle_left_type = point.handle_right_type = "AUTO"
        else:
            points.foreach_set("co", np.c_[flat, np.ones(len(loop))].ravel())
        spline.use_cyclic_u = True
    return _link(data, material, loc, rot)


def letters(
    body: str,
    size: float,
    depth: float,
    material: bpy.types.Material,
    loc: Vec3 = ORIGIN,
    rot: Vec3 = (math.pi / 2, 0, 0),
) -> bpy.types.Object:
    """Solid letters in Blender's own font, centred on `loc`."""
    data = bpy.data.curves.new("letters", "FONT")
    data.body, data.size, data.extrude, data.align_x = body, size, depth, "CENTER"
    data.bevel_depth = min(0.02 * size, depth)
    return _link(data, material, loc, rot)


def loft(
    spine: np.ndarray,
    radii: np.ndarray,
    material: bpy.types.Material,
    loc: Vec3 = ORIGIN,
    rot: Vec3 = ORIGIN,
    *,
    power: float = 1.0,
) -> bpy.types.Object:
    """Skin ellipses of (y, z) `radii` N×2 strung along x on a spine N×3."""
    turn = np.linspace(0, 2 * math.pi, 40, endpoint=False)
    cos, sin = (np.sign(f) * np.abs(f) ** power for f in (np.cos(turn), np.sin(turn)))
    rows = [
        np.stack([np.full(40, p[0]), p[1] + r[0] * cos, p[2] + r[1] * sin], 1)
        for p, r in zip(spine, radii, strict=True)
    ]
    faces: list[Sequence[int]] = list(grid_faces(len(spine), 40, wrap=True))
    faces += [tuple(range(39, -1, -1)), tuple(range((len(spine) - 1) * 40, len(spine) * 40))]
    part = mesh(np.concatenate(rows), faces, material, loc, rot)
    sub = part.modifiers.new("sub", "SUBSURF")
    sub.levels = sub.render_levels = 1
    return part


def ripple(part: bpy.types.Object, strength: float, size: float, kind: str = "CLOUDS") -> bpy.types.Object:
    """Displace a part by a procedural texture of feature `size`."""
    texture = bpy.data.textures.new("ripple", kind)
    if hasattr(texture, "noise_scale"):
        texture.noise_scale = size
    mod = part.modifiers.new("ripple", "DISPLACE")
    mod.texture, mod.strength, mod.texture_coords = texture, strength, "LOCAL"
    return part


def remesh(part: bpy.types.Object, voxel: float) -> bpy.types.Object:
    """Melt a part into one even skin of `voxel` sized cells."""
    mod = part.modifiers.new("remesh", "REMESH")
    mod.mode, mod.voxel_size, mod.use_smooth_shade = "VOXEL", voxel, True
    return part
