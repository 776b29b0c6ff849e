"""The shell of the tablet's app; what it shows comes from static/tablet."""

import json

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.i18n import JavaScriptCatalog

from inspections.permissions import can_use_tablet

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


@login_required
@never_cache
@ensure_csrf_cookie
def shell(request):
    if not can_use_tablet(request.user):
        raise PermissionDenied
    context = {"icons": ICONS, "csrf_cookie": settings.CSRF_COOKIE_NAME}
    return render(request, "inspections/tablet.html", context)


class Words(JavaScriptCatalog):
    """The app's words and nothing else: Django's own script weighs more than they do."""

    packages = ["inspections"]

    def render_to_response(self, context, **response_kwargs):
        words = json.dumps(
            context["catalog"], ensure_ascii=False, separators=(",", ":")
        )
        return HttpResponse(f"globalThis.catalogue={words}", "text/javascript")


words = cache_control(max_age=300)(Words.as_view())
