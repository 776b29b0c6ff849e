"""The handbooks to read: the shelf, a book's contents, a section. No session, no user."""

import functools

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from core import pdf
from handbooks.addresses import OURS, asked
from handbooks.models import Edition, EditionFile, EditionSection, with_questions
from handbooks.ready import ready_page


@ready_page()
def shelf(request):
    """All handbooks in the reader's language, and in languages that pages have not."""
    editions = Edition.objects.current().on_shelf(get_language(), besides=OURS)
    own = [found for found in editions if found.volume.language_id in OURS]
    others = [found for found in editions if found.volume.language_id not in OURS]
    return render(request, "handbooks/shelf.html", {"editions": own, "others": others})


@ready_page()
def book(request, book):
    """The contents of one handbook; two queries."""
    edition = _edition(book)
    context = {
        "language": edition.volume.language_id,
        "edition": edition,
        "book": book,
        "entries": edition.contents,
        "files": EditionFile.objects.ready_of(edition),
        "imprint": mark_safe(edition.imprint),  # noqa: S308 made by our markup
    }
    return render(request, "handbooks/book.html", context)


@ready_page()
def section(request, book, slug):
    """One section, with what comes before and after it; two queries."""
    name, language = asked(book)
    rows = EditionSection.objects.to_read(name, language).filter(slug=slug)
    found = with_questions(rows, language).first()
    if found is None:
        raise Http404
    entries = found.edition.contents
    place = found.order - 1
    address = settings.SITE_URL + request.path
    context = {
        "language": language,
        "section": found,
        "edition": found.edition,
        "book": book,
        "text": mark_safe(found.html),  # noqa: S308 made by our markup
        "before": entries[place - 1] if place else None,
        "after": entries[place + 1] if place + 1 < len(entries) else None,
        "count": len(entries),
        "files": EditionFile.objects.ready_of(found.edition),
        "address": address,
        "square": _square(address),
    }
    return render(request, "handbooks/section.html", context)


def _edition(book):
    name, language = asked(book)
    edition = Edition.objects.current().on_shelf(language).of_book(name).first()
    if edition is None:
        raise Http404
    return edition


@functools.lru_cache(maxsize=256)
def _square(address):
    """The QR code that only paper shows."""
    return mark_safe(pdf.qr(address).decode())  # noqa: S308 a drawing of our own address
