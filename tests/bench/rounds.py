"""Interleaved rounds: what slows the machine down slows every system of a round down."""

import multiprocessing
import os
import statistics
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from tests.bench.visits import Visit

PROCESSES = 2
MOST_ERRORS = 20


class Figures(NamedTuple):
    rate: float  # visits a second
    p50: float  # ms
    p95: float
    sent: list[Visit]
    errors: list[str]


def measure(system, visits: list[Visit], clients: int, seconds: float) -> Figures:
    """Every client sends its own visits, one after the other, until time is up."""
    os.sync()
    time.sleep(0.5)  # what the system before has left to write is not this one's
    shares = [range(n, clients, PROCESSES) for n in range(min(PROCESSES, clients))]
    context = multiprocessing.get_context("fork")
    begin = context.Barrier(len(shares))
    queue = context.SimpleQueue()
    processes = [
        context.Process(
            target=_clients, args=(system, visits, share, seconds, begin, queue)
        )
        for share in shares
    ]
    for process in processes:
        process.start()
    results = [queue.get() for _ in processes]
    for process in processes:
        process.join()
    return _together(visits, results)


def _clients(system, visits, share, seconds, begin, queue) -> None:
    queues = {client: [] for client in share}
    for number, visit in enumerate(visits):
        if visit.client in queues:
            queues[visit.client].append((number, visit))
    times: list[tuple[int, float]] = []
    errors: list[str] = []
    ready = threading.Barrier(len(queues) + 1)
    threads = [
        threading.Thread(
            target=_client, args=(system, client, mine, seconds, ready, times, errors)
        )
        for client, mine in queues.items()
    ]
    for thread in threads:
        thread.start()
    begin.wait()
    ready.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    queue.put((times, errors, time.perf_counter() - started))


def _client(system, client, mine, seconds, ready, times, errors) -> None:
    send: Callable = system.sender(client)
    ready.wait()
    now = time.perf_counter()
    end = now + seconds
    for number, visit in mine:
        if now > end or len(errors) > MOST_ERRORS:
            return
        try:
            send(visit)
        except Exception as error:  # whatever it is, it is shown
            errors.append(repr(error))
            continue
        before, now = now, time.perf_counter()
        times.append((number, now - before))
    errors.append("no visits were left: prepare more of them")


def _together(visits: list[Visit], results: list) -> Figures:
    times = [each for result in results for each in result[0]]
    took = sorted(seconds * 1000 for _, seconds in times) or [0.0]
    return Figures(
        rate=len(times) / max(result[2] for result in results),
        p50=took[len(took) // 2],
        p95=took[int(len(took) * 0.95)],
        sent=[visits[number] for number, _ in times],
        errors=[error for result in results for error in result[1]],
    )


def interleaved(systems: list, number: int, one: Callable) -> list[dict[str, Figures]]:
    """Rounds in which every system has its turn; who begins changes."""
    done = []
    for turn in range(number):
        first = turn % len(systems)
        figures = {}
        for system in systems[first:] + systems[:first]:
            figures[system.name] = found = one(system)
            print(
                f"  {system.name:10}{found.rate:8.1f}/s   p50 {found.p50:6.1f} ms"
                f"   p95 {found.p95:6.1f} ms   {len(found.sent):6} visits"
                f"   {len(found.errors)} faults {' '.join(found.errors[:2])}",
                flush=True,
            )
        done.append(figures)
    return done


def verdict(
    done: list[dict[str, Figures]], name: str, targets: dict[str, float]
) -> int:
    """Say medians, and how many of the targets are missed: `name` against others."""
    print(f"  median of {len(done)} rounds, the ratio within each round")
    for each in done[0]:
        rate = statistics.median(figures[each].rate for figures in done)
        p95 = statistics.median(figures[each].p95 for figures in done)
        ratios = (f"{_ratio(done, each, other):5.2f} of {other}" for other in targets)
        print(f"  {each:10}{rate:8.1f}/s   p95 {p95:6.1f} ms  {'  '.join(ratios)}")
    missed = 0
    for other, target in targets.items():
        found = _ratio(done, name, other)
        missed += found < target
        word = "ok" if found >= target else "MISSED"
        print(f"  {word:7}{found:5.2f} of {other}, at least {target}", flush=True)
    return missed


def _ratio(done: list[dict[str, Figures]], name: str, other: str) -> float:
    return statistics.median(f[name].rate / f[other].rate for f in done)
