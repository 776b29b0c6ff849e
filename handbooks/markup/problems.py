"""What is wrong in a text, said to who wrote it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Problem:
    line: int  # of the body, from 1
    code: str  # stable, for programs
    words: str

    def __str__(self) -> str:
        return _("Line %(line)d: %(words)s") % {"line": self.line, "words": self.words}


_WORDS = {
    "block_in_block": gettext_lazy(
        "Close the block above with ::: first; only steps and tick hold other blocks."
    ),
    "block_without_name": gettext_lazy(
        "Delete this :::, no block is open here; or write the block's name after it."
    ),
    "empty_block": gettext_lazy("Write something into this block."),
    "empty_list": gettext_lazy("Begin each line of this block with - or 1."),
    "heading_level": gettext_lazy(
        "Begin a heading with ## or ###: # is the section's own title."
    ),
    "link_scheme": gettext_lazy(
        "Begin the link with section:, law:, tel:, the name of a handbook or https://."
    ),
    "link_site": gettext_lazy(
        "Link to an official site only (such as …gov.vn): %(site)s is none."
    ),
    "long_line": gettext_lazy("Break this line: it has more than %(most)d letters."),
    "long_paragraph": gettext_lazy(
        "Break this paragraph: it has more than %(most)d letters."
    ),
    "phone_line": gettext_lazy("Write it like this: - 113 | Police | when to call"),
    "phone_number": gettext_lazy("Write the number with digits and spaces only."),
    "picture_description": gettext_lazy(
        "Say what the picture shows, for who cannot see it."
    ),
    "picture_markdown": gettext_lazy(
        "Show a picture with ::: picture and its name, not with ![]()."
    ),
    "table_columns": gettext_lazy("Make the table narrower: %(most)d columns at most."),
    "too_deep": gettext_lazy("Take the lists apart: they are too deep within others."),
    "too_long": gettext_lazy(
        "Make two sections of it: a text has %(most)d letters at most."
    ),
    "too_many_columns": gettext_lazy(
        "Make the table narrower: %(most)d columns at most."
    ),
    "too_many_lines": gettext_lazy(
        "Make two sections of it: a text has %(most)d lines at most."
    ),
    "unclosed_block": gettext_lazy("Close this block with a line of its own: :::"),
    "unknown_block": gettext_lazy(
        "Choose another block, there is none called “%(name)s”: %(names)s"
    ),
    "unknown_law": gettext_lazy(
        "Look the law up again: “%(key)s” is not known, not sure enough or not in force."
    ),
    "unknown_picture": gettext_lazy("Choose another picture: there is no “%(name)s”."),
    "unknown_section": gettext_lazy("Choose another section: there is no “%(name)s”."),
    "unknown_tariff": gettext_lazy("Enter the tariff first: none is in force for it."),
    "unseen_sign": gettext_lazy(
        "Write this line anew: a sign in it cannot be seen or turns the words around."
    ),
    "word_line": gettext_lazy("Write it like this: - word: what it means"),
    "wrong_argument": gettext_lazy("Write the block like this: %(pattern)s"),
    "wrong_number": gettext_lazy(
        "Write %(name)s= and a whole number from %(least)d to %(most)d."
    ),
}


def problem(line: int, code: str, **details: object) -> Problem:
    return Problem(line, code, str(_WORDS[code]) % details)
