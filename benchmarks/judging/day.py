"""The article's day: 500 edited images, 45 of them bad; glanced at, or judged.

Images are drawn from the examined cases with replacement, many days over, so that the figures are means of a day and
not one day's luck. A bad image is a visible fault; kinds are drawn evenly, since nobody knows how often each happens.
"""

from typing import Final

import numpy as np

from benchmarks.judging.cases import CLEAN
from benchmarks.judging.examine import Row

IMAGES: Final = 500
BAD: Final = 45
GLANCED_AT: Final = 3
SECONDS: Final = 18.0
DAYS: Final = 400


def day_figures(rows: list[Row]) -> dict[str, float]:
    """Return bad images shipped, images looked at and minutes, for glancing at three and for ours."""
    clean = np.array([row.caught for row in rows if row.case.kind == CLEAN])
    kinds = sorted({row.case.kind for row in rows if row.visible})
    bad = [np.array([row.caught for row in rows if row.visible and row.case.kind == kind]) for kind in kinds]
    if not len(clean) or not bad:
        return {}
    rng = np.random.default_rng(500)
    shipped, looked = [], []
    for _ in range(DAYS):
        good = clean[rng.integers(len(clean), size=IMAGES - BAD)]
        drawn = [bad[index] for index in rng.integers(len(bad), size=BAD)]
        stopped = np.array([answers[rng.integers(len(answers))] for answers in drawn])
        shipped.append(BAD - int(stopped.sum()))
        looked.append(int(good.sum() + stopped.sum()))
    return {
        "naive_bad_shipped": BAD - BAD * GLANCED_AT / IMAGES,
        "naive_looked_at": GLANCED_AT,
        "naive_minutes": GLANCED_AT * SECONDS / 60,
        "day_bad_shipped": float(np.mean(shipped)),
        "day_bad_shipped_95_percent": float(np.percentile(shipped, 95)),
        "day_looked_at": float(np.mean(looked)),
        "day_share_looked_at": float(np.mean(looked)) / IMAGES,
        "day_minutes": float(np.mean(looked)) * SECONDS / 60,
    }
