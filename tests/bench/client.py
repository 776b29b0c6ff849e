"""HTTP as cheaply as Python can, so that the machine measures the server."""

import json
import socket

from core import clock
from inspections.pack import SEALED_MEDIA_TYPE

MOST_AT_ONCE = 64 * 1024


class Line:
    """One connection, kept."""

    def __init__(self, port: int):
        self.port = port
        self.socket: socket.socket | None = None

    def put(self, address: str, headers: dict[str, str], parts: list[bytes]) -> bytes:
        """What was answered; anything but yes is an error."""
        headers = {
            "Host": f"127.0.0.1:{self.port}",
            "Content-Length": str(sum(map(len, parts))),
        } | headers
        lines = [f"{name}: {value}\r\n" for name, value in headers.items()]
        head = f"PUT {address} HTTP/1.1\r\n{''.join(lines)}\r\n"
        status, body = self._ask([head.encode(), *parts])
        if status not in (200, 201):
            raise RuntimeError(f"{status} {body[:300]!r}")
        return body

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


class Tablet(Line):
    """A tablet; whose visit it is the proof says."""

    def send(self, visit) -> dict:
        """The receipt."""
        headers = {
            "Content-Type": SEALED_MEDIA_TYPE,
            "X-Device-Time": clock.iso(clock.now()),
            "Authorization": visit.proof,
        }
        address = f"/api/v1/visits/{visit.id}/uploads/{visit.upload}"
        return json.loads(self.put(address, headers, [visit.sealed]))
