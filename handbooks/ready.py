"""Pages kept ready in memory, as a cache in front of us would keep them.

A page says how many seconds anybody may keep it. For so long, and no longer, this process
answers it again from memory: the bytes it has sent before, or 304 to who has them, with an
`Age`, so that all who keep it count from when it was made. Nothing is asked of the
database. Publishing forgets the pages at once here; another process, a browser, a cache
elsewhere: within those seconds. docs/adr/0040 says why this is no lie.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from core import clock
from core.public import public_page

MOST = 500  # pages of 10 to 20 kB, packed
_KEPT = ("Content-Type", "Content-Encoding", "Cache-Control", "ETag", "Vary")
_copies: dict[tuple, "_Copy"] = {}
_found: dict[tuple, tuple[float, Any]] = {}


@dataclass(frozen=True)
class _Copy:
    made: float
    headers: dict[str, str]
    body: bytes


def forget() -> None:
    """Nothing of what was read is ready any more; after publishing, and between tests."""
    _copies.clear()
    _found.clear()


def kept(key: tuple, find: Callable[[], Any], seconds: int = 60) -> tuple[Any, int]:
    """What `find` finds and how old that is; nothing found is not kept."""
    copy, now = _found.get(key), clock.now().timestamp()
    if copy and 0 <= now - copy[0] < seconds:
        return copy[1], int(now - copy[0])
    found = find()
    if found is not None and not settings.DEBUG:
        if len(_found) >= MOST:
            _found.clear()
        _found[key] = (now, found)
    return found, 0


def ready_page(seconds: int = 60) -> Callable:
    """A public page whose words change only by publishing."""

    def decorate(view: Callable) -> Callable:
        page = public_page(seconds)(view)

        @functools.wraps(view)
        def ready(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if settings.DEBUG or request.method != "GET" or request.GET:
                return page(request, *args, **kwargs)
            packed = "gzip" in request.headers.get("Accept-Encoding", "")
            key = (request.path, get_language(), packed)
            copy, now = _copies.get(key), clock.now().timestamp()
            if copy and 0 <= now - copy.made < seconds:
                return _answer(request, copy, int(now - copy.made))
            response = page(request, *args, **kwargs)
            if response.status_code == 200:
                _keep(key, now, response)
            return response

        return ready

    return decorate


def _keep(key: tuple, now: float, response: HttpResponse) -> None:
    if len(_copies) >= MOST:
        _copies.clear()
    headers = {name: response[name] for name in _KEPT if response.has_header(name)}
    _copies[key] = _Copy(now, headers, response.content)


def _answer(request: HttpRequest, copy: _Copy, age: int) -> HttpResponse:
    response = HttpResponse(copy.body, headers={**copy.headers, "Age": str(age)})
    # A 304 of Django's carries ETag and Cache-Control; the Age belongs to it too.
    answer = get_conditional_response(request, copy.headers.get("ETag"), None, response)
    answer["Age"] = str(age)
    return answer
