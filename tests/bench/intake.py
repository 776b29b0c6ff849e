"""How fast visits are taken in, against what the machine can do at most."""

import argparse
import os
import statistics
import sys
from pathlib import Path

from tests.bench import rounds, visits
from tests.bench.limits import RawPack, RawPg
from tests.bench.registry import Registry

# Visits with photos or without: at least this much of a limit (issue "never loses").
TARGETS = {True: {"raw-pack": 0.5, "raw-pg": 0.9}, False: {"raw-pg": 0.6}}
# So many are prepared: planned at the registry, told to the raw ones.
MOST_A_SECOND = {True: 700, False: 2000}
MOST_A_SECOND_RAW = {True: 1500, False: 6000}


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench intake", description=__doc__)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--photos", type=int, choices=[0, 4], help="else both")
    parser.add_argument("--only", help="one system, without ratios")
    asked = parser.parse_args()
    var = Path(os.environ["BENCH_DIR"])
    url = os.environ["DATABASE_URL"]
    registry = Registry(url, var, asked.clients)
    systems = [RawPg(url, var), RawPack(url, var), registry]
    if asked.only:
        systems = [system for system in systems if system.name == asked.only]
    missed = 0
    try:
        registry.start(dict(os.environ))
        for count in (4, 0) if asked.photos is None else (asked.photos,):
            missed += _bench(registry, systems, count, asked)
    finally:
        registry.stop()
    return 1 if missed else 0


def _bench(registry: Registry, systems: list, count: int, asked) -> int:
    print(f"\n{asked.clients} clients, {count} photos of 150 kB, 1 house + 2 rooms")
    pictures = visits.photos() if count else []
    done = []
    for number in range(asked.rounds):
        turned = systems[number % len(systems) :] + systems[: number % len(systems)]
        done.append(
            {s.name: _round(registry, s, count, pictures, asked) for s in turned}
        )
    faults = sum(len(figures.errors) for each in done for figures in each.values())
    if len(systems) == 1:
        return faults
    return faults + _verdict(done, TARGETS[bool(count)])


def _round(registry, system, count: int, pictures: list, asked) -> rounds.Figures:
    system.prepare()
    if system is registry:
        planned = registry.plan(int(asked.seconds * MOST_A_SECOND[bool(count)]))
    else:
        number = int(asked.seconds * MOST_A_SECOND_RAW[bool(count)])
        planned = visits.told(number, asked.clients)
    prepared = [
        visits.visit(plan, [pictures[(n + i) % len(pictures)] for i in range(count)], n)
        for n, plan in enumerate(planned)
    ]
    figures = rounds.measure(system, prepared, asked.clients, asked.seconds)
    figures.errors.extend(system.faults(figures.sent))
    system.prepare()
    print(
        f"  {system.name:10}{figures.rate:8.1f}/s   p50 {figures.p50:6.1f} ms"
        f"   p95 {figures.p95:6.1f} ms   {len(figures.sent):6} visits"
        f"   {len(figures.errors)} faults {' '.join(figures.errors[:2])}",
        flush=True,
    )
    return figures


def _verdict(done: list[dict[str, rounds.Figures]], targets: dict[str, float]) -> int:
    print(f"  median of {len(done)} rounds, the ratio within each round")
    for name in done[0]:
        rate = statistics.median(each[name].rate for each in done)
        p95 = statistics.median(each[name].p95 for each in done)
        print(f"  {name:10}{rate:8.1f}/s   p95 {p95:6.1f} ms")
    missed = 0
    for other, target in targets.items():
        found = rounds.ratio(done, "registry", other)
        missed += found < target
        word = "ok" if found >= target else "MISSED"
        print(f"  {word:7}{found:5.2f} of {other}, at least {target}", flush=True)
    return missed


if __name__ == "__main__":
    sys.exit(main())
