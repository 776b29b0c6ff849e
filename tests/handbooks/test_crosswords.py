"""Crosswords: every word crosses another, one letter a box, the same number the same grid."""

import itertools
import re
import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbooks.quizzes.crossword import HIGH, WIDE, Entry, lay_out
from handbooks.quizzes.glossary import Word, words_of
from handbooks.quizzes.grid import drawing, size

WORDS = ["TẠMTRÚ", "THƯỜNGTRÚ", "LƯUTRÚ", "ĐẶTCỌC", "BIÊNNHẬN", "CÔNGTƠ", "CĂNCƯỚC"]


def grid_of(entries):
    """Letters by box; fails where two words say different letters."""
    letters = {}
    for entry in entries:
        for box, letter in zip(entry.boxes, entry.letters, strict=True):
            assert letters.setdefault(box, letter) == letter
    return letters


def runs_of(letters):
    """Every run of two or more boxes in a line, read across and down."""
    found = set()
    for across in (True, False):
        lines = {}
        for row, column in letters:
            line, place = (row, column) if across else (column, row)
            lines.setdefault(line, []).append(place)
        for line, places in lines.items():
            for _, run in itertools.groupby(
                enumerate(sorted(places)), lambda pair: pair[1] - pair[0]
            ):
                boxes = [(line, p) if across else (p, line) for _, p in run]
                if len(boxes) > 1:
                    found.add((across, "".join(letters[box] for box in boxes)))
    return found


def assert_whole(entries):
    letters = grid_of(entries)
    assert runs_of(letters) == {(entry.across, entry.letters) for entry in entries}
    wide, high = size(entries)
    assert wide <= WIDE
    assert high <= HIGH
    for entry in entries:
        others = {box for other in entries if other != entry for box in other.boxes}
        assert len(entries) == 1 or others & set(entry.boxes)


@pytest.mark.parametrize("seed", [1, 2, 77])
def test_words_cross_and_nothing_else_can_be_read(seed):
    entries = lay_out(WORDS, seed=seed, most=7)

    assert_whole(entries)
    assert len(entries) >= 5


@settings(max_examples=25)
@given(
    st.lists(
        st.text("AÀẢBCĐEÊN", min_size=3, max_size=9),
        min_size=1,
        max_size=7,
        unique=True,
    ),
    st.integers(1, 9999),
)
def test_any_words_make_a_whole_grid(words, seed):
    entries = lay_out(words, seed=seed, most=5)

    assert_whole(entries)
    assert 1 <= len(entries) <= 5
    assert lay_out(list(reversed(words)), seed=seed, most=5) == entries


def test_letters_with_other_marks_do_not_cross():
    assert len(lay_out(["CỌC", "ÔTÔ", "COI"], seed=1, most=3)) == 2


def test_same_number_same_grid_other_number_other_grid():
    first = lay_out(WORDS, seed=5, most=6)

    assert lay_out(WORDS, seed=5, most=6) == first
    assert lay_out(WORDS, seed=6, most=6) != first


def test_numbers_go_from_the_upper_left_corner():
    entries = lay_out(WORDS, seed=1, most=7)

    starts = sorted({(e.row, e.column): e.number for e in entries}.items())
    assert [number for _, number in starts] == list(range(1, len(starts) + 1))
    assert [e.across for e in entries] == sorted(e.across for e in entries)[::-1]


def test_nothing_to_lay_out():
    assert lay_out([], seed=1, most=5) == []


def test_words_of_a_text_without_brackets_and_in_one_form():
    decomposed = unicodedata.normalize("NFD", "Đặt cọc")
    body = f"Trước.\n\n::: words\n- {decomposed} (deposit): tiền **giữ** lời\n:::\n"

    [word] = words_of(body, "tu")

    assert word == Word("Đặt cọc", "tiền giữ lời", "tu")
    assert word.letters == "ĐẶTCỌC"


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("CT01", "tờ khai"),
        ("Ở", "sống"),
        ("Khuyến nghị của dự án", "điều nên có"),
        ("Công tơ", "cái công tơ ở tường"),
    ],
)
def test_words_that_fit_no_grid(word, meaning):
    assert not Word(word, meaning, "tu").fits


def test_drawing_has_a_box_a_letter_and_says_what_it_is():
    entries = [Entry("CỌC", 0, 0, True, 1), Entry("CÔ", 0, 0, False, 1)]

    empty = drawing(entries, label='Ô chữ "thử"')
    filled = drawing(entries, filled=True)

    for made in (empty, filled):
        assert made.count("h10v10h-10z") == 4
        ElementTree.fromstring(made)
    assert re.findall(r">([^<>]+)</text>", empty) == ["1"]
    assert re.findall(r">([^<>\d]+)</text>", filled) == ["C", "Ọ", "C", "Ô"]
    assert "&quot;thử&quot;" in empty
