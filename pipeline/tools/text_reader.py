"""Finds and reads text with RapidOCR (Apache-2.0, its weights in the wheel): where a picture says what."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from typing import Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from rapidocr import RapidOCR
    from rapidocr.ch_ppocr_rec.typings import TextRecOutput

_READING: Final = threading.Lock()
SIDE: Final = 640
"""Longest side (px) at which a picture is searched: what a smaller copy hides is no writing but texture."""
QUIET: Final = {
    "Global.log_level": "critical",
    "Global.use_cls": False,
    "Global.text_score": 0.0,
    "Det.limit_side_len": SIDE,
    "Det.limit_type": "max",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


@dataclass(frozen=True)
class Words:
    """What one line says, and how sure that is, 0..1."""

    text: str
    confidence: float


@dataclass(frozen=True, eq=False)
class Found:
    """A line of text in a picture: what it says, and its corners (float32 4×2, x and y, clockwise from its start)."""

    words: Words
    corners: NDArray[np.float32]


def read_words(cuts: Sequence[NDArray[np.uint8]]) -> list[Words]:
    """Return the words of each cut (uint8 h×w×3, one upright line of text); nothing is loaded before it is needed."""
    if not cuts:
        return []
    with _READING:
        engine = _engine()
        return [_words(engine(cut, use_det=False, use_rec=True)) for cut in cuts]


def find_words(picture: NDArray[np.uint8]) -> list[Found]:
    """Return the lines of text in `picture` (uint8 h×w×3), however tilted, surest first; searched at 640 px."""
    with _READING:
        found = _engine()(picture, use_det=True, use_rec=True)
    if found.boxes is None or found.txts is None or found.scores is None:
        return []
    lines = [
        Found(Words(text, float(score)), np.asarray(corners, np.float32))
        for text, score, corners in zip(found.txts, found.scores, found.boxes, strict=True)
    ]
    return sorted(lines, key=lambda line: -line.words.confidence)


def _words(found: "TextRecOutput") -> Words:
    return Words(found.txts[0], float(found.scores[0])) if found.txts else Words("", 0.0)


@cache
def _engine() -> "RapidOCR":
    # One session a process: opening it costs more than reading a hundred lines.
    from rapidocr import RapidOCR

    return RapidOCR(params=QUIET)
