"""What the repair mode says: engines, what a fill came to, and what a new version scored."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from pipeline.model import Entry
from pipeline.model import Reading
from pipeline.model import Version
from reviewer.desk.repair import Filled
from reviewer.language import numeral
from reviewer.language import translate

ENGINES = {
    "best": QT_TRANSLATE_NOOP("Retouch", "What suits the place"),
    "membrane": QT_TRANSLATE_NOOP("Retouch", "Smooth, all 16 bits"),
    "patchmatch": QT_TRANSLATE_NOOP("Retouch", "Patches (keeps texture)"),
    "telea": QT_TRANSLATE_NOOP("Retouch", "Smooth, from the rim"),
    "navier-stokes": QT_TRANSLATE_NOOP("Retouch", "Smooth, along lines"),
    "lama": QT_TRANSLATE_NOOP("Retouch", "LaMa, a network (invents)"),
    "mi-gan": QT_TRANSLATE_NOOP("Retouch", "MI-GAN, a network (invents)"),
}


def engine_title(name: str) -> str:
    """Return what a fill is called."""
    return translate("Retouch", ENGINES[name]) if name in ENGINES else name


def fill_words(filled: Filled | None, *, accepted: bool) -> str:
    """Return what a fill came to: texture against its surroundings, the step at its seam, what is repeated."""
    if filled is None:
        return translate("Retouch", "The fill is taken over.") if accepted else ""
    if not filled.readings:
        return translate("Retouch", "Judging the fill…")
    values = {reading.name: reading for reading in filled.readings}
    words = translate("Retouch", "Texture {texture}, seam {seam} levels, repeats {repeats}").format(
        texture=_share(values["smear"], of_one=True),
        seam="–" if values["seam"].value is None else numeral(f"{values['seam'].value:.1f}"),
        repeats=_share(values["repeats"]),
    )
    return f"{words}   {translate('Retouch', 'Accepted')}" if accepted else words


def saved_words(entry: Entry, version: Version) -> str:
    """Return what became of the new version."""
    score, before = version.outcome.score, entry.version.outcome.score if entry.version else None
    if score is None:
        return translate("Retouch", "A new version of {file} is there.").format(file=entry.record.file)
    words = translate("Retouch", "New version of {file}: {score} points, before {before}.").format(
        file=entry.record.file, score=f"{score.total:.0f}", before="–" if before is None else f"{before.total:.0f}"
    )
    signs = translate("Retouch", "Somebody else signs it off.") if version.outcome.needs_sign_off else ""
    return f"{words} {signs}".strip()


def _share(reading: Reading, *, of_one: bool = False) -> str:
    if reading.value is None:
        return "–"
    return numeral(f"{1 - reading.value if of_one else reading.value:.0%}")
