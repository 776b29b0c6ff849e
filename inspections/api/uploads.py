"""A sealed pack, whole or in parts: docs/reference/pack.md, "Sending sealed". tus 1.0, but
an upload begins with its first part, and parts may come in any order.
"""

import datetime as dt

from django.http import Http404, UnreadablePostError
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, UnsupportedMediaType
from rest_framework.parsers import BaseParser
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import known
from core import body
from core.authentication import SessionAuthentication
from core.errors import Refused
from inspections import pack as packs
from inspections.actions import (
    begin_upload,
    complete_upload,
    find_upload,
    take_part,
    take_whole,
)
from inspections.api.serializers import SealedReceiptSerializer, UploadSerializer
from inspections.api.tablet import device_time_of, receipt_of

TUS = {"Tus-Resumable": "1.0.0"}


class Sha256Converter:
    regex = "[0-9a-f]{64}"

    def to_python(self, value):
        return value

    to_url = to_python


class ProofAuthentication(BaseAuthentication):
    """The author of these bytes, whoever uses the browser; of no use at other addresses."""

    def authenticate(self, request):
        header = request.headers.get("Authorization", "")
        if not header:
            return None
        kwargs = request.parser_context["kwargs"]
        found = packs.proven(header, kwargs["id"], kwargs["sha256"])
        author = found and known.ask(found.inspector)
        if author is None:
            message = _("Sign in and seal this visit again: its proof does not hold.")
            raise AuthenticationFailed(message, code="bad_proof")
        author.proven_on = found.issued
        return author, found

    def authenticate_header(self, request):
        return "Pack"


class ProofScheme(OpenApiAuthenticationExtension):
    target_class = ProofAuthentication
    name = "packProof"

    def get_security_definition(self, auto_schema):
        return {"type": "apiKey", "in": "header", "name": "Authorization"}


class PartParser(BaseParser):
    """Names the media type; the body is read by the view, after its length is known."""

    media_type = packs.PART_MEDIA_TYPE


def _header(name, kind=OpenApiTypes.INT):
    return OpenApiParameter(name, kind, OpenApiParameter.HEADER, required=True)


SHA256 = OpenApiParameter(
    "sha256",
    {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    OpenApiParameter.PATH,
    description="Of the sealed bytes, hexadecimal.",
)
AWAY = OpenApiResponse(description="The database is away: try again")
FULL = OpenApiResponse(description="The disk is full: try again later")
DEVICE_TIME = OpenApiParameter("X-Device-Time", dt.datetime, OpenApiParameter.HEADER)
RECEIPTS = {
    200: SealedReceiptSerializer,
    201: SealedReceiptSerializer,
    503: AWAY,
    507: FULL,
}


@extend_schema(parameters=[SHA256])
class UploadView(APIView):
    authentication_classes = [ProofAuthentication, SessionAuthentication]
    parser_classes = [PartParser]

    @extend_schema(responses={200: UploadSerializer, 503: AWAY})
    def get(self, request, id, sha256):
        """What is here and what is missing; also of what was never heard of."""
        upload = find_upload(id, sha256, request.user)
        told = _state(upload) | {"visit": str(id), "upload": sha256}
        return Response(told, headers={"Cache-Control": "no-store"})

    @extend_schema(responses={200: None, 503: AWAY})
    def head(self, request, id, sha256):
        upload = find_upload(id, sha256, request.user)
        if upload is None:
            raise Http404
        headers = TUS | {
            "Upload-Offset": _without_gap(upload),
            "Upload-Length": upload.size,
            "Cache-Control": "no-store",
        }
        return Response(headers=headers)

    @extend_schema(
        operation_id="send_part",
        parameters=[
            _header("Upload-Offset"),
            _header("Upload-Length"),
            _header("Tus-Resumable", {"type": "string", "enum": ["1.0.0"]}),
        ],
        request={packs.PART_MEDIA_TYPE: OpenApiTypes.BINARY},
        responses={204: None, 503: AWAY, 507: FULL},
    )
    def patch(self, request, id, sha256):
        """Bytes from an offset on; in any order, any number of times."""
        at, length, total = _range(request)
        upload = begin_upload(visit_id=id, sha256=sha256, size=total, by=request.user)
        if upload.submission_id:
            return Response(status=204, headers=TUS | {"Upload-Offset": total})
        upload.parts.check_room(length)
        here = take_part(upload, at, _body(request, length))
        return Response(status=204, headers=TUS | {"Upload-Offset": here.without_gap})

    @extend_schema(
        operation_id="send_whole",
        parameters=[DEVICE_TIME],
        request={packs.SEALED_MEDIA_TYPE: OpenApiTypes.BINARY},
        responses=RECEIPTS,
    )
    def put(self, request, id, sha256):
        """All the sealed bytes at once. Any number of times, also at once."""
        received = take_whole(
            visit_id=id,
            sha256=sha256,
            size=_size(request),
            body=body.of(request._request),
            device_time=device_time_of(request),
            by=request.user,
        )
        return _received(received, sha256)

    @extend_schema(
        operation_id="complete_upload",
        parameters=[DEVICE_TIME],
        request=None,
        responses=RECEIPTS,
    )
    def post(self, request, id, sha256):
        """All parts were sent: take the visit in. Any number of times, also at once."""
        received = complete_upload(
            visit_id=id,
            sha256=sha256,
            device_time=device_time_of(request),
            by=request.user,
        )
        return _received(received, sha256)


def _size(request):
    """Of the whole pack, all that can be refused unread."""
    _check_type(request, packs.SEALED_MEDIA_TYPE)
    size = _length(request)
    if size > packs.LARGEST:
        raise packs.too_large("pack", packs.LARGEST)
    if not size:
        raise packs.malformed("length")
    return size


def _range(request):
    """(offset, bytes of this part, bytes in all), all that can be refused unread."""
    _check_type(request, packs.PART_MEDIA_TYPE)
    if request.headers.get("Tus-Resumable") != TUS["Tus-Resumable"]:
        message = _("Speak version 1.0.0 of tus.")
        raise Refused("other_protocol", message, status=412)
    length = _length(request)
    at, total = _number(request, "Upload-Offset"), _number(request, "Upload-Length")
    if total > packs.LARGEST:
        raise packs.too_large("pack", packs.LARGEST)
    if length > packs.MOST_IN_A_PART:
        raise packs.too_large("part", packs.MOST_IN_A_PART)
    if not total or at + length > total:
        raise packs.malformed("range")
    return at, length, total


def _check_type(request, media_type):
    if request.content_type.split(";")[0].strip() != media_type:
        raise UnsupportedMediaType(request.content_type)


def _length(request):
    text = request.META.get("CONTENT_LENGTH") or ""
    if not text.isdecimal():
        message = _("Say how long the body is (Content-Length).")
        raise Refused("length_required", message, status=411)
    return int(text)


def _number(request, name):
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise packs.malformed("range")
    return int(text)


def _body(request, length):
    """The whole part; what was cut off does not count."""
    try:
        content = request._request.read(length)
    except UnreadablePostError as error:
        raise packs.malformed("cut_off") from error
    if len(content) < length:
        raise packs.malformed("cut_off")
    return content


def _without_gap(upload):
    return upload.size if upload.submission_id else upload.here.without_gap


def _state(upload):
    if upload is None:
        nothing = ("size", "missing", "photos", "receipt")
        return _told("unknown", received=0, refused="") | dict.fromkeys(nothing)
    submission = upload.submission
    here = submission is not None and submission.accepted
    photos = {"all": upload.photos_all, "here": upload.photos_here}
    return _told(
        "received" if here else "incomplete",
        size=upload.size,
        received=upload.received,
        missing=[] if submission else upload.here.missing(upload.size),
        photos=photos if upload.bounds else None,
        receipt=_receipt(submission, upload.sha256) if here else None,
        refused=upload.refused,
    )


def _told(state, **more):
    return {"registry": "safe-rooms", "state": state, **more}


def _received(received, sha256):
    answer = _receipt(received.submission, sha256) | {"new": received.new}
    return Response(answer, status=201 if received.new else 200)


def _receipt(submission, sha256):
    confirmed = [photo["sha256"] for photo in submission.document["photos"]]
    return receipt_of(submission) | {"upload": sha256, "confirmed": confirmed}
