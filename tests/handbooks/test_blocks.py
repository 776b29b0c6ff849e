"""Our blocks: what each becomes, and what is said when it is wrong."""

import pytest
from django.utils.translation import override

from handbooks import markup
from tests.handbooks.test_markup import LAW, codes, html, written


@pytest.mark.parametrize(
    ("name", "words"),
    [("advice", "Nên biết"), ("warning", "Cẩn thận")],
)
def test_notes_have_a_name(name, words):
    said = html(f"::: {name}\nMột **hai**.\n\n- ba\n:::\n", icons={})

    assert said == (
        f'<div class="note {name}"><p class="note-name">{words}</p>'
        "<p>Một <strong>hai</strong>.</p><ul><li>ba</li></ul></div>"
    )


def test_notes_speak_the_language_of_the_page():
    with override("en"):
        assert "Good to know" in html("::: advice\nx\n:::\n")


def test_law_cites_all_its_keys():
    result = written(f"::: law {LAW} law-1\nBạn đăng ký.\n:::\n")

    assert result.problems == []
    assert result.laws == [LAW, "law-1"]
    assert result.html.endswith(
        "<p>Bạn đăng ký.</p>"
        '<p class="cite"><cite>khoản 1 Điều 27 Luật 68/2020/QH14; Điều 1</cite></p></div>'
    )


def test_steps_and_ticks_are_lists_that_may_hold_other_blocks():
    assert html(
        "::: steps\n1. Một\n2. Hai\n\n   ::: picture exit\n   Cửa.\n   :::\n:::\n"
    ) == (
        '<div class="steps"><ol><li><p>Một</p></li><li><p>Hai</p><figure class="picture">'
        '<img src="given:drawing-exit" alt="Cửa."></figure></li></ol></div>'
    )
    assert html("::: tick\n- Một\n:::\n") == (
        '<div class="ticks"><ul><li>Một</li></ul></div>'
    )


def test_picture_is_described():
    assert html('::: picture exit\nCửa "mở"\nra sân.\n:::\n') == (
        '<figure class="picture"><img src="given:drawing-exit"'
        ' alt="Cửa &quot;mở&quot; ra sân."></figure>'
    )


def test_phones_can_be_called():
    assert html("::: phones\n- 1900 969 680 | Ngôi nhà | khi *cần*\n:::\n") == (
        '<ul class="phones"><li><a class="tel" href="tel:1900969680">1900 969 680</a> '
        '<strong>Ngôi nhà</strong> <span class="when">khi <em>cần</em></span></li></ul>'
    )


def test_words_are_explained():
    assert html("::: words\n- CT01: tờ khai: xem [đây](section:the-lease)\n:::\n") == (
        '<dl class="words"><dt>CT01</dt><dd>tờ khai: xem '
        '<a class="see" href="/a/">đây</a></dd></dl>'
    )


def test_item_is_found_by_its_code():
    assert html("::: item STR-01\nVì sao.\n:::\n") == (
        '<div class="item" id="muc--str-01"><p class="item-code">STR-01</p>'
        "<p>Vì sao.</p></div>"
    )


def test_new_page_needs_no_end():
    assert html("Một\n::: page\nHai\n") == (
        '<p>Một</p><div class="new-page"></div><p>Hai</p>'
    )


def test_prices_are_the_tariffs():
    result = written("::: prices electricity\nGiá điện.\n:::\n")

    assert result.problems == []
    assert result.tariffs == ["dien"]
    assert result.laws == ["decision-1279-2025"]
    assert markup.plain_words(result.html) == (
        "Giá điện. kWh mỗi tháng Giá trước thuế, mỗi kWh Phải trả, mỗi kWh"
        " 0 – 50 1.984 đ 2.143 đ 51 – 100 2.050 đ 2.214 đ trên 100 2.380 đ 2.570 đ"
        " Tiền phải trả đã gồm thuế GTGT 8 %. Quyết định 1279"
    )


def test_prices_of_water_have_the_fee():
    assert "thuế GTGT 5 % và phí bảo vệ môi trường 10 %" in html(
        "::: prices water\nGiá nước.\n:::\n"
    )


def test_example_is_a_bill_with_what_is_asked_too_much():
    result = written(
        "::: example electricity kwh=60 people=2 charged=4000\nHai bạn.\n:::\n"
    )

    assert result.problems == []
    # Two people have half of each tier: 25 kWh at 1,984, 25 at 2,050, 10 at 2,380.
    assert markup.plain_words(result.html) == (
        "Hai bạn. Điện, bậc 1 25 kWh × 1.984 đ 49.600 đ Điện, bậc 2 25 kWh × 2.050 đ"
        " 51.250 đ Điện, bậc 3 10 kWh × 2.380 đ 23.800 đ Thuế GTGT 8 % 9.972 đ"
        " Tổng cộng 134.622 đ Nếu bị thu 4.000 đ mỗi kWh 240.000 đ"
        " Như vậy cao hơn 105.378 đ Quyết định 1279; Điều 10 Thông tư 16"
    )


def test_example_that_is_not_too_much_says_no_more():
    said = html("::: example electricity kwh=60 people=2 charged=2000\nHai bạn.\n:::\n")

    assert "Như vậy cao hơn" not in said


def test_example_of_water():
    assert "Tổng cộng 78.200 đ" in markup.plain_words(
        html("::: example water m3=8 people=2\nHai bạn.\n:::\n")
    )


def test_numbers_follow_the_language():
    with override("en"):
        said = html(
            "::: example electricity kwh=50 people=1\nHoa.\n:::\n", language="en"
        )

    assert "12.5 kWh × 1.984 đ" in markup.plain_words(said)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "x\n\n::: advise\ny\n:::\n",
            [(3, "unknown_block"), (5, "block_without_name")],
        ),
        (":::\n", [(1, "block_without_name")]),
        ("::: advice\nx\n", [(1, "unclosed_block")]),
        ("::: advice\n:::\n", [(1, "empty_block")]),
        ("::: picture exit\n:::\n", [(1, "picture_description")]),
        ("::: picture none\nx\n:::\n", [(1, "unknown_picture")]),
        ("::: picture ../x\nx\n:::\n", [(1, "wrong_argument")]),
        ("::: law\nx\n:::\n", [(1, "wrong_argument")]),
        ("::: law no-such\nx\n:::\n", [(1, "unknown_law")]),
        ("::: steps\nx\n:::\n", [(1, "empty_list")]),
        ("::: steps a\n1. x\n:::\n", [(1, "wrong_argument")]),
        ("::: phones\n- 113, police\n:::\n", [(1, "empty_block"), (2, "phone_line")]),
        (
            "::: phones\n- mười | a | b\n- 113 | a | b\n:::\n",
            [(2, "phone_number")],
        ),
        ("::: words\n- a: b\nc\n:::\n", [(3, "word_line")]),
        ("::: prices gas\nx\n:::\n", [(1, "wrong_argument")]),
        ("::: example electricity kwh=60\nx\n:::\n", [(1, "wrong_argument")]),
        (
            "::: example electricity kwh=60 people=0\nx\n:::\n",
            [(1, "wrong_number")],
        ),
        (
            "::: example electricity kwh=9999 people=1\nx\n:::\n",
            [(1, "wrong_number")],
        ),
        ("::: item str-1\nx\n:::\n", [(1, "wrong_argument")]),
        (
            "::: advice\nx\n::: warning\ny\n:::\n:::\n",
            [(3, "block_in_block"), (6, "block_without_name")],
        ),
        ("- x\n\n  ::: advice\n  y\n\nz\n", [(3, "unclosed_block")]),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, found):
    assert codes(text) == found


def test_price_table_without_a_tariff_is_said():
    result = written("::: prices water\nx\n:::\n", tariffs={})

    assert [found.code for found in result.problems] == ["unknown_tariff"]


def test_problem_speaks_the_language_of_the_page():
    text = "# Một\n"

    assert str(written(text).problems[0]).startswith("Dòng 1: Hãy bắt đầu đầu đề")
    with override("en"):
        assert str(written(text).problems[0]).startswith("Line 1: Begin a heading")
