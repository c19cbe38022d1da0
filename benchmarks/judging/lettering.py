"""What the bench writes on pictures, in which typefaces: not a word, date, price or letter shape of the training's."""

from functools import cache
from functools import partial
from importlib import resources
from typing import Final

import numpy as np
from PIL import Image
from PIL import ImageDraw
from PIL import ImageFont

from pipeline.mask import Matte
from training.defects.lettering import Lettering
from training.defects.lettering import inked

PROBE: Final = 100


@cache
def _font(file: str, size: int) -> ImageFont.FreeTypeFont:
    if not file:
        font = ImageFont.load_default(size)
        assert isinstance(font, ImageFont.FreeTypeFont)
        return font
    with resources.as_file(resources.files("resources").joinpath("fonts", file)) as path:
        return ImageFont.truetype(path, size)


def outline_face(text: str, height: float, *, file: str) -> Matte:
    """Draw with a font of `resources/fonts`, or with the one in Pillow (Aileron): a `Face` once `file` is chosen."""
    left, top, right, bottom = _font(file, PROBE).getbbox("H")
    font = _font(file, max(6, round(PROBE * height / (bottom - top))))
    left, top, right, bottom = font.getbbox(text)
    canvas = Image.new("L", (round(right - left) + 8, round(bottom - top) + 8))
    ImageDraw.Draw(canvas).text((4 - left, 4 - top), text, fill=255, font=font)
    return inked(np.asarray(canvas))


BENCH: Final = Lettering(
    words=("HALVORSEN", "Kestrel Pictures", "M. Okafor", "ENTWURF", "© Brandt 2024", "do not copy", "ADRIATICA"),
    dates=("%Y/%m/%d", "%m-%d-%Y", "'%y %m %d"),
    prices=("£{whole}.{cents:02d}", "{whole},{cents:02d} €", "CHF {whole}.{cents:02d}"),
    faces=(
        partial(outline_face, file="Inter-Medium.otf"),
        partial(outline_face, file="Inter-SemiBold.otf"),
        partial(outline_face, file=""),
    ),
)
