from hypothesis import given
from hypothesis import strategies as st

from handbooks.differences import IN, KEPT, OUT, lines_between, words_between


def test_a_changed_word_stands_beside_the_one_it_replaces():
    assert words_between("Đóng cửa lại", "Đóng cổng lại") == [
        (KEPT, "Đóng "),
        (OUT, "cửa "),
        (IN, "cổng "),
        (KEPT, "lại"),
    ]


def test_a_new_line_comes_in_whole():
    lines = lines_between("Một\nBa", "Một\nHai\nBa")

    assert [line.pieces for line in lines] == [
        ((KEPT, "Một"),),
        ((IN, "Hai"),),
        ((KEPT, "Ba"),),
    ]


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
def test_both_texts_can_be_read_out_of_a_difference(old, new):
    lines = lines_between(old, new)

    def said(without):
        return [
            "".join(words for what, words in line.pieces if what != without)
            for line in lines
            if any(what != without for what, _words in line.pieces) or not line.pieces
        ]

    assert [line for line in said(OUT) if line] == [x for x in new.splitlines() if x]
    assert [line for line in said(IN) if line] == [x for x in old.splitlines() if x]
