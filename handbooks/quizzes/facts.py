"""Questions that come with the program: handbooks/text/quiz/*.toml.

Each rests on a sentence of a handbook and is asked only while an edition says it.
docs/reference/quiz-questions.md tells how they are written.
"""

import functools
import tomllib
from dataclasses import dataclass

from django.conf import settings

from core.text import fold, nfc

FOLDER = settings.BASE_DIR / "handbooks" / "text" / "quiz"


@dataclass(frozen=True)
class Fact:
    """A question in one language."""

    key: str
    book: str
    section: str
    right: str
    language: str
    ask: str
    answer: str
    wrong: tuple[str, ...]
    says: str  # the handbook's own words, from which the answer follows

    def is_said_in(self, folded: str) -> bool:
        """Whether a section (its search text) still says it."""
        return f" {fold(self.says)} " in folded


@functools.cache
def facts() -> tuple[Fact, ...]:
    return tuple(
        fact for path in sorted(FOLDER.glob("*.toml")) for fact in _of_file(path)
    )


def facts_about(book: str, language: str) -> list[Fact]:
    return [fact for fact in facts() if (fact.book, fact.language) == (book, language)]


def _of_file(path):
    known = tomllib.loads(nfc(path.read_text(encoding="utf-8")))
    for question in known["question"]:
        places = {name: question.pop(name) for name in ("key", "section", "right")}
        for language, words in question.items():
            wrong = tuple(words.pop("wrong"))
            yield Fact(
                book=known["book"], language=language, wrong=wrong, **places, **words
            )
