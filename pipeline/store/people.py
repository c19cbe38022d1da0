"""People: one row per person, however their name is typed, since two-person rules compare persons."""

import unicodedata

from pipeline.errors import KnownError
from pipeline.store.catalog import Catalog

LINE = "line"
"""The actor of everything the machine did by itself; no person may use this name."""

MAX_NAME = 120


def tidy_name(name: str) -> str:
    """Return the name as it is shown: composed, single spaces, no control or invisible characters.

    Raises KnownError when nothing is left, when it is too long or when it is the machine's name.
    """
    composed = unicodedata.normalize("NFC", name)
    visible = "".join(" " if char.isspace() else char for char in composed if char.isspace() or _is_visible(char))
    tidy = " ".join(visible.split())
    if not tidy:
        raise KnownError("A decision needs the name of the person who makes it; give your name.")
    if len(tidy) > MAX_NAME:
        raise KnownError(
            f"A name may have at most {MAX_NAME} letters, but “{tidy[:20]}…” has {len(tidy):,}; shorten it."
        )
    if name_key(tidy) == LINE:
        raise KnownError("“line” is the machine's own name; give the name of a person.")
    return tidy


def name_key(name: str) -> str:
    """Return what two spellings of one name share: compatibility form, case folded, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())


def person_id(catalog: Catalog, name: str) -> int:
    """Return the person's id, making the row at their first deed; call it inside a write transaction."""
    tidy = tidy_name(name)
    found = known_person(catalog, name)
    return catalog.add("person", name=tidy, key=name_key(tidy)) if found is None else found


def known_person(catalog: Catalog, name: str) -> int | None:
    """Return the person's id, None for somebody who has done nothing yet."""
    row = catalog.row("SELECT id FROM person WHERE key = ?", [name_key(tidy_name(name))])
    return None if row is None else row["id"]


def _is_visible(char: str) -> bool:
    return not unicodedata.category(char).startswith("C")
