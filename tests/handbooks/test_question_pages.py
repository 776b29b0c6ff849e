"""Pages of questions: the office's, and those that everybody reads."""

import pytest

from accounts.models import Role
from handbooks import actions
from handbooks.models import Question, Section
from tests.accounts.factories import UserFactory, staff
from tests.handbooks.factories import EnglishFactory, editor, publish, volume_with
from tests.handbooks.stock_factories import EventFactory
from tests.handbooks.test_questions import ASKED, address, answer, in_handbook, keep
from tests.reference.factories import CommuneFactory

pytestmark = pytest.mark.django_db

STRANGERS = {
    "a landlord": UserFactory,
    "a reviewer": lambda: staff(Role.REVIEWER),
    "somebody of another commune": lambda: staff(Role.COORDINATOR, CommuneFactory()),
}


@pytest.mark.parametrize("stranger", STRANGERS)
def test_question_of_an_event_is_not_there_for_others(client, stranger):
    question = keep(event=EventFactory())
    client.force_login(STRANGERS[stranger]())
    names = ("answer-approval", "answer-taking-out", "question-dropping")

    shown = client.get(address("answer", question.pk))
    done = [client.post(address(name, question.pk)) for name in names]
    done.append(client.post(address("answer", question.pk), {"answer": "x"}))

    assert {page.status_code for page in [shown, *done]} == {404}
    assert Question.objects.get().answer == ""


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_a_fixed_number_of_times(client, number, django_assert_num_queries):
    for _ in range(number):
        answer(keep(event=EventFactory()))
    client.force_login(editor())
    client.get(address("asked"))

    with django_assert_num_queries(10):
        client.get(address("asked"))


def test_question_is_written_down_and_waits_first(client):
    in_handbook("Câu đã xong?")
    event = EventFactory()
    client.force_login(staff(Role.PRINT_OFFICER))
    typed = {"words": ASKED, "event": event.pk, "language": "vi"}

    client.post(address("asked"), typed)
    rows = client.get(address("asked"), {"event": event.pk}).context["questions"]
    everything = client.get(address("asked")).context["questions"]

    assert [question.words for question, _ in rows] == [ASKED]
    assert [question.words for question, _ in everything] == [ASKED, "Câu đã xong?"]


def test_answer_is_read_by_everybody_in_its_language(client):
    question = in_handbook()
    in_handbook("What if he keeps my card?", language=EnglishFactory())
    answer(keep("Chưa duyệt?"))

    page = client.get(address("questions")).content.decode()
    single = client.get(address("question", question.pk)).content.decode()

    assert ASKED in page
    assert "Xin lại thẻ" in page
    assert "Chưa duyệt?" not in page
    assert "What if" not in page
    assert "<p>Xin lại thẻ, có người đi cùng.</p>" in single
    assert client.get(f"/en/handbooks/questions/{question.pk}/").status_code == 404


def test_words_are_found_and_marked_without_accents(client):
    in_handbook()
    in_handbook("Bao giờ trả cọc?", "Theo hợp đồng.\n")

    page = client.get(address("questions"), {"q": "giu the"}).content.decode()
    nothing = client.get(address("questions"), {"q": "xe đạp"}).content.decode()

    assert "<mark>giữ</mark> <mark>thẻ</mark>" in page
    assert "Bao giờ" not in page
    assert "Chưa ai hỏi điều này" in nothing


def test_section_leads_to_what_was_asked_about_it(
    client, django_capture_on_commit_callbacks
):
    publish(volume_with("Giấy tờ", "Khoá"))
    section = Section.objects.get(slug="muc-1")
    client.get("/handbooks/workers/muc-1/")

    with django_capture_on_commit_callbacks(execute=True):
        question = in_handbook(section=section)
    page = client.get("/handbooks/workers/muc-1/").content.decode()
    other = client.get("/handbooks/workers/muc-2/").content.decode()
    single = client.get(address("question", question.pk)).content.decode()

    assert address("question", question.pk) in page
    assert "Người khác đã hỏi" not in other
    assert 'href="/handbooks/workers/muc-1/"' in single


@pytest.mark.parametrize("number", [1, 3])
def test_public_pages_ask_once_and_then_never(
    client, number, django_assert_num_queries
):
    for _ in range(number):
        question = in_handbook()

    for name in (address("questions"), address("question", question.pk)):
        with django_assert_num_queries(1):
            page = client.get(name)
        with django_assert_num_queries(0):
            again = client.get(name, headers={"If-None-Match": page["ETag"]})
        assert again.status_code == 304
        assert len(page.content) < 40_000


def test_long_list_has_pages(client, monkeypatch):
    monkeypatch.setattr("handbooks.views.asked.PAGE", 2)
    for number in range(3):
        in_handbook(f"Câu {number}?")

    first = client.get(address("questions")).content.decode()
    second = client.get(address("questions"), {"page": 2}).content.decode()

    assert "page=2" in first
    assert ("Câu 0?" in first, "Câu 0?" in second) == (False, True)


def test_answer_taken_out_is_gone_at_once(client, django_capture_on_commit_callbacks):
    question = in_handbook()
    client.get(address("question", question.pk))

    with django_capture_on_commit_callbacks(execute=True):
        actions.take_out_answer(question=question, by=editor())

    assert client.get(address("question", question.pk)).status_code == 404
    assert ASKED not in client.get(address("questions")).content.decode()
