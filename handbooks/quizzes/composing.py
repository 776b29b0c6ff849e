"""A quiz made of what an edition says. The same edition, number and length: the same quiz."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from handbooks.quizzes.crossword import Entry, lay_out
from handbooks.quizzes.facts import Fact, facts_about
from handbooks.quizzes.glossary import Word, words_of
from handbooks.quizzes.order import shuffled

WORDS = "words"  # the right that a question about a word is counted under
FACTS_OF_TEN = 8  # the others ask about words, if there are so many facts
WRONG_WORDS = 3
LONGEST_WORD, LONGEST_CLUE = 70, 400  # letters


@dataclass(frozen=True)
class Page:
    """What a quiz needs of a section of an edition."""

    slug: str
    body: str  # in our Markdown
    search_text: str


@dataclass(frozen=True)
class Item:
    key: str
    right: str
    slug: str
    ask: str
    answer: str
    why: str
    options: tuple[str, ...] = ()
    entry: Entry | None = None


def choice(
    pages: Sequence[Page], *, book: str, language: str, seed: int, count: int
) -> list[Item]:
    """Questions with one right answer each, over as many rights as there are."""
    folded = {page.slug: page.search_text for page in pages}
    said = [
        fact
        for fact in facts_about(book, language)
        if fact.is_said_in(folded.get(fact.section, ""))
    ]
    words = _words(pages)
    asked_words = shuffled(words, seed, _named) if len(words) > WRONG_WORDS else []
    enough = count - min(count * (10 - FACTS_OF_TEN) // 10, len(asked_words))
    items = [_of_fact(fact, seed) for fact in _spread(said, seed)[:enough]]
    items += [_of_word(word, words, seed) for word in asked_words]
    return shuffled(items[:count], seed, lambda item: item.key)


def crossword(pages: Sequence[Page], *, seed: int, count: int) -> list[Item]:
    known = {word.letters: word for word in _words(pages) if word.fits}
    entries = lay_out(list(known), seed=seed, most=count)
    return [_of_entry(entry, known[entry.letters]) for entry in entries]


def _words(pages: Iterable[Page]) -> list[Word]:
    """Each once, by its first explanation; none that is too long for a question."""
    found: dict[str, Word] = {}
    for page in pages:
        if "::: words" in page.body:
            for word in words_of(page.body, page.slug):
                if len(word.word) <= LONGEST_WORD and len(word.meaning) <= LONGEST_CLUE:
                    found.setdefault(word.word, word)
    return list(found.values())


def _named(word: Word) -> str:
    return word.word


def _spread(said: Sequence[Fact], seed: int) -> list[Fact]:
    """One of each right in turn, so that a short quiz asks about many."""
    by_right: dict[str, list[Fact]] = defaultdict(list)
    for fact in shuffled(said, seed, lambda fact: fact.key):
        by_right[fact.right].append(fact)
    rounds = max(map(len, by_right.values()), default=0)
    rights = shuffled(by_right, seed)
    return [
        by_right[right][turn]
        for turn in range(rounds)
        for right in rights
        if turn < len(by_right[right])
    ]


def _of_fact(fact: Fact, seed: int) -> Item:
    return Item(
        key=fact.key,
        right=fact.right,
        slug=fact.section,
        ask=fact.ask,
        answer=fact.answer,
        why=_quoted(fact.says),
        options=tuple(shuffled([fact.answer, *fact.wrong], f"{seed}:{fact.key}")),
    )


def _quoted(says: str) -> str:
    """With dots where it begins or ends within a sentence."""
    before = "" if says[0].isupper() or says[0].isdigit() else "… "
    return f"{before}{says}{'' if says.endswith(('.', '!', '?')) else ' …'}"


def _of_word(word: Word, words: Sequence[Word], seed: int) -> Item:
    others = [other.word for other in words if other.word != word.word]
    wrong = shuffled(others, f"{seed}:{word.word}:wrong")[:WRONG_WORDS]
    options = shuffled([word.word, *wrong], f"{seed}:{word.word}")
    return Item(
        key=f"word:{word.word}",
        right=WORDS,
        slug=word.slug,
        ask=_("Which word is meant: “%s”") % word.meaning.rstrip("."),
        answer=word.word,
        why=f"{word.word}: {word.meaning}",
        options=tuple(options),
    )


def _of_entry(entry: Entry, word: Word) -> Item:
    return Item(
        key=f"word:{word.word}",
        right=WORDS,
        slug=word.slug,
        ask=word.meaning,
        answer=word.word,
        why=f"{word.word}: {word.meaning}",
        entry=entry,
    )
