"""Render training frames: `python -m training.render OUT --count 1000`; needs bpy 5.0.1 on Python 3.11."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import bpy
import numpy as np
from PIL import Image

from training import develop
from training.scenes import products
from training.scenes import shot
from training.scenes import studio
from training.scenes.materials import Palette

THEME_ODDS = {"any": 0.62, "white": 0.17, "dark": 0.1, "tonal": 0.11}


def _arguments() -> argparse.Namespace:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("out", type=Path)
    ask.add_argument("--start", type=int, default=0, help="first product seed")
    ask.add_argument("--count", type=int, default=100, help="how many products")
    ask.add_argument("--views", type=int, default=2, help="pictures per product")
    ask.add_argument("--size", type=int, default=320, help="side of a frame, px")
    ask.add_argument("--samples", type=int, default=14, help="light paths per pixel")
    return ask.parse_args()


def _save(out: Path, name: str, picture: np.ndarray, alpha: np.ndarray) -> None:
    Image.fromarray(picture).save(out / f"{name}.png")
    Image.fromarray((alpha * 255 + 0.5).astype(np.uint8)).save(out / f"{name}.alpha.png")


def _view(
    seed: int, view: int, theme: str, anchor: tuple, built: products.Product, size: int
) -> tuple[np.ndarray, np.ndarray, dict]:
    """One picture of the product standing in the scene: sRGB uint8, alpha float 0..1, its record."""
    rng = np.random.default_rng([seed, view, 7])
    palette = Palette(rng, theme)
    palette.anchor = anchor
    setup = studio.draw_setup(rng, palette)
    corners = np.array([(x, y, z) for x in (-0.6, 0.6) for y in (-0.4, 0.4) for z in (0, 1.2)])
    cloud = products.vertices() if built.families else corners
    low, high = cloud.min(0), cloud.max(0)
    studio.clear()
    studio.add_backdrop(setup, rng, low, high)
    studio.add_light(setup, rng, low, high)
    studio.add_camera(setup, rng, cloud)
    linear = shot.photograph(seed * 16 + view)
    alpha = shot.matte() if built.families else np.zeros((size, size), np.float32)
    picture, gain = develop.expose(linear, alpha, setup.backdrop, rng)
    contrast = develop.edge_contrast(picture, alpha)
    soft = float(((alpha > 0.03) & (alpha < 0.97)).sum() / max(1, (alpha > 0.03).sum()))
    record = {
        "theme": theme,
        "families": built.families,
        "gain": gain,
        "contrast": contrast,
        "soft": soft,
        "coverage": float(alpha.mean()),
        **setup.record(),
    }
    record["edge_class"] = develop.edge_class(built.edge, contrast, soft)
    return picture, alpha, record


def build(seed: int) -> tuple[products.Product, str, tuple]:
    """Build product `seed` in an empty scene; returns it, its theme and the colour that its backdrop may share."""
    rng = np.random.default_rng([seed, 3])
    theme = str(rng.choice(list(THEME_ODDS), p=list(THEME_ODDS.values())))
    bpy.ops.wm.read_factory_settings(use_empty=True)
    anchor = Palette(rng, theme).anchor
    return products.build(rng, theme, anchor), theme, anchor


def _product(seed: int, args: argparse.Namespace) -> None:
    """Take all views of product `seed`."""
    built, theme, anchor = build(seed)
    fine = built.edge == "complex"
    shot.prepare(args.size, args.samples * (2 if fine else 1), glassy=built.glassy)
    for view in range(args.views):
        begun = time.perf_counter()
        picture, alpha, record = _view(seed, view, theme, anchor, built, args.size)
        name = f"{seed:06d}-{view}"
        _save(args.out, name, picture, alpha)
        record = {"name": name, "seed": seed, "view": view, "seconds": round(time.perf_counter() - begun, 2), **record}
        with (args.out / "frames.jsonl").open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(record) + "\n")
        print(name, record["families"], record["edge_class"], record["seconds"], flush=True)


def main() -> None:
    """Render every product seed that has no record yet."""
    args = _arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    listing = args.out / "frames.jsonl"
    done = {json.loads(line)["seed"] for line in listing.read_text().splitlines()} if listing.exists() else set()
    for seed in range(args.start, args.start + args.count):
        if seed not in done:
            _product(seed, args)


if __name__ == "__main__":
    main()
