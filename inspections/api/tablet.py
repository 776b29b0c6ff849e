"""What the tablet asks of the server: docs/reference/pack.md."""

import datetime as dt

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.dateparse import parse_datetime
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.gzip import gzip_page
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied, UnsupportedMediaType
from rest_framework.parsers import BaseParser
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from core import clock, codes, compressed
from core.errors import Refused
from inspections import pack as packs
from inspections.actions import current_version, receive_pack
from inspections.api.day import day_of, rooms_in_use, unplanned
from inspections.api.directory import directory_of
from inspections.api.serializers import (
    DaySerializer,
    HousesSerializer,
    HouseToVisitSerializer,
    ReceiptSerializer,
)
from inspections.models import ChecklistVersion, Visit
from inspections.permissions import can_inspect, can_use_tablet
from registry.models import House

UNCHANGING = "public, max-age=31536000, immutable"


class DayQuery(serializers.Serializer):
    day = serializers.DateField(required=False)


@method_decorator(ensure_csrf_cookie, name="dispatch")  # its page is kept: it has none
class DayView(APIView):
    """What an inspector takes along for a day."""

    @extend_schema(
        parameters=[DayQuery],
        responses={200: DaySerializer, 304: None},
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


@method_decorator(gzip_page, name="dispatch")  # long, and without any secret
class HousesView(APIView):
    """All houses that an inspector may visit unasked, to look one up with no network."""

    @extend_schema(
        operation_id="tablet_houses_list",
        responses={200: HousesSerializer, 304: None},
    )
    def get(self, request):
        if not can_use_tablet(request.user):
            raise PermissionDenied
        content, etag = directory_of(request.user)
        headers = {"Cache-Control": "private, no-cache", "ETag": etag}
        response = Response(content, headers=headers)
        return get_conditional_response(request, etag=etag, response=response)


class HouseView(APIView):
    """A house that nobody planned to visit, by its number; the tablet makes the visit."""

    @extend_schema(responses=HouseToVisitSerializer)
    def get(self, request, number):
        houses = House.objects.registered().select_related("commune", "landlord")
        houses = houses.prefetch_related(rooms_in_use())
        house = get_object_or_404(houses, number=codes.clean(number))
        if not can_inspect(request.user, house):
            raise Http404
        if house.ties.filter(inspector=request.user).exists():
            message = _("A colleague has to visit this house: you are tied to it.")
            raise Refused("tied", message)

        visit = Visit(
            house=house,
            inspector=request.user,
            version=current_version(),
            planned_for=clock.today(),
        )
        return Response(unplanned(visit), headers={"Cache-Control": "no-store"})


class DocumentQuery(serializers.Serializer):
    language = serializers.ChoiceField(["vi", "en"], required=False)


class ChecklistDocumentView(APIView):
    """The document of a version, for ever the same bytes; drafts are not found."""

    permission_classes = [AllowAny]
    authentication_classes = []

    @extend_schema(
        parameters=[
            OpenApiParameter("number", int, OpenApiParameter.PATH),
            DocumentQuery,
        ],
        responses={
            (200, "application/json"): OpenApiTypes.OBJECT,
            304: None,
        },
    )
    def get(self, request, checklist, number):
        versions = ChecklistVersion.objects.usable()
        version = get_object_or_404(versions, checklist=checklist, number=number)

        query = DocumentQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        language = query.validated_data.get("language")

        etag = f'"{version.sha256}{language or ""}"'
        response = compressed.answer(
            request,
            version.in_language(language) if language else version.canonical,
            "application/json",
            {"Cache-Control": UNCHANGING, "ETag": etag},
        )
        return get_conditional_response(request, etag=etag, response=response)


class PackParser(BaseParser):
    """Names the media type; the body is read by the view, after its length is known."""

    media_type = packs.MEDIA_TYPE


class PackView(APIView):
    """A visit arrives. The same pack may be sent any number of times."""

    parser_classes = [PackParser]

    @extend_schema(
        operation_id="send_pack",
        request={packs.MEDIA_TYPE: OpenApiTypes.BINARY},
        parameters=[
            OpenApiParameter("X-Device-Time", dt.datetime, OpenApiParameter.HEADER)
        ],
        responses={
            200: ReceiptSerializer,
            201: ReceiptSerializer,
            503: OpenApiResponse(description="The database is away: try again"),
            507: OpenApiResponse(description="The disk is full: try again later"),
        },
    )
    def put(self, request, id):
        received = receive_pack(
            visit_id=id,
            pack=packs.open_pack(request._request, _length(request)),
            device_time=device_time_of(request),
            by=request.user,
        )
        receipt = receipt_of(received.submission) | {"new": received.new}
        return Response(receipt, status=201 if received.new else 200)


def _length(request):
    if request.content_type.split(";")[0].strip() != packs.MEDIA_TYPE:
        raise UnsupportedMediaType(request.content_type)
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdigit():
        message = _("Say how long the pack is (Content-Length).")
        raise Refused("length_required", message, status=411)
    return int(length)


def device_time_of(request):
    """None if the header is missing or says nothing that can be read."""
    try:
        told = parse_datetime(request.headers.get("X-Device-Time", ""))
    except ValueError:
        return None
    return told if told and told.tzinfo else None


def receipt_of(submission):
    return {
        "registry": "safe-rooms",
        "visit": str(submission.visit_id),
        "revision": submission.revision,
        "sha256": submission.sha256,
        "receipt": codes.shown(submission.receipt),
        "received_at": clock.iso(submission.received_at),
        "photos": len(submission.document["photos"]),
        "flags": submission.flags,
    }
