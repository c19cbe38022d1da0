"""Shoot groups: recorded once per image, never changed, seen on the record."""

import pytest
from sqlite_utils.utils import sqlite3
from studio_stories import add_batch
from studio_stories import fail
from studio_stories import raw

from pipeline.model import ShootGroup
from pipeline.store.migrations import TEXTS
from pipeline.store.store import Store


def group(name, *members, white=(1.1, 0.9)):
    return ShootGroup(name, tuple(str(member) for member in members), white, "backdrop" if white else "", 70.0)


def test_an_image_carries_its_groups_name_and_light(store):
    add_batch(store, 3)
    one, two, three = (record.id for record in store.ungrouped("shoot"))
    store.add_groups("shoot", [group("A", one, two), group("B", three, white=None)])
    records = [entry.record for entry in store.entries("shoot")]
    assert [record.shoot_group for record in records] == ["A", "A", "B"]
    assert [record.white for record in records] == [(1.1, 0.9), (1.1, 0.9), None]
    assert store.ungrouped("shoot") == []
    assert store.claim("shoot", owner="x", count=1, lease_seconds=60)[0].record.white == (1.1, 0.9)


def test_an_image_keeps_its_first_group_and_a_taken_name_gets_a_number(store):
    add_batch(store, 2)
    one, two = (record.id for record in store.ungrouped("shoot"))
    store.add_groups("shoot", [group("A", one)])
    store.add_groups("shoot", [group("A", one, two), group("B", one)])
    assert [entry.record.shoot_group for entry in store.entries("shoot")] == ["A", "A 2"]


def test_images_the_line_is_done_with_need_no_group(store):
    add_batch(store, 2)
    first = store.entries("shoot")[0].record.id
    fail(store, first)
    assert first not in [record.id for record in store.ungrouped("shoot")]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE shoot_group SET red = 2",
        "DELETE FROM shoot_group",
        "INSERT OR REPLACE INTO shoot_group SELECT * FROM shoot_group",
        "UPDATE grouped_image SET shoot_group = 2",
        "DELETE FROM grouped_image",
        "INSERT OR REPLACE INTO grouped_image SELECT * FROM grouped_image",
    ],
)
def test_groups_are_append_only_for_every_program(studio, sql):
    with Store(studio) as store:
        add_batch(store)
        store.add_groups("shoot", [group("A", store.ungrouped("shoot")[0].id)])
    with raw(studio) as connection, pytest.raises(sqlite3.IntegrityError, match="results were made with it"):
        connection.execute(sql)


@pytest.mark.of_a_file
def test_a_studio_of_the_first_schema_is_brought_up_with_its_data(studio, monkeypatch):
    with monkeypatch.context() as old:
        old.setattr("pipeline.store.migrations.TEXTS", TEXTS[:1])
        old.setattr("pipeline.store.migrations.SCHEMA", 1)
        old.setattr("pipeline.store.catalog.SCHEMA", 1, raising=False)
        old.setattr("pipeline.store.holds.holders", lambda _: [])  # that program knew of no such table
        Store(studio).close()
    with raw(studio) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'shoot_group'").fetchone() == (0,)
        connection.execute("INSERT INTO batch (name, client, created_at) VALUES ('old', '', 1)")
    with Store(studio) as store:
        assert [batch.name for batch in store.batches()] == ["old"]
        assert store.ungrouped("old") == []
