"""The catalogue of product families, and how one product or a set of several is put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import bpy
import numpy as np

from training.scenes import delicate
from training.scenes import precious
from training.scenes import solids
from training.scenes import textiles
from training.scenes import vessels
from training.scenes.materials import Palette

EDGES = ("simple", "medium", "complex")


@dataclass(frozen=True)
class Family:
    """One kind of product.

    Attributes:
        build: adds the parts to the scene.
        weight: how often it is drawn.
        edge: how hard its outline is by construction, before contrast is looked at.
    """

    build: Callable[[Palette], None]
    weight: float
    edge: str


FAMILIES: dict[str, Family] = {
    "bottle": Family(vessels.bottle, 2.2, "simple"),
    "jar": Family(vessels.jar, 1.2, "simple"),
    "cup": Family(vessels.cup, 2.4, "simple"),
    "bowl": Family(vessels.bowl, 1.3, "simple"),
    "tube": Family(vessels.tube, 1.3, "simple"),
    "boxes": Family(solids.boxes, 2.2, "simple"),
    "device": Family(solids.device, 2.2, "simple"),
    "figure": Family(solids.figure, 1.6, "simple"),
    "lump": Family(solids.lump, 1.0, "simple"),
    "cushion": Family(textiles.cushion, 1.4, "medium"),
    "loft": Family(solids.loft_thing, 1.4, "simple"),
    "furniture": Family(solids.furniture, 1.4, "medium"),
    "plate": Family(solids.plate, 1.2, "simple"),
    "lettering": Family(solids.lettering, 0.8, "simple"),
    "garment": Family(textiles.garment, 1.6, "medium"),
    "drape": Family(textiles.drape, 1.0, "medium"),
    "dressform": Family(textiles.dressform, 1.2, "medium"),
    "lamp": Family(vessels.lamp, 0.8, "simple"),
    "glassware": Family(precious.glassware, 3.0, "complex"),
    "crystal": Family(precious.crystal, 0.8, "complex"),
    "chain": Family(precious.chain, 2.2, "complex"),
    "ring": Family(precious.ring, 2.4, "complex"),
    "wirework": Family(delicate.wirework, 1.1, "complex"),
    "grid_rack": Family(delicate.grid_rack, 1.0, "complex"),
    "wheel": Family(delicate.wheel, 0.7, "complex"),
    "net": Family(delicate.net, 2.2, "complex"),
    "perforated": Family(delicate.perforated, 1.4, "complex"),
    "furry": Family(delicate.furry, 2.0, "complex"),
    "brush": Family(delicate.brush, 0.5, "complex"),
    "plant": Family(delicate.plant, 0.8, "complex"),
    "spectacles": Family(precious.spectacles, 1.0, "complex"),
    "scribble": Family(delicate.scribble, 0.7, "medium"),
}


@dataclass(frozen=True)
class Product:
    """What was built.

    Attributes:
        families: names, one per piece; empty for a frame without a product.
        edge: hardest outline among the pieces.
        glassy: whether light must pass through it, so more bounces are needed.
    """

    families: tuple[str, ...]
    edge: str
    glassy: bool


def parts() -> list[bpy.types.Object]:
    """Objects of the scene that belong to the product."""
    return [thing for thing in bpy.context.scene.objects if thing.get("product")]


def vertices() -> np.ndarray:
    """World coordinates of all product vertices after modifiers, N×3 metres."""
    bpy.context.view_layer.update()
    graph = bpy.context.evaluated_depsgraph_get()
    clouds = []
    for part in parts():
        done = part.evaluated_get(graph)
        body = done.to_mesh()
        flat = np.empty(len(body.vertices) * 3, np.float32)
        body.vertices.foreach_get("co", flat)
        matrix = np.array(done.matrix_world)
        clouds.append(flat.reshape(-1, 3) @ matrix[:3, :3].T + matrix[:3, 3])
        done.to_mesh_clear()
    return np.concatenate(clouds)


def _gather(pieces: list[bpy.types.Object], offset: np.ndarray, scale: float, turn: float) -> None:
    """Move, scale and turn the given parts together."""
    hub = bpy.data.objects.new("hub", None)
    bpy.context.scene.collection.objects.link(hub)
    for piece in pieces:
        piece.parent = hub
    hub.location, hub.scale = tuple(offset), (scale, scale, scale)
    hub.rotation_euler = (0, 0, turn)


def _draw(rng: np.random.Generator, *, only_solid: bool) -> str:
    names = [n for n, f in FAMILIES.items() if not only_solid or f.edge == "simple"]
    weights = np.array([FAMILIES[n].weight for n in names])
    return str(rng.choice(names, p=weights / weights.sum()))


def build(rng: np.random.Generator, theme: str, anchor: tuple[float, float, float] | None = None) -> Product:
    """Build one product, a set of two to four, or nothing at all, in the current scene."""
    palette = Palette(rng, theme)
    if anchor:
        palette.anchor = anchor
    draw = rng.random()
    if draw < 0.03:
        return Product((), "simple", False)
    count = 1 if draw < 0.88 else int(rng.integers(2, 5))
    names: list[str] = []
    for k in range(count):
        before = set(bpy.context.scene.objects)
        names.append(_draw(rng, only_solid=count > 1 and rng.random() < 0.8))
        FAMILIES[names[-1]].build(palette)
        fresh = [o for o in bpy.context.scene.objects if o not in before]
        spread = 1.3 * (k - (count - 1) / 2)
        offset = np.array([spread + rng.normal(0, 0.1), rng.normal(0, 0.3), 0]) if count > 1 else np.zeros(3)
        _gather(
            fresh,
            offset,
            rng.uniform(0.5, 1.1) if count > 1 else 1.0,
            rng.uniform(-0.7, 0.7) if rng.random() < 0.7 else rng.uniform(0, 2 * np.pi),
        )
    edge = max((FAMILIES[n].edge for n in names), key=EDGES.index)
    glassy = any(
        FAMILIES[n].build in (precious.glassware, precious.crystal, precious.ring, precious.spectacles, precious.chain)
        for n in names
    )
    return Product(tuple(names), edge, glassy)
