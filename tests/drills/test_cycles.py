"""Accident upon accident while tablets send: `dev.py drill --cycles 1000`."""

import os
import time

import pytest

from inspections.models import Submission
from tests.drills import holding
from tests.drills.tablet import FEEDER
from tests.e2e import inspector

CYCLES = int(os.environ.get("DRILL_CYCLES", "3"))
TABLETS = 2
LOOK_EVERY = 25  # cycles: so early is it seen that something was lost
MOMENT = 40_000  # bytes: an accident comes at any of them
LULL = 1.5  # seconds: when nothing moves the accident comes all the same
SOON = 0.1  # seconds: the next one comes while the first still lasts


class Accidents:
    def __init__(self, registry, line, chance):
        self.registry, self.line, self.chance = registry, line, chance
        self.counts = dict.fromkeys(["server", "database", "line"], 0)

    def one(self) -> None:
        """One, two or all three, in any order, each at a moment of its own."""
        kinds = self.chance.sample(list(self.counts), self.chance.choice([1, 1, 2, 3]))
        for lull, kind in zip([LULL, *[SOON] * 2], kinds, strict=False):
            self.line.passed(self.chance.randrange(MOMENT)).wait(lull)
            getattr(self, f"{kind}_fails")()
            self.counts[kind] += 1
        if not self.registry.web.is_alive:
            self.registry.web.begin()
        if "database" in kinds:
            self.registry.database.revive()
        self.line.comes_back()

    def server_fails(self) -> None:
        self.registry.web.kill()

    def database_fails(self) -> None:
        self.registry.database.crash()

    def line_fails(self) -> None:
        self.line.cut() if self.chance.random() < 0.5 else self.line.goes_down()


def look(pads, media, looked):
    """Whatever a tablet holds to be received is there, once, with all its photos."""
    packed, receipts = {}, {}
    for pad in pads:
        computed = pad.page.evaluate("feeder.computed")
        for entry in pad.kept()["packs"]:
            visit = entry["visit"]
            if entry["receipt"] and visit not in looked:
                packed[visit] = (entry["sha256"], computed[visit])
                receipts[visit] = entry["receipt"]["receipt"]
    holding.check(packed, media, receipts)
    looked.update(packed)


@pytest.mark.drill("cycles")
def test_accidents_in_a_row(registry, tablet, plan, line, media, chance, capsys):
    planned = [plan()[0] for _ in range(TABLETS)]
    pads = [tablet(visit.inspector) for visit in planned]
    for pad, visit in zip(pads, planned, strict=True):
        pad.prepare([visit])
        about = {
            "pin": inspector.PIN,
            "inspector": visit.inspector.pk,
            "house": visit.house.number,
        }
        pad.page.evaluate(FEEDER, about)
    accidents, looked, began = (
        Accidents(registry, line, chance),
        set(),
        time.monotonic(),
    )

    for cycle in range(1, CYCLES + 1):
        accidents.one()
        if cycle % LOOK_EVERY == 0 or cycle == CYCLES:
            look(pads, media, looked)
            with capsys.disabled():
                tell(cycle, accidents, looked, time.monotonic() - began)

    for pad in pads:
        pad.page.evaluate("(feeder.isOn = false, feeder.done)")
        assert pad.page.evaluate("feeder.failed") is None
    made = sum(pad.page.evaluate("feeder.made") for pad in pads)
    for pad in pads:
        pad.waits_for_receipts(pad.page.evaluate("feeder.made"))
    look(pads, media, looked)
    assert len(looked) == made
    users = [visit.inspector for visit in planned]
    assert Submission.objects.filter(sent_by__in=users).count() == made


def tell(cycle, accidents, looked, seconds):
    counts = ", ".join(f"{name} {count}" for name, count in accidents.counts.items())
    print(  # noqa: T201
        f"\ncycle {cycle} of {CYCLES} · {counts} · {len(looked)} visits received, "
        f"none lost, none twice · {seconds:.0f} s",
        flush=True,
    )
