"""Contact sheets: every picture has its place, the same cells give the same bytes, and one page at a time is held."""

import io
import re
import weakref

from PIL import Image

from pipeline.photo_io import contact_sheet
from pipeline.photo_io.contact_sheet import Cell
from pipeline.photo_io.contact_sheet import contact_pdf


def cells(count: int) -> list[Cell]:
    picture = io.BytesIO()
    Image.new("RGB", (24, 16), (200, 30, 30)).save(picture, "JPEG")
    return [Cell(f"B0TEST{number:04d}.MAIN.jpg", ("front",), picture.getvalue()) for number in range(count)]


def test_thousands_of_pictures_are_drawn_one_page_after_the_other(monkeypatch) -> None:
    drawn, at_once, page = [], [], contact_sheet._page

    def watched(*about: object) -> Image.Image:
        made = page(*about)
        drawn.append(weakref.ref(made))
        at_once.append(sum(one() is not None for one in drawn))
        return made

    monkeypatch.setattr(contact_sheet, "_page", watched)
    data = contact_pdf("shoot", cells(95))
    assert len(re.findall(rb"/Type /Page\b", data)) == 4 == len(drawn)
    assert max(at_once) <= 2
    assert data == contact_pdf("shoot", cells(95))
    assert len(re.findall(rb"/Type /Page\b", contact_pdf("nothing", []))) == 1
