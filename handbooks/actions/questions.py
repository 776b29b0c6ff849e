"""Questions of events: kept without names, answered, and approved by a second person."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core import clock
from core.errors import Refused
from core.models import record
from core.text import fold, nfc
from handbooks import facts, markup, ready
from handbooks.models import Event, Language, Question, Section
from handbooks.permissions import can_approve


@transaction.atomic
def keep_question(
    *,
    words: str,
    language: Language,
    by: User,
    event: Event | None = None,
    section: Section | None = None,
) -> Question:
    question = Question(
        event=event,
        language=language,
        section=section,
        words=nfc(words.strip()),
        asked_at=clock.now(),
        kept_by=by,
    )
    question.full_clean()
    question.save()
    record("question.kept", question, by=by, under=event or question)
    return question


@transaction.atomic
def answer_question(
    *,
    question: Question,
    words: str,
    answer: str,
    section: Section | None,
    is_proposed: bool,
    by: User,
) -> Question:
    """`words`: the question as its readers will see it, without anybody's name."""
    question = _open(question)
    written = write_answer(question, answer, section)
    if written.problems:
        raise Refused("problems", " ".join(map(str, written.problems)))
    question.words, question.answer = nfc(words.strip()), nfc(answer.strip())
    question.section, question.is_proposed = section, is_proposed
    question.html, question.laws = written.html, written.laws
    plain = markup.plain_words(written.html)
    question.search_text = f" {fold(f'{question.words} {plain}')} "
    question.answered_at, question.answered_by = clock.now(), by
    question.full_clean()
    question.save()
    record("question.answered", question, by=by, under=question.event or question)
    return question


def write_answer(
    question: Question, answer: str, section: Section | None
) -> markup.Written:
    """The answer as its readers will see it today, with the law that it cites."""
    document = markup.read(answer)
    language = question.language_id
    with override(language):
        known = facts.known([document.needs], language=language, day=clock.today())
        book = section.handbook_id if section else ""
        slug = f"q{question.pk}"
        return markup.write(document, known.for_web(), book=book, slug=slug)


@transaction.atomic
def approve_answer(*, question: Question, by: User) -> Question:
    """Into the web handbook, if the law it cites still holds today."""
    question = _open(question)
    if not question.is_proposed:
        raise Refused("not_proposed", _("Nobody has proposed it for the handbook."))
    if not can_approve(by, question):
        raise Refused(
            "same_person", _("Ask a colleague: who answered it cannot approve it.")
        )
    written = write_answer(question, question.answer, question.section)
    if written.problems:
        raise Refused("problems", " ".join(map(str, written.problems)))
    question.html, question.laws = written.html, written.laws
    question.approved_at, question.approved_by = clock.now(), by
    question.full_clean()
    question.save()
    record("question.approved", question, by=by, under=question.event or question)
    transaction.on_commit(ready.forget)
    return question


@transaction.atomic
def take_out_answer(*, question: Question, by: User) -> Question:
    """Out of the web handbook; it can be changed and approved again."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    if not question.approved_at:
        raise Refused("not_approved", _("It does not stand in the handbook."))
    question.approved_at = question.approved_by = None
    question.is_proposed = False
    question.full_clean()
    question.save()
    record("question.taken_out", question, by=by, under=question.event or question)
    transaction.on_commit(ready.forget)
    return question


@transaction.atomic
def drop_question(*, question: Question, by: User) -> None:
    """For what should not have been written down, such as a name."""
    question = _open(question)
    record("question.dropped", question, by=by, under=question.event or question)
    question.delete()


def _open(question: Question) -> Question:
    question = Question.objects.select_for_update(of=["self"]).get(pk=question.pk)
    if question.approved_at:
        raise Refused(
            "approved", _("It stands in the handbook. Take it out to change it.")
        )
    return question
