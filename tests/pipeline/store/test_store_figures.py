"""Figures: each counts exactly the images that its list shows, whoever did what, also twice."""

import random
from datetime import date

from studio_stories import add_batch
from studio_stories import make_version

from pipeline.model import Action
from pipeline.model import Behind
from pipeline.model import Figure
from pipeline.model import Role
from pipeline.model import Sale
from pipeline.model import Selection
from pipeline.model import State
from pipeline.store.store import Store

EVER = {"since": 0, "until": 2**62}
IMAGES = 14


def tell(store: Store) -> None:
    """A day of two editors and a senior, the same for every run."""
    lot = random.Random(3)
    add_batch(store, IMAGES)
    add_batch(store, 2, name="other")
    store.sign_in("Sue", Role.SENIOR)
    for image in range(1, IMAGES + 3):
        for _ in range(lot.randint(1, 2)):
            version = make_version(store, image, lot.choice([State.APPROVED, State.REVIEW]))
        if lot.random() < 0.8:
            store.decide(image, Action.APPROVE, person=lot.choice(["Ann", "Ben"]))
        if lot.random() < 0.5:
            store.decide(image, Action.REDO, person="Sue", role=Role.SENIOR, reason=lot.choice(["halo", "crop"]))
        elif store.entry(image).state is State.APPROVED:
            store.add_delivery(version=version.id, platform="print", name=f"{image}.tif", sha256="0" * 64, report={})


def test_every_figure_counts_exactly_the_images_that_its_list_shows(studio) -> None:
    with Store(studio) as store:
        tell(store)
        store.name_image(1, person="Ann", sku="MUG")
        found = store.figures("shoot", **EVER)

        def behind(figure: Figure, name: str = "") -> int:
            return len(store.image_ids("shoot", Selection(behind=Behind(figure, 0, 2**62, name))))

        assert (found.finished, found.judged) == (behind(Figure.FINISHED), behind(Figure.DECIDED))
        assert (found.approved_alone, found.made) == (behind(Figure.ALONE), behind(Figure.MADE))
        assert (found.accepted_first, found.settled) == (behind(Figure.ACCEPTED), behind(Figure.SETTLED))
        (sue,) = found.overturns
        assert (sue.overturned, sue.seen) == (behind(Figure.OVERTURNED, "sue"), behind(Figure.SEEN, "Sue"))
        assert behind(Figure.OVERTURNED, "Ann") == 0 < sue.overturned < found.judged < found.made == IMAGES
        tallies = [*found.done, *found.decided, *found.reasons, *found.scores]
        assert [len(store.image_ids("shoot", Selection(**one.selection))) for one in tallies] == [
            one.count for one in tallies
        ]
        assert len(found.reasons) == 2
        shown = [len(store.image_ids("shoot", Selection(state=queue.state))) for queue in found.queues]
        assert shown == [queue.count for queue in found.queues]
        assert store.figures(**EVER).made == IMAGES + 2


def test_sales_are_added_up_by_week_but_for_days_that_matter(studio) -> None:
    with Store(studio) as store:
        rows = [Sale(sku, f"2026-06-{day:02}", day, 1) for sku in ("A 1", "B") for day in range(1, 22)]
        store.add_sales(file="old", sha256="0" * 64, mapping={}, rows=[Sale("B", "2026-06-02", 999, 9)])
        store.add_sales(file="new", sha256="1" * 64, mapping={}, rows=rows)
        told = store.sales({"A 1": {date(2026, 6, 4)}}, date(2026, 6, 17))
        assert [(row.sku, row.day[8:], row.sold) for row in told if row.sku == "B"][:3] == [
            ("B", "01", 28),
            ("B", "08", 77),
            ("B", "15", 15),
        ]
        assert [len([row for row in told if row.sku == sku]) for sku in ("A 1", "B")] == [7 + 1 + 7, 1 + 1 + 7]
        assert store.sold_products() == ["A 1", "B"]


def test_a_corrected_name_stands_on_record_with_who_corrected_it(studio) -> None:
    with Store(studio) as store:
        add_batch(store, 1)
        store.name_image(1, person="Ann", sku="MUG", angle="")
        store.name_image(1, person="Ben", sku="MUG-2", angle="back")
        said = [(one.field, one.was, one.became, one.person) for one in store.name_changes(1)]
        assert said == [
            ("sku", "", "MUG", "Ann"),
            ("sku", "MUG", "MUG-2", "Ben"),
            ("angle", "", "back", "Ben"),
        ]
        assert store.entry(1).record.notes["angle"] == "back"
        assert [finding for finding in store.check() if not finding.harmless] == []
