"""Printing in a process of its own, started for some documents and gone after them.

The program with all its rooms needs much memory before the first page, and what a long
document took is hardly given back. A press has WeasyPrint and the document, nothing else:
no rooms, no line to the database. What a document does to it it does to it alone.

The two talk in lines of JSON, each followed by as many bytes as it says.
"""

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, BinaryIO, Self, cast

from django.conf import settings

from core import pdf

PATIENCE = 300  # seconds for one document
_ERRORS = {
    error.__name__: error
    for error in (pdf.FontsMissing, pdf.ForeignAddress, pdf.LettersMissing)
}


class Broken(Exception):
    """The press ended before its document did: no memory, no patience, a bug."""


class Press:
    """`with Press() as press: press.render(html, pictures=...)`, as core.pdf.render with
    all its letters.

    It starts with its first document, and anew after one that it could not survive.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def render(
        self,
        html: str,
        *,
        pictures: Mapping[str, bytes] | None = None,
        told: Callable[[int], None] = lambda page: None,
    ) -> bytes:
        """`told` hears which page is laid out; some are laid out more than once."""
        process = self._process = self._process or _started()
        asked, answers = (
            cast("BinaryIO", process.stdin),
            cast("BinaryIO", process.stdout),
        )
        impatient = threading.Timer(PATIENCE, process.kill)
        impatient.start()
        try:
            _send_document(asked, html, pictures or {})
            printed = _printed(answers, told)
        except BrokenPipeError:
            printed = b""
        finally:
            impatient.cancel()
        if not printed:
            self._end()
            raise Broken(f"The press ended after {len(html)} letters of HTML.")
        return printed

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 -- ourselves
        [sys.executable, "-W", "ignore", "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=settings.BASE_DIR,
    )


def _printed(answers: BinaryIO, told: Callable[[int], None]) -> bytes:
    """Nothing if the press has ended."""
    for line in answers:
        answer = json.loads(line)
        if "page" in answer:
            told(answer["page"])
        elif "error" in answer:
            raise _ERRORS[answer["error"]](answer["words"])
        else:
            return answers.read(answer["bytes"])
    return b""


def _send_document(stream: BinaryIO, html: str, pictures: Mapping[str, bytes]) -> None:
    document = html.encode()
    sizes = {name: len(content) for name, content in pictures.items()}
    _send(stream, {"html": len(document), "pictures": sizes}, document)
    for content in pictures.values():
        stream.write(content)
    stream.flush()


def _send(stream: BinaryIO, head: dict[str, Any], content: bytes = b"") -> None:
    stream.write(json.dumps(head).encode() + b"\n" + content)
    stream.flush()


class _Pages(logging.Handler):
    """WeasyPrint says in its log which page it lays out."""

    def __init__(self, answers: BinaryIO) -> None:
        super().__init__(logging.INFO)
        self.answers = answers

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.args, tuple) and "Page" in str(record.msg):
            _send(self.answers, {"page": record.args[0]})


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """The press itself: prints what it is asked until nothing more comes."""
    pdf.get_ready()
    progress = logging.getLogger("weasyprint.progress")
    progress.setLevel(logging.INFO)
    progress.addHandler(_Pages(answers))
    for line in asked:
        sizes = json.loads(line)
        html = asked.read(sizes["html"]).decode()
        pictures = {name: asked.read(n) for name, n in sizes["pictures"].items()}
        try:
            printed = pdf.render(html, pictures=pictures, needs_all_letters=True)
        except tuple(_ERRORS.values()) as error:
            _send(answers, {"error": type(error).__name__, "words": str(error)})
        else:
            _send(answers, {"bytes": len(printed)}, printed)


if __name__ == "__main__":
    # What libraries print by themselves must not get between the answers.
    line = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, line)
