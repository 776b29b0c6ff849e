"""*raw-pg* behind the registry's web server, over HTTP, and nothing else: no Django, nobody
asked who sends, nothing opened, judged or looked for. So far a server like ours can come.
"""

import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import psycopg

from devtools import serve
from tests.bench.client import Line
from tests.bench.limits import RawPg, insert
from tests.bench.visits import Visit

_of_thread = threading.local()


def application(environ: dict, begin: Callable) -> Iterable[bytes]:
    """A visit's parts, one after the other; their sizes in a header. WSGI."""
    sizes = map(int, environ.get("HTTP_SIZES", "").split())
    document, *photos = [environ["wsgi.input"].read(size) for size in sizes] or [b""]
    if document:
        visit = environ["PATH_INFO"].strip("/")
        insert(_connection(), visit, document, photos)
    begin("200 OK", [("Content-Length", "0")])
    return []


def _connection() -> psycopg.Connection:
    if not hasattr(_of_thread, "connection"):
        url = os.environ["DATABASE_URL"]
        _of_thread.connection = psycopg.connect(url, autocommit=True)
    return _of_thread.connection


class Bare(RawPg):
    name = "bare"

    def __init__(self, url: str, folder: Path):
        super().__init__(url, folder)
        self.server = None
        self.port = serve.free_port()

    def start(self) -> None:
        web = serve.WEB.replace("config.wsgi", "tests.bench.bare")
        words = f"-m {web} {serve.QUIET} --bind 127.0.0.1:{self.port}"
        self.server = serve.start(words, os.environ | {"DATABASE_URL": self.url})
        url = f"http://127.0.0.1:{self.port}"
        serve.wait_until_it_answers({"bare server": self.server}, url)

    def stop(self) -> None:
        if self.server:
            serve.end([self.server])

    def sender(self, client: int) -> Callable[[Visit], None]:
        line = Line(self.port)

        def send(visit: Visit) -> None:
            parts = [visit.document, *(photo.content for photo in visit.photos)]
            sizes = " ".join(str(len(part)) for part in parts)
            line.put(f"/{visit.id}", {"Sizes": sizes}, parts)

        return send
