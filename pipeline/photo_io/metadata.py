"""What EXIF and XMP blocks say that we use: orientation, colour space, camera, time, people, keywords."""

import re
from dataclasses import dataclass
from dataclasses import field
from typing import Final
from xml.etree.ElementTree import Element
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from pipeline.photo_io.tags import Directory
from pipeline.photo_io.tags import read_exif

_ORIENTATION: Final = 274
_EXIF_DIRECTORY: Final = 34665
_INTEROPERABILITY: Final = 40965
_INTEROPERABILITY_INDEX: Final = 1
_COLOR_SPACE: Final = 40961
_DATE_TIME_ORIGINAL: Final = 36867
_NAMED: Final = {"Make": 271, "Model": 272, "Artist": 315, "Copyright": 33432}

_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_TIFF: Final = "{http://ns.adobe.com/tiff/1.0/}"
_IPTC: Final = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_MAX_XMP: Final = 4 << 20
_MAX_TEXT: Final = 300
_MAX_KEYWORDS: Final = 64


@dataclass(frozen=True)
class Metadata:
    """The facts of one file's metadata; `orientation` is 1..8, `hint` as in PhotoHeader."""

    orientation: int = 1
    hint: str = ""
    exif: dict[str, str] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()


def read_metadata(exif: bytes | Directory | None, xmp: bytes | str | None) -> Metadata:
    """Return what an EXIF block (or a TIFF's first directory) and an XMP packet say; damaged parts read as absent."""
    first = read_exif(exif) if isinstance(exif, bytes) else exif
    packet = _parse_xmp(xmp)
    named = _xmp_texts(packet)
    orientation = _xmp_orientation(packet)
    hint = ""
    if first is not None:
        details = first.child(_EXIF_DIRECTORY)
        taken = details.text(_DATE_TIME_ORIGINAL) if details else ""
        named |= _non_empty({name: first.text(tag) for name, tag in _NAMED.items()} | {"DateTimeOriginal": taken})
        orientation = first.number(_ORIENTATION, orientation)
        hint = _color_hint(details) if details else ""
    return Metadata(orientation if 1 <= orientation <= 8 else 1, hint, named, _keywords(packet))


def _color_hint(details: Directory) -> str:
    space = details.number(_COLOR_SPACE, 0)
    if space == 1:
        return "EXIF sRGB"
    interoperability = details.child(_INTEROPERABILITY)
    # DCF 2.0: an Adobe RGB file says "uncalibrated" here and "R03" there.
    if space == 65535 and interoperability and interoperability.text(_INTEROPERABILITY_INDEX) == "R03":
        return "EXIF Adobe RGB"
    return ""


def _non_empty(texts: dict[str, str]) -> dict[str, str]:
    return {name: clean for name, text in texts.items() if (clean := _clean(text))}


def _clean(text: str) -> str:
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return re.sub(" +", " ", printable).strip()[:_MAX_TEXT]


def _parse_xmp(xmp: bytes | str | None) -> Element | None:
    if not xmp or len(xmp) > _MAX_XMP:
        return None
    data = xmp.encode() if isinstance(xmp, str) else xmp
    start, end = data.find(b"<x:xmpmeta"), data.rfind(b"</x:xmpmeta>")
    if start < 0 or end < 0:
        start, end = data.find(b"<rdf:RDF"), data.rfind(b"</rdf:RDF>")
    if start < 0 or end < start:
        return None
    try:
        return fromstring(data[start : data.find(b">", end) + 1], forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return None


def _xmp_orientation(packet: Element | None) -> int:
    text = _property(packet, f"{_TIFF}Orientation")
    return int(text) if text in set("12345678") else 1


def _xmp_texts(packet: Element | None) -> dict[str, str]:
    texts = {
        "Artist": ", ".join(_items(packet, f"{_DC}creator")),
        "Copyright": ", ".join(_items(packet, f"{_DC}rights")),
        "DigitalSourceType": _property(packet, f"{_IPTC}DigitalSourceType"),
    }
    return _non_empty(texts)


def _keywords(packet: Element | None) -> tuple[str, ...]:
    return tuple(clean for text in _items(packet, f"{_DC}subject")[:_MAX_KEYWORDS] if (clean := _clean(text)))


def _property(packet: Element | None, name: str) -> str:
    """XMP may write a simple property as an attribute or as an element, with the same meaning."""
    if packet is None:
        return ""
    for description in packet.iter(f"{_RDF}Description"):
        element = description.find(name)
        text = description.get(name) or (element.text if element is not None else None)
        resource = element.get(f"{_RDF}resource") if element is not None else None
        if text or resource:
            return (text or resource or "").strip()
    return ""


def _items(packet: Element | None, name: str) -> list[str]:
    if packet is None:
        return []
    return [item.text for parent in packet.iter(name) for item in parent.iter(f"{_RDF}li") if item.text]
