"""Printing in a process of its own: the same bytes, and what ends it ends only itself."""

import os
import signal

import pytest

from core import pdf
from core.press import Broken, Press

PAGES = "".join(f"<h1>Trang {number}</h1>" for number in range(1, 4))
STYLE = "<style>h1 { break-before: page }</style>"
HTML = f"<html lang=vi><title>Thử</title>{STYLE}{PAGES}"
FIXED = '<meta name="dcterms.created" content="2026-11-22">'


@pytest.fixture(scope="module")
def press():
    with Press() as press:
        yield press


def test_press_prints_as_this_process_does(press):
    html = HTML.replace("<style>", FIXED + "<style>") + '<img src="given:x" alt="x">'
    pictures = {"x": pdf.qr("X")}

    printed = press.render(html, pictures=pictures)

    assert printed == pdf.render(html, pictures=pictures)


def test_press_tells_which_page_it_lays_out(press):
    told = []

    press.render(HTML, told=told.append)

    assert told[:3] == [1, 2, 3]


def test_press_refuses_what_it_was_not_given_and_prints_on(press):
    with pytest.raises(pdf.ForeignAddress, match="file:///etc/passwd"):
        press.render(f'{HTML}<img src="file:///etc/passwd" alt="x">')

    assert press.render(HTML).startswith(b"%PDF")


def test_press_prints_no_boxes_for_letters_that_no_font_has(press):
    """A handbook in Khmer on a machine without a Khmer font."""
    with pytest.raises(pdf.LettersMissing, match="\u1793"):
        press.render(HTML.replace("Trang", "ទំនុក"))

    assert press.render(HTML).startswith(b"%PDF")


def test_killed_press_is_said_and_the_next_document_has_another(press):
    press.render(HTML)
    os.kill(press.pid, signal.SIGKILL)

    with pytest.raises(Broken):
        press.render(HTML)

    assert press.render(HTML).startswith(b"%PDF")
