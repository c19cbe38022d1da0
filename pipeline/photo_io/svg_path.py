"""Clipping paths in SVG: read with its transforms and view box, written as one path element in the photo's pixels."""

import re
from collections.abc import Iterator
from itertools import pairwise
from math import cos
from math import radians
from math import sin
from math import tan
from typing import Final
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError
from defusedxml.ElementTree import fromstring

from pipeline.errors import KnownError
from pipeline.paths.curves import EVEN_ODD
from pipeline.paths.curves import MOST_NODES
from pipeline.paths.curves import NONZERO
from pipeline.paths.curves import Node
from pipeline.paths.curves import Path
from pipeline.paths.curves import Point
from pipeline.paths.curves import Subpath
from pipeline.paths.curves import check_size
from pipeline.paths.curves import mapped
from pipeline.photo_io.svg_arc import arc_curves

Affine = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f with x' = a·x + b·y + c and y' = d·x + e·y + f."""

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
GAP = " ,\t\r\n"
SPACED_NUMBER = re.compile(rf"[{GAP}]*+({NUMBER.pattern})")
SPACED_FLAG = re.compile(rf"[{GAP}]*+([01])")
COMMAND = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
TRANSFORM = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)")
COUNTS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
UNDRAWN: Final = ("defs", "symbol", "mask", "pattern")
SAME: Final[Affine] = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
LARGEST: Final = 20_000_000
JOINED: Final = 1e-3
"""Sine of the angle below which two handles lie in one line."""


def write_svg(path: Path, size: tuple[int, int]) -> bytes:
    """Return an SVG file as large as the photo (width, height) with the path as its only element."""
    width, height = size
    data = " ".join(_written(subpath) for subpath in path.subpaths)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<path fill-rule="{path.rule}" d="{data}"/></svg>\n'
    ).encode()


def read_svg(data: bytes, size: tuple[int, int], *, name: str) -> Path:
    """Return all paths and polygons of an SVG file as one path on a photo of `size` (width, height).

    Its view box is stretched over the photo. Raises KnownError, with the file's `name`, where it is no SVG or has none.
    """
    if len(data) > LARGEST:
        raise KnownError(f"{name} is too large for a clipping path; save only the path as SVG.")
    try:
        root = fromstring(data, forbid_dtd=False)
        path = mapped(_drawn(root), _view(root, size))
        check_size(path)
    except RecursionError as error:
        raise KnownError(f"{name} has groups within groups without end; save only the path as plain SVG.") from error
    except (ParseError, DefusedXmlException, ValueError, ArithmeticError, LookupError) as error:
        raise KnownError(f"{name} is no SVG that can be read ({error}); save the path as plain SVG.") from error
    if not path.subpaths:
        raise KnownError(f"{name} holds no path; convert its shapes to paths and save it again.")
    return path


def _drawn(root: Element) -> Path:
    """Everything that the file draws, in its own units; the first element says by which rule it is filled."""
    subpaths, rules, nodes = [], [], 0
    for subpath, rule in _elements(root, SAME, _rule(root, NONZERO)):
        subpaths.append(subpath)
        rules.append(rule)
        nodes += len(subpath.nodes)
        _check_nodes(nodes)
    return Path(tuple(subpaths), rules[0] if rules else NONZERO)


def _check_nodes(count: int) -> None:
    """Stop before more than can be worked with is held in memory."""
    if count > MOST_NODES:
        raise ValueError(f"it has more than {MOST_NODES:,} nodes")


def _written(subpath: Subpath) -> str:
    nodes = subpath.nodes
    words = [f"M{_numbers(nodes[0].at)}"]
    pairs = [*pairwise(nodes), *([(nodes[-1], nodes[0])] if subpath.closed else [])]
    for first, second in pairs:
        straight = first.after == first.at and second.before == second.at
        words.append(f"L{_numbers(second.at)}" if straight else f"C{_numbers(first.after, second.before, second.at)}")
    return " ".join(words) + (" Z" if subpath.closed else "")


def _numbers(*points: Point) -> str:
    return " ".join(f"{value:.5f}".rstrip("0").rstrip(".") for point in points for value in point)


def _elements(element: Element, outer: Affine, rule: str) -> Iterator[tuple[Subpath, str]]:
    """Every subpath below an element, in the root's coordinates."""
    affine = _composed(outer, _transform(element.get("transform", "")))
    rule = _rule(element, rule)
    kind = str(element.tag).rsplit("}", 1)[-1]
    data = element.get("d", "") if kind == "path" else ""
    if kind in ("polygon", "polyline") and element.get("points"):
        data = f"M{element.get('points')}" + ("Z" if kind == "polygon" else "")
    for subpath in parse(data):
        yield mapped(Path((subpath,)), affine).subpaths[0], rule
    for child in element:
        # What is only defined is not drawn, except for a clipping path, which is what we look for.
        if isinstance(child.tag, str) and (kind not in UNDRAWN or child.tag.endswith("clipPath")):
            yield from _elements(child, affine, rule)


def _rule(element: Element, inherited: str) -> str:
    style = dict(part.split(":", 1) for part in element.get("style", "").split(";") if ":" in part)
    style = {key.strip(): value.strip() for key, value in style.items()}
    for key in ("clip-rule", "fill-rule"):
        value = style.get(key) or element.get(key)
        if value in (EVEN_ODD, NONZERO):
            return value
    return inherited


def _view(root: Element, size: tuple[int, int]) -> Affine:
    """The file's own units → the photo's pixels."""
    box = [float(word) for word in NUMBER.findall(root.get("viewBox", ""))]
    if len(box) != 4:
        sides = (NUMBER.match(root.get(name, "").strip()) for name in ("width", "height"))
        found = [float(side.group()) for side in sides if side is not None]
        box = [0.0, 0.0, *found] if len(found) == 2 else [0.0, 0.0, *map(float, size)]
    if box[2] <= 0 or box[3] <= 0:
        raise ValueError("its view box is empty")
    across, down = size[0] / box[2], size[1] / box[3]
    return across, 0.0, -box[0] * across, 0.0, down, -box[1] * down


def _transform(text: str) -> Affine:
    affine = SAME
    for name, inside in TRANSFORM.findall(text):
        affine = _composed(affine, _one_transform(name, [float(word) for word in NUMBER.findall(inside)]))
    return affine


def _one_transform(name: str, n: list[float]) -> Affine:
    if name == "matrix" and len(n) == 6:
        return n[0], n[2], n[4], n[1], n[3], n[5]
    if name == "translate" and n:
        return 1.0, 0.0, n[0], 0.0, 1.0, n[1] if len(n) > 1 else 0.0
    if name == "scale" and n:
        return n[0], 0.0, 0.0, 0.0, n[1] if len(n) > 1 else n[0], 0.0
    if name == "rotate" and n:
        c, s = cos(radians(n[0])), sin(radians(n[0]))
        x, y = (n[1], n[2]) if len(n) > 2 else (0.0, 0.0)
        return c, -s, x - c * x + s * y, s, c, y - s * x - c * y
    if name == "skewX" and n:
        return 1.0, tan(radians(n[0])), 0.0, 0.0, 1.0, 0.0
    if name == "skewY" and n:
        return 1.0, 0.0, 0.0, tan(radians(n[0])), 1.0, 0.0
    raise ValueError(f"its transform {name} is not understood")


def _composed(outer: Affine, inner: Affine) -> Affine:
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return a * p + b * s, a * q + b * t, a * r + b * u + c, d * p + e * s, d * q + e * t, d * r + e * u + f


def parse(data: str) -> list[Subpath]:
    """Return the subpaths of a `d` attribute (M L H V C S Q T A Z and their relative forms).

    Raises ValueError for data that is none.
    """
    pen = _Pen()
    for letter, inside in COMMAND.findall(data):
        numbers = _arguments(letter.upper(), inside)
        count = COUNTS[letter.upper()]
        if count and (not numbers or len(numbers) % count):
            raise ValueError(f"the command {letter} has {len(numbers)} numbers")
        for start in range(0, len(numbers), count) if count else (0,):
            # After a move, further pairs are lines.
            again = letter.upper() == "M" and start > 0
            pen.do("L" if again else letter.upper(), numbers[start : start + count], relative=letter.islower())
    return pen.done()


def _arguments(letter: str, inside: str) -> list[float]:
    if letter != "A":
        return [float(word) for word in NUMBER.findall(inside)]
    # An arc's two flags may stand together with what follows: “01120,5”.
    numbers: list[float] = []
    place, words = 0, inside.strip(GAP)
    while place < len(words):
        found = (SPACED_FLAG if len(numbers) % 7 in (3, 4) else SPACED_NUMBER).match(words, place)
        if found is None:
            raise ValueError("an arc is damaged")
        numbers.append(float(found[1]))
        place = found.end()
    return numbers


class _Pen:
    """Where the pen is while the commands of one `d` are followed."""

    def __init__(self) -> None:
        self._done: list[Subpath] = []
        self._curves: list[tuple[Point, Point, Point, Point]] = []
        self._at = self._start = (0.0, 0.0)
        self._last: tuple[str, Point] = ("", self._at)

    def do(self, command: str, n: list[float], *, relative: bool) -> None:
        """Follow one command with its numbers."""
        x, y = self._at if relative else (0.0, 0.0)
        points = [(n[i] + x, n[i + 1] + y) for i in range(0, len(n) - 1, 2)] if command not in "HVAZ" else []
        control = self._at
        if command == "M":
            self._lift(closed=False)
            self._at = self._start = points[0]
        elif command == "Z":
            self._lift(closed=True)
            self._at = self._start
        elif command in "LHV":
            there = {"L": points[0] if points else None, "H": (n[0] + x, self._at[1]), "V": (self._at[0], n[0] + y)}
            self._curve(self._at, there[command], there[command])
        elif command == "A":
            far = n[5] + x, n[6] + y
            for first, second, end in arc_curves(self._at, far, (n[0], n[1]), n[2], large=n[3] > 0, sweep=n[4] > 0):
                self._curve(first, second, end)
        else:
            control = self._bend(command, points)
        self._last = (command, control)

    def _bend(self, command: str, points: list[Point]) -> Point:
        """Draw one curve; returns the control point that a following S or T mirrors."""
        mirrors = {"S": "CS", "T": "QT"}.get(command, "")
        mirror = _mirrored(self._at, self._last[1]) if mirrors and self._last[0] in mirrors else self._at
        if command in "CS":
            first, second, end = points if command == "C" else (mirror, *points)
            self._curve(first, second, end)
            return second
        middle, end = points if command == "Q" else (mirror, points[0])
        start = self._at
        self._curve(_toward(start, middle), _toward(end, middle), end)
        return middle

    def _curve(self, first: Point, second: Point, end: Point) -> None:
        self._curves.append((self._at, first, second, end))
        _check_nodes(len(self._curves))
        self._at = end

    def _lift(self, *, closed: bool) -> None:
        if self._curves:
            self._done.append(_subpath(self._curves, closed=closed))
        self._curves = []

    def done(self) -> list[Subpath]:
        """Return everything that was drawn."""
        self._lift(closed=False)
        return self._done


def _subpath(curves: list[tuple[Point, Point, Point, Point]], *, closed: bool) -> Subpath:
    """Nodes from curves; where a closed one already returned to its start, that is one node."""
    befores = [curves[0][0], *(curve[2] for curve in curves)]
    afters = [*(curve[1] for curve in curves), curves[-1][3]]
    places = [curves[0][0], *(curve[3] for curve in curves)]
    if closed and len(places) > 2 and _same(places[0], places[-1]):
        befores[0] = befores.pop()
        afters.pop()
        places.pop()
    nodes = (
        Node(at, before, after, _in_line(at, before, after))
        for at, before, after in zip(places, befores, afters, strict=True)
    )
    return Subpath(tuple(nodes), closed)


def _in_line(at: Point, before: Point, after: Point) -> bool:
    back, on = (at[0] - before[0], at[1] - before[1]), (after[0] - at[0], after[1] - at[1])
    lengths = (back[0] ** 2 + back[1] ** 2) ** 0.5 * (on[0] ** 2 + on[1] ** 2) ** 0.5
    along, across = back[0] * on[0] + back[1] * on[1], back[0] * on[1] - back[1] * on[0]
    return lengths > 0 and along > 0 and abs(across) < JOINED * lengths


def _same(first: Point, second: Point) -> bool:
    return abs(first[0] - second[0]) < 1e-4 and abs(first[1] - second[1]) < 1e-4


def _mirrored(at: Point, control: Point) -> Point:
    return 2 * at[0] - control[0], 2 * at[1] - control[1]


def _toward(end: Point, middle: Point) -> Point:
    return end[0] + 2 / 3 * (middle[0] - end[0]), end[1] + 2 / 3 * (middle[1] - end[1])
