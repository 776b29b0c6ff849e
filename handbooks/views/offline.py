"""For when there is no network: the script that keeps pages, and what it says else."""

import functools

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from core.public import public_page

SCRIPT = settings.BASE_DIR / "static" / "handbook" / "sw.js"


@public_page()
def nothing_kept(request):
    """Kept by the script and shown in place of a page that this phone has never read."""
    return render(request, "handbooks/offline.html")


@public_page()
def worker(request):
    """Its place is its reach: the handbooks."""
    response = HttpResponse(_text(), "text/javascript")
    response["Cache-Control"] = "no-cache"  # but asked with an ETag
    return response


@functools.cache
def _text():
    return SCRIPT.read_text(encoding="utf-8")
