"""Turn a checkpoint into the model that ships: `python -m training.export CHECKPOINT OUT.onnx`."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch

from training.dataset import CHANNELS
from training.network import Cutout
from training.network import Exported

LARGEST_BYTES = 8 * 2**20
FREE = {0: "batch", 2: "height", 3: "width"}


def export(checkpoint: Path, model: Path) -> None:
    """Write the averaged weights of `checkpoint` as ONNX (float32, opset 17, free height and width)."""
    network = Cutout()
    network.load_state_dict(torch.load(checkpoint, weights_only=True)["average"])
    shipped = Exported(network).eval()
    torch.onnx.export(
        shipped,
        (torch.zeros(1, CHANNELS, 256, 320),),
        str(model),
        input_names=["image"],
        output_names=["alpha"],
        dynamic_axes={"image": FREE, "alpha": FREE},
        opset_version=17,
        dynamo=False,
    )
    onnx.checker.check_model(onnx.load(model))
    _same_answer(shipped, model)


def _same_answer(shipped: Exported, model: Path) -> None:
    """Refuse a model whose answers differ from the network's or that is too large to ship."""
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    for shape in ((288, 288), (320, 224)):
        image = np.random.default_rng(1).random((1, CHANNELS, *shape), np.float32)
        with torch.no_grad():
            wanted = shipped(torch.from_numpy(image)).numpy()
        found = session.run(["alpha"], {"image": image})[0]
        if found.shape != (1, 1, *shape) or np.abs(found - wanted).max() > 1e-3:
            raise SystemExit(f"the exported model answers differently at {shape}")
    if model.stat().st_size > LARGEST_BYTES:
        raise SystemExit("the exported model is larger than 8 MB")


def main() -> None:
    """Export, then print the SHA-256 for the model card."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("checkpoint", type=Path)
    ask.add_argument("model", type=Path)
    args = ask.parse_args()
    export(args.checkpoint, args.model)
    print(hashlib.sha256(args.model.read_bytes()).hexdigest(), args.model.stat().st_size)


if __name__ == "__main__":
    main()
