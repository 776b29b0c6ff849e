"""What all API views share: the shape of a refusal, the shape of a page."""

import logging

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import exceptions
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.views import exception_handler as drf_exception_handler

from core.errors import Refused, database_is_away
from core.views.errors import RETRY_AFTER_SECONDS


class Pages(CursorPagination):
    """Pages by position in the order, so that the last page costs what the first costs."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "-pk"


MOST = 2**31 - 1


@extend_schema_field({"type": "integer", "minimum": 0, "maximum": MOST})
class WholeNumberFilter(filters.Filter):
    """A number that the database can compare with; the description says how large."""

    field_class = forms.IntegerField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, min_value=0, max_value=MOST, **kwargs)


logger = logging.getLogger(__name__)


def exception_handler(exc, context):
    """Every refusal is `{"code": ..., "message": ...}`; a field error adds `"fields"`."""
    if isinstance(exc, Refused):
        answer = {"code": exc.code, "message": str(exc.message), **exc.details}
        return Response(answer, status=exc.status)
    if database_is_away(exc):
        return _database_is_away()
    if isinstance(exc, ValidationError):
        exc = exceptions.ValidationError(as_serializer_error(exc))
    response = drf_exception_handler(exc, context)
    if response is None:
        return None
    if isinstance(exc, exceptions.ValidationError):
        response.data = {
            "code": "invalid",
            "message": str(exceptions.ValidationError.default_detail),
            "fields": response.data,
        }
    elif isinstance(exc, exceptions.APIException):
        response.data = {"code": exc.get_codes(), "message": str(exc.detail)}
    elif "detail" in response.data:  # Http404 and PermissionDenied of Django
        detail = response.data["detail"]
        response.data = {"code": detail.code, "message": str(detail)}
    return response


def _database_is_away():
    logger.exception("The database does not answer.")
    return Response(
        {
            "code": "unavailable",
            "message": _("Try again soon: the registry is not reachable right now."),
        },
        status=503,
        headers={"Retry-After": RETRY_AFTER_SECONDS},
    )
