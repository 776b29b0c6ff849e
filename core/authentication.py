from drf_spectacular.authentication import SessionScheme
from rest_framework import authentication


class SessionAuthentication(authentication.SessionAuthentication):
    """Answers 401, not 403, when signed out, so that the tablet knows to ask for sign-in."""

    def authenticate_header(self, request):
        return "Session"


class SessionAuthenticationScheme(SessionScheme):
    """How the OpenAPI description names it."""

    target_class = "core.authentication.SessionAuthentication"
    priority = 1
