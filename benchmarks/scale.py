"""A day's work in simulation: photos arrive, machines and people take them in turn, and all gets older meanwhile.

Discrete events; no pixels. What a machine and a person need per image comes from `--seconds-per-image`, measured by
`benchmarks/line.py`, and from 18 seconds of a person's look. Three sizes: a desktop with 7,500 images a day, a team's
cluster with 100,000, an object store with 10 million. Each says how busy machines, people and the catalogue's one
writer are, how old images get, what would saturate first, and with how many of each the day's end is reached.
"""

import argparse
import heapq
import random
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace

import numpy as np

from benchmarks.report import Goal
from benchmarks.report import finish

SHIFT_SECONDS = 8 * 3600.0
DAY_SECONDS = 24 * 3600.0
SLICE_IMAGES = 100_000
"""A larger day is simulated in a slice of so many images: the same load for fewer machines and people."""
SEED = 4

GOALS: dict[str, Goal] = {
    "desktop_done_share": (">=", 0.999),
    "cluster_done_share": (">=", 0.999),
    "store_done_share": (">=", 0.999),
    "desktop_age_p95_hours": ("<=", 8.0),
    "cluster_age_p95_hours": ("<=", 8.0),
}


@dataclass(frozen=True)
class Plant:
    """What stands there, and what a day brings.

    Attributes:
        images: a day's, arriving as shoots of `shoot` images while people work.
        machines: images that are processed at once; `seconds` each needs for one.
        people: who look, `look` seconds an image, in one shift; `reviewed` is the share of images they see.
        redone: share of those that go back to the machines once.
        writes: seconds of the catalogue's one writer per image (claim, result, decision, delivery).
        writers: catalogues that share the day, each with batches of its own.
    """

    images: int
    machines: int
    seconds: float
    people: int
    look: float
    reviewed: float
    redone: float
    writes: float
    writers: int = 1
    shoot: int = 250


@dataclass(frozen=True)
class Day:
    """What a simulated day came to; ages in seconds from arrival to leaving."""

    done: int
    arrived: int
    ages: np.ndarray
    machine_busy: float
    people_busy: float
    writer_busy: float
    longest_queue: int


class _Line:
    """A queue before some servers that each take a random time."""

    def __init__(self, servers: int, mean: float, chance: random.Random) -> None:
        self.free, self.mean, self.chance = servers, mean, chance
        self.waiting: deque[int] = deque()
        self.busy, self.longest = 0.0, 0

    def start(self) -> Iterator[tuple[int, float]]:
        """Yield whoever is served now, and for how long."""
        while self.free and self.waiting:
            self.free -= 1
            # Real work is never much shorter than usual and sometimes much longer.
            spent = self.mean * (0.6 + self.chance.expovariate(2.5))
            self.busy += spent
            yield self.waiting.popleft(), spent

    def join(self, image: int) -> None:
        """Stand in line."""
        self.waiting.append(image)
        self.longest = max(self.longest, len(self.waiting))


def simulate(plant: Plant, seed: int = SEED) -> Day:
    """Let one day pass: arrivals over a shift, machines all day, people in their shift."""
    chance = random.Random(seed)
    machines = _Line(plant.machines, plant.seconds, chance)
    people = _Line(plant.people, plant.look, chance)
    arrived_at = _arrivals(plant, chance)
    events = [(at, number, "arrive", number) for number, at in enumerate(arrived_at)]
    heapq.heapify(events)
    count, left_at, again = len(events), np.full(len(arrived_at), np.nan), set()
    while events and events[0][0] <= DAY_SECONDS:
        now, _, what, image = heapq.heappop(events)
        if what == "arrive":
            machines.join(image)
        elif what == "made":
            machines.free += 1
            if chance.random() < plant.reviewed:
                people.join(image)
            else:
                left_at[image] = now
        else:
            people.free += 1
            if image not in again and chance.random() < plant.redone:
                again.add(image)
                machines.join(image)
            else:
                left_at[image] = now
        for line, then in ((machines, "made"), (people, "seen") if now < SHIFT_SECONDS * 1.25 else (None, "")):
            for served, spent in line.start() if line else ():
                count += 1
                heapq.heappush(events, (now + spent, count, then, served))
    done = ~np.isnan(left_at)
    return Day(
        done=int(done.sum()),
        arrived=len(arrived_at),
        ages=left_at[done] - np.asarray(arrived_at)[done],
        machine_busy=machines.busy / (plant.machines * SHIFT_SECONDS),
        people_busy=people.busy / (plant.people * SHIFT_SECONDS),
        writer_busy=plant.images * plant.writes / (plant.writers * SHIFT_SECONDS),
        longest_queue=machines.longest,
    )


def _arrivals(plant: Plant, chance: random.Random) -> list[float]:
    """Shoots come at random over the first seven hours; their images one after the other as a copy takes them."""
    times: list[float] = []
    while len(times) < plant.images:
        start = chance.uniform(0, SHIFT_SECONDS * 7 / 8)
        size = min(plant.shoot, plant.images - len(times))
        times += [start + number * 0.2 for number in range(size)]
    return times


def slice_of(plant: Plant) -> tuple[Plant, int]:
    """Return a part of a large plant that is loaded alike, and how many such parts there are."""
    parts = max(1, plant.images // SLICE_IMAGES)
    parts = min(parts, plant.machines, plant.people)
    part = replace(
        plant,
        images=plant.images // parts,
        machines=plant.machines // parts,
        people=plant.people // parts,
        writes=plant.writes,
        writers=1,
    )
    return part, parts


def smallest(plant: Plant, kind: str) -> int:
    """Return with how many machines or people the day is still done, the rest as it is (bisection)."""
    low, high = 1, getattr(plant, kind)
    while low < high:
        middle = (low + high) // 2
        if _is_done(simulate(replace(plant, **{kind: middle}))):
            high = middle
        else:
            low = middle + 1
    return low


def _is_done(day: Day) -> bool:
    return day.done >= 0.999 * day.arrived


def plants(seconds: float, writes: float) -> dict[str, Plant]:
    """Return the three sizes, from the seconds that one image takes on one core and the writer's seconds."""
    look = {"look": 18.0, "reviewed": 0.24, "redone": 0.05, "writes": writes}
    return {
        "desktop": Plant(7_500, 4, seconds, 2, **look),
        "cluster": Plant(100_000, 48, seconds, 20, **look),
        "store": Plant(10_000_000, 4_800, seconds, 1_840, writers=64, **look),
    }


def main() -> int:
    """Simulate the three sizes and say what saturates first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without the search for the smallest staff and machines")
    parser.add_argument("--seconds-per-image", type=float, default=7.1, help="processor seconds, from benchmarks.line")
    parser.add_argument("--writer-seconds", type=float, default=0.023, help="of the catalogue, from benchmarks.faults")
    options = parser.parse_args()
    figures: dict[str, float] = {}
    for name, plant in plants(options.seconds_per_image, options.writer_seconds).items():
        part, parts = slice_of(plant)
        day = simulate(part)
        figures |= {
            f"{name}_images": plant.images,
            f"{name}_done_share": day.done / day.arrived,
            f"{name}_age_p50_hours": float(np.percentile(day.ages, 50)) / 3600,
            f"{name}_age_p95_hours": float(np.percentile(day.ages, 95)) / 3600,
            f"{name}_machines_busy": day.machine_busy,
            f"{name}_people_busy": day.people_busy,
            f"{name}_writer_busy": plant.images * plant.writes / (plant.writers * SHIFT_SECONDS),
            f"{name}_longest_queue": day.longest_queue * parts,
        }
        if not options.quick:
            figures[f"{name}_fewest_machines"] = smallest(part, "machines") * parts
            figures[f"{name}_fewest_people"] = smallest(part, "people") * parts
        print(f"{name}: {day.done}/{day.arrived} in a slice of 1/{parts}", file=sys.stderr)
    return finish("scale", figures, GOALS)


if __name__ == "__main__":
    sys.exit(main())
