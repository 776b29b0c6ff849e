"""Finding words in text, whatever accents they were typed with."""

import re

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString

from core.text import fold

EXCERPT = 200  # letters
_WORD = re.compile(r"\w+")


def is_meant(word: str, asked: list[str]) -> bool:
    """A word of the text that one of the asked words (folded) begins."""
    bare = fold(word)
    return any(bare.startswith(one) for one in asked)


def rank(title: str, summary: str, asked: list[str]) -> int:
    """How far from the title: 0 all words in it, 1 in title and summary, 2 elsewhere."""
    if _holds(title, asked):
        return 0
    return 1 if _holds(f"{title} {summary}", asked) else 2


def _holds(text: str, asked: list[str]) -> bool:
    words = fold(text).split()
    return all(any(word.startswith(one) for word in words) for one in asked)


def excerpt(text: str, asked: list[str]) -> str:
    """The words around the first one that was meant, cut between words."""
    first = next(
        (found.start() for found in _WORD.finditer(text) if is_meant(found[0], asked)),
        0,
    )
    start = max(0, first - EXCERPT // 4)
    if start:
        start = text.find(" ", start) + 1
    end = start + EXCERPT
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def marked(text: str, asked: list[str]) -> SafeString:
    """The text as HTML, with `<mark>` around the words that were meant."""
    pieces, last = [], 0
    for found in _WORD.finditer(text):
        if is_meant(found[0], asked):
            pieces.append((text[last : found.start()], found[0]))
            last = found.end()
    return format_html_join("", "{}<mark>{}</mark>", pieces) + escape(text[last:])
