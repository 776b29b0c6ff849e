"""What is served as a file: printed editions and uploaded pictures."""

import re

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from handbooks.addresses import asked
from handbooks.models import Edition, EditionFile, Picture

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
PIECE = 64 * 1024


@require_safe
def printed(request, book):
    """A book as PDF: the bytes that were made when it was published, whole or a part."""
    form = request.GET.get("format", EditionFile.Format.A5)
    name, language = asked(book)
    editions = Edition.objects.current().on_shelf(language).of_book(name)
    files = EditionFile.objects.ready().filter(edition__in=editions)
    known = form in EditionFile.Format.values
    file = files.filter(format=form).first() if known else None
    if file is None:
        raise Http404
    etag = quote_etag(file.sha256)
    response = get_conditional_response(request, etag) or _part(request, file, etag)
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=60"
    response["Accept-Ranges"] = "bytes"
    return response


def _part(request, file, etag):
    asked = _asked(request, file.bytes, etag)
    if asked == (0, file.bytes):
        response = FileResponse(file.file.open(), content_type="application/pdf")
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


def _bytes(file, start, end):
    with file.file.open() as opened:
        opened.seek(start)
        while start < end:
            piece = opened.read(min(PIECE, end - start))
            start += len(piece)
            yield piece


@require_safe
def picture(request, pk, sha256):
    """An uploaded picture; its address names its content."""
    found = get_object_or_404(Picture, pk=pk, sha256__startswith=sha256)
    with found.large.open() as file:
        response = HttpResponse(file.read(), content_type="image/jpeg")
    response["Cache-Control"] = f"public, max-age={60 * 60 * 24}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
