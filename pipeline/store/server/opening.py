"""How a team's studio is opened on a server, made there, brought up to date, or brought there whole."""

from contextlib import closing
from typing import Final

from pipeline.errors import KnownError
from pipeline.errors import StudioError
from pipeline.store.catalog import FileCatalog
from pipeline.store.files import make_folder
from pipeline.store.migrations import SCHEMA
from pipeline.store.place import Place
from pipeline.store.server import schema
from pipeline.store.server import transfer
from pipeline.store.server.catalog import ServerCatalog
from pipeline.store.trouble import explained

OLDEST_SERVER: Final = 140000
KNOWN: Final = f"SELECT count(*) FROM pg_namespace WHERE nspname = '{schema.NAME}'"
OURS: Final = f"""
SELECT count(*) FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE nspname = '{schema.NAME}' AND relname = 'studio' AND attname = 'schema' AND atttypid = CAST('bigint' AS regtype)
"""
"""Who may not read a studio may read this: it tells a stranger's tables from rights that are missing."""


def open_server(place: Place) -> ServerCatalog:
    """Open the catalogue on a server, making it in an empty database and the shared folder where it is not there yet.

    Raises StudioError with one sentence when the server cannot be used, or when the studio is a newer one's.
    """
    with explained(place.folder):
        make_folder(place.folder)
    catalog = ServerCatalog(place)
    try:
        bring_up_to_date(catalog)
    except BaseException:
        catalog.close()
        raise
    return catalog


def refuse_studio(place: Place) -> None:
    """Raise KnownError where the server's database holds a studio already."""
    with closing(ServerCatalog(place)) as catalog:
        _refuse_studio(catalog)


def load(source: FileCatalog, place: Place) -> None:
    """Bring all rows of a catalogue of the newest schema into an empty database, all of them or none.

    Raises KnownError where there is a studio already, StudioError where the server refuses.
    """
    with closing(ServerCatalog(place)) as catalog:
        refuse_unfit(catalog)
        with catalog.writing(), source.reading(), catalog.explained():
            _refuse_studio(catalog)
            transfer.to_server(source, catalog, catalog.connection)


def _refuse_studio(catalog: ServerCatalog) -> None:
    if _known(catalog):
        raise KnownError(f"{catalog.name} holds a studio already and stays as it is; name an empty database.")


def bring_up_to_date(catalog: ServerCatalog) -> None:
    """Make the schema, or change it to the newest. Raises StudioError where that is impossible."""
    refuse_unfit(catalog)
    if _known(catalog) == SCHEMA:
        return
    with catalog.writing(), catalog.explained():
        known = _known(catalog)
        if known == 0:
            schema.create(catalog.connection, SCHEMA)
        elif known < SCHEMA:
            schema.upgrade(catalog.connection, known, SCHEMA)


def refuse_unfit(catalog: ServerCatalog) -> None:
    """Raise StudioError for a server that is too old or a database that holds something else."""
    info = catalog.connection.info
    if info.server_version < OLDEST_SERVER:
        found = info.server_version // 10000
        raise StudioError(f"{catalog.name} runs on PostgreSQL {found}; Whitepoint needs PostgreSQL 14 or newer.")
    encoding = info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise StudioError(f"{catalog.name} keeps text as {encoding}; make a database with the encoding UTF8.")
    if _known(catalog) > SCHEMA:
        raise StudioError(f"{catalog.name} was written by a newer Whitepoint; update Whitepoint to open it.")


def _known(catalog: ServerCatalog) -> int:
    """Return the number of the schema that is there, 0 for none."""
    if not catalog.column(KNOWN)[0]:
        return 0
    is_ours = catalog.column(OURS)[0]
    known = catalog.column(f"SELECT schema FROM {schema.NAME}.studio") if is_ours else []
    if not known:
        raise StudioError(f"{catalog.name} has a schema “{schema.NAME}” of another program; use another database.")
    return known[0]
