"""A quiz on a phone without scripts, and all pages of quizzes and questions looked at."""

import re

import pytest
from playwright.sync_api import expect

from handbooks import actions
from handbooks.models import Section
from tests.e2e.desk import looked_at, sign_in
from tests.e2e.screens import OFFICE, PHONE
from tests.handbooks.factories import editor, publish, rewrite, volume_with
from tests.handbooks.stock_factories import EventFactory
from tests.handbooks.test_questions import ASKED, answer, in_handbook, keep
from tests.handbooks.test_quizzes import WORDS, counts, make

pytestmark = pytest.mark.django_db(transaction=True)
SCREEN = {"width": PHONE, "height": 740}


@pytest.fixture
def edition():
    volume = volume_with("Giải nghĩa từ", "Giấy tờ")
    rewrite(volume, "muc-1", WORDS)
    return publish(volume)


@pytest.fixture
def phone(new_context):
    """A telephone that runs no script."""
    return new_context(java_script_enabled=False, viewport=SCREEN).new_page()


def test_quiz_is_played_with_keys_and_without_scripts(phone, live_server, edition):
    quiz = make(edition)
    phone.goto(f"{live_server.url}/quiz/{quiz.code}/")

    for item in quiz.items.all():
        phone.locator(f"input[name=q{item.order}]").first.focus()
        for _ in range(item.options.index(item.answer)):
            phone.keyboard.press("ArrowDown")
        phone.keyboard.press("Space")
    phone.keyboard.press("Enter")

    expect(phone.get_by_text("Bạn biết hết rồi")).to_be_visible()
    phone.reload()
    assert counts(quiz) == [(1, 0)] * 4
    assert phone.context.cookies() == []


def test_crossword_is_typed_and_answered(phone, live_server, edition):
    quiz = make(edition, kind="crossword", count=5)
    phone.goto(f"{live_server.url}/quiz/{quiz.code}/")

    first, second, *_ = quiz.items.all()
    phone.locator(f"#q{first.order}").fill(first.answer.lower())
    phone.locator(f"#q{second.order}").fill("khác")
    phone.get_by_role("button", name="Nộp bài").click()

    expect(phone.locator(".score")).to_contain_text(re.compile(r"biết 1 trên \d câu"))
    expect(phone.get_by_text("Lời giải:").first).to_be_visible()


def test_public_pages_have_no_barriers(page, live_server, edition):
    question = in_handbook(section=Section.objects.get(slug="muc-2"))
    choice, crossword = make(edition), make(edition, kind="crossword")
    written = [f"{item.answer[:2]}x" for item in crossword.items.all()]
    signs = ".".join(["-", *written[1:]])
    pages = {
        "quiz": f"quiz/{choice.code}/",
        "quiz-answers": f"quiz/{choice.code}/answers/?a=0.1.2.3",
        "quiz-crossword-answers": f"quiz/{crossword.code}/answers/?a={signs}",
        "questions": "handbooks/questions/?q=giu",
        "question": f"handbooks/questions/{question.pk}/",
    }

    for name, path in pages.items():
        page.goto(f"{live_server.url}/{path}")
        assert path.partition("?")[0] in page.url
        looked_at(page, name, PHONE)


def test_sheet_that_comes_back_has_no_barriers(page, live_server, edition):
    quiz = make(edition, kind="crossword")
    page.goto(f"{live_server.url}/quiz/{quiz.code}/")

    page.locator("#q1").fill("x" * 30)
    page.get_by_role("button", name="Nộp bài").click()

    expect(page.locator("#q1")).to_have_value("x" * 30)
    looked_at(page, "quiz-crossword", PHONE)


def test_office_pages_have_no_barriers(page, live_server, client, edition):
    event = EventFactory()
    quiz = make(edition, event=event)
    actions.count_answers(quiz=quiz, known={1, 2}, missed={3, 4})
    said = answer(keep(ASKED, event=event))
    sign_in(page, live_server, client, editor())
    pages = {
        "quizzes": "quizzes/",
        "new-quiz": f"quizzes/new/?event={event.pk}",
        "quiz": f"quizzes/{quiz.code}/",
        "known-least": f"quizzes/known-least/?event={event.pk}",
        "asked": "questions/",
        "answer": f"questions/{said.pk}/",
    }

    for name, path in pages.items():
        page.goto(f"{live_server.url}/office/{path}")
        looked_at(page, f"office-{name}", OFFICE)
