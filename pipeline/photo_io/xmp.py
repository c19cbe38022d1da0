"""The XMP packet of a delivered file: how the picture came to be, its creator and copyright, and nothing else."""

from typing import Final
from xml.sax.saxutils import escape

DIGITAL_SOURCE: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/"
STRENGTH: Final = (
    "digitalCapture",
    "humanEdits",
    "algorithmicallyEnhanced",
    "compositeCapture",
    "compositeWithTrainedAlgorithmicMedia",
    "trainedAlgorithmicMedia",
)
"""IPTC digital source types from untouched to most altered: the strongest edit names the file."""

_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
{source}{people}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def strongest(*source_types: str) -> str:
    """Return the most altered of some source types, by name or full address; what is unknown or "" does not count."""
    names = (source_type.rpartition("/")[2] for source_type in source_types)
    return max((name for name in names if name in STRENGTH), key=STRENGTH.index, default=STRENGTH[0])


def build_xmp(*, source_type: str, creator: str = "", copyright: str = "") -> bytes:
    """Return an XMP packet (UTF-8) with, where known, IPTC DigitalSourceType, dc:creator and dc:rights.

    `source_type` is one of `STRENGTH` or "". Control characters of strangers' texts are dropped, markup is escaped.
    """
    people = ""
    if creator:
        people += f"<dc:creator><rdf:Seq><rdf:li>{_text(creator)}</rdf:li></rdf:Seq></dc:creator>\n"
    if copyright:
        people += (
            f'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{_text(copyright)}</rdf:li></rdf:Alt></dc:rights>\n'
        )
    tag = "Iptc4xmpExt:DigitalSourceType"
    source = f"<{tag}>{DIGITAL_SOURCE}{source_type}</{tag}>\n" if source_type else ""
    return _PACKET.format(source=source, people=people).encode()


def _text(value: str) -> str:
    return escape("".join(character for character in value if character.isprintable()))
