"""Small plots as inline SVG, for pages that load nothing."""

import math
from collections.abc import Sequence
from typing import Final

from markupsafe import Markup
from markupsafe import escape

WIDTH, HEIGHT = 420, 150
LEFT, BOTTOM, TOP = 34, 34, 14
BINS: Final = 20


def histogram(
    values: Sequence[float], *, title: str, unit: str, low: float | None = None, high: float | None = None
) -> Markup:
    """Return a histogram of `values` between `low` and `high` (default: their own range) with its median marked.

    Without any value it says so.
    """
    finite = sorted(value for value in values if math.isfinite(value))
    if not finite:
        return Markup("<figure><figcaption>{}: nothing was measured</figcaption></figure>").format(title)
    least = min(finite) if low is None else low
    most = max(finite) if high is None else high
    width = (most - least) / BINS or 1.0
    counts = [0] * BINS
    for value in finite:
        counts[min(BINS - 1, max(0, int((value - least) / width)))] += 1
    middle = finite[len(finite) // 2]
    parts = [*_bars(counts), *_axis(least, least + BINS * width, max(counts), unit), _mark(middle, least, width)]
    caption = f"{title}: {len(finite)} images, median {_number(middle)} {unit}"
    return Markup(
        '<figure><svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg><figcaption>{}</figcaption></figure>'
    ).format(WIDTH, HEIGHT, caption, Markup("").join(parts), caption)


def _bars(counts: Sequence[int]) -> list[Markup]:
    step, room = (WIDTH - LEFT) / len(counts), HEIGHT - BOTTOM - TOP
    bars = []
    for at, count in enumerate(counts):
        tall = room * count / max(counts)
        bars.append(
            Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="#5b7fa6"/>').format(
                LEFT + at * step + 0.5, HEIGHT - BOTTOM - tall, step - 1, tall
            )
        )
    return bars


def _axis(least: float, most: float, highest: int, unit: str) -> list[Markup]:
    ground = HEIGHT - BOTTOM
    line = Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="#888"/>').format(LEFT, ground, WIDTH, ground)
    places = [(LEFT, "start", least), ((LEFT + WIDTH) / 2, "middle", (least + most) / 2), (WIDTH, "end", most)]
    texts = [_text(x, ground + 15, anchor, _number(value)) for x, anchor, value in places]
    return [line, *texts, _text(LEFT - 5, TOP + 4, "end", str(highest)), _text(WIDTH, HEIGHT - 3, "end", unit)]


def _mark(value: float, least: float, width: float) -> Markup:
    x = LEFT + (value - least) / (BINS * width) * (WIDTH - LEFT)
    return Markup('<line x1="{:.1f}" y1="{}" x2="{:.1f}" y2="{}" stroke="#c2410c" stroke-dasharray="3 2"/>').format(
        x, TOP, x, HEIGHT - BOTTOM
    )


def _text(x: float, y: float, anchor: str, text: str) -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(x, y, anchor, escape(text))


def _number(value: float) -> str:
    return f"{value:.3g}"
