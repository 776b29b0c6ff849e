"""The script that keeps pages for when there is no network; its place is its reach."""

import functools

from django.conf import settings
from django.http import HttpResponse

from core.public import public_page

SCRIPT = settings.BASE_DIR / "static" / "handbook" / "sw.js"


@public_page()
def worker(request):
    response = HttpResponse(_text(), "text/javascript")
    response["Cache-Control"] = "no-cache"  # but asked with an ETag
    return response


@functools.cache
def _text():
    return SCRIPT.read_text(encoding="utf-8")
