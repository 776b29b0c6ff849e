"""A day's visits over a slow line that dies: bytes and seconds against the physical floor."""

import argparse
import math
import os
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import django
from playwright.sync_api import sync_playwright

UP, DOWN = 2000, 4000  # kbit/s
ROUND_TRIP = 0.3  # seconds
DIES_AFTER = 500_000  # bytes of a connection, on average
LONGEST = 600  # seconds
# How a line dies: at most so many times the useful bytes, and the floor's seconds.
TARGETS = {DIES_AFTER: (1.08, 1.35), 0: (1.08, 1.10)}


class Figures(NamedTuple):
    seconds: float
    floor: float
    sent: int
    useful: int
    cuts: int
    requests: int


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench sync", description=__doc__)
    parser.add_argument("--visits", type=int, default=12)
    parser.add_argument("--photos", type=int, default=4)
    parser.add_argument("--kb", type=int, default=150)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    django.setup()
    # Its models need the line above.
    from tests.drills.registry import Web  # noqa: PLC0415

    folder = Path(os.environ["BENCH_DIR"])
    # Signing in is no part of this.
    web = Web(os.environ | {"STAFF_SECOND_FACTOR": "0"}, folder / "web.log")
    missed = 0
    try:
        web.start()
        with sync_playwright() as playwright:
            for mean, targets in TARGETS.items():
                figures = _measure(
                    playwright, web, folder / f"dies-{mean}", mean, asked
                )
                missed += _verdict(mean, figures, targets)
    finally:
        web.close()
    return 1 if missed else 0


def _measure(playwright, web, folder: Path, mean: int, asked) -> Figures:
    from tests.drills import holding  # noqa: PLC0415
    from tests.drills.line import Line  # noqa: PLC0415
    from tests.drills.tablet import Tablet  # noqa: PLC0415

    visit = _planned()
    line = Line(web.port)
    pad = Tablet(playwright, folder, line, visit.inspector)
    try:
        pad.prepare([visit])
        computed = _fill(pad, visit, asked)
        useful = sum(pack["size"] for pack in pad.kept()["packs"])
        line.is_slow(kbit_up=UP, kbit_down=DOWN, round_trip=ROUND_TRIP)
        if mean:
            line.dies_after = _deaths(mean, random.Random(asked.seed)).__next__
        line.cut()
        before = line.up.passed, len(line.requests), time.monotonic()
        pad.go(
            "outbox"
        )  # the first screen was drawn before there was something to send
        pad.press_send()
        while len(pad.receipts()) < asked.visits:
            if time.monotonic() - before[2] > LONGEST:
                raise RuntimeError(f"not received: {pad.kept()['packs']}")
            pad.page.wait_for_timeout(50)
        seconds = time.monotonic() - before[2]
        figures = Figures(
            seconds=seconds,
            floor=useful * 8 / (UP * 1000),
            sent=line.up.passed - before[0],
            useful=useful,
            cuts=line.cuts,
            requests=len(line.requests) - before[1],
        )
        packed = {
            p["visit"]: (p["sha256"], computed[p["visit"]]) for p in pad.kept()["packs"]
        }
        holding.check(packed, Path(os.environ["VAR_DIR"]) / "media", pad.receipts())
        return figures
    finally:
        pad.close()
        line.close()


def _deaths(mean: int, chance: random.Random) -> Iterator[float]:
    """Exponentially distributed, and in each sixteen as many early ones as late ones: the
    average is what was said, whatever the seed."""
    parts = [-mean * math.log(1 - (number + 0.5) / 16) for number in range(16)]
    while True:
        chance.shuffle(parts)
        yield from parts


def _planned():
    from accounts.models import Role  # noqa: PLC0415
    from tests.accounts.factories import staff  # noqa: PLC0415
    from tests.inspections.factories import VisitFactory  # noqa: PLC0415
    from tests.registry.factories import RoomFactory  # noqa: PLC0415

    visit = VisitFactory(inspector=staff(Role.INSPECTOR))
    RoomFactory(house=visit.house)
    return visit


def _fill(pad, visit, asked) -> dict[str, list[str]]:
    """Finished visits wait in the outbox; the SHA-256 of their photos."""
    from tests.drills.tablet import FEEDER  # noqa: PLC0415
    from tests.e2e import inspector  # noqa: PLC0415

    about = {
        "pin": inspector.PIN,
        "inspector": visit.inspector.pk,
        "house": visit.house.number,
        "count": asked.visits,
        "photos": asked.photos,
        "weight": asked.kb * 1000,
        "sends": False,
    }
    pad.page.evaluate(FEEDER, about)
    pad.page.evaluate("feeder.done")
    if failed := pad.page.evaluate("feeder.failed"):
        raise RuntimeError(failed)
    return pad.page.evaluate("feeder.computed")


def _verdict(mean: int, figures: Figures, targets: tuple[float, float]) -> int:
    how = f"dying every {mean // 1000} kB" if mean else "never cut"
    print(
        f"\n{UP / 1000:g} Mbit/s up, {ROUND_TRIP * 1000:g} ms, {how}: "
        f"{figures.useful / 1e6:.1f} MB in {figures.seconds:.1f} s "
        f"(floor {figures.floor:.1f} s), {figures.cuts} cuts, {figures.requests} requests"
    )
    found = figures.sent / figures.useful, figures.seconds / figures.floor
    missed = 0
    for name, ratio, target in zip(
        ["bytes / useful", "seconds / floor"], found, targets, strict=True
    ):
        missed += ratio > target
        word = "MISSED" if ratio > target else "ok"
        print(f"  {word:7}{name} {ratio:.3f}, at most {target}", flush=True)
    return missed


if __name__ == "__main__":
    sys.exit(main())
