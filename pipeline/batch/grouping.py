"""Shoot groups: images taken with one camera, in one go, in one light, before one backdrop.

White balance and exposure are solved once per group, so that forty photos of one table get one answer.
"""

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.measure.light import Light
from pipeline.model import ShootGroup
from pipeline.settings import Grouping


@dataclass(frozen=True)
class Shot:
    """What grouping knows of one image: `taken` in seconds since the epoch, or None; `shoot` from the sheet."""

    key: str
    camera: str
    taken: float | None
    shoot: str
    light: Light


def group_shots(shots: Sequence[Shot], *, limits: Grouping) -> tuple[ShootGroup, ...]:
    """Return the groups, every shot in exactly one; the order in which shots are given does not matter."""
    groups: list[tuple[str, list[Shot]]] = []
    for session in _sessions(sorted(shots, key=_order), limits):
        clusters: list[list[Shot]] = []
        for shot in session:
            home = next((cluster for cluster in clusters if _alike(cluster, shot, limits)), None)
            if home is None:
                clusters.append([shot])
            else:
                home.append(shot)
        groups += [(session[0].shoot or session[0].camera or "shoot", cluster) for cluster in clusters]
    names = [name for name, _ in groups]
    counts = {name: 0 for name in names}
    solved = []
    for name, cluster in groups:
        counts[name] += 1
        numbered = f"{name} {counts[name]}" if names.count(name) > 1 else name
        solved.append(_solve(numbered, cluster, limits))
    return tuple(solved)


def _order(shot: Shot) -> tuple[str, str, float, str]:
    return shot.shoot, shot.camera, shot.taken if shot.taken is not None else -1.0, shot.key


def _sessions(shots: Sequence[Shot], limits: Grouping) -> Iterator[list[Shot]]:
    """Split where shoot or camera changes or the camera rested too long."""
    session: list[Shot] = []
    for shot in shots:
        if session and _breaks(session[-1], shot, limits):
            yield session
            session = []
        session.append(shot)
    if session:
        yield session


def _breaks(before: Shot, after: Shot, limits: Grouping) -> bool:
    if (before.shoot, before.camera) != (after.shoot, after.camera) or (before.taken is None) != (after.taken is None):
        return True
    return before.taken is not None and after.taken is not None and after.taken - before.taken > limits.gap_seconds


def _alike(cluster: Sequence[Shot], shot: Shot, limits: Grouping) -> bool:
    """Compare with the cluster's first shot, so that a slow drift cannot chain two lights together."""
    first, light = cluster[0].light, shot.light
    color = float(np.linalg.norm(np.subtract(first.lab, light.lab)))
    contrast = abs(np.log(first.key_to_fill / light.key_to_fill))
    return color <= limits.backdrop_delta_e and contrast <= np.log(limits.key_to_fill_ratio)


def _solve(name: str, cluster: Sequence[Shot], limits: Grouping) -> ShootGroup:
    cards = [shot.light.card for shot in cluster if shot.light.card]
    neutral = [
        (shot.light.red, shot.light.blue)
        for shot in cluster
        if shot.light.is_neutral(chroma_limit=limits.neutral_chroma)
    ]
    readings, source = (cards, "card") if cards else (neutral, "backdrop" if neutral else "")
    white = tuple(float(value) for value in np.median(readings, axis=0)) if readings else None
    return ShootGroup(
        name=name,
        members=tuple(shot.key for shot in cluster),
        white=(white[0], white[1]) if white else None,
        source=source,
        lightness=float(np.median([shot.light.lab[0] for shot in cluster])),
    )
