"""What can be pointed at: worst first, every spot once, and a walk that never leaves its list."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Complexity
from pipeline.model import Entry
from pipeline.model import Evidence
from pipeline.model import Flag
from pipeline.model import Gate
from pipeline.model import ImageRecord
from pipeline.model import Outcome
from pipeline.model import Reading
from pipeline.model import Route
from pipeline.model import Routing
from pipeline.model import State
from pipeline.model import Version
from reviewer.models.findings import findings
from reviewer.models.findings import next_place
from reviewer.models.findings import places

SIZES = {"original": (1000, 1000), "result": (800, 800)}
EDGE, SPECK, WHOLE = (10, 10, 30, 30), (500, 500, 503, 504), (0, 0, 800, 800)


def entry_of(**parts) -> Entry:
    record = ImageRecord(1, "b", "a.jpg", "0" * 64, 1, 1000, 1000)
    outcome = Outcome(image=1, state=State.REVIEW, seconds=1.0, settings="0", **parts)
    return Entry(record, State.REVIEW, None, Version(7, 1, None, outcome, "line", 0))


def rich_entry() -> Entry:
    return entry_of(
        gates=(Gate("fill", True, "fine", Evidence((WHOLE,))), Gate("border", False, "2 px", Evidence((EDGE,)))),
        flags=(Flag("enlarged", 1.0, ""), Flag("specks", 0.7, "one", Evidence((SPECK,)))),
        readings=(
            Reading("specks", 1.0, "count", "", Evidence((SPECK,))),
            Reading("halo", 2.0, "ΔE00", "", Evidence((EDGE, (40, 40, 60, 60)))),
        ),
        routing=Routing(
            Complexity.COMPLEX,
            Route.HUMAN,
            readings=(Reading("holes", 1.0, "count", "", Evidence((EDGE,), "original")),),
        ),
    )


def test_failed_gates_come_first_then_what_somebody_has_to_look_at() -> None:
    found = findings(rich_entry(), ("enlarged",))
    assert [finding.name for finding in found] == ["border", "specks", "enlarged", "fill", "holes", "specks", "halo"]


def test_every_spot_is_visited_once_and_the_whole_product_is_no_place() -> None:
    steps = places(findings(rich_entry(), ()), SIZES)
    assert [(place.finding.name, place.box, place.space) for place in steps] == [
        ("border", EDGE, "result"),
        ("specks", SPECK, "result"),
        ("holes", EDGE, "original"),
        ("halo", (40, 40, 60, 60), "result"),
    ]


def test_a_place_says_its_number_among_all_boxes_of_its_finding() -> None:
    last = places(findings(rich_entry(), ()), SIZES)[-1]
    assert (last.index, last.of) == (1, 2)


def test_the_walk_begins_at_the_chosen_finding() -> None:
    found = findings(rich_entry(), ())
    halo = next(finding for finding in found if finding.name == "halo")
    place = next_place(places(found, SIZES), None, halo, 1)
    assert place is not None
    assert place.finding == halo


@given(moves=st.lists(st.sampled_from((-1, 1)), max_size=30))
def test_the_walk_stops_at_both_ends(moves: list[int]) -> None:
    steps = places(findings(rich_entry(), ()), SIZES)
    place, row = None, None
    for by in moves:
        place = next_place(steps, place, None, by)
        row = (0 if by > 0 else len(steps) - 1) if row is None else min(max(row + by, 0), len(steps) - 1)
        assert place == steps[row]


def test_an_image_without_evidence_has_nothing_to_walk() -> None:
    assert next_place(places(findings(entry_of(), ()), SIZES), None, None, 1) is None
