"""Opening a studio: what is set, what is refused, and the one sentence for each."""

import ast
import errno
import os
import threading
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3
from studio_stories import add_batch
from studio_stories import raw

from pipeline.errors import BugError
from pipeline.errors import StudioError
from pipeline.model import State
from pipeline.store import catalog as module
from pipeline.store.catalog import FILE_NAME
from pipeline.store.catalog import open_catalog
from pipeline.store.catalog import wal_is_safe
from pipeline.store.migrations import APPLICATION_ID
from pipeline.store.migrations import SCHEMA
from pipeline.store.store import Store

pytestmark = pytest.mark.of_a_file

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = Path(__file__).parent / "golden_schema.sql"
IN_CHILDREN = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a forked child")


def pragma(catalog, name):
    return catalog.db.execute(f"PRAGMA {name}").fetchone()[0]


def test_every_connection_is_set_up_for_safety(studio):
    catalog = open_catalog(studio)
    settings = {
        "journal_mode": "wal" if wal_is_safe(sqlite3.sqlite_version_info) else "truncate",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 30_000,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "application_id": APPLICATION_ID,
        "user_version": SCHEMA,
    }
    assert {name: pragma(catalog, name) for name in settings} == settings
    catalog.close()


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_the_gate_knows_which_sqlite_may_use_wal(version, safe):
    assert wal_is_safe(version) is safe


def test_an_sqlite_with_the_wal_bug_falls_back_to_a_truncated_journal(studio):
    first = open_catalog(studio)
    first.close()
    catalog = open_catalog(studio, sqlite_version=(3, 40, 1))
    assert pragma(catalog, "journal_mode") == "truncate"
    assert pragma(catalog, "synchronous") == 2
    catalog.close()


def test_an_sqlite_without_strict_tables_is_refused(studio):
    with pytest.raises(StudioError, match=r"SQLite 3\.34\.1 is too old"):
        open_catalog(studio, sqlite_version=(3, 34, 1))


def test_the_studio_is_private_to_its_user(studio):
    with Store(studio) as store:
        add_batch(store)
        files = [studio, *studio.rglob("*")]
        modes = {path.relative_to(studio.parent).as_posix(): path.stat().st_mode & 0o777 for path in files}
        assert modes["studio"] == modes["studio/files"] == 0o700
        assert modes["studio/whitepoint.sqlite"] == modes["studio/whitepoint.sqlite-wal"] == 0o600
        assert all(mode & 0o077 == 0 for mode in modes.values()), modes


def test_a_folder_with_other_things_in_it_keeps_its_own_mode(studio):
    studio.mkdir(mode=0o755)
    (studio / "letter.txt").write_text("mine")
    Store(studio).close()
    assert studio.stat().st_mode & 0o777 == 0o755
    assert (studio / FILE_NAME).stat().st_mode & 0o777 == 0o600


def schema_text(studio):
    with raw(studio) as connection:
        sql = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"
        return "".join(f"{text};\n\n" for (text,) in connection.execute(sql))


def test_the_schema_equals_the_golden_one(studio):
    Store(studio).close()
    assert schema_text(studio) == GOLDEN.read_text("utf-8"), "a released schema changes only by a new migration"


def test_every_table_is_strict(studio):
    Store(studio).close()
    with raw(studio) as connection:
        tables = connection.execute(
            "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
        )
        loose = [name for name, strict in tables if not strict and not name.startswith("sqlite_")]
    assert loose == []


def test_a_migration_that_fails_half_way_leaves_nothing(studio, monkeypatch):
    def half(db):
        db.execute("CREATE TABLE half (id INTEGER) STRICT")
        raise BugError("stop")

    with monkeypatch.context() as patch:
        patch.setattr(module, "migrate", half)
        with pytest.raises(BugError):
            open_catalog(studio)
    with raw(studio) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    Store(studio).close()
    assert schema_text(studio) == GOLDEN.read_text("utf-8")


def test_what_was_written_is_there_after_a_restart(studio):
    with Store(studio) as store:
        add_batch(store, 3)
    with Store(studio) as store:
        assert store.counts("shoot")[State.NEW] == 3


def test_a_database_of_a_newer_whitepoint_is_refused(studio):
    Store(studio).close()
    with raw(studio) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    before = (studio / FILE_NAME).read_bytes()
    with pytest.raises(StudioError, match="was written by a newer Whitepoint; update Whitepoint to open it"):
        Store(studio)
    assert (studio / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize("sql", ["PRAGMA application_id = 42", "CREATE TABLE theirs (id)", "PRAGMA user_version = 3"])
def test_a_database_of_another_program_is_refused_untouched(studio, sql):
    studio.mkdir()
    with raw(studio) as connection:
        connection.execute(sql)
    before = (studio / FILE_NAME).read_bytes()
    with pytest.raises(StudioError, match="belongs to another program"):
        Store(studio)
    assert (studio / FILE_NAME).read_bytes() == before


def test_a_file_that_is_no_database_is_refused(studio):
    studio.mkdir()
    (studio / FILE_NAME).write_bytes(b"these are not the pages you are looking for" * 100)
    with pytest.raises(StudioError, match="is not a Whitepoint catalogue"):
        Store(studio)


def test_a_damaged_catalogue_is_refused_with_the_remedy(studio):
    with Store(studio) as store:
        add_batch(store, 500)
    path = studio / FILE_NAME
    data = bytearray(path.read_bytes())
    for page in range(2, len(data) // 4096, 3):
        data[page * 4096 : page * 4096 + 200] = bytes(200)
    path.write_bytes(data)
    with pytest.raises(StudioError, match=r"damaged .*restore the newest backup"):
        Store(studio)


def test_a_studio_that_is_a_file_is_refused(studio):
    studio.write_text("a letter")
    with pytest.raises(StudioError, match="in the way of a folder"):
        Store(studio)


def test_a_locked_catalogue_is_one_sentence(store, studio, monkeypatch):
    monkeypatch.setattr("pipeline.store.catalog.BUSY_MILLISECONDS", 10)
    with raw(studio) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StudioError, match="locked by another program"):
            add_batch(store)
        other.execute("ROLLBACK")
    add_batch(store)


def test_a_full_disk_is_one_sentence_and_nothing_half_written(store):
    used = store._catalog.db.execute("PRAGMA page_count").fetchone()[0]
    store._catalog.db.execute(f"PRAGMA max_page_count = {used + 3}")
    with pytest.raises(StudioError, match="full; free some space"):
        add_batch(store, 2000)
    assert store.batches() == []
    assert store.check()[0].kind == "orphan"
    store._catalog.db.execute("PRAGMA max_page_count = 1000000")
    add_batch(store, 2000)
    assert store.counts("shoot")[State.NEW] == 2000


def test_a_read_only_database_is_one_sentence(store):
    store._catalog.db.execute("PRAGMA query_only = ON")
    with pytest.raises(StudioError, match="read-only"):
        add_batch(store)


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EROFS, "read-only"), (errno.EACCES, "read-only"), (errno.ENOSPC, "full"), (errno.EIO, "check the disk")],
)
def test_a_folder_that_cannot_be_made_is_one_sentence(studio, monkeypatch, number, words):
    def fail(path, *_, **__):
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(os, "mkdir", fail)
    with pytest.raises(StudioError, match=words):
        Store(studio)


def in_child(work):
    """Run `work` in a forked child; return the child's exit status."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(int(work() or 0))
        except BaseException:
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@IN_CHILDREN
@pytest.mark.parametrize("existing", [True, False])
def test_a_folder_one_may_not_write_is_one_sentence(folder, studio, existing):
    if existing:
        Store(studio).close()
        for path in (studio / FILE_NAME, studio):
            path.chmod(0o555)
    folder.chmod(0o555)

    def as_somebody_else():
        if os.geteuid() == 0:
            os.setuid(65534)
        with pytest.raises(StudioError, match="read-only"):
            Store(studio)

    ended = in_child(as_somebody_else)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700)
    assert ended == 0


def test_a_network_folder_is_refused_before_anything_is_written(studio, monkeypatch):
    def refuse(folder):
        raise StudioError(f"{folder} lies on a network file system (nfs4).")

    monkeypatch.setattr(module, "refuse_network_folder", refuse)
    with pytest.raises(StudioError, match="network"):
        Store(studio)
    assert not studio.exists()


@IN_CHILDREN
def test_many_programs_may_open_a_new_studio_at_once(studio, folder):
    start = folder / "start"
    children = []
    for _ in range(8):
        child = os.fork()
        if child == 0:
            status = 99
            try:
                while not start.exists():
                    pass
                for _ in range(3):
                    Store(studio).close()
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    start.touch()
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 8
    assert schema_text(studio) == GOLDEN.read_text("utf-8")


def test_a_store_belongs_to_its_thread(store):
    caught = []

    def elsewhere():
        try:
            store.batches()
        except BugError as error:
            caught.append(str(error))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert "belongs to the thread" in caught[0]


@IN_CHILDREN
def test_a_store_does_not_cross_a_fork(store):
    def use():
        with pytest.raises(BugError, match="thread and process"):
            store.batches()

    assert in_child(use) == 0
    assert store.batches() == []


def test_closing_twice_is_fine(studio):
    store = Store(studio)
    store.close()
    store.close()


def test_one_sqlite_library_and_one_import_of_it():
    """Two SQLite libraries in one process silently lose rows: the second one's close() drops the first one's locks."""
    other = "py" + "sqlite3"
    found = []
    for package in ("pipeline", "reviewer", "training", "benchmarks", "tests", "resources"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [alias.name for alias in getattr(node, "names", [])] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom):
                    names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
                bad = {"sqlite3", other, "apsw", "sqlean", "PySide6.Qt" + "Sql"}
                found += [(path, name) for name in names if name.split(".")[0] in bad or name in bad]
    assert found == []
