from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect

from accounts.permissions import is_staff_member

ALLOWED = ("account/", "static/", "i18n/", "healthz", "tablet/")


class SecondFactorMiddleware:
    """Staff work only after they have set up a second factor (settings.STAFF_SECOND_FACTOR)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.STAFF_SECOND_FACTOR and self._must_set_up(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _must_set_up(self, request) -> bool:
        path = request.path.removeprefix("/").removeprefix("en/")
        if (
            path.startswith(ALLOWED)
            or settings.SESSION_COOKIE_NAME not in request.COOKIES
        ):
            return False
        return is_staff_member(request.user) and not is_mfa_enabled(request.user)
