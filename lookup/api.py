"""The public's API: the same facts as the pages, without an account."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import (
    api_view,
    authentication_classes,
    permission_classes,
)
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from certificates.models import Certificate
from core import codes
from lookup import pages, search
from lookup.forms import SearchForm
from lookup.places import all_places
from lookup.prices import Prices
from lookup.verdict import verdict_of


class FoundRoomSerializer(serializers.Serializer):
    """A certified room among others."""

    code = serializers.CharField()
    url = serializers.CharField(help_text="Address of its page.")
    title = serializers.CharField()
    commune = serializers.CharField()
    state = serializers.ChoiceField(["valid", "conditional"])
    until = serializers.DateField(help_text="Last day of the certificate.")
    women = serializers.BooleanField(help_text="Has the mark of women's safety.")
    rent = serializers.IntegerField(help_text="Đồng a month.")
    cost = serializers.IntegerField(help_text="Đồng a month for `people`, all in.")
    people = serializers.IntegerField()
    distance = serializers.IntegerField(
        allow_null=True, help_text="Metres to the gate that was asked for."
    )
    late = serializers.BooleanField(help_text="Tenants come home at any hour.")
    free_from = serializers.DateField(allow_null=True, help_text="Null: full.")


class FoundRoomsSerializer(serializers.Serializer):
    results = FoundRoomSerializer(many=True)
    next = serializers.CharField(
        allow_blank=True, help_text="Give it as `page` to read on; empty at the end."
    )


class CertificateSerializer(serializers.Serializer):
    """What a certificate is worth now."""

    code = serializers.CharField()
    state = serializers.ChoiceField(
        [
            "valid",
            "conditional",
            "suspended",
            "expired",
            "not_yet_valid",
            "revoked",
            "superseded",
            "withdrawn",
            "unknown",
        ]
    )
    sentence = serializers.CharField()
    number = serializers.CharField(required=False)
    room = serializers.CharField(required=False)
    address = serializers.CharField(required=False)
    valid_from = serializers.DateField(required=False)
    valid_until = serializers.DateField(required=False)
    women = serializers.BooleanField(required=False)


WISHES = [
    OpenApiParameter(
        "q", str, description="Commune, street or old name, any spelling."
    ),
    OpenApiParameter("near", str, description="Key of a gate (see /workplaces/)."),
    OpenApiParameter("commune", str, description="Code of a commune of the pilot."),
    OpenApiParameter("max_rent", int, description="Đồng a month."),
    OpenApiParameter("people", int),
    OpenApiParameter("late", bool),
    OpenApiParameter("women", bool),
    OpenApiParameter("toilet", bool, description="Own toilet."),
    OpenApiParameter("available", bool),
    OpenApiParameter("sort", str, enum=["", "rent", "near"]),
    OpenApiParameter("page", str, description="`next` of the page before."),
]


@extend_schema(parameters=WISHES, responses=FoundRoomsSerializer, tags=["lookup"])
@api_view(["GET"])
@authentication_classes([])
@permission_classes([AllowAny])
def rooms(request):
    """Certified rooms. A wish that is not understood is left out."""
    places = all_places()
    form = SearchForm(
        request.GET,
        gates=places.choices("gates"),
        communes=places.choices("communes"),
    )
    found, cursor, wishes, place = search.asked(form, places, request.GET.get("page"))
    people = wishes.get("people", 1)
    prices = Prices({row.room.house.commune.parent_id for row in found})
    results = [_result(row, people, prices, place) for row in found]
    response = Response({"results": results, "next": cursor})
    response["Cache-Control"] = "public, max-age=60"
    return response


def _result(row, people, prices, place):
    return pages.card(row, people=people, prices=prices, place=place) | {
        "code": row.room.code,
        "late": pages.comes_home_at_any_hour(row.room.house),
        "free_from": row.room.free_from,
    }


@extend_schema(
    responses={200: CertificateSerializer, 404: CertificateSerializer}, tags=["lookup"]
)
@api_view(["GET"])
@authentication_classes([])
@permission_classes([AllowAny])
def certificate(request, code):
    """What a certificate is worth now; 404 with the same shape if there is none."""
    typed = codes.clean(code)[:12]
    found = None
    if codes.is_valid(typed):
        found = Certificate.objects.for_public().filter(code=typed).first()
    verdict = verdict_of(found, typed)
    answer = {
        "code": typed,
        "state": found.status if found else "unknown",
        "sentence": verdict.title,
    }
    if found:
        answer |= {
            "number": found.number,
            "room": found.room.label,
            "address": pages.address(found.room.house),
            "valid_from": found.valid_from,
            "valid_until": found.valid_until,
            "women": found.women_mark,
        }
    return Response(answer, status=200 if found else 404)
