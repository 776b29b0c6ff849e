"""The shell of the tablet's app; what it shows comes from static/tablet."""

import json

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.i18n import JavaScriptCatalog

from core.public import public_page

ICONS = [
    "arrow-left",
    "arrow-right",
    "calendar",
    "camera",
    "certificate",
    "check",
    "clock",
    "cross",
    "document",
    "door",
    "flame",
    "house",
    "info",
    "lock",
    "map-pin",
    "pencil",
    "person",
    "plus",
    "print",
    "search",
    "share",
    "sync",
    "warning",
    "woman-shield",
]


@public_page()
def shell(request):
    """The same bytes for everybody: who may use it, the API says."""
    context = {"icons": ICONS, "csrf_cookie": settings.CSRF_COOKIE_NAME}
    page = render_to_string("inspections/tablet.html", context)
    return HttpResponse(page, headers={"Cache-Control": "no-cache"})


class Words(JavaScriptCatalog):
    """The app's words and nothing else: Django's own script weighs more than they do."""

    packages = ["inspections"]

    def render_to_response(self, context, **response_kwargs):
        words = json.dumps(
            context["catalog"], ensure_ascii=False, separators=(",", ":")
        )
        return HttpResponse(f"globalThis.catalogue={words}", "text/javascript")


words = cache_control(max_age=300)(Words.as_view())
