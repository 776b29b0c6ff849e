"""What is served as a file: printed editions and uploaded pictures."""

import re

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from handbooks import ready
from handbooks.addresses import asked
from handbooks.models import Edition, EditionFile, Picture
from handbooks.printing import FORMATS

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
PIECE = 64 * 1024
NAMES = 16  # so many digits of a SHA-256 name one file among all


@require_safe
def printed(request, book):
    """A book as PDF: the bytes that were made when it was published, whole or a part."""
    wanted = (*asked(book), request.GET.get("format", ""))
    file, age = ready.kept(("printed", *wanted), lambda: _current(*wanted))
    if file is None:
        raise Http404
    etag = quote_etag(file.sha256)
    response = get_conditional_response(request, etag) or _part(request, file, etag)
    response["ETag"] = etag
    response["Cache-Control"] = _kept_for(file, request.GET.get("sha256", ""))
    response["Age"] = str(age)
    response["Accept-Ranges"] = "bytes"
    return response


def _kept_for(file, named):
    """An address that names the content never has another; one without it has the newest."""
    if len(named) >= NAMES and file.sha256.startswith(named):
        return "public, max-age=31536000, immutable"
    return "public, max-age=60"


def _current(book, language, form):
    """The newest edition's file; unasked, the format that the book is made for."""
    editions = Edition.objects.current().on_shelf(language).of_book(book)
    files = EditionFile.objects.ready().filter(edition__in=editions)
    wanted = [form] if form else [made[0] for made in map(list, FORMATS.values())]
    known = set(wanted) & set(EditionFile.Format.values)
    return files.filter(format__in=known).first() if known else None


def _part(request, file, etag):
    asked = _asked(request, file.bytes, etag)
    if asked == (0, file.bytes):
        response = FileResponse(_opened(file), content_type="application/pdf")
    elif asked is None:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{file.bytes}"
        return response
    else:
        start, end = asked
        response = FileResponse(_bytes(file, start, end), status=206)
        response["Content-Type"] = "application/pdf"
        response["Content-Range"] = f"bytes {start}-{end - 1}/{file.bytes}"
        response["Content-Length"] = end - start
    name = f"{file.edition.code}-{file.format}.pdf".lower()
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _asked(request, size, etag):
    """The bytes asked for as (first, behind the last); None if there are none such.

    More than one range, or one of another edition's file, is answered with the whole.
    """
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    if found is None or request.headers.get("If-Range", etag) != etag:
        return 0, size
    first, last = found[1], found[2]
    if not first:
        start, end = size - int(last or 0), size
    else:
        start, end = int(first), min(int(last or size - 1) + 1, size)
    return (max(start, 0), end) if start < end else None


def _opened(file):
    """Past the row, which others are reading from at the same time."""
    return file.file.storage.open(file.file.name)


def _bytes(file, start, end):
    with _opened(file) as opened:
        opened.seek(start)
        while start < end:
            piece = opened.read(min(PIECE, end - start))
            start += len(piece)
            yield piece


def whole(stored):
    """A PDF that only staff may have, as it is kept."""
    name = stored.name.rpartition("/")[2]
    opened = stored.storage.open(stored.name)
    response = FileResponse(opened, content_type="application/pdf", filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def picture(request, pk, sha256):
    """An uploaded picture; its address names its content."""
    found = get_object_or_404(Picture, pk=pk, sha256__startswith=sha256)
    with found.large.open() as file:
        response = HttpResponse(file.read(), content_type="image/jpeg")
    response["Cache-Control"] = f"public, max-age={60 * 60 * 24}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
