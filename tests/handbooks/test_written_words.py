"""A crossword on the phone: what somebody wrote is shown to her, and to nobody else."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handbooks.models import QuizItem
from handbooks.quizzes import Entry, letters
from handbooks.quizzes.marking import Clue, marks, sign
from tests.handbooks.factories import publish, rewrite, volume_with
from tests.handbooks.test_quizzes import WORDS, counts, hand_in, make, text_of

ODD = "xyzzyx"  # six letters that stand nowhere else


def item(word="Tạm trú", boxes="TẠMTRÚ"):
    return QuizItem(answer=word, place=[boxes, 0, 0, True, 1])


@pytest.fixture
def quiz(db):
    volume = volume_with("Giải nghĩa từ", "Khoá")
    rewrite(volume, "muc-1", WORDS)
    return make(publish(volume), kind="crossword", count=6)


def sheet_with(quiz, **words):
    """Every word right but those that are told, by their answer."""
    told = {item.answer: item.answer for item in quiz.items.all()} | words
    return {f"q{item.order}": told[item.answer] for item in quiz.items.all()}


def place_of(quiz, answer):
    return quiz.items.get(answer=answer).order


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("TẠMTRÚ", [("right", "TẠMTRÚ", "TẠMTRÚ")]),
        ("tamtru", [("right", "tamtru", "TẠMTRÚ")]),
        (
            "tântru",
            [("right", "tâ", "TẠ"), ("wrong", "n", "M"), ("right", "tru", "TRÚ")],
        ),
        ("tam", [("right", "tam", "TẠM"), ("empty", "", "TRÚ")]),
        ("sox", [("wrong", "sox", "TẠM"), ("empty", "", "TRÚ")]),
        ("", [("empty", "", "TẠMTRÚ")]),
    ],
)
def test_letters_stand_beside_the_right_ones(typed, found):
    runs = letters.beside(typed, "TẠMTRÚ")

    assert [(run.verdict, run.typed, run.right) for run in runs] == found


@pytest.mark.parametrize(
    "typed", ["Tạm trú", " tam  TRU ", "ta\u0323m-tru\u0301", "tạm\0trú."]
)
def test_word_is_right_however_it_is_typed(typed):
    [mark] = marks([item()], sign(item(), typed))

    assert mark.is_right


@pytest.mark.parametrize("sheet", ["tamtruu", "tam tru", "tam.tru", "", "<b>", "ta\0"])
def test_letters_of_no_sheet_are_not_shown(sheet):
    assert marks([item()], sheet) is None


def test_words_of_other_letters_are_known_in_small_ones():
    cyrillic = item("Право", "ПРАВО")

    [mark] = marks([cyrillic], sign(cyrillic, "право"))

    assert mark.is_right


def test_longest_sheet_fits_into_an_address(client):
    longest = QuizItem(answer="ậ" * 12, place=["Ậ" * 12, 0, 0, True, 1])

    sheet = ".".join([sign(longest, "ậ" * 40)] * 20)

    assert len(sheet.encode()) * 3 < 2600


def test_clue_says_when_a_word_has_more_letters_than_boxes():
    assert [Clue(item(), typed).is_too_long for typed in ("tạm trú", "tạm trúc")] == [
        False,
        True,
    ]
    assert len(Entry(*item().place).boxes) == 6


def test_each_word_is_shown_as_it_was_written(client, quiz):
    answer = hand_in(client, quiz, **sheet_with(quiz, **{"Tạm trú": "tan tru"}))
    page = text_of(client.get(answer.url))

    words = re.findall(r'<ol class="letters".*?</ol>', page)
    [shown] = [word for word in words if 'class="wrong"' in word]
    assert re.findall(r"<li class=\"(\w+)\">", shown) == ["right", "wrong", "right"]
    assert re.findall(r"<b>(.)</b>", shown) == list("tantru")
    assert re.findall(r"<i>(.)</i>", shown) == list("TẠMTRÚ")
    assert re.findall(r"</svg>([^<]+)</span>", shown) == ["đúng", "sai", "đúng"]
    assert len(words) == quiz.items.count()


def test_word_left_empty_says_so(client, quiz):
    answer = hand_in(client, quiz, **sheet_with(quiz, **{"Tạm trú": " "}))
    page = text_of(client.get(answer.url))

    assert page.count("Bạn để trống từ này.") == 1
    assert page.count('<ol class="letters"') == quiz.items.count() - 1


def test_nothing_that_was_typed_is_kept(client, quiz):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = hand_in(client, quiz, **sheet_with(quiz, **{"Tạm trú": ODD}))
        page = client.get(answer.url)

    assert not [query for query in asked.captured_queries if ODD in query["sql"]]
    assert "private" in page["Cache-Control"]
    assert not client.cookies
    assert ODD in answer.url


def test_answers_are_small_and_ask_twice(client, quiz, django_assert_num_queries):
    wrong = {item.answer: "ă" * item.boxes for item in quiz.items.all()}
    answer = hand_in(client, quiz, **sheet_with(quiz, **wrong))

    with django_assert_num_queries(2):
        page = client.get(answer.url)

    assert len(page.content) < 40_000
    assert b"<script" not in page.content


@pytest.mark.parametrize("typed", ["tạm trú nhé", "t" * 60])
def test_word_that_is_too_long_keeps_all_that_was_typed(client, quiz, typed):
    place = place_of(quiz, "Tạm trú")

    page = text_of(hand_in(client, quiz, **sheet_with(quiz, **{"Tạm trú": typed})))

    assert f'value="{typed}"' in page
    assert 'value="Lưu trú"' in page
    assert f'href="#q{place}"' in page
    assert f'aria-describedby="q{place}-error"' in page
    assert "Hãy viết nhiều nhất 6 chữ cái" in page
    assert page.count('class="error"') == 1
    assert counts(quiz) == [(0, 0)] * quiz.items.count()


def test_sheet_without_a_letter_keeps_what_was_typed(client, quiz):
    page = text_of(hand_in(client, quiz, q1="???", q2="  "))

    assert "Hãy trả lời ít nhất một câu" in page
    assert 'value="???"' in page
    assert counts(quiz) == [(0, 0)] * quiz.items.count()


def test_what_was_typed_is_not_trusted(client, quiz):
    page = hand_in(client, quiz, q1='"><script>alert(1)</script>' + "x" * 5000)

    assert b"<script" not in page.content
    assert len(page.content) < 40_000
