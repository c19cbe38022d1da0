"""Takes one picture of the current scene and its exact matte, as linear floats."""

from __future__ import annotations

import tempfile
from pathlib import Path

import bpy
import numpy as np


def prepare(size: int, samples: int, *, glassy: bool) -> None:
    """Set the renderer for square frames of `size` px."""
    scene = bpy.context.scene
    render, cycles = scene.render, scene.cycles
    render.engine, render.resolution_percentage = "CYCLES", 100
    render.resolution_x = render.resolution_y = size
    cycles.device, cycles.samples, cycles.use_adaptive_sampling = "CPU", samples, False
    cycles.use_denoising, cycles.denoiser = True, "OPENIMAGEDENOISE"
    cycles.denoising_quality = cycles.denoising_prefilter = "FAST"
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = (9 if glassy else 4), 2, 3
    cycles.caustics_reflective = cycles.caustics_refractive = False
    scene.view_settings.view_transform = "Raw"
    files = render.image_settings
    files.file_format, files.color_mode, files.color_depth = "OPEN_EXR", "RGBA", "16"


def _render() -> np.ndarray:
    """Render the scene, H×W×4 float32 linear, first row on top."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "frame.exr"
        bpy.context.scene.render.filepath = str(path)
        bpy.ops.render.render(write_still=True)
        image = bpy.data.images.load(str(path))
        wide, high = image.size
        flat = np.empty(wide * high * 4, np.float32)
        image.pixels.foreach_get(flat)
        bpy.data.images.remove(image)
    return flat.reshape(high, wide, 4)[::-1]


def photograph(seed: int) -> np.ndarray:
    """The scene as a camera sees it, H×W×3 float32 linear light, unexposed."""
    scene = bpy.context.scene
    scene.cycles.seed = seed % 2**31
    scene.render.film_transparent = False
    return _render()[..., :3].copy()


def matte(samples: int = 32) -> np.ndarray:
    """Exact coverage of the product's silhouette, H×W float32 0..1: everything glows, nothing else is there."""
    scene = bpy.context.scene
    glow = bpy.data.materials.new("glow")
    glow.use_nodes = True
    tree = glow.node_tree
    tree.nodes.clear()
    light, out = tree.nodes.new("ShaderNodeEmission"), tree.nodes.new("ShaderNodeOutputMaterial")
    tree.links.new(light.outputs[0], out.inputs[0])
    studio = [o for o in scene.objects if o.get("studio") and o.type == "MESH"]
    for thing in studio:
        thing.hide_render = True
    scene.view_layers[0].material_override = glow
    kept = (scene.cycles.samples, scene.cycles.use_denoising, scene.cycles.max_bounces)
    scene.cycles.samples, scene.cycles.use_denoising, scene.cycles.max_bounces = samples, False, 0
    scene.render.film_transparent = True
    alpha = _render()[..., 3].copy()
    scene.cycles.samples, scene.cycles.use_denoising, scene.cycles.max_bounces = kept
    scene.view_layers[0].material_override = None
    for thing in studio:
        thing.hide_render = False
    return np.clip(alpha, 0, 1)
