"""A studio of an older Whitepoint: copied first, then brought up whole or not at all."""

import os
import shutil
import signal

import pytest
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3
from studio_stories import add_batch
from studio_stories import raw
from test_store_catalog import GOLDEN
from test_store_catalog import IN_CHILDREN
from test_store_catalog import in_child
from test_store_catalog import schema_text

from pipeline.errors import StudioError
from pipeline.store.backup import copy_catalog
from pipeline.store.catalog import FILE_NAME
from pipeline.store.migrations import SCHEMA
from pipeline.store.migrations import TEXTS
from pipeline.store.store import Store

pytestmark = pytest.mark.of_a_file


@pytest.fixture(params=range(1, SCHEMA))
def old(request, studio, monkeypatch):
    """A studio with a batch as each earlier schema left it; returns that schema's number."""
    schema = request.param
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.store.migrations.TEXTS", TEXTS[:schema])
        patch.setattr("pipeline.store.migrations.SCHEMA", schema)
        patch.setattr("pipeline.store.catalog.SCHEMA", schema)
        patch.setattr("pipeline.store.holds.holders", lambda _: [])  # that program knew of no such table
        with Store(studio) as store:
            add_batch(store, 3)
    return schema


def copies(studio):
    return sorted(path.name for path in (studio / "backups").iterdir())


def test_an_older_studio_keeps_its_rows_and_gets_the_golden_schema(old, studio):
    with Store(studio) as store:
        assert [entry.record.file for entry in store.entries("shoot")] == ["a/001.jpg", "a/002.jpg", "a/003.jpg"]
        assert store.check() == []
    assert schema_text(studio) == GOLDEN.read_text("utf-8")


def test_the_catalogue_is_copied_before_it_is_upgraded(old, studio):
    Store(studio).close()
    assert copies(studio) == [f"whitepoint-schema-{old}.sqlite"]
    copy = studio / "backups" / copies(studio)[0]
    assert copy.stat().st_mode & 0o777 == 0o600
    restored = studio.parent / "restored"
    shutil.copytree(studio / "files", restored / "files")
    shutil.copy(copy, restored / FILE_NAME)
    with raw(restored) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (old,)
        assert connection.execute("SELECT count(*) FROM image").fetchone() == (3,)
    with Store(restored) as store:
        assert store.check() == []


def test_a_new_studio_and_an_open_at_the_same_schema_copy_nothing(studio):
    for _ in range(2):
        Store(studio).close()
    assert not (studio / "backups").exists()


def test_nothing_is_upgraded_when_the_copy_fails(old, studio, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StudioError, match="full"):
            Store(studio)
    with raw(studio) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (old,)
    assert copies(studio) == []


def test_a_damaged_catalogue_is_not_upgraded(old, studio):
    with raw(studio) as connection:
        connection.execute("UPDATE claim SET batch = 77")
    with pytest.raises(StudioError, match="is not intact"):
        Store(studio)
    with raw(studio) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (old,)


@IN_CHILDREN
def test_an_upgrade_that_is_killed_anywhere_is_done_again(old, studio):
    def upgrade_until(limit):
        told = 0

        def tell(*_):
            nonlocal told
            told += 1
            if told == limit:
                os.kill(os.getpid(), signal.SIGKILL)

        class Watched(Database):
            def __init__(self, connection, **options):
                connection.set_trace_callback(tell)
                super().__init__(connection, **options)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("pipeline.store.catalog.Database", Watched)
            for name in ("fsync", "replace"):
                real = getattr(os, name)
                patch.setattr(os, name, lambda *arguments, real=real: tell() or real(*arguments))
            Store(studio).close()

    kept = studio.parent / "kept"
    shutil.copytree(studio, kept)
    # Every point of the newest step; the others share most of theirs with it.
    stride = 1 if old == SCHEMA - 1 else 5
    ended, limit = -signal.SIGKILL, 1 - stride
    while ended == -signal.SIGKILL:
        limit += stride
        shutil.rmtree(studio)
        shutil.copytree(kept, studio)
        ended = in_child(lambda limit=limit: upgrade_until(limit))
        with Store(studio) as store:
            assert store.check() == []
            assert len(store.entries("shoot")) == 3
        assert schema_text(studio) == GOLDEN.read_text("utf-8")
        assert copies(studio) == [f"whitepoint-schema-{old}.sqlite"]
    assert ended == 0
    assert limit > 30


def test_a_copy_is_consistent_while_others_write(store, studio):
    add_batch(store, 50)
    copy_catalog(studio / FILE_NAME, studio / "copy.sqlite")
    add_batch(store, 50, name="later")
    connection = sqlite3.connect(str(studio / "copy.sqlite"))
    assert connection.execute("SELECT count(*) FROM image").fetchone() == (50,)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert not list(studio.glob("copy.sqlite.*"))
