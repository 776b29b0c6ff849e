"""HTTP as cheaply as Python can, so that the machine measures the server."""

import json
import socket

from core import clock
from inspections.pack import SEALED_MEDIA_TYPE

MOST_AT_ONCE = 64 * 1024


class Tablet:
    """A tablet and its one connection; whose visit it is the proof says."""

    def __init__(self, port: int):
        self.port = port
        self.socket: socket.socket | None = None

    def send(self, visit) -> dict:
        """The receipt; anything else is an error."""
        head = (
            f"PUT /api/v1/visits/{visit.id}/uploads/{visit.upload} HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{self.port}\r\n"
            f"Content-Type: {SEALED_MEDIA_TYPE}\r\n"
            f"Content-Length: {len(visit.sealed)}\r\n"
            f"X-Device-Time: {clock.iso(clock.now())}\r\n"
            f"Authorization: {visit.proof}\r\n\r\n"
        )
        status, body = self._ask([head.encode(), visit.sealed])
        if status not in (200, 201):
            raise RuntimeError(f"{status} {body[:300]!r}")
        return json.loads(body)

    def _ask(self, parts: list[bytes]) -> tuple[int, bytes]:
        for attempt in (1, 2):
            if self.socket is None:
                self.socket = socket.create_connection(("127.0.0.1", self.port))
                self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                self._write(parts)
                return self._read()
            except (ConnectionError, TimeoutError):  # a kept connection may be closed
                self.socket.close()
                self.socket = None
                if attempt == 2:
                    raise
        raise AssertionError

    def _write(self, parts: list[bytes]) -> None:
        left = [memoryview(part) for part in parts]
        while left:
            sent = self.socket.sendmsg(left)
            while left and sent >= len(left[0]):
                sent -= len(left.pop(0))
            if left:
                left[0] = left[0][sent:]

    def _read(self) -> tuple[int, bytes]:
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, body = got.partition(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next(int(x[15:]) for x in lines if x.startswith(b"content-length:"))
        while len(body) < length:
            body += self._more()
        if b"connection: close" in lines:
            self.socket.close()
            self.socket = None
        return int(lines[0].split()[1]), body

    def _more(self) -> bytes:
        got = self.socket.recv(MOST_AT_ONCE)
        if not got:
            raise ConnectionError("closed")
        return got
