"""Quizzes: made from an edition, frozen, played by nobody in particular, counted."""

import re

import pytest
from django.urls import reverse

from core.errors import Refused
from core.models import Event as Line
from handbooks import actions
from handbooks.models import Quiz
from tests.handbooks.factories import editor, publish, rewrite, volume_with

pytestmark = pytest.mark.django_db

WORDS = """::: words
- Tạm trú: nơi bạn ở từ 30 ngày và đã đăng ký
- Lưu trú: ở lại một nơi trong thời gian ngắn
- Thường trú: nơi ở lâu dài đã đăng ký
- Biên nhận: tờ giấy ghi đã nhận tiền
- Đặt cọc: tiền đưa trước để giữ lời hứa
- Công tơ: đồng hồ đo điện
:::
"""


@pytest.fixture
def edition():
    volume = volume_with("Giải nghĩa từ", "Khoá")
    rewrite(volume, "muc-1", WORDS)
    return publish(volume)


@pytest.fixture
def quiz(edition):
    return make(edition)


def make(edition, **changes):
    words = {"kind": "choice", "count": 4, "seed": 7, "by": editor(), **changes}
    return actions.make_quiz(edition=edition, **words)


def questions(quiz):
    return [(item.ask, item.options, item.answer) for item in quiz.items.all()]


def sheet_of(quiz, *, wrong=()):
    """What a form sends: everything right, but for some places."""
    sent = {}
    for item in quiz.items.all():
        is_wrong = item.order in wrong
        if item.options:
            place = item.options.index(item.answer)
            sent[f"q{item.order}"] = (place + is_wrong) % len(item.options)
        else:
            sent[f"q{item.order}"] = "sai" if is_wrong else item.answer
    return sent


def hand_in(client, quiz, **sheet):
    return client.post(reverse("handbooks:quiz-answers", args=[quiz.code]), sheet)


def counts(quiz):
    return list(quiz.items.values_list("known", "missed"))


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_same_number_makes_the_same_quiz(edition):
    first, again, other = make(edition), make(edition), make(edition, seed=8)

    assert questions(first) == questions(again) != questions(other)
    assert first.code != again.code
    assert Line.objects.filter(kind="quiz.made").count() == 3


def test_quiz_without_a_number_keeps_the_one_it_got(edition):
    made = make(edition, seed=None)

    assert questions(make(edition, seed=made.seed)) == questions(made)


def test_crossword_has_its_boxes(edition):
    made = make(edition, kind="crossword", count=5)

    assert {item.options == [] for item in made.items.all()} == {True}
    assert {len(item.entry.boxes) for item in made.items.all()} <= {6, 7, 8, 9}


def test_word_explained_twice_is_asked_once_and_an_endless_one_never():
    volume = volume_with("Giải nghĩa từ", "Khoá")
    rewrite(volume, "muc-1", WORDS)
    more = f"::: words\n- Tạm trú: nơi khác\n- Sổ tay: {'rất dài ' * 90}\n:::\n"
    rewrite(volume, "muc-2", more)

    quiz = make(publish(volume), count=20)

    answers = list(quiz.items.values_list("answer", flat=True))
    assert len(answers) == len(set(answers)) == 6
    assert "Sổ tay" not in answers


def test_handbook_that_explains_nothing_makes_no_quiz():
    edition = publish(volume_with("Một"))

    with pytest.raises(Refused) as refused:
        make(edition)

    assert refused.value.code == "too_little"
    assert not Quiz.objects.exists()


def test_only_what_is_published_makes_a_quiz():
    volume = volume_with("Một")
    prepared = actions.propose_edition(volume=volume, by=editor())

    with pytest.raises(Refused) as refused:
        make(prepared)

    assert refused.value.code == "not_published"


@pytest.mark.parametrize("kind", ["choice", "crossword"])
def test_sheet_is_counted_and_answered(client, edition, kind):
    quiz = make(edition, kind=kind)

    answer = hand_in(client, quiz, **sheet_of(quiz, wrong=[2]))
    page = client.get(answer.url)

    assert answer.status_code == 303
    assert counts(quiz) == [(1, 0), (0, 1), *[(1, 0)] * (quiz.items.count() - 2)]
    assert f"<b>{quiz.items.count() - 1}</b> trên {quiz.items.count()}" in text_of(page)
    for item in quiz.items.all():
        assert item.answer in page.content.decode()
    assert 'href="/handbooks/workers/muc-1/"' in page.content.decode()


def test_reading_the_answers_again_counts_nothing_again(client, quiz):
    answer = hand_in(client, quiz, **sheet_of(quiz))

    client.get(answer.url)
    client.get(answer.url)

    quiz.refresh_from_db()
    assert (quiz.played, counts(quiz)) == (1, [(1, 0)] * 4)


def test_word_without_its_marks_is_known(client, edition):
    quiz = make(edition, kind="crossword")
    [item, *_] = quiz.items.all()

    hand_in(client, quiz, **{f"q{item.order}": "tam  TRU"} | {"x": "y"})
    hand_in(client, quiz, **{f"q{i.order}": i.answer.lower() for i in quiz.items.all()})

    assert all(known >= 1 for known, _ in counts(quiz))


def test_nothing_of_who_played_is_kept(client, quiz):
    client.get(reverse("handbooks:quiz", args=[quiz.code]))
    lines = Line.objects.count()

    answer = hand_in(client, quiz, **sheet_of(quiz))

    assert not client.cookies
    assert "Set-Cookie" not in answer.headers
    assert Line.objects.count() == lines


def test_empty_sheet_is_not_counted(client, quiz):
    page = hand_in(client, quiz, q1="", q2="x", q3="9")

    assert "Hãy trả lời ít nhất một câu" in text_of(page)
    assert counts(quiz) == [(0, 0)] * 4


@pytest.mark.parametrize("signs", ["", "1", "9.9.9.9", "1.2.a.1", "<b>", "1" * 4000])
def test_answers_of_no_sheet_lead_back_to_the_quiz(client, quiz, signs):
    address = reverse("handbooks:quiz-answers", args=[quiz.code])

    assert client.get(address, {"a": signs}).status_code == 302


def test_machine_that_hands_in_without_end_is_answered_and_not_counted(
    client, quiz, monkeypatch
):
    monkeypatch.setattr("handbooks.views.playing.MOST_AN_HOUR", 2)

    answers = [hand_in(client, quiz, **sheet_of(quiz)) for _ in range(4)]

    assert {answer.status_code for answer in answers} == {303}
    assert counts(quiz) == [(2, 0)] * 4


def test_page_is_small_and_asks_twice_then_never(
    client, edition, django_assert_num_queries
):
    quiz = make(edition, kind="crossword", count=20)
    address = reverse("handbooks:quiz", args=[quiz.code])

    with django_assert_num_queries(2):
        page = client.get(address)
    with django_assert_num_queries(0):
        again = client.get(address, headers={"If-None-Match": page["ETag"]})

    assert len(page.content) < 40_000
    assert b"<script" not in page.content
    assert again.status_code == 304


def test_answers_ask_twice(client, quiz, django_assert_num_queries):
    answer = hand_in(client, quiz, **sheet_of(quiz))

    with django_assert_num_queries(2):
        client.get(answer.url)


def test_code_is_found_as_it_is_typed(client, quiz):
    typed = quiz.shown_code.lower()

    assert client.get(f"/quiz/{typed}/").url == f"/quiz/{quiz.code}/"
    assert client.get(f"/quiz/{quiz.code[:-1]}2/").status_code in {404}


def test_quiz_on_paper_only_has_no_page(client, edition):
    quiz = make(edition, on_phone=False)

    assert client.get(f"/quiz/{quiz.code}/").status_code == 404


def test_quiz_that_is_over_says_so_and_counts_no_more(
    client, quiz, django_capture_on_commit_callbacks
):
    client.get(f"/quiz/{quiz.code}/")
    with django_capture_on_commit_callbacks(execute=True):
        actions.close_quiz(quiz=quiz, by=editor())

    page = client.get(f"/quiz/{quiz.code}/")
    answer = hand_in(client, quiz, **sheet_of(quiz))

    assert "Câu đố này đã kết thúc" in text_of(page)
    assert b"<form" not in page.content
    assert answer.url == f"/quiz/{quiz.code}/"
    assert counts(quiz) == [(0, 0)] * 4
    with pytest.raises(Refused):
        actions.close_quiz(quiz=quiz, by=editor())


def test_quiz_is_on_paper_or_on_the_phone(edition):
    with pytest.raises(Exception, match="Hãy chọn trên giấy"):
        make(edition, on_paper=False, on_phone=False)
