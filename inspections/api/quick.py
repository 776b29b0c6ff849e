"""A visit arrives at the busiest hour: past what its address has no need of.

Only what is in order goes this way. Whatever is not (signed out, a forged request, another
media type) goes on to `PackView`, which refuses it in the usual words.
"""

import json
import re
import uuid

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpResponse
from django.utils import translation

from accounts.quick import signed_in
from core import body
from core.api import exception_handler
from inspections import pack as packs
from inspections.actions import receive_pack
from inspections.api.tablet import device_time_of, receipt_of

ADDRESS = re.compile(
    r"/api/v1/visits/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/pack"
)


class QuickIntakeMiddleware:
    """After the middleware whose headers every answer bears, before sessions."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        found = request.method == "PUT" and ADDRESS.fullmatch(request.path_info)
        user = found and _is_in_order(request) and signed_in(request)
        if not user:
            return self.get_response(request)
        translation.activate(settings.LANGUAGE_CODE)
        try:
            received = receive_pack(
                visit_id=uuid.UUID(found[1]),
                pack=packs.open_pack(
                    body.of(request), int(request.META["CONTENT_LENGTH"])
                ),
                device_time=device_time_of(request),
                by=user,
            )
        except Exception as error:
            return _refusal(error)
        receipt = receipt_of(received.submission) | {"new": received.new}
        return _answer(receipt, 201 if received.new else 200)


def _is_in_order(request) -> bool:
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return (
        request.META.get("CONTENT_TYPE") == packs.MEDIA_TYPE
        and request.META.get("CONTENT_LENGTH", "").isdigit()
    )


def _refusal(error: Exception) -> HttpResponse:
    told = exception_handler(error, {})
    if told is None:
        raise error
    answer = _answer(told.data, told.status_code)
    if "Retry-After" in told.headers:
        answer.headers["Retry-After"] = told.headers["Retry-After"]
    return answer


def _answer(content: dict, status: int) -> HttpResponse:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return HttpResponse(
        text,
        status=status,
        content_type="application/json",
        headers={
            "Content-Length": str(len(text)),
            "Content-Language": settings.LANGUAGE_CODE,
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
            "Vary": "Cookie",
        },
    )
