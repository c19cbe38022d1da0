"""Backdrop, camera and light of one random studio set-up around a product."""

from __future__ import annotations

import math
from dataclasses import asdict
from dataclasses import dataclass

import bpy
import numpy as np
from mathutils import Vector

from training.scenes.materials import Color
from training.scenes.materials import Palette

SENSOR_MM = 36.0


@dataclass(frozen=True)
class Setup:
    """One set-up, all random choices resolved.

    Attributes:
        backdrop: linear RGB of the paper.
        kind: "sweep", "corner" (floor and wall differ), "gloss" (mirroring floor) or "texture".
        lens_mm: focal length on a 36 mm wide sensor.
        pitch_deg: how far the camera looks down.
        fill: longest side of the product's box as part of the frame.
        shift: where the box's centre lies, parts of the frame from the middle.
        key_size: softness of the main light, in product radii.
        ambient: light from everywhere relative to the main light.
        hung: product floats, its shadow falls far away.
    """

    backdrop: Color
    kind: str
    lens_mm: float
    pitch_deg: float
    fill: float
    shift: tuple[float, float]
    key_size: float
    ambient: float
    hung: bool

    def record(self) -> dict[str, object]:
        """Plain values for the frame's JSON line."""
        return asdict(self)


def backdrop_color(rng: np.random.Generator, palette: Palette) -> Color:
    """Paper colour, linear RGB, in keeping with the palette's theme."""
    draw = rng.random()
    if palette.theme == "white":
        level = rng.uniform(0.84, 0.96) if draw < 0.7 else rng.uniform(0.7, 0.85)
    elif palette.theme == "dark":
        level = rng.uniform(0.008, 0.07)
    elif palette.theme == "tonal":
        gain = rng.uniform(0.8, 1.25)
        return tuple(float(np.clip(c * gain, 0.005, 0.95)) for c in palette.anchor)
    elif draw < 0.4:
        level = rng.uniform(0.84, 0.96)
    elif draw < 0.56:
        level = rng.uniform(0.6, 0.85)
    elif draw < 0.76:
        level = rng.uniform(0.12, 0.6)
    elif draw < 0.84:
        level = rng.uniform(0.01, 0.1)
    else:
        raw = rng.beta(0.9, 1.2, 3)
        pale = rng.choice([0.0, 0.0, 0.5])
        return tuple(float(c) for c in np.clip(raw * (1 - pale) + pale, 0.01, 0.95))
    return tuple(float(c) for c in np.clip(level + rng.normal(0, 0.012 * level, 3), 0.004, 0.97))


def draw_setup(rng: np.random.Generator, palette: Palette) -> Setup:
    """Choose everything about one view."""
    draw = rng.random()
    kind = "sweep" if draw < 0.78 else "corner" if draw < 0.84 else "gloss" if draw < 0.92 else "texture"
    pitch = (
        rng.uniform(0, 22)
        if rng.random() < 0.62
        else rng.uniform(22, 60)
        if rng.random() < 0.65
        else rng.uniform(70, 90)
    )
    cut = rng.random() < 0.07
    fill = float(rng.uniform(0.9, 1.5) if cut else rng.triangular(0.15, 0.8, 0.93))
    room = max(0.0, (1 - fill) / 2)
    shift = rng.uniform(-1, 1, 2) * (rng.uniform(0.3, 0.6) if cut else room * rng.choice([0.15, 0.9]))
    return Setup(
        backdrop=backdrop_color(rng, palette),
        kind=kind,
        lens_mm=float(rng.uniform(35, 135)),
        pitch_deg=float(pitch),
        fill=fill,
        shift=(float(shift[0]), float(shift[1])),
        key_size=float(np.exp(rng.uniform(math.log(0.05), math.log(4)))),
        ambient=float(np.exp(rng.uniform(math.log(0.06), math.log(2.5)))),
        hung=bool(rng.random() < 0.15),
    )


def _paper(setup: Setup, rng: np.random.Generator, color: Color) -> bpy.types.Material:
    material = bpy.data.materials.new("paper")
    material.use_nodes = True
    tree, shader = material.node_tree, material.node_tree.nodes["Principled BSDF"]
    shader.inputs["Base Color"].default_value = (*color, 1)
    shader.inputs["Roughness"].default_value = float(
        rng.uniform(0.03, 0.25) if setup.kind == "gloss" else rng.uniform(0.6, 1)
    )
    if setup.kind == "texture":
        grain = tree.nodes.new(str(rng.choice(["ShaderNodeTexNoise", "ShaderNodeTexWave", "ShaderNodeTexVoronoi"])))
        grain.inputs["Scale"].default_value = float(rng.uniform(1, 60))
        ramp = tree.nodes.new("ShaderNodeValToRGB")
        other = np.clip(np.array(color) * rng.uniform(0.6, 1.4, 3), 0, 0.97)
        for element, tone in zip(ramp.color_ramp.elements, (color, other), strict=True):
            element.color = (*(float(c) for c in tone), 1)
        tree.links.new(grain.outputs[0], ramp.inputs[0])
        tree.links.new(ramp.outputs[0], shader.inputs["Base Color"])
    return material


def _sheet(name: str, line: list[tuple[float, float]], wide: float, material: bpy.types.Material) -> None:
    """Pull a (y, z) line sideways into a surface that is not part of the product."""
    verts = [(x, y, z) for y, z in line for x in (-wide, wide)]
    faces = [(2 * i, 2 * i + 1, 2 * i + 3, 2 * i + 2) for i in range(len(line) - 1)]
    data = bpy.data.meshes.new(name)
    data.from_pydata(verts, [], faces)
    data.polygons.foreach_set("use_smooth", [True] * len(faces))
    data.materials.append(material)
    thing = bpy.data.objects.new(name, data)
    bpy.context.scene.collection.objects.link(thing)
    thing["studio"] = True


def add_backdrop(setup: Setup, rng: np.random.Generator, low: np.ndarray, high: np.ndarray) -> None:
    """Roll out the paper under and behind the product's box `low`..`high` (metres)."""
    radius = float(np.linalg.norm(high - low)) / 2
    floor = float(low[2]) - (radius * rng.uniform(0.2, 2) if setup.hung else 0.0)
    back = float(high[1]) + radius * (rng.uniform(0.3, 1.2) if rng.random() < 0.3 else rng.uniform(1, 7))
    bend = radius * rng.uniform(0.5, 3)
    far = 80 * radius
    front, paper = (-far, floor), _paper(setup, rng, setup.backdrop)
    if setup.kind == "corner":
        wall = _paper(setup, rng, tuple(float(np.clip(c * rng.uniform(0.5, 1.5), 0.005, 0.97)) for c in setup.backdrop))
        _sheet("floor", [front, (back, floor)], far, paper)
        _sheet("wall", [(back, floor - 0.01), (back, floor + far)], far, wall)
        return
    curve = [(back + bend * math.sin(a), floor + bend * (1 - math.cos(a))) for a in np.linspace(0, math.pi / 2, 25)]
    _sheet("sweep", [front, *curve, (back + bend, floor + far)], far, paper)


def _area(spot: Vector, aim: Vector, size: float, power: float, color: tuple[float, float, float]) -> None:
    data = bpy.data.lights.new("light", "AREA")
    data.shape, data.size, data.energy, data.color = "DISK", size, power, color
    lamp = bpy.data.objects.new("light", data)
    bpy.context.scene.collection.objects.link(lamp)
    lamp.location, lamp.rotation_euler = spot, (aim - spot).to_track_quat("-Z", "Y").to_euler()
    lamp.visible_camera = False
    lamp["studio"] = True


def _cast(rng: np.random.Generator, amount: float) -> tuple[float, float, float]:
    warm = rng.normal(0, amount)
    return (float(np.clip(1 + warm, 0.4, 1.3)), 1.0, float(np.clip(1 - warm, 0.4, 1.3)))


def add_light(setup: Setup, rng: np.random.Generator, low: np.ndarray, high: np.ndarray) -> None:
    """Main light, perhaps a second one, perhaps one on the backdrop, and the room's ambient light."""
    radius = float(np.linalg.norm(high - low)) / 2
    aim = Vector((low + high) / 2)
    cast = _cast(rng, 0.15) if rng.random() < 0.3 else (1.0, 1.0, 1.0)
    for k in range(rng.choice([1, 1, 2, 2, 3])):
        around = rng.uniform(-1.5, 1.5) if rng.random() < 0.85 else rng.uniform(-math.pi, math.pi)
        up, away = rng.uniform(0.25, 1.5), radius * rng.uniform(3, 6)
        spot = aim + away * Vector((math.sin(around) * math.cos(up), -math.cos(around) * math.cos(up), math.sin(up)))
        size = setup.key_size if k == 0 else rng.uniform(0.3, 3)
        gain = 1.0 if k == 0 else rng.uniform(0.05, 0.9)
        _area(spot, aim, size * radius, gain * math.pi * away**2 * math.pi, cast)
    if rng.random() < 0.25:
        wall = aim + Vector((rng.normal(0, 1), 3, rng.uniform(0, 1.5))) * radius
        spot = wall + Vector((rng.normal(0, 2), -2.5, rng.uniform(1.5, 3))) * radius
        _area(spot, wall, radius, rng.uniform(0.1, 1.5) * 40 * radius**2, cast)
    world = bpy.data.worlds.new("room")
    bpy.context.scene.world = world
    world.use_nodes = True
    node = world.node_tree.nodes["Background"]
    node.inputs[0].default_value = (*_cast(rng, 0.06), 1)
    node.inputs[1].default_value = setup.ambient


def add_camera(setup: Setup, rng: np.random.Generator, cloud: np.ndarray) -> None:
    """Aim the camera so that the N×3 points fill the frame as the set-up says."""
    pitch, roll = math.radians(setup.pitch_deg), float(rng.normal(0, 0.012))
    middle = (cloud.min(0) + cloud.max(0)) / 2
    ahead = np.array([0.0, math.cos(pitch), -math.sin(pitch)])
    right, up = np.array([1.0, 0.0, 0.0]), np.array([0.0, math.sin(pitch), math.cos(pitch)])
    local = (cloud - middle) @ np.stack([right, up, ahead], 1)
    view = SENSOR_MM / setup.lens_mm
    away = 4.0 * float(np.abs(local).max()) / view
    for _ in range(6):
        seen = local[:, :2] / np.maximum(local[:, 2:] + away, 0.05) / view
        box = seen.max(0) - seen.min(0)
        away *= float(box.max()) / setup.fill
        away = max(away, float(np.abs(local[:, 2]).max()) * 1.2)
    seen = local[:, :2] / (local[:, 2:] + away) / view
    centre = (seen.max(0) + seen.min(0)) / 2
    data = bpy.data.cameras.new("camera")
    data.lens, data.sensor_width, data.clip_end = setup.lens_mm, SENSOR_MM, 5000
    data.shift_x, data.shift_y = (float(c - s) for c, s in zip(centre, setup.shift, strict=True))
    camera = bpy.data.objects.new("camera", data)
    bpy.context.scene.collection.objects.link(camera)
    camera.location = Vector(middle - ahead * away)
    camera.rotation_euler = (math.pi / 2 - pitch, roll, 0)
    camera["studio"] = True
    bpy.context.scene.camera = camera


def clear() -> None:
    """Take everything down but the product."""
    for thing in [o for o in bpy.context.scene.objects if o.get("studio")]:
        bpy.data.objects.remove(thing)
