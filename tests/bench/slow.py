"""200 tablets on lines that hardly move, in front of the real Caddy: what do others notice?

Half send a part a byte a second, half never end their headers. Meanwhile visits without
photos are taken in, before and beside them, through the same Caddy (faults.md has this as
fault 30: the others' p95 at most doubles).
"""

import argparse
import asyncio
import contextlib
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from devtools import serve
from devtools.say import HERE, Stop
from tests.bench import intake
from tests.bench.client import Tablet
from tests.bench.registry import Registry

TARGET = 2.0
HEAD = (
    b"PATCH /api/v1/visits/00000000-0000-4000-8000-000000000000/uploads/"
    + b"0" * 64
    + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
    b"Upload-Length: 32768\r\nContent-Length: 32768\r\n"
    b"Content-Type: application/offset+octet-stream\r\n\r\n"
)


class Behind(Registry):
    """The registry, asked through Caddy."""

    front = 0

    def sender(self, client: int):
        return Tablet(self.front).send


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench slow", description=__doc__)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slow", type=int, default=200)
    asked = parser.parse_args()
    var = Path(os.environ["BENCH_DIR"])
    registry = Behind(os.environ["DATABASE_URL"], var, asked.clients)
    try:
        registry.start(dict(os.environ))
        with caddy(registry.port, var) as registry.front:
            return _compare(registry, asked)
    finally:
        registry.stop()


def _compare(registry: Behind, asked: argparse.Namespace) -> int:
    intake.warm_up([registry], [], asked.clients)
    ratios, faults = [], 0
    for _turn in range(asked.rounds):
        alone = intake.one_round(registry, [], asked)
        with slow(registry.front, asked.slow) as held:
            beside = intake.one_round(registry, [], asked)
            begun = held()
        ratios.append(beside.p95 / alone.p95)
        faults += len(alone.errors) + len(beside.errors) + (begun < asked.slow)
        print(
            f"  alone {alone.rate:6.1f}/s p95 {alone.p95:5.1f} ms   beside {begun} slow "
            f"{beside.rate:6.1f}/s p95 {beside.p95:5.1f} ms   {faults} faults",
            flush=True,
        )
    found = statistics.median(ratios)
    word = "ok" if found <= TARGET else "MISSED"
    print(f"  {word:7}p95 {found:.2f} of what it is alone, at most {TARGET}")
    return 1 if faults or found > TARGET else 0


@contextlib.contextmanager
def caddy(behind: int, var: Path) -> Iterator[int]:
    """The project's own Caddyfile on a port of its own, without a certificate."""
    program = shutil.which("caddy")
    if program is None:
        raise Stop("There is no Caddy here: apt-get install caddy.")
    port = serve.free_port()
    words = (HERE / "Caddyfile").read_text()
    words = words.replace("{$DOMAIN:localhost}", f"http://127.0.0.1:{port}")
    words = words.replace("web:8000", f"127.0.0.1:{behind}")
    words = words.replace("{\n\tservers", "{\n\tadmin off\n\tservers", 1)
    if _older(program):  # Debian 12's has other words for it
        older = "buffer_requests\n\t\tmax_buffer_size 1MiB"
        words = words.replace("request_buffers 1MiB", older)
    place = var / "Caddyfile"
    place.write_text(words)
    command = [program, "run", "--adapter", "caddyfile", "--config", str(place)]
    with (var / "caddy.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _wait(port, process, var / "caddy.log")
        yield port
    finally:
        process.kill()  # it would wait for the slow
        process.wait()


def _older(program: str) -> bool:
    told = subprocess.run([program, "version"], capture_output=True, text=True)
    found = re.search(r"(\d+)\.(\d+)", told.stdout)
    return found is not None and tuple(map(int, found.groups())) < (2, 7)


def _wait(port: int, process: subprocess.Popen, log: Path) -> None:
    for _ in range(100):
        if process.poll() is not None:
            raise Stop(log.read_text())
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port)),
        ):
            return
        threading.Event().wait(0.1)
    raise Stop(log.read_text())


@contextlib.contextmanager
def slow(port: int, number: int) -> Iterator[Callable[[], int]]:
    """So many connections that move a byte a second; says how many were begun."""
    begun: set[int] = set()
    over = threading.Event()
    crowd = _crowd(port, number, begun, over)
    thread = threading.Thread(target=asyncio.run, args=(crowd,))
    thread.start()
    try:
        yield lambda: len(begun)
    finally:
        over.set()
        thread.join()


async def _crowd(
    port: int, number: int, begun: set[int], over: threading.Event
) -> None:
    tasks = [asyncio.create_task(_crawl(port, each, begun)) for each in range(number)]
    await asyncio.to_thread(over.wait)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _crawl(port: int, number: int, begun: set[int]) -> None:
    """Again and again, for who is let go comes back."""
    with_head = number % 2 == 0
    while True:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        begun.add(number)
        with contextlib.suppress(OSError):
            if with_head:
                writer.write(HEAD)
            while not writer.is_closing():
                writer.write(b"x" if with_head else HEAD[:1])
                await writer.drain()
                await asyncio.sleep(1)


if __name__ == "__main__":
    sys.exit(main())
