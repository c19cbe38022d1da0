"""Random surfaces: paint, paper, cloth, metal, glass and printed labels, in tones that suit the scene's theme."""

from __future__ import annotations

import colorsys
import math

import bpy
import numpy as np

Color = tuple[float, float, float]
THEMES = ("any", "white", "dark", "tonal")


class Palette:
    """Chooses colours for one product.

    Attributes:
        rng: source of every random choice.
        theme: "any", "white" (near-white product and backdrop), "dark", or "tonal" (close to `anchor`).
        anchor: linear RGB the backdrop has under "tonal".
    """

    def __init__(self, rng: np.random.Generator, theme: str) -> None:
        self.rng, self.theme = rng, theme
        self.anchor = self._free()

    def _free(self) -> Color:
        rng = self.rng
        saturation = rng.uniform(0, 0.95) if rng.random() < 0.65 else rng.uniform(0, 0.15)
        r, g, b = colorsys.hsv_to_rgb(rng.random(), saturation, rng.beta(1.3, 1.1))
        return (max(0.01, r**1.6), max(0.01, g**1.6), max(0.01, b**1.6))

    def tone(self) -> Color:
        """Main colour of a part, linear RGB 0..1."""
        rng = self.rng
        if self.theme == "white" and rng.random() < 0.88:
            level = rng.uniform(0.66, 0.93)
            return tuple(float(np.clip(level + d, 0.5, 0.95)) for d in rng.normal(0, 0.015, 3))
        if self.theme == "dark" and rng.random() < 0.88:
            level = rng.uniform(0.005, 0.06)
            return tuple(float(max(0.003, level + d)) for d in rng.normal(0, 0.004, 3))
        if self.theme == "tonal" and rng.random() < 0.85:
            gain = rng.uniform(0.7, 1.3)
            return tuple(
                float(np.clip(c * gain + d, 0.004, 0.95))
                for c, d in zip(self.anchor, rng.normal(0, 0.02, 3), strict=True)
            )
        draw = rng.random()
        if draw < 0.12:
            return tuple(float(c) for c in np.clip(rng.uniform(0.75, 0.93) + rng.normal(0, 0.02, 3), 0, 1))
        if draw < 0.24:
            return tuple(float(c) for c in np.clip(rng.uniform(0.01, 0.06) + rng.normal(0, 0.005, 3), 0.003, 1))
        return self._free()

    def accent(self) -> Color:
        """Colour of prints and small parts: under every theme it may differ a lot."""
        return self._free() if self.rng.random() < 0.5 else self.tone()


def _principled(name: str, color: Color) -> tuple[bpy.types.Material, bpy.types.ShaderNode]:
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    shader = material.node_tree.nodes["Principled BSDF"]
    shader.inputs["Base Color"].default_value = (*color, 1)
    return material, shader


def _bump(
    material: bpy.types.Material, shader: bpy.types.ShaderNode, rng: np.random.Generator, scale: float, strength: float
) -> None:
    tree = material.node_tree
    noise = tree.nodes.new(str(rng.choice(["ShaderNodeTexNoise", "ShaderNodeTexVoronoi", "ShaderNodeTexWave"])))
    noise.inputs["Scale"].default_value = scale
    bump = tree.nodes.new("ShaderNodeBump")
    bump.inputs["Strength"].default_value = strength
    bump.inputs["Distance"].default_value = 0.02
    tree.links.new(noise.outputs[0], bump.inputs["Height"])
    tree.links.new(bump.outputs[0], shader.inputs["Normal"])


def _pattern(material: bpy.types.Material, shader: bpy.types.ShaderNode, pal: Palette, first: Color) -> None:
    """Two-colour procedural print over the base colour."""
    rng, tree = pal.rng, material.node_tree
    kind, slot = (
        ("ShaderNodeTexWave", 1),
        ("ShaderNodeTexChecker", 1),
        ("ShaderNodeTexNoise", 0),
        ("ShaderNodeTexVoronoi", 0),
        ("ShaderNodeTexMagic", 1),
    )[rng.integers(5)]
    source = tree.nodes.new(kind)
    source.inputs["Scale"].default_value = float(rng.uniform(1.5, 30))
    if kind == "ShaderNodeTexWave":
        source.inputs["Distortion"].default_value = float(rng.uniform(0, 10))
    ramp = tree.nodes.new("ShaderNodeValToRGB")
    low, high = sorted(rng.uniform(0.2, 0.8, 2))
    ramp.color_ramp.elements[0].position, ramp.color_ramp.elements[1].position = low, high + 0.02
    ramp.color_ramp.elements[0].color = (*first, 1)
    ramp.color_ramp.elements[1].color = (*pal.accent(), 1)
    coords = tree.nodes.new("ShaderNodeTexCoord")
    tree.links.new(coords.outputs["Object"], source.inputs["Vector"])
    tree.links.new(source.outputs[slot], ramp.inputs[0])
    tree.links.new(ramp.outputs[0], shader.inputs["Base Color"])


def surface(pal: Palette, color: Color | None = None) -> bpy.types.Material:
    """Any opaque material; roughly a tenth of the draws are metal, a quarter carry a pattern."""
    rng = pal.rng
    tone = color or pal.tone()
    draw = rng.random()
    if draw < 0.1 and pal.theme != "tonal":
        return metal(pal)
    if draw < 0.3:
        return fabric(pal, tone)
    material, shader = _principled("paint", tone)
    shader.inputs["Roughness"].default_value = float(rng.uniform(0.03, 0.9))
    if rng.random() < 0.4:
        shader.inputs["Coat Weight"].default_value = float(rng.uniform(0.3, 1))
    if rng.random() < 0.28 and pal.theme in ("any", "tonal"):
        _pattern(material, shader, pal, tone)
    if rng.random() < 0.2:
        _bump(material, shader, rng, float(rng.uniform(5, 90)), float(rng.uniform(0.05, 0.5)))
    return material


def fabric(pal: Palette, color: Color | None = None) -> bpy.types.Material:
    """Rough, bumpy, slightly fuzzy cloth or felt."""
    rng = pal.rng
    tone = color or pal.tone()
    material, shader = _principled("fabric", tone)
    shader.inputs["Roughness"].default_value = float(rng.uniform(0.6, 1))
    shader.inputs["Sheen Weight"].default_value = float(rng.uniform(0, 0.8))
    if rng.random() < 0.35:
        _pattern(material, shader, pal, tone)
    _bump(material, shader, rng, float(rng.uniform(20, 150)), float(rng.uniform(0.1, 0.6)))
    return material


def metal(pal: Palette) -> bpy.types.Material:
    """Polished to brushed metal, silvery, golden, coppery, black or coloured."""
    rng = pal.rng
    base = np.array(
        [(0.9, 0.9, 0.92), (0.6, 0.61, 0.63), (1.0, 0.74, 0.36), (0.93, 0.6, 0.45), (0.18, 0.18, 0.19), pal.accent()][
            rng.integers(6)
        ]
    )
    material, shader = _principled("metal", tuple(float(c) for c in np.clip(base + rng.normal(0, 0.03, 3), 0.01, 1)))
    shader.inputs["Metallic"].default_value = 1.0
    shader.inputs["Roughness"].default_value = float(
        rng.uniform(0.02, 0.18) if rng.random() < 0.65 else rng.uniform(0.2, 0.5)
    )
    if rng.random() < 0.2:
        _bump(material, shader, rng, float(rng.uniform(10, 60)), float(rng.uniform(0.05, 0.3)))
    return material


def glass(pal: Palette) -> bpy.types.Material:
    """Clear or tinted glass, plastic film or gem; half of them let light through their shadow."""
    rng = pal.rng
    tint = np.ones(3) if rng.random() < 0.6 else 1 - rng.uniform(0.02, 0.7) * rng.random(3)
    material, shader = _principled("glass", tuple(float(c) for c in tint))
    shader.inputs["Transmission Weight"].default_value = 1.0
    shader.inputs["IOR"].default_value = float(rng.uniform(1.1, 1.6))
    shader.inputs["Roughness"].default_value = 0.0 if rng.random() < 0.7 else float(rng.uniform(0.05, 0.4))
    if rng.random() < 0.5:
        _clear_shadow(material, shader, tint)
    return material


def _clear_shadow(material: bpy.types.Material, shader: bpy.types.ShaderNode, tint: np.ndarray) -> None:
    tree = material.node_tree
    path, clear, mix = (tree.nodes.new(f"ShaderNode{n}") for n in ("LightPath", "BsdfTransparent", "MixShader"))
    clear.inputs[0].default_value = (*(float(c) for c in 0.25 + 0.7 * tint), 1)
    tree.links.new(path.outputs["Is Shadow Ray"], mix.inputs[0])
    tree.links.new(shader.outputs[0], mix.inputs[1])
    tree.links.new(clear.outputs[0], mix.inputs[2])
    tree.links.new(mix.outputs[0], tree.nodes["Material Output"].inputs["Surface"])


def _artwork(pal: Palette, size: int = 160) -> np.ndarray:
    """Random packaging art, size×size×4 linear RGBA: bands, discs, bars that read as text."""
    rng = pal.rng
    art = np.ones((size, size, 4), np.float32)
    art[..., :3] = pal.tone()
    rows, cols = np.mgrid[:size, :size] / size
    for _ in range(rng.integers(1, 6)):
        ink = pal.accent() if rng.random() < 0.7 else pal.tone()
        x, y, w, h = rng.uniform(0, 1, 2).tolist() + rng.uniform(0.03, 0.5, 2).tolist()
        draw = rng.integers(4)
        if draw == 0:
            where = np.abs(rows - y) < h / 2
        elif draw == 1:
            where = (np.abs(rows - y) < h / 3) & (np.abs(cols - x) < w)
        elif draw == 2:
            where = np.hypot(rows - y, cols - x) < h / 2
        else:
            angle = rng.uniform(0, math.pi)
            where = np.sin((rows * math.sin(angle) + cols * math.cos(angle)) * rng.uniform(8, 60)) > rng.uniform(
                -0.4, 0.8
            )
        art[where, :3] = ink
    for _ in range(rng.integers(0, 9)):
        ink, top, left = pal.accent(), rng.uniform(0.05, 0.9), rng.uniform(0.05, 0.5)
        glyphs = np.repeat(rng.random(size // 3 + 1) > 0.35, 3)[:size]
        where = (
            (np.abs(rows - top) < rng.uniform(0.006, 0.04))
            & (cols > left)
            & (cols < left + rng.uniform(0.1, 0.5))
            & glyphs[None]
        )
        art[where, :3] = ink
    return art


def printed(pal: Palette) -> bpy.types.Material:
    """Packaging: artwork projected on the part from the front."""
    art = _artwork(pal)
    size = art.shape[0]
    image = bpy.data.images.new("art", size, size, float_buffer=True)
    image.pixels.foreach_set(art.ravel())
    material, shader = _principled("printed", (1, 1, 1))
    shader.inputs["Roughness"].default_value = float(pal.rng.uniform(0.05, 0.8))
    shader.inputs["Coat Weight"].default_value = float(pal.rng.choice([0, 0.6, 1]))
    tree = material.node_tree
    picture, coords = tree.nodes.new("ShaderNodeTexImage"), tree.nodes.new("ShaderNodeTexCoord")
    picture.image, picture.projection, picture.projection_blend = image, "BOX", 0.1
    tree.links.new(coords.outputs["Generated"], picture.inputs["Vector"])
    tree.links.new(picture.outputs[0], shader.inputs["Base Color"])
    return material


def stuff(pal: Palette) -> bpy.types.Material:
    """Whatever a plain solid product is made of."""
    draw = pal.rng.random()
    if draw < 0.22:
        return printed(pal)
    if draw < 0.3:
        return metal(pal)
    return surface(pal)
