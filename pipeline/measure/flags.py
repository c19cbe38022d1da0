"""What a person should look at: readings beyond the settings' values, each with a sentence and its evidence."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pipeline.model import Flag
from pipeline.model import Reading


@dataclass(frozen=True)
class Rule:
    """The reading's value is called too much in these words; `probability` at the limit, growing beyond it.

    `both` counts values below zero as much as those above; `is_chance` where the value is a probability itself.
    """

    words: Callable[[Reading, float], str]
    probability: float = 0.7
    both: bool = False
    is_chance: bool = False


RULES: Final[dict[str, Rule]] = {
    "strays": Rule(lambda r, v: f"small pieces that are no part of the product: {v:.0f}, {r.detail}"),
    "lost_parts": Rule(lambda r, v: f"places where the product goes on and was cut away: {v:.0f}, {r.detail}", 0.8),
    "filled_holes": Rule(lambda r, v: f"holes of the product that still hold backdrop: {v:.0f}, {r.detail}", 0.8),
    "fringe": Rule(
        lambda r, v: (
            f"the cut-out is {abs(v):.1f} px too {'large' if v > 0 else 'small'} along the outline; {r.detail}"
        ),
        both=True,
    ),
    "edge_width": Rule(lambda r, v: f"the edge is {v:.1f} times as soft as the original's; {r.detail}"),
    "jaggedness": Rule(lambda r, v: f"the outline is jagged by {v:.2f} px; {r.detail}"),
    "halo": Rule(lambda r, v: f"a ring in the old backdrop's colour, ΔE {v:.0f}; {r.detail}"),
    "off_center": Rule(lambda r, v: f"the product lies {v:.1%} of the frame off the centre"),
    "unasked_shift": Rule(
        lambda r, v: f"the product's colour moved by ΔE {v:.1f} beyond the correction on record", 0.8
    ),
    "product_changed": Rule(lambda r, v: f"{v:.2%} of the product no longer looks like the original; {r.detail}", 0.9),
    "ssim_unlike": Rule(lambda r, v: f"{v:.2%} of the product is not built like the original; {r.detail}", 0.8),
    "writing": Rule(lambda r, v: f"a stamp, a watermark or a tag on the product, {v:.0f} lines: {r.detail}", 0.8),
    "grain_changed": Rule(lambda r, v: f"the product's pixels differ all over by {v:.1f} levels, as from coding"),
    "burnt": Rule(lambda r, v: f"{v:.1%} of the product burned out to full scale; {r.detail}", 0.8),
    "smear": Rule(lambda r, v: f"a fill lost {v:.0%} of the texture around it", 0.8),
    "repeats": Rule(lambda r, v: f"{v:.0%} of a fill repeats its surroundings", 0.8),
    "seam": Rule(lambda r, v: f"a fill's border shows as a step of {v:.0f} levels", 0.8),
    "wisps": Rule(lambda r, v: f"faint remains away from the product: {v:.2%} of its area, {r.detail}"),
    "shadow_left": Rule(lambda r, v: f"{v:.1%} of the product looks like shadow on the backdrop"),
    "fading": Rule(
        lambda r, v: f"the outline has no edge for {v:.0%} of the product's length, as where a shadow was kept", 0.8
    ),
    "backdrop_left": Rule(lambda r, v: f"{v:.0%} of the product cannot be told from the backdrop"),
    "artifact": Rule(
        lambda r, v: f"with such readings {v:.0%} of results have a fault, says {r.detail}", is_chance=True
    ),
}


def raise_flags(readings: dict[str, Reading], limits: dict[str, float]) -> tuple[Flag, ...]:
    """Return a flag for each reading that reaches its limit, in the order of `RULES`; the unmeasured has none.

    A limit of 0 switches a flag off.
    """
    found = []
    for name, rule in RULES.items():
        value, limit = readings[name].value, limits[name]
        if value is None or not limit:
            continue
        excess = (abs(value) if rule.both else value) / limit
        if excess >= 1:
            probability = value if rule.is_chance else min(0.99, 1 - (1 - rule.probability) / excess)
            found.append(Flag(name, probability, rule.words(readings[name], value), readings[name].evidence))
    return tuple(found)
