"""A request's body, straight from the socket into the caller's memory.

The web server hands a body on through several buffers; for what a visit's photos weigh
this costs more than all that is done with them. Where the server is not the one we know,
its own way is taken.
"""

from socket import socket

from django.http import HttpRequest, UnreadablePostError
from gunicorn.http.body import Body, LengthReader
from gunicorn.http.unreader import SocketUnreader


def of(request: HttpRequest) -> "HttpRequest | Straight":
    """Something to `read` from, and to `readinto` where that is possible."""
    body, connection = (
        request.META.get(name) for name in ("wsgi.input", "gunicorn.socket")
    )
    known = (
        type(connection) is socket
        and type(body) is Body
        and type(body.reader) is LengthReader
        and type(body.reader.unreader) is SocketUnreader
        and not body.buf.tell()  # nobody has read from it
    )
    return Straight(body.reader, connection) if known else request


class Straight:
    def __init__(self, reader: LengthReader, connection: socket):
        self._reader, self._socket = reader, connection
        # What came together with the headers.
        self._begin = min(reader.unreader.buf.tell(), reader.length)

    def read(self, size: int) -> bytes:
        """`size` bytes; fewer only at the end."""
        content = memoryview(bytearray(min(size, self._reader.length)))
        filled = 0
        while filled < len(content):
            got = self.readinto(content[filled:])
            if not got:
                break
            filled += got
        return bytes(content[:filled])

    def readinto(self, view: memoryview) -> int:
        """As much of `view` as came so far; 0 only at the end."""
        most = min(len(view), self._begin or self._reader.length)
        if self._begin:
            view[:most] = self._reader.read(most)
            self._begin -= most
            return most
        try:
            got = self._socket.recv_into(view, most) if most else 0
        except OSError as error:
            raise UnreadablePostError(*error.args) from error
        self._reader.length -= got  # the server knows where the next request begins
        return got
