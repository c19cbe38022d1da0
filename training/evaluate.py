"""How good a network is on frames with exact mattes: `python -m training.evaluate MODEL.onnx FOLDER --side 256`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import nn

from training.dataset import held_out
from training.dataset import seen


def overlap(alpha: NDArray[np.float32], truth: NDArray[np.float32]) -> float:
    """Intersection over union of alpha > 0.5; 1 when both are empty."""
    found, there = alpha > 0.5, truth > 0.5
    either = np.logical_or(found, there).sum()
    return float(np.logical_and(found, there).sum() / either) if either else 1.0


def _edge(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    solid = mask.astype(np.uint8)
    return (cv2.dilate(solid, np.ones((3, 3), np.uint8)) - cv2.erode(solid, np.ones((3, 3), np.uint8))) > 0


def boundary_f(alpha: NDArray[np.float32], truth: NDArray[np.float32], reach: int = 2) -> float:
    """F measure of the outlines of alpha > 0.5, matched within `reach` px."""
    ours, theirs = _edge(alpha > 0.5), _edge(truth > 0.5)
    if not ours.any() or not theirs.any():
        return float(ours.any() == theirs.any())
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    precision = cv2.dilate(theirs.astype(np.uint8), disc)[ours].mean()
    recall = cv2.dilate(ours.astype(np.uint8), disc)[theirs].mean()
    return float(2 * precision * recall / max(precision + recall, 1e-9))


def summarise(network: nn.Module, checks: Sequence[tuple[tuple, dict]]) -> dict[str, float]:
    """Mean IoU (all and per edge class), boundary F at 1 px and mean absolute error over prepared frames."""
    network.eval()
    kinds, figures = [], []
    for (planes, truth), record in checks:
        with torch.no_grad():
            alpha = torch.sigmoid(network(torch.from_numpy(planes[None]))[0])[0, 0].numpy()
        kinds.append(record["edge_class"])
        figures.append((overlap(alpha, truth), boundary_f(alpha, truth, 1), float(np.abs(alpha - truth).mean())))
    table, kind = np.array(figures), np.array(kinds)
    means = dict(zip(("iou", "boundary_f", "mae"), table.mean(0), strict=True))
    for name in ("simple", "medium", "complex"):
        means[f"iou_{name}"] = table[kind == name, 0].mean() if name in kinds else np.nan
    return {name: round(float(value), 4) for name, value in means.items()}


def fit_side(wide: int, high: int, side: int) -> tuple[int, int]:
    """Width and height, multiples of 32, for a frame whose longest side becomes about `side`."""
    scale = side / max(wide, high)
    return max(32, round(wide * scale / 32) * 32), max(32, round(high * scale / 32) * 32)


def engine(model: Path, side: int, threads: int = 2) -> Callable[[NDArray[np.uint8]], NDArray[np.float32]]:
    """Function from H×W×3 uint8 to alpha H×W float32 with a shipped model."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    def cut_out(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
        high, wide = picture.shape[:2]
        small = cv2.resize(picture, fit_side(wide, high, side), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
        alpha = session.run(["alpha"], {"image": seen(small)[None]})[0][0, 0]
        return cv2.resize(alpha, (wide, high), interpolation=cv2.INTER_CUBIC)

    return cut_out


def _names(folder: Path, *, held: bool) -> list[str]:
    """Names of the frames in `folder`; with `held`, only those the training never saw."""
    if not held:
        return sorted(path.name.removesuffix(".alpha.png") for path in folder.glob("*.alpha.png"))
    records = [json.loads(line) for line in (folder / "frames.jsonl").read_text("utf-8").splitlines()]
    return [record["name"] for record in records if held_out(record["seed"])]


def main() -> None:
    """Print one JSON line per frame of a folder of NAME.png and NAME.alpha.png, then the means."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("model", type=Path)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--side", type=int, default=256, help="longest side of what the network sees, px")
    ask.add_argument("--held-out", action="store_true", help="only the held-out products of rendered frames")
    args = ask.parse_args()
    cut_out, found = engine(args.model, args.side, threads=1), []
    for name in _names(args.folder, held=args.held_out):
        truth = np.asarray(Image.open(args.folder / f"{name}.alpha.png").convert("L"), np.float32) / 255
        alpha = cut_out(np.asarray(Image.open(args.folder / f"{name}.png").convert("RGB")))
        found.append((overlap(alpha, truth), boundary_f(alpha, truth), float(np.abs(alpha - truth).mean())))
        print(json.dumps({"name": name, "iou": round(found[-1][0], 4), "boundary_f": round(found[-1][1], 4)}))
    means = np.mean(found, 0).round(4).tolist()
    print(json.dumps({"frames": len(found), "iou": means[0], "boundary_f": means[1], "mae": means[2]}))


if __name__ == "__main__":
    main()
