"""What each piece of our Markdown becomes, and what is said when it is wrong."""

import datetime as dt
from decimal import Decimal

import pytest

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
