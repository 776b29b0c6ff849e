"""A body as gunicorn hands it on, over a real pair of sockets."""

import socket

import pytest
from django.http import HttpRequest, UnreadablePostError
from gunicorn.http.body import Body, LengthReader
from gunicorn.http.unreader import SocketUnreader

from core import body

CONTENT = bytes(range(256)) * 400


@pytest.fixture
def pair():
    here, there = socket.socketpair()
    with here, there:
        yield here, there


def request_of(there, early, length):
    """A request whose headers came with the first `early` bytes of the body."""
    unreader = SocketUnreader(there)
    unreader.buf.write(early)
    request = HttpRequest()
    request.META = {
        "wsgi.input": Body(LengthReader(unreader, length)),
        "gunicorn.socket": there,
    }
    return request


@pytest.mark.parametrize("early", [0, 3, 4, 70_000, len(CONTENT)])
def test_body_is_what_was_sent_and_the_next_request_stays(pair, early):
    here, there = pair
    following = b"PUT /next"
    sent = CONTENT + following
    here.sendall(sent[early:])
    request = request_of(there, sent[: early or 0], len(CONTENT))

    stream = body.of(request)
    head = stream.read(1000)
    view = memoryview(bytearray(len(CONTENT) - 1000))
    filled = 0
    while filled < len(view):
        filled += stream.readinto(view[filled:])

    assert isinstance(stream, body.Straight)
    assert head + bytes(view) == CONTENT
    assert stream.read(1) == b""
    assert request.META["wsgi.input"].read() == b""
    assert there.recv(100) == following


def test_next_request_that_came_along_stays(pair):
    _here, there = pair
    request = request_of(there, CONTENT + b"PUT /next", len(CONTENT))

    assert body.of(request).read(len(CONTENT) + 5) == CONTENT

    unreader = request.META["wsgi.input"].reader.unreader
    assert unreader.read(9) == b"PUT /next"


def test_what_is_left_unread_is_known_to_the_server(pair):
    here, there = pair
    here.sendall(CONTENT)
    request = request_of(there, b"", len(CONTENT))

    body.of(request).read(10)

    assert request.META["wsgi.input"].read() == CONTENT[10:]


def test_body_that_is_cut_off_ends(pair):
    here, there = pair
    here.sendall(CONTENT[:5])
    here.close()
    request = request_of(there, b"", len(CONTENT))

    assert body.of(request).read(100) == CONTENT[:5]


def test_broken_line_is_said(pair):
    _here, there = pair
    request = request_of(there, b"", len(CONTENT))
    there.close()

    with pytest.raises(UnreadablePostError):
        body.of(request).read(100)


def test_other_servers_go_their_own_way():
    request = HttpRequest()

    assert body.of(request) is request
