"""Where the errors of a PostgreSQL server become sentences with a remedy."""

from typing import Final

import psycopg

from pipeline.errors import BugError
from pipeline.errors import ConflictError
from pipeline.errors import KnownError
from pipeline.errors import StudioError
from pipeline.store.server.statements import REFUSED

SENTENCES: Final = {
    "28": "{place} does not let you in ({reason}); check the user and the password (PGPASSWORD or ~/.pgpass).",
    "3D": "There is no database {place}; have it created (createdb) or check its name.",
    "25006": "{place} cannot be written because the server is read-only; connect to the main server.",
    "42501": "{place} does not let you do that ({reason}); ask for the rights of the studio's owner.",
    "53100": "The disk of the server of {place} is full; free some space there and continue, nothing is lost.",
    "53": "The server of {place} has no room for more ({reason}); close some windows or raise its limits.",
    "57": "The server of {place} ended the connection ({reason}); try again in a moment, nothing is lost.",
    "40": "{place} is busy with what somebody else does ({reason}); try again in a moment.",
    "55P03": "{place} is locked by another program; wait until it has finished, and try again.",
    "XX": "{place} is damaged ({reason}); restore the newest backup of this studio.",
    "58": "The server of {place} could not read or write its disk ({reason}); have it checked, then try again.",
}
"""By the beginning of the error's state; the longest that fits counts."""

GONE: Final = "{place} cannot be reached ({reason}); check the network and that the server runs, then try again."

WORDS: Final = {"password authentication failed": "28", "no password supplied": "28", "no pg_hba.conf entry": "28"}
WORDS_OF_CONNECTING: Final = WORDS | {"does not exist": "3D", "too many clients": "53"}
"""What a server says before there is a connection carries no state."""


def told(error: psycopg.Error, place: str) -> Exception:
    """Return the error that says in one sentence what happened to the catalogue `place`."""
    state, reason = error.sqlstate, _reason(error)
    if state == REFUSED:
        return ConflictError(error.diag.message_primary or reason)
    if state is None:
        state = next((code for words, code in WORDS_OF_CONNECTING.items() if words in str(error)), None)
    if isinstance(error, psycopg.DataError) and "NUL" in str(error):
        return KnownError("A text holds a character that is none (NUL); type it again.")
    fits = [code for code in SENTENCES if state and state.startswith(code)]
    if fits:
        return StudioError(SENTENCES[max(fits, key=len)].format(place=place, reason=reason))
    if isinstance(error, psycopg.OperationalError):
        return StudioError(GONE.format(place=place, reason=reason))
    return BugError(f"{place}: {type(error).__name__}: {error}")


def _reason(error: psycopg.Error) -> str:
    """The server's own words on one line."""
    said = error.diag.message_primary or (str(error).strip().splitlines() or ["no reason given"])[-1]
    return " ".join(said.split()).rstrip(".")
