import logging

from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from core.errors import Refused, database_is_away
from core.views import errors

logger = logging.getLogger(__name__)


class SecurityHeadersMiddleware:
    """Headers that Django has no setting for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy",
            "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
        )
        return response


class LanguageMiddleware(LocaleMiddleware):
    """The address alone decides the language, so no answer varies with the browser's.

    A cache in front of us then keeps one copy of a page, not one for each browser.
    """

    def process_response(self, request, response):
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class ErrorPagesMiddleware:
    """Shows as a page what a view let rise and what is no bug of ours."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Refused):
            return errors.refused(request, exception)
        if database_is_away(exception):
            logger.error("The database does not answer", exc_info=exception)
            return errors.unavailable(request, exception)
        return None
