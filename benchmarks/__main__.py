"""`make bench`: run every benchmark and write benchmarks/RESULTS.md."""

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
NOT_BENCHMARKS = {"__init__", "__main__", "mutants", "report"}
LIBRARIES = (
    "numpy",
    "opencv-python-headless",
    "pillow",
    "onnxruntime",
    "imagecodecs",
    "scikit-image",
    "pyside6-essentials",
)


def main() -> int:
    """Run all benchmarks, one process each; 1 when any goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer frames, the same figures")
    quick = ["--quick"] if parser.parse_args().quick else []
    names = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_BENCHMARKS)
    results = [_run(name, quick) for name in names]
    (HERE / "RESULTS.md").write_text(_page(results, bool(quick)), "utf-8")
    return 0 if all(result["passed"] for result in results) else 1


def _run(name: str, quick: list[str]) -> dict:
    print(f"— {name}", file=sys.stderr)
    command = [sys.executable, "-m", f"benchmarks.{name}", *quick]
    finished = subprocess.run(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=False)
    lines = finished.stdout.strip().splitlines()
    try:
        return json.loads(lines[-1])
    except (IndexError, json.JSONDecodeError):
        return {"bench": name, "figures": {}, "goals": {}, "passed": False}


def _page(results: list[dict], quick: bool) -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    lines = [
        "# Results",
        "",
        f"{datetime.date.today()}, {'quick' if quick else 'full'} run on {os.cpu_count()} cores and {memory:.0f} GiB, "
        f"{platform.machine()}, CPython {platform.python_version()}; {libraries}.",
    ]
    for result in results:
        lines += [
            "",
            f"## {result['bench']}: {'passed' if result['passed'] else 'missed'}",
            "",
            "| figure | value | goal |",
            "|---|---:|---|",
        ]
        for name, value in result["figures"].items():
            goal = result["goals"].get(name)
            lines.append(f"| {name} | {value} | {' '.join(map(str, goal)) if goal else ''} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
