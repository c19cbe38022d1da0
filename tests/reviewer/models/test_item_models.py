"""Every item model of the window keeps Qt's rules: the lists of images are painted and need none."""

import ast
from pathlib import Path

import reviewer

CHECKED = {"IntakeModel", "CutterModel"}
"""Each has a test with qtmodeltester, in views/test_around.py."""


def models() -> set[str]:
    found = set()
    for path in Path(reviewer.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            bases = {base.id for base in getattr(node, "bases", ()) if isinstance(base, ast.Name)}
            if any(base.startswith("QAbstract") and base.endswith("Model") for base in bases):
                found.add(node.name)
    return found


def test_no_item_model_goes_without_qts_own_check() -> None:
    assert models() == CHECKED
