"""Small wrong changes to a module's source, one at a time: what its tests should notice.

Libraries for this start a program for every change and know nothing of SQL, in which half of the store is written.
"""

import ast
import copy
import re
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

Edit = Callable[[ast.AST], None]

_COMPARISONS: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_SUMS: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_SQL: Final = re.compile(r"\b(SELECT|UPDATE|DELETE FROM|INSERT INTO|WHERE|EXISTS)\b")
_SQL_EDITS: Final = (
    (re.compile(r"\bAND\b"), "OR"),
    (re.compile(r"\bOR\b(?! ABORT)"), "AND"),
    (re.compile(r"\bNOT (?=EXISTS|IN)"), ""),
    (re.compile(r"\bIS NOT\b"), "IS"),
    (re.compile(r"\bIS (?!NOT)"), "IS NOT "),
    (re.compile(r"(?<=\s)<=(?=\s)"), "<"),
    (re.compile(r"(?<=\s)>=(?=\s)"), ">"),
    (re.compile(r"(?<=\s)<(?=\s)"), "<="),
    (re.compile(r"(?<=\s)>(?=\s)"), ">="),
    (re.compile(r"(?<=\s)<>(?=\s)"), "="),
    (re.compile(r"(?<=\s)\+(?=\s)"), "-"),
    (re.compile(r"\bmax\("), "min("),
    (re.compile(r"\bmin\("), "max("),
    (re.compile(r"\bDESC\b"), "ASC"),
    (re.compile(r"\b((?:WHERE|AND|OR|ON|WHEN)\s+\(?[\w.]+ )="), r"\1<>"),
)


@dataclass(frozen=True)
class Mutant:
    """One wrong change: where it stands, what it says, and the changed program."""

    line: int
    change: str
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every small change of a module that could matter: comparisons, sums, numbers, conditions, calls, SQL.

    Words for people, annotations and docstrings stay as they are.
    """
    tree = ast.parse(source)
    skipped = {id(below) for node in ast.walk(tree) for below in _said_only(node)}
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in skipped:
            continue
        for change, edit in _edits(node):
            changed = copy.deepcopy(tree)
            target = next(each for at, each in enumerate(ast.walk(changed)) if at == number)
            edit(target)
            yield Mutant(getattr(node, "lineno", 0), change, ast.fix_missing_locations(changed))


def _said_only(node: ast.AST) -> Iterator[ast.AST]:
    for name in ("annotation", "returns"):
        if isinstance(part := getattr(node, name, None), ast.AST):
            yield from ast.walk(part)
    if isinstance(node, ast.JoinedStr):
        yield from ast.walk(node)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield from ast.walk(node)


def _edits(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    return chain(_edits_of_sums(node), _edits_of_constants(node), _edits_of_statements(node))


def _edits_of_sums(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            other = _COMPARISONS[type(operator)]
            yield _named(operator, other), lambda each, at=at, other=other: each.ops.__setitem__(at, other())
    elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in _SUMS:
        other = _SUMS[type(node.op)]
        yield _named(node.op, other), lambda each: setattr(each, "op", other())
    elif isinstance(node, ast.BoolOp):
        joined = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield _named(node.op, joined), lambda each: setattr(each, "op", joined())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub | ast.Invert):
        yield f"no {type(node.op).__name__}", lambda each: _become(each, each.operand)


def _edits_of_constants(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    if not isinstance(node, ast.Constant):
        return
    value = node.value
    if isinstance(value, bool):
        yield f"{value} → {not value}", lambda each: setattr(each, "value", not value)
    elif isinstance(value, int | float):
        yield f"{value} → {value + 1}", lambda each: setattr(each, "value", value + 1)
    elif isinstance(value, str) and _SQL.search(value):
        for pattern, other in _SQL_EDITS:
            for found in pattern.finditer(value):
                text = value[: found.start()] + found.expand(other) + value[found.end() :]
                line = value[: found.start()].count("\n") + 1
                yield f"SQL line {line}: {found[0]} → {found.expand(other)}", _setting(text)


def _setting(text: str) -> Edit:
    return lambda each: setattr(each, "value", text)


def _edits_of_statements(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield "condition turned", lambda each: setattr(each, "test", ast.UnaryOp(ast.Not(), each.test))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield f"no {ast.unparse(node.value.func)}()", lambda each: _become(each, ast.Pass())
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield "return None", lambda each: setattr(each, "value", ast.Constant(None))
    elif isinstance(node, ast.Raise):
        yield "no raise", lambda each: _become(each, ast.Pass())


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _become(node: ast.AST, other: ast.AST) -> None:
    node.__class__, node.__dict__ = other.__class__, dict(other.__dict__)  # type: ignore[assignment]


def _named(before: ast.AST, after: type[ast.AST]) -> str:
    return f"{type(before).__name__} → {after.__name__}"
