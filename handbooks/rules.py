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


def rank(title: str, summary: str, folded: str, asked: list[str]) -> int:
    """What a reader looks at first: 0 all words in the title, 1 in title and summary,
    2 the words together somewhere in the text (folded), 3 apart."""
    if _holds(title, asked):
        return 0
    if _holds(f"{title} {summary}", asked):
        return 1
    return 2 if f" {' '.join(asked)}" in folded else 3


def _holds(text: str, asked: list[str]) -> bool:
    words = fold(text).split()
    return all(any(word.startswith(one) for word in words) for one in asked)


def excerpt(text: str, asked: list[str]) -> str:
    """The words around where they stand together, or else around the first of them."""
    first = _where(text, asked)
    start = max(0, first - EXCERPT // 4)
    if start:
        start = text.find(" ", start) + 1
    end = start + EXCERPT
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def _where(text: str, asked: list[str]) -> int:
    words = list(_WORD.finditer(text))
    bare = [fold(word[0]) for word in words]
    apart = None
    for place, word in enumerate(words):
        if bare[place].startswith(asked[0]):
            pairs = zip(bare[place:], asked, strict=False)
            if len(bare) - place >= len(asked) and all(
                one.startswith(wanted) for one, wanted in pairs
            ):
                return word.start()
        if apart is None and any(bare[place].startswith(one) for one in asked):
            apart = word.start()
    return apart or 0


def marked(text: str, asked: list[str]) -> SafeString:
    """The text as HTML, with `<mark>` around the words that were meant."""
    pieces, last = [], 0
    for found in _WORD.finditer(text):
        if is_meant(found[0], asked):
            pieces.append((text[last : found.start()], found[0]))
            last = found.end()
    return format_html_join("", "{}<mark>{}</mark>", pieces) + escape(text[last:])
