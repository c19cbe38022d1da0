"""Rows that are only ever added: no SQL changes, removes or replaces them, from any connection."""

import os
import re
import shutil

import pytest
from sqlite_utils.utils import sqlite3
from studio_stories import SENIOR
from studio_stories import add_batch
from studio_stories import make_version
from studio_stories import outcome
from studio_stories import raw

from pipeline.batch.rollout import judge
from pipeline.model import Action
from pipeline.model import Candidate
from pipeline.model import Draw
from pipeline.model import NewImage
from pipeline.model import Sale
from pipeline.model import State
from pipeline.store.catalog import FILE_NAME
from pipeline.store.known_answers import KnownAnswer
from pipeline.store.retention import Terms
from pipeline.store.store import Store

pytestmark = pytest.mark.of_a_file

APPEND_ONLY = (
    *("attempt", "step", "version", "decision", "delivery", "event"),
    *("wave", "wave_image", "ruling", "rollback", "recall", "known_answer", "legal_hold", "purge", "purged_file"),
    *("sale_import", "sale", "naming"),
)


@pytest.fixture(scope="module")
def pattern(tmp_path_factory):
    """A studio in which every table has rows."""
    studio = tmp_path_factory.mktemp("pattern") / "studio"
    with Store(studio) as store:
        tell(store)
    return studio


@pytest.fixture
def told(pattern, studio):
    """Such a studio of the test's own."""
    studio.mkdir()
    shutil.copy(pattern / FILE_NAME, studio)
    return studio


def tell(store):
    add_batch(store, 2)
    for image in (1, 2):
        version = make_version(store, image, gate=False)
        store.decide(image, Action.REJECT, person="Ann")
        store.undo("Ann")
        store.redo("Ann")
        store.decide(image, Action.APPROVE, person="Ann")
        store.decide(image, Action.SIGN_OFF, person="Sue", role=SENIOR)
        deliver(store, version.id)
    for sku in ("S1", "S2"):
        store.name_image(1, person="Ann", sku=sku)
    tell_of_a_release(store)
    tell_of_a_purge(store)
    store.add_sales(file="a.csv", sha256="0" * 64, mapping={}, rows=[Sale("A", "2026-11-22", 3, 1)] * 2)


def deliver(store, version):
    store.add_delivery(version=version, platform="print", name="a.tif", sha256="0" * 64, report={})


def tell_of_a_release(store):
    """Two waves, each with a known answer, ruled on, delivered and called back."""
    add_batch(store, 2, name="waves")
    for image in (3, 4):
        version = make_version(store, image, State.APPROVED)
        draw = Draw(1.0, 7, (Candidate(image, version.id, "all"),), frozenset({image}), {"all": 1}, 0.06, 0.95)
        wave = store.add_wave("waves", draw, "Lea")
        store.add_known_answers(wave, [KnownAnswer(version.id, "a/009.jpg", "S", "spot", outcome(image, State.AUDIT))])
        store.decide(image, Action.APPROVE, person="Ann")
        drawn = store.waves("waves")[-1]
        store.add_ruling(drawn, judge(drawn.findings, {"all": 1}, limit=0.06, confidence=0.95), "Lea")
        deliver(store, version.id)
        store.roll_back("waves", drawn.number, reason="", person="Lea")


def tell_of_a_purge(store):
    """A legal hold, lifted, and two purges of an original and an orphan each."""
    for change in (store.hold_legally, store.lift_legal_hold):
        change(batch="waves", reason="a lawsuit", person="Lea")
    for number in range(2):
        original = store.files.put_bytes(b"old %d" % number)
        store.add_batch(f"old {number}", "", [NewImage("a.jpg", original, 5)])
        image = store.entries(f"old {number}")[0].record.id
        deliver(store, make_version(store, image, State.APPROVED).id)
        for sha256 in (original, store.files.put_bytes(b"nobody's")):
            os.utime(store.files.path(sha256), (0, 0))
        assert len(store.purge(Terms(lambda client: 30, 2, 24), now=2**62)) == 2


def content(connection):
    return {
        table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in (*APPEND_ONLY, "image", "person")
    }


def columns(connection, table):
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_column_of_an_append_only_row_can_be_changed(told, table):
    with raw(told) as connection:
        before = content(connection)
        for column in columns(connection, table):
            with pytest.raises(sqlite3.IntegrityError, match="append-only; nothing recorded is ever changed"):
                connection.execute(f"UPDATE {table} SET {column} = {column}")
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(f"UPDATE OR IGNORE {table} SET {column} = NULL")
        assert content(connection) == before


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_append_only_row_can_be_removed(told, table):
    with raw(told) as connection:
        before = content(connection)
        with pytest.raises(sqlite3.IntegrityError, match="append-only; nothing recorded is ever removed"):
            connection.execute(f"DELETE FROM {table}")
        assert content(connection) == before


@pytest.mark.parametrize("recursive", ["OFF", "ON"])
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_append_only_row_can_be_replaced_through_any_of_its_keys(told, table, recursive):
    with raw(told) as connection:
        connection.execute(f"PRAGMA recursive_triggers = {recursive}")
        before = content(connection)
        names = columns(connection, table)
        for key in unique_keys(connection, table):
            fresh = {"id": "NULL", "seq": "NULL", "position": "position + 1000", "hash": "replace(hash, '0', '1')"}
            fresh |= {"token": "token + 1000", "attempt": "attempt + 1000", "subject": "subject + 1000"}
            fresh |= {"retracts": "NULL", "repeats": "NULL"}
            chosen = [name if name in key else fresh.get(name, name) for name in names]
            keyed = " AND ".join(f"{name} IS NOT NULL" for name in key)
            sql = f"INSERT OR REPLACE INTO {table} SELECT {', '.join(chosen)} FROM {table} WHERE {keyed}"
            with pytest.raises(sqlite3.IntegrityError, match="nothing recorded is ever replaced"):
                connection.execute(sql)
            assert content(connection) == before, f"{table} gave way through {key}"


def unique_keys(connection, table):
    keys = [[row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[5]]]
    for _, index, unique, *_ in connection.execute(f"PRAGMA index_list({table})").fetchall():
        if unique:
            keys.append([row[2] for row in connection.execute(f"PRAGMA index_info({index})")])
    return keys


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE image SET sha256 = replace(sha256, '1', '2')",
        "UPDATE image SET file = file || 'x'",
        "UPDATE image SET refusal = 'gone'",
        "DELETE FROM image",
        "INSERT OR REPLACE INTO image SELECT * FROM image",
        "UPDATE person SET name = 'Mallory'",
        "UPDATE person SET key = key || 'x'",
        "DELETE FROM person",
        "INSERT OR REPLACE INTO person SELECT * FROM person",
    ],
)
def test_originals_and_people_stay_who_they_are(told, sql):
    with raw(told) as connection:
        before = content(connection)
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(sql)
        assert content(connection) == before


def test_a_decision_about_an_older_version_is_refused_by_the_schema_too(store, studio):
    add_batch(store)
    old = make_version(store, 1)
    make_version(store, 1)
    with raw(studio) as connection:
        connection.execute("INSERT INTO person (name, key) VALUES ('Cat', 'cat')")
        with pytest.raises(sqlite3.IntegrityError, match="newer version"):
            connection.execute(
                "INSERT INTO decision (image, version, action, person, role, reason, note, at, seconds) "
                "VALUES (1, ?, 'approve', 1, 'editor', '', '', 1, 0.0)",
                [old.id],
            )


def test_every_append_only_table_has_all_three_guards(told):
    with raw(told) as connection:
        texts = [row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
    guarded = {
        (table, verb)
        for text in texts
        for verb, table in re.findall(r"BEFORE (UPDATE|DELETE|INSERT) ON (\w+)", text)
        if "nothing recorded is ever" in text
    }
    assert guarded == {(table, verb) for table in APPEND_ONLY for verb in ("UPDATE", "DELETE", "INSERT")}
