"""What the tablet asks of the server: docs/reference/pack.md."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from core import clock
from inspections.api.day import day_of
from inspections.api.serializers import DaySerializer, RefusalSerializer
from inspections.models import ChecklistVersion
from inspections.permissions import can_use_tablet

REFUSED = RefusalSerializer
UNCHANGING = "public, max-age=31536000, immutable"


class DayQuery(serializers.Serializer):
    day = serializers.DateField(required=False)


class DayView(APIView):
    """What an inspector takes along for a day."""

    @extend_schema(
        parameters=[DayQuery],
        responses={200: DaySerializer, 304: None, 400: REFUSED, 403: REFUSED},
    )
    def get(self, request):
        if not can_use_tablet(request.user):
            raise PermissionDenied
        query = DayQuery(data=request.query_params)
        query.is_valid(raise_exception=True)

        day = query.validated_data.get("day", clock.today())
        content, etag = day_of(request.user, day)
        content["server_time"] = clock.iso(clock.now())
        headers = {"Cache-Control": "private, no-cache", "ETag": etag}
        response = Response(content, headers=headers)
        return get_conditional_response(request, etag=etag, response=response)


class ChecklistDocumentView(APIView):
    """The document of a version, for ever the same bytes; drafts are not found."""

    permission_classes = [AllowAny]
    authentication_classes = []

    @extend_schema(
        parameters=[OpenApiParameter("number", int, OpenApiParameter.PATH)],
        responses={
            (200, "application/json"): OpenApiTypes.OBJECT,
            304: None,
            404: REFUSED,
        },
    )
    def get(self, request, checklist, number):
        versions = ChecklistVersion.objects.usable()
        version = get_object_or_404(versions, checklist=checklist, number=number)

        etag = f'"{version.sha256}"'
        response = HttpResponse(
            version.canonical,
            content_type="application/json",
            headers={"Cache-Control": UNCHANGING, "ETag": etag},
        )
        return get_conditional_response(request, etag=etag, response=response)
