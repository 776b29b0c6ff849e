"""What each piece of our Markdown becomes, and what is said when it is wrong."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils.translation import override

from handbooks import markup
from reference.rules import Tariff, Tier

DAY = dt.date(2026, 11, 22)
LAW = "law-68-2020-art-27"
POWER = Tariff(
    first=dt.date(2025, 5, 10),
    end=None,
    tiers=(Tier(0, 50, 1984), Tier(50, 100, 2050), Tier(100, None, 2380)),
    citation="decision-1279-2025",
    vat_percent=Decimal(8),
    people_per_household=4,
    flat_tier=3,
    tenant_citation="circular-16-2014-art-10",
)
WATER = Tariff(
    first=dt.date(2024, 1, 1),
    end=None,
    tiers=(Tier(0, 10, 8500), Tier(10, None, 9900)),
    citation="decision-3541-2023-hanoi",
    vat_percent=Decimal(5),
    environment_fee_percent=Decimal(10),
)
FACTS = {
    "language": "vi",
    "day": DAY,
    "laws": {
        LAW: "khoản 1 Điều 27 Luật 68/2020/QH14",
        "law-1": "Điều 1",
        "decision-1279-2025": "Quyết định 1279",
        "circular-16-2014-art-10": "Điều 10 Thông tư 16",
        "decision-3541-2023-hanoi": "Quyết định 3541",
    },
    "tariffs": {"electricity": ("dien", POWER), "water": ("nuoc", WATER)},
    "sections": {("workers", "the-lease"): "/a/", ("landlords", "keys"): "/b/"},
    "pictures": {"exit": '<img src="given:drawing-exit" alt="{alt}">'},
    "icons": {"info": "<i></i>"},
}


def written(text, **changes):
    facts = markup.Facts(**FACTS | changes)
    return markup.write(markup.read(text), facts, book="workers", slug="muc")


def html(text, **changes):
    result = written(text, **changes)
    assert result.problems == []
    return result.html


def codes(text):
    return [(found.line, found.code) for found in written(text).problems]


def test_words_are_paragraphs_lists_and_emphasis():
    assert html("Một **hai** *ba*\nbốn\n\n- năm\n- sáu\n") == (
        "<p>Một <strong>hai</strong> <em>ba</em>\nbốn</p><ul><li>năm</li><li>sáu</li></ul>"
    )


def test_ordered_list_may_begin_anywhere():
    assert html("3. ba\n4. bốn\n") == '<ol start="3"><li>ba</li><li>bốn</li></ol>'


def test_html_stays_letters():
    assert html("<script>alert(1)</script>\n\n<b>đậm</b> &amp;\n") == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
        "<p>&lt;b&gt;đậm&lt;/b&gt; &amp;amp;</p>"
    )


def test_headings_have_ids_of_their_section_once_each():
    assert html("## Tiền điện\n### Ví dụ\n## Tiền điện\n") == (
        '<h2 id="muc--tien-dien">Tiền điện</h2>'
        '<h3 id="muc--vi-du">Ví dụ</h3>'
        '<h2 id="muc--tien-dien-2">Tiền điện</h2>'
    )


def test_no_level_of_heading_is_left_out():
    assert html("### Nhà\n") == '<h2 id="muc--nha">Nhà</h2>'


def test_heading_of_signs_only_has_an_id():
    assert html("## …\n") == '<h2 id="muc--part">…</h2>'


@pytest.mark.parametrize("text", ["# Một\n", "#### Bốn\n"])
def test_other_levels_of_heading_are_refused(text):
    assert codes(text) == [(1, "heading_level")]


def test_table_has_heads_with_scope():
    assert html("| Ai | Gì |\n|---|---|\n| Bạn | báo |\n") == (
        '<table class="table"><thead><tr><th scope="col">Ai</th>'
        '<th scope="col">Gì</th></tr></thead><tbody><tr><td>Bạn</td><td>báo</td></tr>'
        "</tbody></table>"
    )


def test_links_go_to_sections_telephones_and_offices():
    assert html(
        "[a](section:the-lease) [b](landlords:keys) [c](tel:1900969680)"
        " [d](https://dichvucong.gov.vn/x)\n"
    ) == (
        '<p><a class="see" href="/a/">a</a> <a class="see" href="/b/">b</a>'
        ' <a class="tel" href="tel:1900969680">c</a>'
        ' <a class="site" href="https://dichvucong.gov.vn/x">d</a></p>'
    )


def test_link_to_the_law_prints_its_place():
    result = written(f"[Bạn đăng ký](law:{LAW}).\n")

    assert result.html == (
        '<p>Bạn đăng ký <cite class="law">(khoản 1 Điều 27 Luật 68/2020/QH14)</cite>.</p>'
    )
    assert result.laws == [LAW]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("javascript:alert(1)", "link_scheme"),
        ("JaVaScRiPt:alert(1)", "link_scheme"),
        ("data:text/html,x", "link_scheme"),
        ("file:///etc/passwd", "link_scheme"),
        ("http://dichvucong.gov.vn/", "link_scheme"),
        ("//gov.vn/x", "link_scheme"),
        ("/office/", "link_scheme"),
        ("section:../../office", "link_scheme"),
        ("law:<b>", "link_scheme"),
        ("tel:abc", "phone_number"),
        ("https://127.0.0.1/x", "link_site"),
        ("https://192.168.1.1/", "link_site"),
        ("https://[::1]/", "link_site"),
        ("https://gov.vn.example.com/", "link_site"),
        ("https://evilgov.vn/", "link_site"),
        ("https://gov.vn@example.com/", "link_site"),
        ("https://gov.vn:8080/", "link_site"),
        ("https://[", "link_scheme"),
        ("section:nowhere", "unknown_section"),
        ("elsewhere:the-lease", "unknown_section"),
        ("law:law-0", "unknown_law"),
    ],
)
def test_link_elsewhere_is_refused_and_leads_nowhere(address, code):
    result = written(f"[chữ]({address})\n")

    assert [found.code for found in result.problems] == [code]
    assert result.html == "<p>chữ</p>"


def test_picture_in_markdown_is_refused():
    assert codes("Một\n\n![x](https://gov.vn/a.png)\n") == [(3, "picture_markdown")]


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


def test_needs_are_told_once_each():
    needs = markup.read(
        f"[a](law:{LAW}) [b](section:x)\n\n::: law {LAW} law-1\n[c](section:x)\n:::\n"
        "::: picture exit\nx\n:::\n::: prices water\ny\n:::\n"
    ).needs

    assert needs.laws == [LAW, "law-1"]
    assert needs.sections == [("", "x")]
    assert needs.pictures == ["exit"]
    assert needs.tariffs == ["water"]


def test_plain_words_are_what_a_reader_sees():
    said = '<p>Gọi <a href="tel:1">11<strong>4</strong></a> &lt;ngay&gt;</p><p>Đi</p>'

    assert markup.plain_words(said) == "Gọi 114 <ngay> Đi"
