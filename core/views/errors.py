"""The pages that say that something did not work, and what to do now.

They stand alone: no session, no database, no other file, so that they can be shown when
those are what failed. Under /api/ the same is said as `{"code", "message"}`.
"""

import sys
from typing import NamedTuple

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from core.errors import database_is_away

RETRY_AFTER_SECONDS = 30


class Words(NamedTuple):
    code: str
    icon: str
    title: str
    text: str


WORDS = {
    400: Words(
        "bad_request",
        "warning",
        _("Please go back and try once more"),
        _("What arrived here could not be read. Nothing was changed."),
    ),
    403: Words(
        "forbidden",
        "lock",
        _("This page is for somebody else"),
        _(
            "Sign in with the account that may see it, or ask the person who gave you"
            " your account."
        ),
    ),
    404: Words(
        "not_found",
        "search",
        _("There is no such page"),
        _(
            "Check the address: one wrong letter is enough. Or start from the first"
            " page and search there."
        ),
    ),
    409: Words(
        "refused", "warning", _("This cannot be done now"), _("Nothing was changed.")
    ),
    429: Words(
        "too_many",
        "clock",
        _("Please wait a little"),
        _("There were too many tries in a short time. Try again in a few minutes."),
    ),
    500: Words(
        "server_error",
        "warning",
        _("Something broke on our side"),
        _(
            "It is not your fault, and it has been noted. Try again in a few minutes."
            " What was saved before is still saved."
        ),
    ),
    503: Words(
        "unavailable",
        "clock",
        _("The registry is resting for a moment"),
        _("Try again in a few minutes. What was saved before is still saved."),
    ),
}
PAGE_TOO_OLD = Words(
    "page_too_old",
    "clock",
    _("This page was open for too long"),
    _("Go back, load the page again and send it once more. Nothing was changed."),
)


def bad_request(request, exception=None):
    return _page(request, 400, WORDS[400])


def permission_denied(request, exception=None):
    return _page(request, 403, WORDS[403])


def not_found(request, exception=None):
    return _page(request, 404, WORDS[404])


def refused(request, exception):
    """A `Refused` that the view did not show by itself."""
    words = WORDS[409]._replace(code=exception.code, text=exception.message)
    return _page(request, exception.status, words)


def too_many(request, exception=None):
    return _page(request, 429, WORDS[429])


def server_error(request):
    """A bug of ours; or the database is away, and that was noticed before the view."""
    if database_is_away(sys.exc_info()[1]):
        return unavailable(request)
    return _page(request, 500, WORDS[500])


def unavailable(request, exception=None):
    response = _page(request, 503, WORDS[503])
    response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def csrf_failure(request, reason=""):
    return _page(request, 403, PAGE_TOO_OLD)


def _page(request, status, words):
    if request.path.startswith("/api/"):
        return JsonResponse(
            {"code": words.code, "message": f"{words.title}. {words.text}"},
            status=status,
        )
    page = render_to_string("error.html", {"words": words, "status": status})
    response = HttpResponse(page, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
