"""Judgement: one known fault at a time in correct results; what is caught, by what, where, and what a day costs.

Needs the shared test shoot and packshots beside the checkout. Recall counts visible faults only; what is visible, and
why, is data in `training/defects/catalog.py`. A case is caught when the line would not approve it without a person.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor

from benchmarks.judging.cases import CLEAN
from benchmarks.judging.cases import QUICK_CUT
from benchmarks.judging.cases import SHARED
from benchmarks.judging.cases import Case
from benchmarks.judging.cases import all_cases
from benchmarks.judging.cases import cut_names
from benchmarks.judging.cases import finished_names
from benchmarks.judging.day import day_figures
from benchmarks.judging.examine import Row
from benchmarks.judging.examine import examine
from benchmarks.judging.speed import GOALS as SPEED_GOALS
from benchmarks.judging.speed import speed_figures
from benchmarks.report import finish
from training.defects.catalog import CONTROLS
from training.defects.catalog import KINDS

GOALS = {
    "recall": (">=", 0.97),
    "recall_worst_kind": (">=", 0.90),
    "evidence_in_place": (">=", 0.90),
    "false_alarms": ("<=", 0.10),
    "day_bad_shipped": ("<=", 1.0),
    "day_share_looked_at": ("<=", 0.20),
} | SPEED_GOALS


def main() -> int:
    """Measure and print; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few bases, one strength a kind, the same figures")
    parser.add_argument("--kind", action="append", help="only these kinds of fault")
    arguments = parser.parse_args()
    if not (SHARED / "shoot").is_dir():
        print(f"{SHARED} is missing; nothing was measured.", file=sys.stderr)
        return finish("judgement", {}, GOALS)
    rows = examine_all(_cases(arguments.quick, arguments.kind))
    for line in table(rows):
        print(line, file=sys.stderr)
    figures = seen_figures(rows) | day_figures(rows) | speed_figures(quick=arguments.quick)
    return finish("judgement", figures, GOALS)


def _cases(quick: bool, kinds: list[str] | None) -> list[Case]:
    if quick:
        finished = finished_names()[::4]
        cases = all_cases(bases_per_strength=1, clean_variants=1, cut=list(QUICK_CUT), finished=finished)
        cases = [case for case in cases if case.kind in (CLEAN, *CONTROLS) or case.strength == _middle(case.kind)]
    else:
        cases = all_cases(bases_per_strength=9, clean_variants=4, cut=cut_names(), finished=finished_names())
    return [case for case in cases if not kinds or case.kind in kinds]


def _middle(kind: str) -> float:
    """The middle one of the strengths at which a kind is seen."""
    seen = [strength for strength in KINDS[kind].strengths if KINDS[kind].is_seen_at(strength)]
    return seen[len(seen) // 2]


def examine_all(cases: list[Case]) -> list[Row]:
    """Examine all cases on all cores, those of one base together."""
    ordered = sorted(cases, key=lambda case: case.base)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        rows = list(pool.map(examine, ordered, chunksize=6))
    return [row for row in rows if row is not None]


def seen_figures(rows: list[Row]) -> dict[str, float]:
    """Recall over all visible faults and per kind, evidence, false alarms on clean results and good fills."""
    visible = [row for row in rows if row.visible]
    clean = [row for row in rows if row.case.kind == CLEAN]
    fills = [row for row in rows if row.case.kind in CONTROLS]
    per_kind = {kind: _share([row.caught for row in visible if row.case.kind == kind]) for kind in KINDS}
    known = {kind: share for kind, share in per_kind.items() if share is not None}
    caught = [row for row in visible if row.caught]
    figures = {f"recall_{kind}": share for kind, share in known.items()}
    figures |= {"visible": len(visible), "clean": len(clean), "cases": len(rows)}
    figures["recall"] = _share([row.caught for row in visible]) or 0.0
    figures["recall_worst_kind"] = min(known.values(), default=0.0)
    figures["evidence_in_place"] = _share([row.in_place for row in caught]) or 0.0
    figures["false_alarms"] = _share([row.caught for row in clean]) or 0.0
    figures["false_alarms_good_fill"] = _share([row.caught for row in fills]) or 0.0
    return figures


def table(rows: list[Row]) -> Iterable[str]:
    """One line per kind and strength: cases, visible ones, recall over those, evidence, and what caught them."""
    yield f"{'kind':16}{'strength':>9}{'cases':>6}{'seen':>6}{'recall':>8}{'place':>7}  caught by"
    for kind, rules in {CLEAN: None, **CONTROLS, **KINDS}.items():
        for strength in rules.strengths if rules else (0,):
            those = [row for row in rows if (row.case.kind, row.case.strength) == (kind, strength)]
            seen = [row for row in those if row.visible or kind not in KINDS]
            caught = [row for row in seen if row.caught]
            by = Counter(name for row in caught for name in row.caught_by).most_common(5)
            recall, place = _share([row.caught for row in seen]), _share([row.in_place for row in caught])
            words = ", ".join(f"{name} {count}" for name, count in by)
            yield (f"{kind:16}{strength:>9g}{len(those):>6}{len(seen):>6}{_text(recall):>8}{_text(place):>7}  {words}")


def _share(answers: list[bool]) -> float | None:
    return sum(answers) / len(answers) if answers else None


def _text(share: float | None) -> str:
    return "–" if share is None else f"{share:.2f}"


if __name__ == "__main__":
    sys.exit(main())
