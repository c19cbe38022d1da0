"""Why a file could not be used or an image failed, in the person's language: the line records an English sentence."""

from pipeline.model import Entry
from reviewer.sentences import said_words


def refusal_words(entry: Entry) -> str:
    """Return why an image failed or its file was refused, "" where nothing says so."""
    return said_words(entry.error or "")
