"""The line between a tablet and the registry: slow, cut, down, or with words of its own.

A proxy in user space, in a thread of its own. It reads only as much of HTTP as it needs to
know where a request begins and ends, so that it can count requests and answer in the
registry's place. A cut is a reset in both directions, as when a telephone loses its cell.
"""

import asyncio
import contextlib
import socket
import struct
import threading
import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple

CHUNK = 4096
LONGEST_HEAD = 64 * 1024
AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: no goodbye


class Request(NamedTuple):
    method: str
    path: str
    length: int


class Way:
    """One direction: bytes pass at a rate that all connections share, and arrive late."""

    def __init__(self):
        self.kbit = None  # per second; None: as fast as the machine
        self.delay = 0.0  # seconds
        self.passed = 0
        self._free_at = 0.0

    def arrival(self, size: int) -> tuple[float, float]:
        """When the last of these bytes has left, and when it is at the other end."""
        now = time.monotonic()
        seconds = size * 8 / (self.kbit * 1000) if self.kbit else 0
        self._free_at = max(self._free_at, now) + seconds
        return self._free_at, self._free_at + self.delay


class Line:
    def __init__(self, target: int):
        self.target = target  # the registry's port
        self.up, self.down = Way(), Way()
        self.is_up = True
        self.requests: list[Request] = []
        self.cuts = 0
        # Says what the line answers itself: whole HTTP answers, or None to let through.
        self.answer: Callable[[Request], bytes | None] = lambda request: None
        # Says after how many bytes towards the registry a new connection dies, or None.
        self.dies_after: Callable[[], float | None] = lambda: None
        self._marks: list[tuple[int, threading.Event]] = []
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        ready = threading.Event()
        self._loop.call_soon(lambda: self._loop.create_task(self._listen(ready)))
        self._thread.start()
        ready.wait(10)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def is_slow(self, *, kbit_up: float, kbit_down: float, round_trip: float) -> None:
        self.up.kbit, self.down.kbit = kbit_up, kbit_down
        self.up.delay = self.down.delay = round_trip / 2

    def goes_down(self) -> None:
        """No network: what was open is cut, nothing new comes through."""
        self.is_up = False
        self.cut()

    def comes_back(self) -> None:
        self.is_up = True

    def cut(self) -> None:
        self._in_loop(self._cut)

    def passed(self, size: int) -> threading.Event:
        """Set as soon as so many bytes more have gone towards the registry."""
        event = threading.Event()
        self._marks.append((self.up.passed + size, event))
        return event

    def count(self, method: str, part: str = "") -> int:
        return sum(r.method == method and part in r.path for r in list(self.requests))

    def close(self) -> None:
        self._in_loop(self._stop)
        self._thread.join(10)

    # --- in the line's own thread ------------------------------------------------------

    def _in_loop(self, act: Callable[[], None]) -> None:
        done = threading.Event()
        self._loop.call_soon_threadsafe(lambda: (act(), done.set()))
        done.wait(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    def _stop(self) -> None:
        self._server.close()
        self._cut()
        self._loop.call_soon(self._loop.stop)

    async def _listen(self, ready: threading.Event) -> None:
        self._server = await asyncio.start_server(
            self._handle, "127.0.0.1", 0, limit=LONGEST_HEAD
        )
        self.port = self._server.sockets[0].getsockname()[1]
        # Small, or a tablet believes to have sent what only lies in this machine.
        for listening in self._server.sockets:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
        ready.set()

    def _cut(self) -> None:
        for writer in list(self._open):
            _reset(writer)

    async def _handle(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._open.add(writer)
        call = Call(self, reader, writer)
        try:
            if self.is_up:
                await asyncio.sleep(self.up.delay + self.down.delay)  # the handshake
                await call.carry()
        except (OSError, EOFError, asyncio.IncompleteReadError):
            _reset(writer)  # one end is gone: so is the other
        finally:
            call.end()
            if not self.is_up:
                _reset(writer)
            self._open.discard(writer)
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    def note(self, size: int) -> None:
        """So many bytes have gone towards the registry."""
        self.up.passed += size
        reached = [mark for mark in self._marks if mark[0] <= self.up.passed]
        for mark in reached:
            self._marks.remove(mark)
            mark[1].set()


class Call:
    """One connection of a tablet and, once needed, the one to the registry behind it."""

    def __init__(self, line: Line, reader, writer):
        self.line, self.reader, self.writer = line, reader, writer
        self.left = line.dies_after()
        self.server: asyncio.StreamWriter | None = None
        self.tasks: list[asyncio.Task] = []

    async def carry(self) -> None:
        while head := await _head(self.reader):
            request = _request(head)
            self.line.requests.append(request)
            if answer := self.line.answer(request):
                await self._swallow(request.length)
                self.writer.write(answer)
                return await self.writer.drain()
            await self._connect()
            await self._send(head)
            await self._pass_body(request.length)
        return None

    def end(self) -> None:
        for task in self.tasks:
            task.cancel()
        if self.server:
            self.line._open.discard(self.server)
            self.server.close()

    async def _connect(self) -> None:
        if self.server:
            return
        back, self.server = await asyncio.open_connection(
            "127.0.0.1", self.line.target, limit=LONGEST_HEAD
        )
        self.line._open.add(self.server)
        self.outward = self._way(self.line.up, self.server)
        self.tasks.append(asyncio.create_task(self._pass_back(back)))

    def _way(self, way: Way, to) -> Callable[[bytes], Awaitable[None]]:
        """How bytes go one way: at once, or late and one after the other."""
        queue: asyncio.Queue = asyncio.Queue(maxsize=256)

        async def deliver() -> None:
            with contextlib.suppress(OSError):
                while True:
                    at, content = await queue.get()
                    await asyncio.sleep(max(0, at - time.monotonic()))
                    to.write(content)
                    await to.drain()

        async def send(content: bytes) -> None:
            gone, there = way.arrival(len(content))
            if way.kbit or way.delay:
                await asyncio.sleep(max(0, gone - time.monotonic()))
                await queue.put((there, content))
            else:
                to.write(content)
                await to.drain()

        self.tasks.append(asyncio.create_task(deliver()))
        return send

    async def _send(self, content: bytes) -> None:
        if self.left is not None:
            self.left -= len(content)
            if self.left <= 0:
                self.line.cuts += 1
                _reset(self.server)
                raise ConnectionResetError
        self.line.note(len(content))
        await self.outward(content)

    async def _pass_body(self, length: int) -> None:
        while length:
            content = await self.reader.read(min(CHUNK, length))
            if not content:
                raise EOFError
            length -= len(content)
            await self._send(content)

    async def _pass_back(self, back: asyncio.StreamReader) -> None:
        homeward = self._way(self.line.down, self.writer)
        with contextlib.suppress(OSError):
            while content := await back.read(CHUNK):
                self.line.down.passed += len(content)
                await homeward(content)
            await asyncio.sleep(self.line.down.delay * 2)
            self.writer.close()
            return
        _reset(self.writer)

    async def _swallow(self, length: int) -> None:
        while length:
            content = await self.reader.read(min(CHUNK, length))
            if not content:
                raise EOFError
            length -= len(content)


def _reset(writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        wire = writer.get_extra_info("socket")
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    writer.transport.abort()


async def _head(reader: asyncio.StreamReader) -> bytes:
    """A request's head, or nothing when the tablet has said goodbye."""
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return b""


def _request(head: bytes) -> Request:
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ")
    headers = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
    return Request(method, path, int(headers.get("content-length", 0)))


# --- what others on the way say ------------------------------------------------------------


def says(status: str, body: str = "", *headers: str) -> bytes:
    """A whole answer, after which the connection ends."""
    content = body.encode()
    lines = [
        f"HTTP/1.1 {status}",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(content)}",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode() + content


PORTAL = says("200 OK", "<!DOCTYPE html><h1>Chào mừng! Bấm để vào mạng</h1>")
LOGIN = says("302 Found", "", "Location: /hotspot/login")
TOO_LARGE = says("413 Payload Too Large", "<h1>413</h1>")
BAD_GATEWAY = says("502 Bad Gateway", "<h1>502</h1>")
GATEWAY_TIMEOUT = says("504 Gateway Timeout", "<h1>504</h1>")
