"""What the line below a picture says of the pixel under the pointer, the same in every room."""

from collections.abc import Iterator

from reviewer.language import numeral
from reviewer.language import translate
from reviewer.widgets.pixel_readout import Readout

APART = "     "


def readout_words(readout: Readout) -> str:
    """Return the figures of one pixel in a line: place, file values, L*a*b*, distance to white, mask."""
    return APART.join(_words(readout))


def _words(readout: Readout) -> Iterator[str]:
    yield f"x {readout.point[0]}  y {readout.point[1]}"
    if readout.original is not None or readout.samples is not None:
        values = readout.samples or readout.original
        yield translate("Window", "original {values}").format(values=_spaced(values))
    if readout.result is not None:
        yield translate("Window", "result {values}").format(values=_spaced(readout.result))
    if readout.lab is not None:
        yield numeral(f"Lab {readout.lab[0]:.1f} {readout.lab[1]:.1f} {readout.lab[2]:.1f}")
    if readout.white is not None:
        yield translate("Window", "ΔE00 to white {value}").format(value=numeral(f"{readout.white:.1f}"))
    if readout.mask is not None:
        yield translate("Window", "mask {share}").format(share=numeral(f"{readout.mask / 255:.0%}"))


def _spaced(values: tuple[int, ...]) -> str:
    return " ".join(map(str, values))
