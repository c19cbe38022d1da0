"""The one form in which every benchmark speaks."""

import json
from collections.abc import Mapping

Goal = tuple[str, float]
"""`(">=", number)` or `("<=", number)`."""


def is_reached(value: float, goal: Goal) -> bool:
    """Say whether a figure reaches its goal."""
    sign, number = goal
    return value >= number if sign == ">=" else value <= number


def finish(bench: str, figures: Mapping[str, float], goals: Mapping[str, Goal]) -> int:
    """Print the closing JSON line and return the exit status: 1 when a goal is missed or was not measured."""
    passed = all(name in figures and is_reached(figures[name], goal) for name, goal in goals.items())
    rounded = {name: round(float(value), 4) for name, value in figures.items()}
    print(json.dumps({"bench": bench, "figures": rounded, "goals": goals, "passed": passed}))
    return 0 if passed else 1
