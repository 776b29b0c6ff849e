"""Whatever is typed or pasted: nothing runs, nothing is fetched, reading ends soon.

"Soon" is counted in calls of the parser for each letter, not in seconds: a slow machine
changes nothing, a text that costs the square of its length does.
"""

import re
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbooks import markup
from handbooks.markup import limits
from tests.handbooks.test_markup import FACTS

PIECES = [
    *("::: ", ":::", "\n", "\n\n", "  ", "- ", "1. ", "## ", "# ", "> ", "| ", "|---|"),
    *("steps", "tick", "advice", "law", "law-1", "picture", "exit", "phones", "words"),
    *("prices", "water", "example", "page", "item", "kwh=", "="),
    *("[a]", "(section:x)", "(javascript:alert(1))", "![", "](", "law:law-1", "tel:1"),
    *("*", "**", "_", "`", "\\", "&lt;", "&#x6a;", "<", ">", '"', "'", "{alt}", "%s"),
    *("<script>", "<img src=x onerror=alert(1)>", "</p>", "<!--", "]]>", "\t", "\r"),
    *("\0", "\u202e", "\ud800", "ạ", "a\u0323", "🙂", "\u2028", "x"),
]
ALLOWED = {
    *("p", "h2", "h3", "ul", "ol", "li", "strong", "em", "br", "a", "cite", "i", "img"),
    *("div", "figure", "figcaption", "dl", "dt", "dd", "span"),
    *("table", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
ATTRIBUTES = {"class", "id", "href", "src", "alt", "scope", "start"}
ADDRESS = re.compile(r"/[ab]/|tel:\+?\d+|https://([a-z0-9-]+\.)*gov\.vn\S*|given:.*")


class Strict(HTMLParser):
    """Fails on what we never write: other elements, attributes, addresses; open ends."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        assert tag in ALLOWED
        for name, value in attrs:
            assert name in ATTRIBUTES
            assert name not in {"href", "src"} or ADDRESS.fullmatch(value)
        if tag not in {"br", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        pytest.fail("a comment")

    def handle_decl(self, decl):
        pytest.fail("a declaration")


def written(text):
    facts = markup.Facts(**FACTS)
    return markup.write(markup.read(text), facts, book="workers", slug="muc")


def check(html):
    parser = Strict()
    parser.feed(html)
    parser.close()
    assert parser.open == []


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_whatever_is_typed_is_safe_html(text):
    result = written(text)

    check(result.html)
    lines = 1 + len(re.findall("\r\n|\r|\n", text))
    assert all(1 <= found.line <= lines for found in result.problems)


@given(st.text(max_size=300))
def test_any_text_is_safe_html(text):
    check(written(text).html)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_same_text_is_the_same_html(text):
    assert written(text) == written(text)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "[",
            "]",
            "![",
            "[a](",
            "[a](section:x) ",
            "*",
            "**a ",
            "_a*",
            "\\",
            "&",
            "<",
        ),
        *("- ", "1. ", "> ", "# ", "`", "|", "|a", "a ", "ạ", " ", "\t", "(", "<a "),
        *("::: steps\n", "::: tick\n- ", "::: advice\n", ":::\n", "::: page\n", "\n"),
        *(
            "- a\n",
            "  - a\n",
            "| a | b |\n",
            "|-|-|\n",
            "a\n",
            "*a\n",
            "[a\n",
            "- [a](\n",
        ),
        *(
            "::: phones\n- 1 | ",
            "::: words\n- a:",
            "::: law law-1\n",
            "## a\n",
            "a|b\n",
        ),
    ],
)
def test_reading_costs_what_the_text_is_long(piece):
    """The most calls for a letter are some 60; the square of the length would be 20,000."""
    text = (piece * limits.MOST_LETTERS)[: limits.MOST_LETTERS]

    calls = count_calls(lambda: written(text))

    assert calls < 120 * limits.MOST_LETTERS


@pytest.mark.parametrize("piece", ["[", "[a](", "*", "**a ", "_a*", "- ", "![", "|a"])
def test_the_longest_lines_cost_no_more(piece):
    line = (piece * limits.LONGEST_LINE)[: limits.LONGEST_LINE - 1] + "\n"
    text = ("\n" + line) * (limits.MOST_LETTERS // (limits.LONGEST_LINE + 1))

    assert count_calls(lambda: written(text)) < 400 * limits.MOST_LETTERS


def test_lists_within_lists_end():
    deep = "".join(f"{'  ' * level}- a\n" for level in range(90))

    result = written(deep)

    assert [found.code for found in result.problems] == ["too_deep"]
    check(result.html)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * (limits.MOST_LETTERS + 1), "too_long"),
        ("\n" * (limits.MOST_LINES + 1), "too_many_lines"),
        ("x" * (limits.LONGEST_LINE + 1), "long_line"),
        (("x" * 999 + "\n") * 3, "long_paragraph"),
        ("|" * 9, "too_many_columns"),
        ("a\u202eb", "unseen_sign"),
        ("a\0b", "unseen_sign"),
    ],
)
def test_too_much_is_said_and_not_shown(text, code):
    result = written(text)

    assert [found.code for found in result.problems] == [code]
    assert markup.plain_words(result.html) == ""


def count_calls(do):
    calls = 0

    def counted(frame, event, argument):
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        do()
    finally:
        sys.setprofile(None)
    return calls
