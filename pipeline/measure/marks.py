"""Marks that somebody left on the picture: date stamps, watermarks, price tags; the product's own print is none.

What is written on a product is told from what was put over it by reading it: a date, a price, a photographer's or an
agency's words; or by where it stands: a word that goes on beside the product was never printed on it.
"""

import re
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.measure.closeup import Closeup
from pipeline.measure.labels import TEXT_HEIGHT
from pipeline.measure.labels import find_labels
from pipeline.measure.letters import LETTERS
from pipeline.measure.letters import Floats
from pipeline.measure.letters import Line
from pipeline.measure.letters import find_lines
from pipeline.model import Reading
from pipeline.tools.text_reader import Words
from pipeline.tools.text_reader import read_words

READ: Final = 10
"""Lines that are read; a page of small print is no stamp."""
SURE: Final = 0.55
BEYOND: Final = 1.4
"""Letter heights beyond the first and last letter at which the product ends under a word that runs over it."""
BESIDE: Final = 1
"""Letters beside the product from which a line was put over the picture: nobody prints on a backdrop."""
LONG: Final = 0.5
"""And how long such a word is at least, over the product's longest side."""
AROUND: Final = 3.5
"""Letter heights before and after a row that are read with it."""
INKED: Final = 0.02
"""Least share of a label's row that is ink where a text stands."""
MAX_BOXES: Final = 12
BREAK: Final = r"\s?[.,:/'’-]\s?"
DATE: Final = re.compile(
    rf"\d{{1,4}}{BREAK}\d{{1,2}}{BREAK}\d{{2,4}}|\b[0-3]?\d{BREAK}(19|20)\d\d\b|[0-3]\d[01]\d(19|20)\d\d"
)
PRICE: Final = re.compile(
    r"(EUR|USD|GBP|CHF|[€$£¥])\s?\d|\d\s?(EUR|USD|GBP|CHF|[€$£¥])|\b\d{1,4}[.,]\d{2}\b", re.IGNORECASE
)
OWNER: Final = re.compile(
    r"sample|preview|proof|copyright|watermark|©|\(c\)|www\.?|\.(com|net|org|eu|de)\b|stock|archiv|photo|foto|studio",
    re.IGNORECASE,
)


def read_marks(closeup: Closeup) -> Reading:
    """Return "writing": lines that say a date, a price or an owner, or go on beside the product, in count.

    The detail says what was read, the product's own print apart; evidence in the original.
    """
    labels, rows = find_labels(closeup)[:READ], find_lines(closeup)[:READ]
    lines = [*labels, *rows]
    words = read_words([_label(closeup, line) for line in labels] + [_row(closeup, line) for line in rows])
    read = list(zip(lines, words, strict=True))
    marks = [(line, said) for line, said in read if _is_mark(closeup, line, said)]
    own = sum(_is_legible(said) for _, said in read) - sum(_is_legible(said) for _, said in marks)
    said = ", ".join(f"“{each.text}”" for _, each in marks[:3] if each.text)
    detail = "; ".join(filter(None, (said, f"the product's own print: {own} lines" if own else "")))
    return Reading(
        "writing", float(len(marks)), "count", detail, closeup.evidence([line.box for line, _ in marks[:MAX_BOXES]])
    )


def _is_legible(said: Words) -> bool:
    return said.confidence >= SURE and len({letter for letter in said.text if letter.isalnum()}) >= 3


def _is_mark(closeup: Closeup, line: Line, said: Words) -> bool:
    if not _is_legible(said):
        # A faint or broken word, and most of it where nobody prints.
        return line.letters > LETTERS and 2 * line.beside >= line.letters
    says_so = any(pattern.search(said.text) for pattern in (DATE, PRICE, OWNER))
    return says_so or line.beside >= BESIDE or _runs_over(closeup, line)


def _runs_over(closeup: Closeup, line: Line) -> bool:
    """Whether the product ends right behind both ends of a long line."""
    start, end = np.array(line.start), np.array(line.end)
    length = float(np.linalg.norm(end - start))
    if length < LONG * closeup.longest:
        return False
    way = (end - start) / length * line.height * BEYOND
    height, width = closeup.mask.shape
    for x, y in (start - way, end + way):
        if 0 <= x < width and 0 <= y < height and closeup.mask[int(y), int(x)] > 0.5:
            return False
    return True


def _row(closeup: Closeup, line: Line) -> NDArray[np.uint8]:
    """A row of letters with what stands before and after them: not every letter was found."""
    return _stretched(_upright(closeup, line, AROUND * line.height, 1.9 * line.height), dark=line.dark)


def _label(closeup: Closeup, line: Line) -> NDArray[np.uint8]:
    """A label's ink and a little around it, enlarged."""
    cut = _stretched(_upright(closeup, line, 0, 0.92 * line.height / TEXT_HEIGHT), dark=True)
    inner = cut[2:-2, 4:-4, 0] < 128
    rows = np.flatnonzero(inner.mean(axis=1) > INKED)
    if len(rows) < 4:
        return cut
    air = round(0.35 * (rows[-1] - rows[0])) + 1
    cut = cut[max(0, rows[0] + 2 - air) : rows[-1] + 3 + air]
    return cv2.resize(cut, None, fx=48 / len(cut), fy=48 / len(cut), interpolation=cv2.INTER_CUBIC)


def _upright(closeup: Closeup, line: Line, more: float, height: float) -> Floats:
    """The line's strip in the plane where its ink stands out, turned upright, `more` px longer at each end."""
    start, end = np.array(line.start), np.array(line.end)
    angle = np.degrees(np.arctan2(end[1] - start[1], end[0] - start[0]))
    size = max(8, round(float(np.linalg.norm(end - start)) + 2 * more)), max(6, round(height))
    middle = (start + end) / 2
    turn = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), float(angle), 1.0)
    turn[:, 2] += np.array(size) / 2 - middle
    return cv2.warpAffine(closeup.lab[..., line.channel], turn, size, borderMode=cv2.BORDER_REPLICATE)


def _stretched(plane: Floats, *, dark: bool) -> NDArray[np.uint8]:
    """Full contrast, ink dark: uint8 h×w×3."""
    low, high = np.percentile(plane, (2, 98))
    level = np.clip((plane - low) / max(float(high - low), 1.0), 0, 1)
    return cv2.merge([np.rint(255 * (level if dark else 1 - level)).astype(np.uint8)] * 3)
