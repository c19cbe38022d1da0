"""Shoot groups as they were solved: which images share one light, recorded once per image."""

from collections.abc import Sequence

from pipeline.model import ImageRecord
from pipeline.model import ShootGroup
from pipeline.store.catalog import Catalog
from pipeline.store.rows import load_records

UNGROUPED = """
SELECT i.id FROM image AS i JOIN claim AS c ON c.image = i.id
WHERE i.batch = ? AND c.open = 1 AND NOT EXISTS (SELECT 1 FROM grouped_image AS g WHERE g.image = i.id)
ORDER BY i.id
"""


def ungrouped(catalog: Catalog, batch: int) -> list[ImageRecord]:
    """Return the images of the batch that wait for the line and belong to no shoot group yet."""
    found = load_records(catalog, [row["id"] for row in catalog.rows(UNGROUPED, [batch])])
    return [found[image] for image in sorted(found)]


def add_groups(catalog: Catalog, batch: int, groups: Sequence[ShootGroup]) -> None:
    """Record groups whose members are image ids; images another run grouped meanwhile keep theirs."""
    with catalog.writing():
        taken = {row["name"] for row in catalog.rows("SELECT name FROM shoot_group WHERE batch = ?", [batch])}
        waiting = {row["id"] for row in catalog.rows(UNGROUPED, [batch])}
        for group in groups:
            members = [image for image in map(int, group.members) if image in waiting]
            if members:
                _add(catalog, batch, group, members, taken)


def _add(catalog: Catalog, batch: int, group: ShootGroup, members: list[int], taken: set[str]) -> None:
    number, name = 1, group.name
    while name in taken:
        number += 1
        name = f"{group.name} {number}"
    taken.add(name)
    red, blue = group.white or (None, None)
    values = {"red": red, "blue": blue, "source": group.source, "lightness": group.lightness}
    row = catalog.add("shoot_group", batch=batch, name=name, **values)
    sql = "INSERT INTO grouped_image (image, shoot_group) VALUES (?, ?)"
    catalog.run_many(sql, [(image, row) for image in members])
