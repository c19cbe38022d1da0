"""Where a studio is: a folder, and for a team the server that keeps its catalogue."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl
from urllib.parse import urlencode
from urllib.parse import urlsplit

import platformdirs

from pipeline.errors import KnownError

SCHEMES: Final = ("postgresql", "postgres")
FILES: Final = "files"
"""The parameter of a server's address that names the folder all machines share."""

HOST: Final = r"(\[[^]]*]|[^][:,@]*)(:\d*)?"
WELL_FORMED: Final = re.compile(rf"([^@]*@)?{HOST}(,{HOST})*")
"""Who and on which hosts; a password with a / or # of its own would end too early, with its rest in the path."""

NO_CHARACTER: Final = re.compile(r"%(?![0-9A-Fa-f]{2})|%00|\0")
NO_ADDRESS: Final = (
    "This is no address of a server: write postgresql://USER@HOST/DATABASE?files=FOLDER, "
    "and in a password %2F for /, %3F for ?, %23 for #, %25 for %, %40 for @."
)
"""Says nothing of what was written, for it may be a password."""


@dataclass(frozen=True)
class Place:
    """A studio's place.

    Attributes:
        folder: the studio's folder; with a server that of its `files/` and settings, which all machines see.
        server: the PostgreSQL address of the catalogue, "" where it is a file in the folder. May hold a password.
        location: the bucket of the files, "" where they are in the folder or where the folder says it.
    """

    folder: Path
    server: str = ""
    location: str = ""

    def __str__(self) -> str:
        """The text that `place` reads; it goes to other programs of this user only."""
        if not self.server:
            return str(self.folder)
        parts = urlsplit(self.server)
        query = urlencode([*parse_qsl(parts.query), (FILES, self.location or str(self.folder))])
        return parts._replace(query=query).geturl()

    @property
    def own(self) -> Path:
        """The folder for what one machine alone keeps: of a team's studio it is not the one that all share."""
        return _own_folder(self.shown) if self.server else self.folder

    @property
    def shown(self) -> str:
        """What people may read of it: the address without a password and without parameters."""
        if not self.server:
            return str(self.folder)
        parts = urlsplit(self.server)
        secret = f":{parts.password}@" if parts.password is not None else "@"
        return parts._replace(netloc=parts.netloc.replace(secret, "@"), query="").geturl()


def place(text: str | Path | Place) -> Place:
    """Return the place that a person named: a folder, or `postgresql://USER@HOST/DATABASE?files=FOLDER`.

    The files may also be in a bucket; its address is written with %3A for ":", %2F for "/" and so on.

    Raises KnownError for an address without a folder for the files, one that is none or of another kind of server, and
    for no text at all: an unset variable of a script must not make a studio of the folder it happens to be in.
    """
    if isinstance(text, Place):
        return text
    if isinstance(text, Path):
        return Place(text)
    if not text:
        raise KnownError("No studio is named; give its folder, or postgresql://USER@HOST/DATABASE?files=FOLDER.")
    scheme, is_address, _ = text.partition("://")
    if not is_address or not scheme.isalnum():
        return Place(Path(text))
    if scheme.lower() not in SCHEMES:
        raise KnownError(
            f"A studio is in a folder or on a server postgresql://, not at {scheme}://; name one of these."
        )
    return _on_a_server(text)


def _on_a_server(text: str) -> Place:
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise KnownError(NO_ADDRESS) from error
    if not WELL_FORMED.fullmatch(parts.netloc) or NO_CHARACTER.search(text):
        raise KnownError(NO_ADDRESS)
    parameters = parse_qsl(parts.query)
    folders = [value for name, value in parameters if name == FILES]
    if not folders:
        shown = Place(Path(), text).shown
        raise KnownError(f"{shown} does not say where the files are; add ?{FILES}=FOLDER, a folder all machines share.")
    query = urlencode([pair for pair in parameters if pair[0] != FILES])
    server = parts._replace(query=query).geturl()
    if "://" not in folders[-1]:
        return Place(Path(folders[-1]), server)
    return Place(_own_folder(Place(Path(), server).shown), server, folders[-1])


def _own_folder(server: str) -> Path:
    """What a machine keeps of a studio whose catalogue and files are both elsewhere: its settings, drafts and cache."""
    name = hashlib.sha256(server.encode()).hexdigest()[:16]
    return Path(platformdirs.user_data_dir("whitepoint", appauthor=False)) / "teams" / name
