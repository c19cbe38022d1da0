"""Reads a line of text with RapidOCR (Apache-2.0, its weights in the wheel): what a cut of the photo says."""

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
QUIET: Final = {
    "Global.log_level": "critical",
    "Global.use_det": False,
    "Global.use_cls": False,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


@dataclass(frozen=True)
class Words:
    """What one cut says, and how sure that is, 0..1."""

    text: str
    confidence: float


def read_words(cuts: Sequence[NDArray[np.uint8]]) -> list[Words]:
    """Return the words of each cut (uint8 h×w×3, one upright line of text); nothing is loaded before it is needed."""
    if not cuts:
        return []
    with _READING:
        engine = _engine()
        return [_words(engine(cut)) for cut in cuts]


def _words(found: "TextRecOutput") -> Words:
    return Words(found.txts[0], float(found.scores[0])) if found.txts else Words("", 0.0)


@cache
def _engine() -> "RapidOCR":
    # One session a process: opening it costs more than reading a hundred lines.
    from rapidocr import RapidOCR

    return RapidOCR(params=QUIET)
