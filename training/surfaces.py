"""What rendered products are made of: `python -m training.surfaces FRAMES`; needs bpy 5.0.1 on Python 3.11.

A product follows from its seed alone, so it is built again without a picture, and its materials' shares of the surface
are written to FRAMES/surfaces.jsonl.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import bpy

from training.render import build
from training.scenes import products

GLOSSY_BELOW = 0.3
"""Roughness below which a surface shows lamps as spots."""


def kind_of(material: bpy.types.Material) -> str:
    """Return transparent, fabric, glossy or matte."""
    shader = material.node_tree.nodes.get("Principled BSDF") if material.node_tree else None
    if shader is None:
        return "matte"
    if shader.inputs["Transmission Weight"].default_value > 0.5:
        return "transparent"
    if material.name.startswith("fabric"):
        return "fabric"
    smooth = shader.inputs["Roughness"].default_value < GLOSSY_BELOW
    coated = shader.inputs["Coat Weight"].default_value > 0.5
    return "glossy" if smooth or coated else "matte"


def shares() -> dict[str, float]:
    """Return each kind's share of the area of all parts in the scene; fur and hair count as fabric."""
    bpy.context.view_layer.update()
    graph = bpy.context.evaluated_depsgraph_get()
    areas: Counter[str] = Counter()
    for part in products.parts():
        if len(part.particle_systems):
            areas["fabric"] += 1e3
        done = part.evaluated_get(graph)
        body = done.to_mesh()
        scale = float(sum(part.matrix_world.to_scale()) / 3) ** 2
        for face in body.polygons:
            slot = part.material_slots[face.material_index].material if part.material_slots else None
            areas[kind_of(slot) if slot else "matte"] += face.area * scale
        done.to_mesh_clear()
    total = sum(areas.values()) or 1.0
    return {name: round(area / total, 4) for name, area in areas.items()}


def main() -> None:
    """Describe every product that has a frame and no description yet."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("frames", type=Path)
    folder = ask.parse_args().frames
    listing = folder / "surfaces.jsonl"
    known = (
        {json.loads(line)["seed"] for line in listing.read_text("utf-8").splitlines()} if listing.exists() else set()
    )
    seeds = {json.loads(line)["seed"] for line in (folder / "frames.jsonl").read_text("utf-8").splitlines()}
    for seed in sorted(seeds - known):
        built, _, _ = build(seed)
        with listing.open("a", encoding="utf-8") as out:
            out.write(json.dumps({"seed": seed, "shares": shares() if built.families else {}}) + "\n")


if __name__ == "__main__":
    main()
