"""What an image is called by, and who corrected that: every correction is a row of the audit trail."""

from collections.abc import Mapping

from pipeline.errors import BugError
from pipeline.model import NameChange
from pipeline.store import chain
from pipeline.store.catalog import Catalog
from pipeline.store.people import person_id
from pipeline.store.rows import load_entry

FIELDS = {
    "sku": "sku = :text",
    "asin": "asin = :text",
    "gtin": "gtin = :text",
    "angle": "notes = json_set(notes, '$.angle', :text)",
}

CHANGES = """
SELECT n.image, n.field, n.was, n.became, p.name AS person, n.at FROM naming AS n JOIN person AS p ON p.id = n.person
WHERE n.image = ? ORDER BY n.id
"""


def name_image(catalog: Catalog, image: int, values: Mapping[str, str], person: str) -> None:
    """Correct what an image is called by: "sku", "asin", "gtin" or its "angle". Raises NotFoundError."""
    if unknown := set(values) - set(FIELDS):
        raise BugError(f"An image is not called by {unknown}.")
    with catalog.writing():
        record = load_entry(catalog, image).record
        for field, text in values.items():
            was = record.notes.get(field, "") if field == "angle" else getattr(record, field)
            if text != was:
                catalog.run(f"UPDATE image SET {FIELDS[field]} WHERE id = :image", {"text": text, "image": image})
                _record(catalog, NameChange(image, field, was, text, person, chain.stamp(catalog)))


def changes(catalog: Catalog, image: int) -> list[NameChange]:
    """Return what was corrected of an image, oldest first."""
    return [NameChange(**row) for row in catalog.rows(CHANGES, [image])]


def _record(catalog: Catalog, one: NameChange) -> None:
    who = person_id(catalog, one.person)
    values = {"image": one.image, "field": one.field, "was": one.was, "became": one.became, "at": one.at}
    chain.append(catalog, "naming", catalog.add("naming", person=who, **values), one.at)
