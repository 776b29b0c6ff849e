"""How quizzes are counted, and what the database refuses."""

import pytest
from django.db import IntegrityError, transaction

from core.errors import Refused
from handbooks import actions
from handbooks.models import Quiz, QuizItem
from handbooks.results import known_least
from tests.handbooks.factories import editor, publish, rewrite, volume_with
from tests.handbooks.test_quizzes import WORDS, counts, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz():
    volume = volume_with("Giải nghĩa từ", "Khoá")
    rewrite(volume, "muc-1", WORDS)
    return make(publish(volume))


def test_sheets_of_paper_are_counted_together(quiz):
    actions.count_sheets(quiz=quiz, sheets=30, known={1: 30, 2: 12, 3: 0}, by=editor())

    quiz.refresh_from_db()
    assert quiz.played == 30
    assert counts(quiz) == [(30, 0), (12, 18), (0, 30), (0, 30)]


def test_more_right_answers_than_sheets_are_refused(quiz):
    with pytest.raises(Refused):
        actions.count_sheets(quiz=quiz, sheets=3, known={1: 4}, by=editor())

    assert counts(quiz) == [(0, 0)] * 4


def test_least_known_right_comes_first(quiz):
    QuizItem.objects.filter(order=1).update(known=9, missed=1)
    lease = quiz.items.create(
        order=9,
        key="x",
        right="lease",
        section=quiz.items.first().section,
        ask="?",
        options=["a"],
        answer="a",
        why="a",
        known=1,
        missed=3,
    )

    found = known_least(quiz.items)

    assert [(one.right, one.percent) for one in found] == [
        (lease.right, 25),
        ("words", 90),
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda quiz: Quiz.objects.update(seed=1),
        lambda quiz: Quiz.objects.update(played=-1),
        lambda quiz: quiz.items.update(answer="khác"),
        lambda quiz: quiz.items.filter(order=1).update(known=0),
        lambda quiz: quiz.items.filter(order=1).delete(),
        lambda quiz: quiz.delete(),
    ],
)
def test_database_keeps_a_quiz_as_it_was_made(quiz, change):
    actions.count_answers(quiz=quiz, known={1}, missed={2, 3, 4})

    with pytest.raises(IntegrityError), transaction.atomic():
        change(quiz)
