"""Train the embedded engine: `python -m training.train FRAMES RUN --steps 12000`; stops and goes on at any time."""

from __future__ import annotations

import argparse
import copy
import csv
import itertools
import math
import time
from pathlib import Path

import torch
from torch.utils.data import DataLoader

from training.dataset import TrainingStream
from training.dataset import load_frames
from training.dataset import resized
from training.evaluate import summarise
from training.losses import total_loss
from training.network import SEEN
from training.network import Cutout

AVERAGE_KEPT = 0.997


def _arguments() -> argparse.Namespace:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("frames", type=Path, help="folder of rendered frames")
    ask.add_argument("run", type=Path, help="folder for checkpoints and the log")
    ask.add_argument("--steps", type=int, default=12000)
    ask.add_argument("--batch", type=int, default=8)
    ask.add_argument("--side", type=int, default=256, help="px of an example")
    ask.add_argument("--rate", type=float, default=2e-3, help="highest learning rate")
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--check", type=int, default=500, help="steps between validations")
    ask.add_argument("--start-from", type=Path, help="checkpoint whose weights to begin with")
    return ask.parse_args()


def _rate(step: int, args: argparse.Namespace) -> float:
    """Warm up over 200 steps, then half a cosine down to a hundredth."""
    wave = 0.5 * (1 + math.cos(math.pi * min(1.0, step / args.steps)))
    return args.rate * min(1.0, (step + 1) / 200) * (0.01 + 0.99 * wave)


def widened(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return the weights with a stem that sees all channels; the ones it did not know begin at nought."""
    stem = weights["stem.0.weight"]
    more = torch.zeros(stem.shape[0], SEEN - stem.shape[1], *stem.shape[2:])
    return weights | {"stem.0.weight": torch.cat([stem, more], 1)}


class Run:
    """Everything that must survive a stop.

    Attributes:
        network: what learns.
        average: its slowly moving average, which is what ships.
        optimiser: AdamW state.
        step: steps done.
    """

    def __init__(self, args: argparse.Namespace) -> None:
        self.network = Cutout().to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.network).eval()
        self.optimiser = torch.optim.AdamW(self.network.parameters(), lr=args.rate, weight_decay=1e-2)
        self.step, self.path = 0, args.run / "last.pt"
        if self.path.exists():
            kept = torch.load(self.path, weights_only=True)
            self.network.load_state_dict(kept["network"])
            self.average.load_state_dict(kept["average"])
            self.optimiser.load_state_dict(kept["optimiser"])
            self.step = kept["step"]
        elif args.start_from:
            weights = widened(torch.load(args.start_from, weights_only=True)["average"])
            self.network.load_state_dict(weights)
            self.average.load_state_dict(weights)

    def save(self) -> None:
        """Write the checkpoint so that a crash leaves the old or the new one."""
        fresh = self.path.with_suffix(".new")
        state = {name: getattr(self, name).state_dict() for name in ("network", "average", "optimiser")}
        torch.save({**state, "step": self.step}, fresh)
        fresh.replace(self.path)

    def learn(self, seen: torch.Tensor, truth: torch.Tensor, rate: float) -> float:
        """One step on B×14×H×W inputs and B×1×H×W alphas; returns the loss."""
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        with torch.autocast("cpu", torch.bfloat16):
            logits, hint = self.network(seen.to(memory_format=torch.channels_last))
        loss = total_loss(logits.float(), hint.float(), truth)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimiser.step()
        self.step += 1
        keep = min(AVERAGE_KEPT, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for slow, quick in zip(self.average.state_dict().values(), self.network.state_dict().values(), strict=True):
                slow.copy_(slow * keep + quick * (1 - keep) if slow.is_floating_point() else quick)
        return float(loss.detach())


def _log(path: Path, row: dict[str, object]) -> None:
    begins = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(row))
        if begins:
            writer.writeheader()
        writer.writerow(row)


def main() -> None:
    """Train until `--steps`, validating and saving on the way."""
    args = _arguments()
    args.run.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    run = Run(args)
    held, _ = load_frames(args.frames, held=True)
    checks = [(resized(frame, 288), frame.record) for frame in held[:96]]
    stream = TrainingStream(args.frames, args.side, seed=run.step + 1)
    loader = DataLoader(stream, args.batch, num_workers=1, prefetch_factor=4, multiprocessing_context="spawn")
    losses, begun = [], time.perf_counter()
    for seen, truth in itertools.islice(loader, args.steps - run.step):
        losses.append(run.learn(seen, truth, _rate(run.step, args)))
        if run.step % 50 == 0:
            pace = (time.perf_counter() - begun) / len(losses)
            print(f"step {run.step} loss {sum(losses[-50:]) / len(losses[-50:]):.4f} {pace:.2f} s/step", flush=True)
        if run.step % args.check == 0 or run.step == args.steps:
            run.save()
            row = {"step": run.step, "loss": round(sum(losses[-args.check :]) / len(losses[-args.check :]), 4)}
            row.update(summarise(run.average, checks))
            _log(args.run / "log.csv", row)
            print(row, flush=True)


if __name__ == "__main__":
    main()
