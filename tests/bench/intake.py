"""How fast visits are taken in, against what the machine can do at most."""

import argparse
import os
import sys
from pathlib import Path

from tests.bench import rounds, visits
from tests.bench.bare import Bare
from tests.bench.limits import RawPack, RawPg
from tests.bench.registry import Registry

# Visits with photos or without: at least this much of a limit (issue "never loses").
TARGETS = {True: {"raw-pack": 0.5, "raw-pg": 0.9}, False: {"raw-pg": 0.6}}
# So many are prepared: planned at the registry, told to the raw ones.
MOST_A_SECOND = {True: 900, False: 2000}
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
    bare = Bare(url, var)
    systems = [RawPg(url, var), RawPack(url, var), bare, registry]
    if asked.only:
        systems = [system for system in systems if system.name == asked.only]
    missed = 0
    try:
        registry.start(dict(os.environ))
        bare.start()
        for count in (4, 0) if asked.photos is None else (asked.photos,):
            missed += _bench(registry, systems, count, asked)
    finally:
        bare.stop()
        registry.stop()
    return 1 if missed else 0


def _bench(registry: Registry, systems: list, count: int, asked) -> int:
    print(f"\n{asked.clients} clients, {count} photos of 150 kB, 1 house + 2 rooms")
    pictures = visits.photos() if count else []

    def one(system) -> rounds.Figures:
        return one_round(system, pictures, asked)

    warm_up(systems, pictures, asked.clients)
    done = rounds.interleaved(systems, asked.rounds, one)
    faults = sum(len(figures.errors) for each in done for figures in each.values())
    if len(systems) == 1:
        return faults
    targets = TARGETS[bool(count)]
    return faults + rounds.verdict(done, registry.name, targets)


def warm_up(systems: list, pictures: list, clients: int) -> None:
    """Connections are made, plans are known: a server runs for weeks, not for seconds."""
    for system in systems:
        one_round(system, pictures, argparse.Namespace(clients=clients, seconds=2))


def one_round(system, pictures: list, asked) -> rounds.Figures:
    """Four photos a visit, if there are any."""
    system.prepare()
    some = bool(pictures)
    if isinstance(system, Registry):
        planned = system.plan(int(asked.seconds * MOST_A_SECOND[some]))
    else:
        number = int(asked.seconds * MOST_A_SECOND_RAW[some])
        planned = visits.told(number, asked.clients)
    prepared = [
        visits.visit(
            plan, [pictures[(n + i) % len(pictures)] for i in range(4 * some)], n
        )
        for n, plan in enumerate(planned)
    ]
    if isinstance(system, Registry):
        prepared = system.sealed(prepared)
    figures = rounds.measure(system, prepared, asked.clients, asked.seconds)
    figures.errors.extend(system.faults(figures.sent))
    system.prepare()
    return figures


if __name__ == "__main__":
    sys.exit(main())
