"""Mutation testing: every small wrong change to chosen modules, each run against the tests of that module alone.

Judging and remembering are where a mistake would ship a bad image, so these are the modules of `measure/` and `store/`.
A change that no test notices is a survivor: it is named, and is either without effect or a missing test. Needs `fork`.
"""

import argparse
import ast
import importlib.abc
import importlib.machinery
import importlib.util
import os
import resource
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Final

from benchmarks.faulting.mutations import Mutant
from benchmarks.faulting.mutations import mutants
from benchmarks.report import Goal
from benchmarks.report import finish

ROOT: Final = Path(__file__).parents[1]
MEASURE, STORE = "tests/pipeline/measure/test_", "tests/pipeline/store/test_store_"
TARGETS: Final[dict[str, tuple[str, ...]]] = {
    "pipeline.measure.whiteness": (f"{MEASURE}measure_whiteness.py",),
    "pipeline.measure.gates": (f"{MEASURE}gates.py",),
    "pipeline.measure.statistics": (f"{MEASURE}statistics.py",),
    "pipeline.measure.placement": (f"{MEASURE}measure_placement.py",),
    "pipeline.store.claims": (f"{STORE}claims.py",),
    "pipeline.store.chain": (f"{STORE}chain.py",),
    "pipeline.store.decisions": (f"{STORE}decisions.py", f"{STORE}histories.py"),
    "pipeline.store.retention": (f"{STORE}retention.py",),
}
"""Modules, and the tests that alone must notice."""
QUICK_STEP: Final = 24
GOALS: Final[dict[str, Goal]] = {"killed_share": (">=", 0.85)}
LIBRARIES: Final = (
    "PySide6.QtTest",
    "PySide6.QtWidgets",
    "cv2",
    "hypothesis.stateful",
    "imagecodecs",
    "numpy",
    "pebble",
)
LIBRARIES_MORE: Final = ("PIL.Image", "pytest", "scipy.stats", "skimage.metrics", "sqlite_utils", "tifffile")


class Planted(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module another program than the one in its file."""

    def __init__(self, name: str, program: ast.Module) -> None:
        self.name, self.program = name, program

    def find_spec(self, name: str, path: object, target: object = None) -> importlib.machinery.ModuleSpec | None:
        """Answer for that module alone."""
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, _file(name), loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Run the other program."""
        exec(compile(self.program, str(_file(self.name)), "exec"), module.__dict__)


def main() -> int:
    """Plant every change, one after the other, and say which ones nobody noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"every {QUICK_STEP}th change")
    parser.add_argument("--only", help="one module by name")
    options = parser.parse_args()
    for library in (*LIBRARIES, *LIBRARIES_MORE):
        importlib.import_module(library)
    figures: dict[str, float] = {}
    planted = noticed = 0
    for name, tests in TARGETS.items():
        if options.only in (None, name):
            chosen = list(mutants(_file(name).read_text("utf-8")))[:: QUICK_STEP if options.quick else 1]
            survivors = _survivors(name, tests, chosen)
            planted, noticed = planted + len(chosen), noticed + len(chosen) - len(survivors)
            figures |= {f"{name}.planted": len(chosen), f"{name}.survived": len(survivors)}
    figures |= {"planted": planted, "survived": planted - noticed, "killed_share": noticed / max(planted, 1)}
    return finish("mutants", figures, GOALS)


def _survivors(name: str, tests: Sequence[str], chosen: Sequence[Mutant]) -> list[Mutant]:
    """Return the changes that the tests did not notice. Raises RuntimeError where they fail without any."""
    begun, before = time.perf_counter(), _seconds_of_children()
    if _tested(name, ast.parse(_file(name).read_text("utf-8")), tests, 600):
        raise RuntimeError(f"The tests of {name} fail without any change.")
    most = round(_seconds_of_children() - before) * 3 + 10
    survivors = []
    for mutant in chosen:
        if _tested(name, mutant.tree, tests, most) == 0:
            survivors.append(mutant)
            print(f"survived: {name}:{mutant.line}: {mutant.change}", file=sys.stderr, flush=True)
    seconds = time.perf_counter() - begun
    print(f"{name}: {len(chosen)} planted, {len(survivors)} survived, {seconds:.0f} s", file=sys.stderr, flush=True)
    return survivors


def _tested(name: str, program: ast.Module, tests: Sequence[str], seconds: int) -> int:
    """Run the tests in a child that knows the other program; return 0 where they pass."""
    pid = os.fork()
    if pid == 0:
        try:
            _test(name, program, tests, seconds)
        finally:
            os._exit(70)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _test(name: str, program: ast.Module, tests: Sequence[str], seconds: int) -> None:
    import pytest

    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silence, stream)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    signal.alarm(seconds * 10)  # where a change makes it wait for ever
    os.chdir(ROOT)
    sys.meta_path.insert(0, Planted(name, program))
    quietly = (
        "-q",
        "-x",
        "-W",
        "ignore::pytest.PytestAssertRewriteWarning",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-p",
        "no:cov",
    )
    os._exit(int(pytest.main([*quietly, *tests])))


def _seconds_of_children() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def _file(name: str) -> Path:
    return ROOT.joinpath(*name.split(".")).with_suffix(".py")


if __name__ == "__main__":
    sys.exit(main())
