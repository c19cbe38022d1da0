"""Contact sheets: A4 pages of small pictures with their names, as a PDF."""

import io
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

from PIL import Image
from PIL import ImageDraw
from PIL import ImageFont

DPI: Final = 110
PAGE: Final = (round(8.27 * DPI), round(11.69 * DPI))
"""A4 in pixels."""
COLUMNS, ROWS = 5, 6
PER_PAGE: Final = COLUMNS * ROWS
MARGIN, GAP, HEAD, LINE = 40, 10, 40, 13
GREY, BLACK, RULE = (90, 90, 90), (20, 20, 20), (222, 222, 222)
FIXED: Final = time.gmtime(0)
"""A PDF must say when it was made; the same sheet shall be the same bytes."""


@dataclass(frozen=True)
class Cell:
    """One picture of a sheet: its name, lines of small print, and a small JPEG of it."""

    name: str
    lines: tuple[str, ...]
    thumbnail: bytes


class _Sheet(Image.Image):
    """All pages as one picture with frames, as Pillow's own formats have them; only the frame at hand is drawn."""

    def __init__(self, title: str, cells: Sequence[Cell]) -> None:
        super().__init__()
        self._title, self._cells, self._at = title, cells, -1
        self.n_frames = max(1, math.ceil(len(cells) / PER_PAGE))
        self.seek(0)

    def seek(self, frame: int) -> None:
        """Draw that page; EOFError behind the last."""
        if frame >= self.n_frames:
            raise EOFError(f"there are {self.n_frames} pages")
        if frame != self._at:
            first = frame * PER_PAGE
            page = _page(self._title, self._cells[first : first + PER_PAGE], f"{frame + 1} / {self.n_frames}")
            self.im, self._mode, self._size, self._at = page.im, page.mode, page.size, frame


def contact_pdf(title: str, cells: Sequence[Cell]) -> bytes:
    """Return A4 pages of thirty pictures; the same cells give the same bytes. One page at a time is in the memory."""
    buffer = io.BytesIO()
    sheet = _Sheet(title, cells)
    sheet.save(buffer, "PDF", save_all=True, resolution=DPI, title=title, creationDate=FIXED, modDate=FIXED)
    return buffer.getvalue()


def _page(title: str, cells: Sequence[Cell], number: str) -> Image.Image:
    sheet = Image.new("RGB", PAGE, "white")
    draw = ImageDraw.Draw(sheet)
    bold, plain = _font("Inter-SemiBold.otf", 16), _font("Inter-Regular.otf", 9)
    draw.text((MARGIN, MARGIN), _fitted(draw, title, bold, PAGE[0] - 3 * MARGIN), BLACK, font=bold)
    draw.text((PAGE[0] - MARGIN, MARGIN + 5), number, GREY, font=plain, anchor="ra")
    width = (PAGE[0] - 2 * MARGIN - (COLUMNS - 1) * GAP) // COLUMNS
    height = (PAGE[1] - 2 * MARGIN - HEAD - (ROWS - 1) * GAP) // ROWS
    for at, cell in enumerate(cells):
        left = MARGIN + at % COLUMNS * (width + GAP)
        top = MARGIN + HEAD + at // COLUMNS * (height + GAP)
        _draw_cell(sheet, draw, cell, (left, top, width, height))
    return sheet


def _draw_cell(sheet: Image.Image, draw: ImageDraw.ImageDraw, cell: Cell, box: tuple[int, int, int, int]) -> None:
    left, top, width, height = box
    room = min(width, height - 4 * LINE)
    with Image.open(io.BytesIO(cell.thumbnail), formats=["JPEG"]) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((room, room), Image.Resampling.LANCZOS)
    at = (left + (width - picture.width) // 2, top + (room - picture.height) // 2)
    sheet.paste(picture, at)
    draw.rectangle((left, top, left + width - 1, top + room), outline=RULE)
    name, plain = _font("Inter-SemiBold.otf", 9), _font("Inter-Regular.otf", 8)
    lines = [(cell.name, name, BLACK), *((line, plain, GREY) for line in cell.lines if line)]
    for row, (text, font, color) in enumerate(lines[:4]):
        draw.text((left, top + room + 4 + row * LINE), _fitted(draw, text, font, width), color, font=font)


def _fitted(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """The text, cut with an ellipsis where it is wider than that many pixels."""
    if draw.textlength(text, font=font) <= width:
        return text
    end = len(text)
    while end and draw.textlength(text[:end] + "…", font=font) > width:
        end -= 1
    return text[:end] + "…"


@lru_cache(maxsize=8)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    data = resources.files("resources").joinpath("fonts", name).read_bytes()
    return ImageFont.truetype(io.BytesIO(data), size)
