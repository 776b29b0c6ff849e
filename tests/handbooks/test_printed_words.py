"""Every word of every book, read back from paper, is that of its source; and it is tagged."""

import dataclasses
import datetime as dt
import re
from html import unescape

import pypdfium2
import pytest
from django.db import transaction
from django.utils.translation import gettext, override

from handbooks import actions, facts, printing
from handbooks.actions.freezing import freeze, texts_of
from handbooks.models import Volume
from handbooks.printing.checking import Report, look_over
from handbooks.printing.dressing import dressed
from handbooks.printing.formats import FORMATS, INSTRUCTIONS
from tests.handbooks.printed import (
    cut,
    outside,
    pages_of,
    places,
    printed_words,
    shown_parts,
    source_words,
    without_what_was_added,
)
from tests.reference.shipped import load_reference

DAY = dt.date(2026, 11, 22)
# One format each here; all of them: python3 dev.py bench handbooks.
FIRST = {"book": "a5", "leaflet": "a5", "poster": "a3", "card": "card"}
# How thick a book may be; a page that is turned to has at least so many lines.
MOST_PAGES = {"workers": 48, "landlords": 36, "inspectors": 24}
LEAST_LINES = 7
BOOKS = ("workers", "landlords", "inspectors", "leaflet", "poster", "card")


@pytest.fixture(scope="module")
def orders(django_db_setup, django_db_blocker):
    """What would be printed of each shipped book, by book and language."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        actions.load_shipped()
        volumes = Volume.objects.select_related("handbook")
        found = {(v.handbook_id, v.language_id): order_of(v) for v in volumes}
        transaction.set_rollback(True)
    return found


def order_of(volume):
    code = f"{volume.handbook_id}-{volume.language_id}-1".upper()
    frozen = freeze(volume, texts_of(volume), number=1, code=code, day=DAY, cover=None)
    return printing.Order(
        html=frozen.html,
        kind=volume.handbook.kind,
        language=volume.language_id,
        title=volume.title,
        code=code,
        day=DAY,
        pictures=facts.given_pictures(frozen.html),
    )


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("book", BOOKS)
def test_printed_words_are_those_of_the_source(orders, book, language):
    order = orders[book, language]
    form = FIRST[order.kind]

    content, _pages = printing.made(order, form, {})

    where = assert_words_are_those_of_the_source(order, form, content)
    if order.kind == "book":
        assert_titles_stand_where_the_contents_say(order, content, where)
        assert_pages_are_few_and_used(book, content)
        assert_spreads_face_each_other(order, where)


def assert_a_print_run_gets_its_number(order, name, content):
    """Once on a copy: on a sheet of cards as often as there are cards."""
    stamped = printing.stamped(
        content, "K7M2-9QXT", kind=order.kind, name=name, language=order.language
    )

    document = pypdfium2.PdfDocument(stamped)
    words = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert words.count("K7M2-9QXT") == (
        10 if (order.kind, name) == ("card", "a4") else 1
    )


# Of each book what has every kind of block; its first format is printed above in whole.
SHORT = {
    "workers": ("electricity-price", "whom-to-call", "words"),
    "landlords": ("before-the-visit", "fire-equipment", "water-price"),
}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("book", [*SHORT, "leaflet", "poster", "card"])
def test_every_format_is_whole_and_can_be_heard(orders, book, language):
    order, made = orders[book, language], {}
    if book in SHORT:
        order = dataclasses.replace(order, html=cut(order.html, SHORT[book]))

    for name, form in FORMATS[order.kind].items():
        made[name], pages = printing.made(order, name, made)

        tagged = not form.imposed_from
        assert look_over(made[name], is_tagged=tagged) == Report(pages, ())
        if form.style.endswith(".css"):
            assert_words_are_those_of_the_source(order, name, made[name])
        if name != INSTRUCTIONS:
            assert_a_print_run_gets_its_number(order, name, made[name])


def assert_words_are_those_of_the_source(order, form, content):
    style = FORMATS[order.kind][form].style
    html = dressed(order.html, style=style, day=order.day)
    where = places(content) if order.kind == "book" else {}
    with override(order.language):
        known = {"places": where, "page": gettext("p.")}
    told = printed_words(content, order.kind, outside(order.kind, form))
    assert told == source_words(html, **known)
    frozen = shown_parts(order.html, order.kind)
    plain = source_words(without_what_was_added(html), **known)
    assert plain == source_words(frozen, **known)
    return where


def assert_titles_stand_where_the_contents_say(order, content, where):
    contents = re.search(r"<nav.*?</nav>", order.html, re.DOTALL)[0]
    pages = pages_of(content, order.kind)
    for slug, title in re.findall(r'<a href="#([^"]+)">([^<]+)</a>', contents):
        assert unescape(title).split()[0] in pages[where[slug] - 1]


def assert_pages_are_few_and_used(book, content):
    cover, *inside, back = pages_of(content, "book")
    lines = {number: len(text.split("\n")) for number, text in enumerate(inside, 2)}
    assert cover
    assert back
    assert len(inside) + 2 <= MOST_PAGES[book]
    assert {n: count for n, count in lines.items() if count < LEAST_LINES} == {}


def assert_spreads_face_each_other(order, where):
    """What has a second page begins on the left; a leaf to be cut out, on the right."""
    for section in re.split(r'(?=<section class="section")', order.html)[1:]:
        slug = re.match(r'<section class="section" id="([^"]+)"', section)[1]
        if 'class="new-page"' in section and slug != "choosing-a-room":
            assert where[slug] % 2 == 0, slug
