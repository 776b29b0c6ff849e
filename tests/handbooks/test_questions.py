"""Questions of events: no names, two people, then everybody may read and find the answer."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from accounts.models import Role
from core.errors import Refused
from handbooks import actions
from handbooks.models import Question
from tests.accounts.factories import staff
from tests.handbooks.factories import (
    VietnameseFactory,
    editor,
)
from tests.handbooks.stock_factories import EventFactory
from tests.reference.factories import CommuneFactory, LegalReferenceFactory

pytestmark = pytest.mark.django_db

ASKED = "Chủ nhà giữ thẻ của tôi thì làm sao?"
ANSWER = "Xin lại thẻ, có người đi cùng.\n"


def address(name, *arguments):
    return reverse(f"handbooks:{name}", args=arguments)


def keep(words=ASKED, **changes):
    told = {"language": VietnameseFactory(), "by": editor(), **changes}
    return actions.keep_question(words=words, **told)


def answer(question, text=ANSWER, **changes):
    said = {"section": None, "is_proposed": True, "by": editor(), **changes}
    words = said.pop("words", question.words)
    return actions.answer_question(question=question, words=words, answer=text, **said)


def in_handbook(words=ASKED, text=ANSWER, **changes):
    kept = keep(words, **{k: changes.pop(k) for k in ("language",) if k in changes})
    said = answer(kept, text, **changes)
    return actions.approve_answer(question=said, by=editor())


def refused(what):
    with pytest.raises(Refused) as caught:
        what()
    return caught.value.code


def test_question_is_kept_without_who_asked_and_answered():
    question = keep(f"  {ASKED} ", event=EventFactory())

    said = answer(question, words="Chủ nhà giữ thẻ thì làm sao?", is_proposed=False)

    assert question.words == ASKED
    assert (said.state, said.words) == ("answered", "Chủ nhà giữ thẻ thì làm sao?")
    assert said.html == "<p>Xin lại thẻ, có người đi cùng.</p>"
    assert said.search_text.startswith(" chu nha giu the thi lam sao xin lai the")


def test_answer_is_approved_by_another_person():
    hoa = editor()
    said = answer(keep(), by=hoa)

    alone = refused(lambda: actions.approve_answer(question=said, by=hoa))
    approved = actions.approve_answer(question=said, by=editor())

    assert (said.state, alone, approved.state) == (
        "prepared",
        "same_person",
        "in_handbook",
    )


def test_only_what_is_proposed_is_approved():
    said = answer(keep(), is_proposed=False)

    assert refused(lambda: actions.approve_answer(question=said, by=editor())) == (
        "not_proposed"
    )


def test_coordinator_answers_and_does_not_approve(client):
    commune = CommuneFactory()
    question = keep(event=EventFactory(commune=commune))
    client.force_login(staff(Role.COORDINATOR, commune))
    typed = {"words": ASKED, "answer": ANSWER, "is_proposed": "on"}

    client.post(address("answer", question.pk), typed)
    approval = client.post(address("answer-approval", question.pk))

    question.refresh_from_db()
    assert (question.state, approval.status_code) == ("prepared", 404)


def test_answer_with_a_wrong_law_is_shown_again(client):
    question = keep()
    client.force_login(editor())
    typed = {"words": ASKED, "answer": "Luật [nói](law:no-such-law)."}

    page = client.post(address("answer", question.pk), typed)

    assert list(page.context["form"].errors) == ["answer"]
    assert Question.objects.get().answer == ""


def test_law_that_ended_since_keeps_an_answer_out():
    law = LegalReferenceFactory(key="law-26-2023-art-29")
    said = answer(keep(), "Luật [cấm](law:law-26-2023-art-29).")
    law.in_force = DateRange(dt.date(2025, 7, 1), dt.date(2025, 8, 1))
    law.save()

    assert said.laws == ["law-26-2023-art-29"]
    assert refused(lambda: actions.approve_answer(question=said, by=editor())) == (
        "problems"
    )


def test_law_that_ends_soon_lights_up_the_question(client):
    law = LegalReferenceFactory(key="law-26-2023-art-29")
    in_handbook(text="Luật [cấm](law:law-26-2023-art-29).")
    client.force_login(editor())
    before = client.get(address("asked")).context["questions"]
    law.in_force = DateRange(dt.date(2025, 7, 1), dt.date(2026, 12, 1))
    law.save()

    after = client.get(address("asked")).context["questions"]

    assert [is_lit for _, is_lit in before + after] == [False, True]


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(answer="khác"),
        lambda rows: rows.update(words="khác"),
        lambda rows: rows.update(approved_by=editor()),
        lambda rows: rows.delete(),
    ],
)
def test_database_keeps_what_was_approved(change):
    in_handbook()

    with pytest.raises(IntegrityError), transaction.atomic():
        change(Question.objects.all())


def test_database_asks_for_two_people():
    hoa = editor()
    answer(keep(), by=hoa)

    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        Question.objects.update(approved_by=hoa, approved_at=dt.datetime.now(dt.UTC))


def test_answer_taken_out_can_be_changed(client):
    question = in_handbook()

    early = refused(lambda: answer(question, "Lời mới."))
    actions.take_out_answer(question=question, by=editor())
    answer(question, "Lời mới.")

    question.refresh_from_db()
    assert early == "approved"
    assert (question.answer, question.state) == ("Lời mới.", "prepared")


def test_question_with_a_name_is_deleted(client):
    question = keep("Anh Nam ở phòng 5 hỏi")
    client.force_login(staff(Role.PRINT_OFFICER))

    client.post(address("question-dropping", question.pk))

    assert not Question.objects.exists()
