"""How the catalogue of a place is opened, and how a whole one comes there."""

import shutil
import tempfile
from pathlib import Path

from pipeline.errors import KnownError
from pipeline.errors import StudioError
from pipeline.store.backup import copy_catalog
from pipeline.store.catalog import FILE_NAME
from pipeline.store.catalog import open_catalog
from pipeline.store.files import Files
from pipeline.store.locations import choose_location
from pipeline.store.locations import files_of
from pipeline.store.place import Place
from pipeline.store.protocol import Catalog
from pipeline.store.trouble import explained

NO_DRIVER = "A studio on a server needs psycopg; install it with pip install 'whitepoint[team]'."


def open_place(place: Place) -> Catalog:
    """Open the catalogue of a studio, making it where there is none yet.

    Raises StudioError with one sentence when it cannot be used.
    """
    if not place.server:
        return open_catalog(place.folder)
    try:
        # Late: only a team's studio needs what speaks with a server.
        from pipeline.store.server.opening import open_server
    except ImportError as error:
        raise StudioError(NO_DRIVER) from error
    return open_server(place)


def files_at(place: Place) -> Files:
    """Return the files of a studio, wherever they lie; its folder notes which bucket, if they lie in one.

    Raises KnownError where they are elsewhere already, StudioError where the folder cannot be made.
    """
    if place.location:
        choose_location(place.folder, place.location)
    return files_of(place.folder.absolute())


def refuse_existing(place: Place) -> None:
    """Raise KnownError where there is a catalogue already."""
    if not place.server:
        if (place.folder / FILE_NAME).exists():
            raise KnownError(
                f"{place.folder} holds a studio already and stays as it is; name an empty folder with --studio."
            )
        return
    from pipeline.store.server.opening import refuse_studio

    refuse_studio(place)


def install(file: Path, place: Place) -> None:
    """Bring the catalogue `file` to a place that has none, all of it or nothing.

    Raises KnownError where there is one, StudioError where the disk or the server refuses.
    """
    if not place.server:
        copy_catalog(file, place.folder / FILE_NAME)
        return
    from pipeline.store.server.opening import load

    # An older catalogue is brought up to date first, on a copy.
    folder = Path(tempfile.mkdtemp(prefix="whitepoint-"))
    try:
        with explained(folder):
            copy_catalog(file, folder / FILE_NAME)
        source = open_catalog(folder)
        try:
            load(source, place)
        finally:
            source.close()
    finally:
        shutil.rmtree(folder)
