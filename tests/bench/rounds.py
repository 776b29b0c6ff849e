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


def ratio(rounds: list[dict[str, Figures]], one: str, other: str) -> float:
    """The median of what each round says."""
    return statistics.median(r[one].rate / r[other].rate for r in rounds)
