"""The questions that are shipped: whole, in both languages, and said by the handbook."""

from collections import Counter

import pytest
from django.db import transaction

from core import clock
from handbooks import actions, quizzes
from handbooks.actions.freezing import freeze, texts_of
from handbooks.models import Right, Volume
from handbooks.quizzes.facts import facts_about
from tests.reference.shipped import load_reference

pytestmark = pytest.mark.django_db  # what a module's fixture reads is in the database
LANGUAGES = ("vi", "en")
BOOKS = ("workers", "landlords")


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """The handbooks that quizzes ask about, as they would be published today."""
    found = {}
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        actions.load_shipped()
        for volume in Volume.objects.filter(handbook__in=BOOKS):
            texts, day = texts_of(volume), clock.today()
            frozen = freeze(volume, texts, number=1, code="X", day=day, cover=None)
            found[volume.handbook_id, volume.language_id] = [
                quizzes.Page(
                    section.revision.section.slug,
                    section.revision.body,
                    section.search_text,
                )
                for section in frozen.sections
            ]
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("book", BOOKS)
def test_handbook_says_what_each_question_rests_on(pages, book, language):
    said = {page.slug: page.search_text for page in pages[book, language]}

    unsaid = [
        fact.key
        for fact in facts_about(book, language)
        if not fact.is_said_in(said.get(fact.section, ""))
    ]

    assert unsaid == []


@pytest.mark.parametrize(("book", "least"), [("workers", 30), ("landlords", 10)])
def test_same_questions_in_both_languages(book, least):
    keys = {
        language: [fact.key for fact in facts_about(book, language)]
        for language in LANGUAGES
    }

    assert keys["vi"] == keys["en"]
    assert len(keys["vi"]) == len(set(keys["vi"])) >= least


def test_each_question_is_whole():
    for fact in quizzes.facts():
        assert fact.right in Right.values, fact.key
        assert 2 <= len(fact.wrong) <= 3, fact.key
        assert len({fact.answer, *fact.wrong}) == 1 + len(fact.wrong), fact.key
        assert all([fact.ask, fact.answer, *fact.wrong, fact.says]), fact.key
        assert len(fact.ask) <= 600, fact.key
        assert max(map(len, [fact.answer, *fact.wrong])) <= 80, fact.key


def test_every_right_has_a_question():
    asked = Counter(fact.right for fact in facts_about("workers", "vi"))

    assert {*asked, Right.WORDS} == set(Right.values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_quiz_of_ten_asks_about_many_rights_and_some_words(pages, language):
    def made(seed):
        return quizzes.choice(
            pages["workers", language],
            book="workers",
            language=language,
            seed=seed,
            count=10,
        )

    items = made(3)

    assert items == made(3) != made(4)
    rights = Counter(item.right for item in items)
    assert (sum(rights.values()), rights["words"], len(rights)) == (10, 2, 9)
    for item in items:
        assert item.answer in item.options
        assert 3 <= len(item.options) <= 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_crossword_of_twelve_is_made_of_the_words_explained(pages, language):
    items = quizzes.crossword(pages["workers", language], seed=7, count=12)

    assert len(items) == 12
    assert {item.slug for item in items} == {"words"}


def test_right_answers_are_not_always_in_the_same_place(pages):
    places = Counter(
        item.options.index(item.answer)
        for seed in range(8)
        for item in quizzes.choice(
            pages["workers", "vi"], book="workers", language="vi", seed=seed, count=10
        )
    )

    assert max(places.values()) < 40


def test_question_is_left_out_when_the_handbook_says_it_no_more(pages):
    changed = [
        quizzes.Page(page.slug, page.body, "" if page.slug == "when-it-burns" else text)
        for page in pages["workers", "vi"]
        for text in [page.search_text]
    ]

    def keys(of):
        items = quizzes.choice(of, book="workers", language="vi", seed=1, count=60)
        return {item.key for item in items}

    gone = {
        fact.key
        for fact in facts_about("workers", "vi")
        if fact.section == "when-it-burns"
    }
    assert len(gone) == 3
    assert gone <= keys(pages["workers", "vi"])
    assert not gone & keys(changed)
