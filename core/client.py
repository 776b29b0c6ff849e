"""Where a request comes from."""

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest, credentials: dict | None = None) -> str:
    """The client's network address.

    Only as many entries of X-Forwarded-For are believed as there are proxies of ours
    (settings.PROXIES), counted from the right, so that a client cannot invent one.
    """
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if settings.PROXIES and len(forwarded) >= settings.PROXIES:
        return forwarded[-settings.PROXIES].strip() or request.META["REMOTE_ADDR"]
    return request.META.get("REMOTE_ADDR", "")
