"""The house rules, executable: layers, sizes, forbidden words, and a map that equals the tree."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("pipeline", "reviewer")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
EVERYTHING = SOURCES + sorted(
    path for folder in ("tests", "benchmarks", "training") for path in (ROOT / folder).rglob("*.py")
)
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 40
NOT_SHIPPED = ("dev", "training")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_layers_hold() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_ruff_finds_nothing() -> None:
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "."]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_a_module_is_small_and_says_what_belongs_there(path: Path) -> None:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a module begins with one sentence about what belongs there"
    assert len(text.splitlines()) <= MAX_MODULE_LINES, "this room should be two"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            lines = node.end_lineno - node.lineno + 1 - _docstring_lines(node)
            assert lines <= MAX_FUNCTION_LINES, f"{node.name} has {lines} lines"


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if ast.get_docstring(node) and first.end_lineno:
        return first.end_lineno - first.lineno + 1
    return 0


FORBIDDEN = {
    r"processEvents": "let the event loop run; wait with a signal",
    r"time\.sleep|qtbot\.wait\(": "wait for a condition, never for a time",
    r"except Exception:\s*\n\s*pass": "name the error and say what happens then",
    r"^import sqlite3|^from sqlite3|pysqlite3|QtSql": "one SQLite library: from sqlite_utils.utils import sqlite3",
    r"cv2\.imread|cv2\.imwrite": "files are read and written in photo_io only",
}


@pytest.mark.parametrize("path", EVERYTHING, ids=relative)
def test_forbidden_words_stay_out(path: Path) -> None:
    if path == Path(__file__):
        return
    text = path.read_text("utf-8")
    for pattern, remedy in FORBIDDEN.items():
        found = re.search(pattern, text, re.MULTILINE)
        assert not found, f"{found.group()!r}: {remedy}" if found else ""


def test_nothing_is_called_utils() -> None:
    assert not [relative(path) for path in EVERYTHING if re.search(r"util|helper|misc|common", path.stem)]


def test_the_readme_map_equals_the_tree() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    block = re.search(r"<!-- map -->\n```\n(.*?)```", readme, re.DOTALL)
    assert block, "README.md has a map"
    drawn = set(re.findall(r"^(\S+/)", block.group(1), re.MULTILINE))
    there = {f"{package}/" for package in (*PACKAGES, "resources", "training", "benchmarks", "tests")}
    there |= {
        f"{package}/{folder.name}/"
        for package in PACKAGES
        for folder in (ROOT / package).iterdir()
        if (folder / "__init__.py").is_file()
    }
    assert drawn == there


def test_the_notice_names_every_library_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [
        entry for name, those in project["optional-dependencies"].items() if name not in NOT_SHIPPED for entry in those
    ]
    needed = {re.split(r"[^a-z0-9-]", entry)[0] for entry in project["dependencies"] + extras}
    notice = (ROOT / "resources" / "NOTICE").read_text("utf-8")
    named = {line.split()[0] for line in notice.splitlines() if re.match(r"[a-z0-9-]+ {2,}\S", line)}
    assert named == needed
