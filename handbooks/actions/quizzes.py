"""Quizzes made from an edition, and counted without knowing who answered."""

import dataclasses
import secrets

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core import clock
from core.errors import Refused
from core.models import record
from handbooks import quizzes, ready
from handbooks.models import Edition, EditionSection, Event, Quiz, QuizItem
from handbooks.models.quizzes import FEWEST

HIGHEST_SEED = 9999


@transaction.atomic
def make_quiz(
    *,
    edition: Edition,
    kind: str,
    count: int,
    by: User,
    seed: int | None = None,
    event: Event | None = None,
    on_paper: bool = True,
    on_phone: bool = True,
) -> Quiz:
    """Without a seed any will do; it is kept, so that the same quiz can be made again."""
    if edition.state != Edition.State.PUBLISHED:
        raise Refused("not_published", _("Choose an edition that is published."))
    quiz = Quiz(
        edition=edition,
        event=event,
        kind=kind,
        seed=seed or secrets.randbelow(HIGHEST_SEED) + 1,
        on_paper=on_paper,
        on_phone=on_phone,
        made_at=clock.now(),
        made_by=by,
    )
    quiz.full_clean()
    rows = edition.sections.select_related("revision").defer("html", "plain")
    sections = {row.slug: row for row in rows}
    items = _items(quiz, sections, count)
    if len(items) < FEWEST:
        raise Refused(
            "too_little",
            _("Choose another handbook: this one explains too little for such a quiz."),
        )
    quiz.save()
    QuizItem.objects.bulk_create(
        _row(quiz, order, item, sections[item.slug])
        for order, item in enumerate(items, start=1)
    )
    record("quiz.made", quiz, by=by, under=event or quiz, edition=edition.code)
    return quiz


def _row(
    quiz: Quiz, order: int, item: quizzes.Item, section: EditionSection
) -> QuizItem:
    return QuizItem(
        quiz=quiz,
        order=order,
        key=item.key[:80],
        right=item.right,
        section=section,
        ask=item.ask,
        options=list(item.options),
        answer=item.answer,
        why=item.why,
        place=item.entry and list(dataclasses.astuple(item.entry)),
    )


def _items(quiz: Quiz, sections: dict, count: int) -> list[quizzes.Item]:
    pages = [
        quizzes.Page(slug, row.revision.body, row.search_text)
        for slug, row in sections.items()
    ]
    if quiz.is_crossword:
        return quizzes.crossword(pages, seed=quiz.seed, count=count)
    volume = quiz.edition.volume
    with override(volume.language_id):
        return quizzes.choice(
            pages,
            book=volume.handbook_id,
            language=volume.language_id,
            seed=quiz.seed,
            count=count,
        )


@transaction.atomic
def count_answers(*, quiz: Quiz, known: set[int], missed: set[int]) -> None:
    """One sheet: the places of what was answered right, and of what was not.

    Nothing of who, from where or when is kept; only the counts go up.
    """
    quiz = Quiz.objects.select_for_update().get(pk=quiz.pk)
    if quiz.closed_at:
        raise Refused("closed", _("This quiz is over."))
    Quiz.objects.filter(pk=quiz.pk).update(played=F("played") + 1)
    items = QuizItem.objects.filter(quiz=quiz)
    items.filter(order__in=known).update(known=F("known") + 1)
    items.filter(order__in=missed).update(missed=F("missed") + 1)


@transaction.atomic
def count_sheets(*, quiz: Quiz, sheets: int, known: dict[int, int], by: User) -> None:
    """Sheets of paper together: of each place, how many had it right."""
    quiz = Quiz.objects.select_for_update().get(pk=quiz.pk)
    if quiz.closed_at:
        raise Refused("closed", _("This quiz is over."))
    if sheets < 1 or any(not 0 <= count <= sheets for count in known.values()):
        raise Refused(
            "too_many",
            _("Look at the numbers: no question has more right answers than sheets."),
        )
    Quiz.objects.filter(pk=quiz.pk).update(played=F("played") + sheets)
    for item in quiz.items.all():
        right = known.get(item.order, 0)
        QuizItem.objects.filter(pk=item.pk).update(
            known=F("known") + right, missed=F("missed") + sheets - right
        )
    record("quiz.sheets_counted", quiz, by=by, under=quiz.event or quiz, sheets=sheets)


@transaction.atomic
def close_quiz(*, quiz: Quiz, by: User) -> Quiz:
    """From now on its page only says that it is over."""
    quiz = Quiz.objects.select_for_update().get(pk=quiz.pk)
    if quiz.closed_at:
        raise Refused("closed", _("This quiz is over."))
    quiz.closed_at, quiz.closed_by = clock.now(), by
    quiz.save(update_fields=["closed_at", "closed_by"])
    record("quiz.closed", quiz, by=by, under=quiz.event or quiz)
    transaction.on_commit(ready.forget)
    return quiz
