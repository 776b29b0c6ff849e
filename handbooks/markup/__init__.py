"""Our Markdown: what editors write, as safe HTML for web and paper.

Pure. `read` takes a text apart and says what it needs (law, tariffs, other sections,
pictures); the caller looks that up once; `write` makes the HTML of it. Both collect what
is wrong, with its line, in the language of the page. docs/reference/handbook-markup.md
is the same in words for who writes.
"""

from handbooks.markup.facts import Facts
from handbooks.markup.limits import MOST_LETTERS, has_unseen_sign
from handbooks.markup.problems import Problem
from handbooks.markup.reading import Document, Needs, read
from handbooks.markup.words import plain_words
from handbooks.markup.writing import Written, write

__all__ = [
    "MOST_LETTERS",
    "Document",
    "Facts",
    "Needs",
    "Problem",
    "Written",
    "has_unseen_sign",
    "plain_words",
    "read",
    "write",
]
