"""What the network is punished for: wrong pixels, wrong area, wrong edges."""

from __future__ import annotations

import torch
from torch.nn import functional as tf


def area_loss(alpha: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """One minus the soft intersection over union of each frame, averaged; B×1×H×W, 0..1."""
    both = torch.minimum(alpha, truth).sum((1, 2, 3))
    either = torch.maximum(alpha, truth).sum((1, 2, 3))
    return (1 - (both + 20) / (either + 20)).mean()


def edge_loss(alpha: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """Mean absolute difference of the gradients along both axes."""
    across = (alpha[..., 1:] - alpha[..., :-1]) - (truth[..., 1:] - truth[..., :-1])
    down = (alpha[..., 1:, :] - alpha[..., :-1, :]) - (truth[..., 1:, :] - truth[..., :-1, :])
    return across.abs().mean() + down.abs().mean()


def total_loss(logits: torch.Tensor, hint: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """Weighted sum over full size and the coarse hint; pixels near an edge count up to four times."""
    near = tf.max_pool2d(truth, 7, 1, 3) + tf.max_pool2d(-truth, 7, 1, 3)
    pixel = (tf.binary_cross_entropy_with_logits(logits, truth, reduction="none") * (1 + 3 * near)).mean()
    alpha = torch.sigmoid(logits)
    small = tf.interpolate(truth, size=hint.shape[2:], mode="area")
    coarse = tf.binary_cross_entropy_with_logits(hint, small) + area_loss(torch.sigmoid(hint), small)
    return pixel + area_loss(alpha, truth) + 2 * edge_loss(alpha, truth) + 0.3 * coarse
