"""What the line found, in sentences of the person's language.

The line records each finding with its number and with an English sentence. English shows that sentence as it stands;
another language writes its own from the name, the recorded numbers and the limits they were judged by.
"""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from pipeline.model import Flag
from pipeline.model import Gate
from pipeline.model import ImageRecord
from pipeline.model import Outcome
from pipeline.model import Reading
from pipeline.settings import Platform
from pipeline.settings import Settings
from reviewer.language import counted
from reviewer.language import numeral
from reviewer.language import speaks_german
from reviewer.language import translate
from reviewer.models.findings import Found
from reviewer.titles import category_title
from reviewer.views.words import complexity_words

WHOLE: Final = (
    QT_TRANSLATE_NOOP("Findings", "every background pixel is 255"),
    QT_TRANSLATE_NOOP("Findings", "every border pixel is 255"),
    QT_TRANSLATE_NOOP("Findings", "every background pixel beyond the product's edge is 255"),
    QT_TRANSLATE_NOOP("Findings", "every pixel of the outermost rows and columns is 255"),
    QT_TRANSLATE_NOOP("Findings", "what the codec left around the product stays above 250"),
    QT_TRANSLATE_NOOP("Findings", "the product keeps its distance from the frame"),
    QT_TRANSLATE_NOOP("Findings", "one product"),
    QT_TRANSLATE_NOOP("Findings", "no product was found"),
    QT_TRANSLATE_NOOP("Findings", "there is no product in the file"),
    QT_TRANSLATE_NOOP("Findings", "there is no background beyond the product's edge"),
    QT_TRANSLATE_NOOP("Findings", "parts of it are transparent; the background must be part of the picture"),
    QT_TRANSLATE_NOOP("Findings", "nothing of it is transparent"),
    QT_TRANSLATE_NOOP("Findings", "it carries no ICC profile"),
    QT_TRANSLATE_NOOP("Findings", "No profile, EXIF or chunk says which colours the numbers mean; sRGB is assumed."),
    QT_TRANSLATE_NOOP(
        "Findings", "A 16-bit file without a profile: sRGB is only a guess, so a person should look at its colours."
    ),
    QT_TRANSLATE_NOOP("Findings", "No product was found in this photo; a person has to look at it."),
    QT_TRANSLATE_NOOP(
        "Findings",
        "The product touches the photo's edge and may be cut off; ask for a wider photo or approve it as it is.",
    ),
    QT_TRANSLATE_NOOP("Findings", "the product has no solid inside"),
    QT_TRANSLATE_NOOP("Findings", "the product has no contour long enough"),
    QT_TRANSLATE_NOOP("Findings", "the product is too thin for a window"),
    QT_TRANSLATE_NOOP("Findings", "too few edges with contrast in both images"),
    QT_TRANSLATE_NOOP("Findings", "too few places where product and background are clear"),
    QT_TRANSLATE_NOOP("Findings", "too few places where product and backdrop differ"),
    QT_TRANSLATE_NOOP("Findings", "the contour has no run long enough"),
    QT_TRANSLATE_NOOP("Findings", "the product itself has the backdrop's colour"),
    QT_TRANSLATE_NOOP("Findings", "nothing was painted"),
    QT_TRANSLATE_NOOP("Findings", "a finished photo was not cut out here"),
    QT_TRANSLATE_NOOP("Findings", "LPIPS is not installed"),
    QT_TRANSLATE_NOOP("Findings", "its sides are not straight"),
    QT_TRANSLATE_NOOP("Findings", "all four sides agree"),
    QT_TRANSLATE_NOOP("Findings", "left and right side agree"),
    QT_TRANSLATE_NOOP("Findings", "linear light"),
    QT_TRANSLATE_NOOP("Findings", "mean over the product"),
    QT_TRANSLATE_NOOP("Findings", "share of the field within the graded tolerance"),
    QT_TRANSLATE_NOOP("Findings", "as stored"),
)
"""Sentences of the line that hold no number."""

NUMBERED: Final[Mapping[str, tuple[str, str]]] = {
    "strays": (QT_TRANSLATE_NOOP("Findings", "small pieces that are no part of the product: {value}"), "{:.0f}"),
    "lost_parts": (
        QT_TRANSLATE_NOOP("Findings", "places where the product goes on and was cut away: {value}"),
        "{:.0f}",
    ),
    "filled_holes": (QT_TRANSLATE_NOOP("Findings", "holes of the product that still hold backdrop: {value}"), "{:.0f}"),
    "edge_width": (QT_TRANSLATE_NOOP("Findings", "the edge is {value} times as soft as the original's"), "{:.1f}"),
    "jaggedness": (QT_TRANSLATE_NOOP("Findings", "the outline is jagged by {value} px"), "{:.2f}"),
    "halo": (QT_TRANSLATE_NOOP("Findings", "a ring in the old backdrop's colour, ΔE {value}"), "{:.0f}"),
    "off_center": (QT_TRANSLATE_NOOP("Findings", "the product lies {value} of the frame off the centre"), "{:.1%}"),
    "unasked_shift": (
        QT_TRANSLATE_NOOP("Findings", "the product's colour moved by ΔE {value} beyond the correction on record"),
        "{:.1f}",
    ),
    "product_changed": (
        QT_TRANSLATE_NOOP("Findings", "{value} of the product no longer looks like the original"),
        "{:.2%}",
    ),
    "ssim_unlike": (QT_TRANSLATE_NOOP("Findings", "{value} of the product is not built like the original"), "{:.2%}"),
    "writing": (
        QT_TRANSLATE_NOOP("Findings", "a stamp, a watermark or a tag on the product; lines of text: {value}"),
        "{:.0f}",
    ),
    "grain_changed": (
        QT_TRANSLATE_NOOP("Findings", "the product's pixels differ all over by {value} levels, as from coding"),
        "{:.1f}",
    ),
    "burnt": (QT_TRANSLATE_NOOP("Findings", "{value} of the product burned out to full scale"), "{:.1%}"),
    "smear": (QT_TRANSLATE_NOOP("Findings", "a fill lost {value} of the texture around it"), "{:.0%}"),
    "repeats": (QT_TRANSLATE_NOOP("Findings", "{value} of a fill repeats its surroundings"), "{:.0%}"),
    "seam": (QT_TRANSLATE_NOOP("Findings", "a fill's border shows as a step of {value} levels"), "{:.0f}"),
    "wisps": (QT_TRANSLATE_NOOP("Findings", "faint remains away from the product: {value} of its area"), "{:.2%}"),
    "shadow_left": (
        QT_TRANSLATE_NOOP("Findings", "{value} of the product looks like shadow on the backdrop"),
        "{:.1%}",
    ),
    "fading": (
        QT_TRANSLATE_NOOP(
            "Findings", "the outline has no edge for {value} of the product's length, as where a shadow was kept"
        ),
        "{:.0%}",
    ),
    "backdrop_left": (
        QT_TRANSLATE_NOOP("Findings", "{value} of the product cannot be told from the backdrop"),
        "{:.0%}",
    ),
    "artifact": (QT_TRANSLATE_NOOP("Findings", "with such readings {value} of results have a fault"), "{:.0%}"),
}
"""What is said of a reading beyond its limit, and how its value is written."""

TOO_LARGE = QT_TRANSLATE_NOOP("Findings", "the cut-out is {value} px too large along the outline")
TOO_SMALL = QT_TRANSLATE_NOOP("Findings", "the cut-out is {value} px too small along the outline")

BARE: Final[Mapping[str, str]] = {
    "enlarged": QT_TRANSLATE_NOOP("Findings", "the product has too few pixels and was enlarged"),
    "low_resolution": QT_TRANSLATE_NOOP("Findings", "the product has too few pixels, even enlarged"),
    "cleaned_up": QT_TRANSLATE_NOOP(
        "Findings", "what lay beside the product was taken away; compare it with the original"
    ),
    "mark_on_product": QT_TRANSLATE_NOOP(
        "Findings", "writing stands on the product; take it away by hand, or approve it as its own print"
    ),
    "format": QT_TRANSLATE_NOOP("Findings", "this place of sale does not take such a file"),
    "bytes": QT_TRANSLATE_NOOP("Findings", "the file has too many bytes"),
    "resolution": QT_TRANSLATE_NOOP("Findings", "the picture has too few or too many pixels"),
    "aspect": QT_TRANSLATE_NOOP("Findings", "width over height is not what the rules ask for"),
    "orientation": QT_TRANSLATE_NOOP("Findings", "the file carries an orientation tag; pixels must stand upright"),
    "alpha": QT_TRANSLATE_NOOP("Findings", "what is transparent does not fit the rules"),
    "color": QT_TRANSLATE_NOOP("Findings", "its colours are not RGB"),
    "bit_depth": QT_TRANSLATE_NOOP("Findings", "it has too few bits per channel"),
    "dpi": QT_TRANSLATE_NOOP("Findings", "it declares too few dpi"),
    "icc": QT_TRANSLATE_NOOP("Findings", "its colour profile is not the one the rules ask for"),
    "name": QT_TRANSLATE_NOOP("Findings", "its name does not follow the rules"),
    "halo": QT_TRANSLATE_NOOP("Findings", "pixels around the product are not white enough"),
    "exact_white": QT_TRANSLATE_NOOP("Findings", "the background is not exactly white"),
    "border": QT_TRANSLATE_NOOP("Findings", "the border is not exactly white"),
    "touching": QT_TRANSLATE_NOOP("Findings", "the product touches the frame"),
    "fill": QT_TRANSLATE_NOOP("Findings", "the product fills too much or too little of the frame"),
    "subjects": QT_TRANSLATE_NOOP("Findings", "not the expected number of products"),
}
"""What is said where the record holds no number to say it by."""


def finding_words(found: Found, outcome: Outcome, settings: Settings) -> str:
    """Return the sentence of a gate, flag or reading of `outcome`, "" where there is nothing to say."""
    if not speaks_german():
        return found.detail
    said = translate("Findings", found.detail) if found.detail else ""
    if said != found.detail:
        return said
    readings = {reading.name: reading for reading in outcome.readings}
    if isinstance(found, Gate):
        return _gate_words(found, readings, _rules(outcome, settings)) or _bare(found)
    if isinstance(found, Flag):
        return _flag_words(found, readings) or _pixel_words(found, outcome, settings) or _bare(found)
    return _places(found)


def finding_sentence(found: Found, outcome: Outcome, settings: Settings) -> str:
    """Return `finding_words` as they stand alone: with a capital letter, however the line recorded them."""
    words = finding_words(found, outcome, settings)
    return words[:1].upper() + words[1:]


def why_by_hand(outcome: Outcome, record: ImageRecord, settings: Settings) -> str:
    """Return why a person makes this image from its draft."""
    routing = outcome.routing
    if routing is None:
        return ""
    if not speaks_german():
        return "; ".join(routing.reasons)
    parts = [complexity_words(routing.complexity)]
    if len(routing.reasons) > 1:
        named = [(record.category, settings.categories), *((tag, settings.tags) for tag in record.tags)]
        hard = [
            category_title(name)
            for name, rules in named
            if (rule := rules.get(name.lower().strip())) and rule.complexity == routing.complexity.value
        ]
        parts += [translate("Findings", "as always for “{category}”").format(category=name) for name in hard[:1]]
    return ", ".join(parts)


def _gate_words(gate: Gate, readings: Mapping[str, Reading], rules: Platform | None) -> str:
    """Return what a gate found, from the readings it judged; "" where they are not on record."""

    def value(name: str) -> float | None:
        return readings[name].value if name in readings else None

    if gate.name in ("exact_white", "border") and not gate.passed:
        border = gate.name == "border"
        count = int(value("off_white_border" if border else "off_white_field") or 0)
        if not count:
            return ""
        return counted("%Ln border pixels are not 255", "", count) if border else _background(count)
    if gate.name == "touching" and not gate.passed and value("chopped") and not value("touching"):
        return translate("Findings", "the product is cut off by the original's frame")
    if gate.name == "fill" and (share := value("fill")) is not None:
        said = translate("Findings", "the product fills {share} of the frame").format(share=numeral(f"{share:.1%}"))
        return said + (_allowed(rules) if rules else "")
    if gate.name == "resolution" and (longest := value("resolution")):
        said = translate("Findings", "longest side {longest} px").format(longest=numeral(f"{longest:,.0f}"))
        return said + (_needed(rules) if rules else "")
    if gate.name == "subjects" and (count := int(value("pieces") or 0)):
        said = counted("%Ln separate pieces", "", count)
        expected = translate("Findings", "; {count} expected")
        return said if gate.passed or not rules else said + expected.format(count=rules.subjects)
    return ""


def _background(count: int) -> str:
    return counted("%Ln background pixels are not 255", "", count)


def _allowed(rules: Platform) -> str:
    low, high = (numeral(f"{share:.0%}") for share in (rules.fill_low, rules.fill_high))
    return translate("Findings", "; allowed is {low} to {high}").format(low=low, high=high)


def _needed(rules: Platform) -> str:
    least = numeral(f"{rules.min_longest_side:,}")
    return translate("Findings", "; at least {least} px are needed").format(least=least)


def _flag_words(flag: Flag, readings: Mapping[str, Reading]) -> str:
    reading = readings.get(flag.name)
    if reading is None or reading.value is None:
        return ""
    value = reading.value
    if flag.name == "fringe":
        said = translate("Findings", TOO_LARGE if value > 0 else TOO_SMALL)
        return said.format(value=numeral(f"{abs(value):.1f}"))
    if flag.name not in NUMBERED:
        return ""
    text, written = NUMBERED[flag.name]
    said = translate("Findings", text).format(value=numeral(written.format(value)))
    places = _places(reading) if reading.unit != "count" else ""
    return f"{said}; {places}" if places else said


def _pixel_words(flag: Flag, outcome: Outcome, settings: Settings) -> str:
    """Return how far a product with too few pixels was enlarged, or how many it lacks; "" for other flags."""
    if flag.name == "enlarged" and outcome.frame is not None:
        words = translate("Findings", "the product has too few pixels and was enlarged {times} times")
        return words.format(times=numeral(f"{outcome.frame.scale:.2f}"))
    rules = _rules(outcome, settings)
    longest = next((reading.value for reading in outcome.readings if reading.name == "resolution"), None)
    if flag.name != "low_resolution" or rules is None or longest is None:
        return ""
    words = translate("Findings", "the product has too few pixels: {longest} px where {least} px are needed")
    return words.format(longest=numeral(f"{longest:,.0f}"), least=numeral(f"{rules.min_longest_side:,}"))


def bare_words(name: str) -> str:
    """Return what is wrong where such a gate failed or such a flag was raised, without numbers; "" for unknown ones."""
    return translate("Findings", BARE[name]) if name in BARE else ""


def _bare(found: Gate | Flag) -> str:
    """What a studio's own rules or a later version says stays as recorded."""
    passed = isinstance(found, Gate) and found.passed
    return found.detail if passed else bare_words(found.name) or found.detail


def _places(reading: Reading) -> str:
    count = len(reading.evidence.boxes)
    return counted("%Ln places", "", count) if count > 1 else ""


def _rules(outcome: Outcome, settings: Settings) -> Platform | None:
    """Return the rules that the gates were judged by, None where they have changed since."""
    known = outcome.settings == settings.fingerprint
    return settings.platform(settings.scoring.platform) if known else None
