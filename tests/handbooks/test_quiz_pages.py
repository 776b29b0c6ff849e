"""Quizzes in the office: who is here, what the lists cost, what is printed."""

import io
import re

import pypdfium2
import pytest
import zxingcpp
from django.urls import reverse

from accounts.models import Role
from handbooks import actions
from handbooks.models import Quiz
from handbooks.printing.checking import look_over
from handbooks.printing.quizzes import sheet
from tests.accounts.factories import UserFactory, staff
from tests.handbooks.factories import editor, publish, rewrite, volume_with
from tests.handbooks.printed import tight
from tests.handbooks.stock_factories import EventFactory
from tests.handbooks.test_quizzes import WORDS, counts, make
from tests.reference.factories import CommuneFactory

pytestmark = pytest.mark.django_db

PAGES = ["quizzes", "new-quiz", "known-least"]
PAGES_OF_ONE = ["office-quiz", "quiz-sheet-file", "quiz-key-file"]
POSTED = ["quiz-sheets", "quiz-closing"]
STRANGERS = {
    "a landlord": UserFactory,
    "a reviewer": lambda: staff(Role.REVIEWER),
    "an administrator": lambda: staff(Role.ADMINISTRATOR),
}


@pytest.fixture
def edition():
    volume = volume_with("Giải nghĩa từ", "Khoá")
    rewrite(volume, "muc-1", WORDS)
    return publish(volume)


def address(name, *arguments):
    return reverse(f"handbooks:{name}", args=arguments)


@pytest.mark.parametrize("stranger", STRANGERS)
def test_pages_are_not_there_for_who_holds_no_events(client, edition, stranger):
    quiz = make(edition)
    client.force_login(STRANGERS[stranger]())

    shown = [client.get(address(name)) for name in PAGES]
    shown += [client.get(address(name, quiz.code)) for name in PAGES_OF_ONE]
    done = [client.post(address("new-quiz"))]
    done += [client.post(address(name, quiz.code)) for name in POSTED]

    assert {page.status_code for page in shown + done} == {404}
    assert Quiz.objects.get().closed_at is None


def test_quiz_of_another_commune_is_not_there(client, edition):
    here, there = CommuneFactory(), CommuneFactory()
    mine = make(edition, event=EventFactory(commune=here))
    hers = make(edition, event=EventFactory(commune=there))
    client.force_login(staff(Role.COORDINATOR, here))

    page = client.get(address("quizzes")).content.decode()

    assert mine.shown_code in page
    assert hers.shown_code not in page
    assert client.get(address("office-quiz", hers.code)).status_code == 404
    assert client.post(address("quiz-closing", hers.code)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("quizzes", 6), ("known-least", 6)])
def test_lists_ask_a_fixed_number_of_times(
    client, edition, number, name, queries, django_assert_num_queries
):
    for _ in range(number):
        quiz = make(edition, event=EventFactory())
        actions.count_answers(quiz=quiz, known={1}, missed={2, 3, 4})
    client.force_login(editor())
    client.get(address(name))

    with django_assert_num_queries(queries):
        page = client.get(address(name))

    assert page.status_code == 200


def test_quiz_is_made_closed_and_shown(client, edition):
    event = EventFactory()
    client.force_login(staff(Role.PRINT_OFFICER))
    words = {"edition": edition.pk, "kind": "crossword", "count": 5, "seed": 12}

    made = client.post(
        address("new-quiz"), words | {"event": event.pk, "on_phone": "on"}
    )
    quiz = Quiz.objects.get()
    page = client.get(made.url).content.decode()
    client.post(address("quiz-closing", quiz.code))

    quiz.refresh_from_db()
    assert made.url == address("office-quiz", quiz.code)
    assert (quiz.event, quiz.on_paper, quiz.seed) == (event, False, 12)
    assert f"/quiz/{quiz.code}/" in page
    assert "sheet.pdf" not in page
    assert quiz.closed_at is not None


@pytest.mark.parametrize(
    "changes",
    [{"count": 2}, {"count": 21}, {"kind": "x"}, {"on_phone": ""}, {"edition": 0}],
)
def test_quiz_with_a_wrong_word_is_not_made(client, edition, changes):
    client.force_login(editor())
    words = {"edition": edition.pk, "kind": "choice", "count": 5, "on_phone": "on"}

    page = client.post(address("new-quiz"), words | changes)

    assert page.context["form"].errors
    assert not Quiz.objects.exists()


def test_sheets_of_paper_are_typed_in(client, edition):
    quiz = make(edition)
    client.force_login(editor())
    typed = {"sheets": 20, "known_1": 5, "known_2": 20, "known_3": 0, "known_4": 1}

    wrong = client.post(address("quiz-sheets", quiz.code), typed | {"known_1": 21})
    client.post(address("quiz-sheets", quiz.code), typed)

    assert list(wrong.context["form"].errors) == ["known_1"]
    assert counts(quiz) == [(5, 15), (20, 0), (0, 20), (1, 19)]


def test_results_of_an_event_stand_beside_those_of_all(client, edition):
    event = EventFactory(title="Ngày hội công nhân")
    for chosen, known in ((event, {1}), (None, {1, 2, 3, 4})):
        quiz = make(edition, event=chosen)
        actions.count_answers(quiz=quiz, known=known, missed={1, 2, 3, 4} - known)
    client.force_login(editor())

    context = client.get(address("known-least"), {"event": event.pk}).context

    assert [one.percent for one in context["of_event"]] == [25]
    assert [(one.known, one.answered) for one in context["of_all"]] == [(5, 8)]


def pages_of(content):
    with pypdfium2.PdfDocument(content) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def codes_on(content):
    with pypdfium2.PdfDocument(content) as document:
        picture = document[0].render(scale=2).to_pil()
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def test_sheet_of_questions_can_be_printed(client, edition, settings):
    quiz = make(edition)
    client.force_login(editor())

    response = client.get(address("quiz-sheet-file", quiz.code))

    words = tight(pages_of(response.content))
    assert response["Content-Type"] == "application/pdf"
    for item in quiz.items.all():
        assert all(tight(option) in words for option in [item.ask, *item.options])
    assert "✓" not in words
    assert quiz.shown_code in words
    assert codes_on(response.content) == [f"{settings.SITE_URL}/quiz/{quiz.code}/"]


def test_crossword_and_its_key_are_printed_tagged_and_the_same_twice(edition):
    quiz = make(edition, kind="crossword", count=6)
    items = list(quiz.items.with_sections())

    empty, key = sheet(quiz, items), sheet(quiz, items, with_answers=True)

    assert look_over(empty).problems == look_over(key).problems == ()
    assert sheet(quiz, items) == empty
    letters = {letter for item in items for letter in item.entry.letters}
    assert letters <= set(re.findall(r"\w", pages_of(key)))
    for item in items:
        assert tight(item.answer) in tight(pages_of(key))
        assert tight(item.ask) in tight(pages_of(empty))
        assert tight(item.answer) not in tight(pages_of(empty))
    assert io.BytesIO(key).read(5) == b"%PDF-"
