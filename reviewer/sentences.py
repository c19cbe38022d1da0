"""What the line said of files, names and waves, in the person's language; English stands as it was written."""

from pipeline.sentences import NESTED
from pipeline.sentences import NUMBERS
from pipeline.sentences import understood
from reviewer.language import numeral
from reviewer.language import speaks_german
from reviewer.language import translate
from reviewer.titles import platform_title


def said_words(sentence: str) -> str:
    """Return a sentence of `pipeline.sentences` in the person's language; any other stands as it is."""
    said = understood(sentence) if speaks_german() else None
    if said is None:
        return sentence
    shown = {field: _shown(field, value) for field, value in said.values.items()}
    return translate("Sentences", said.template).format(**shown)


def _shown(field: str, value: str) -> str:
    if field in NUMBERS:
        known = understood(value)
        return said_words(value) if known and known.what == "less_than" else numeral(value.replace(" %", "%"))
    if field in NESTED:
        # The system's own words begin with a capital where they stand alone.
        plain = value if understood(value) else value.lower()
        return said_words(plain) if understood(plain) else value
    if field == "platform":
        return platform_title(value)
    if field in ("code", "codes"):
        return value.replace(" or ", translate("Sentences", " or "))
    return value.replace("“", "„").replace("”", "“")
