"""Certificates and decisions, for staff of the communes and for landlords. Read only."""

import datetime as dt

from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import (
    api_view,
    authentication_classes,
    permission_classes,
)
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from certificates import keys
from certificates.forms import SHOWN_STATUSES
from certificates.models import Certificate, Decision
from certificates.permissions import visible_certificates, visible_decisions


class IssuedCertificateSerializer(serializers.ModelSerializer):
    status = serializers.ChoiceField(SHOWN_STATUSES)
    suspended_since = serializers.SerializerMethodField()
    room = serializers.CharField(source="room.code")
    room_label = serializers.CharField(source="room.label")
    house = serializers.CharField(source="room.house.number")
    commune = serializers.CharField(source="room.house.commune_id")
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(help_text="The last day.")
    superseded_by = serializers.CharField(source="superseded_by.number", default=None)

    class Meta:
        model = Certificate
        fields = [
            "number",
            "code",
            "status",
            "suspended_since",
            "room",
            "room_label",
            "house",
            "commune",
            "conditional",
            "women_mark",
            "valid_from",
            "valid_until",
            "issued_at",
            "revoked_at",
            "revoked_because",
            "superseded_at",
            "superseded_by",
        ]

    def get_suspended_since(self, certificate) -> dt.datetime | None:
        if certificate.status != "suspended":
            return None
        return timezone.localtime(certificate.suspended_since)


class CertificateFilter(filters.FilterSet):
    house = filters.CharFilter("room__house__number")
    room = filters.CharFilter("room__code")
    commune = filters.CharFilter("room__house__commune")
    status = filters.ChoiceFilter(choices=SHOWN_STATUSES)
    women_mark = filters.BooleanFilter()
    ends_before = filters.DateFilter(method="ending_before", label="valid_until before")
    issued_since = filters.IsoDateTimeFilter("issued_at", "gte")

    class Meta:
        model = Certificate
        fields = []

    def ending_before(self, queryset, name, day):
        return queryset.filter(period__endswith__lte=day)


class CertificateViewSet(viewsets.ReadOnlyModelViewSet):
    """What each certificate is worth now. The frozen words are on its page and in print."""

    queryset = Certificate.objects.none()
    serializer_class = IssuedCertificateSerializer
    filterset_class = CertificateFilter
    lookup_field = "number"
    lookup_value_regex = r"[0-9-]{1,20}"

    def get_queryset(self):
        return (
            visible_certificates(self.request.user)
            .with_status()
            .select_related("room__house", "superseded_by")
            .defer("words", "superseded_by__words")
        )


class DecisionSerializer(serializers.ModelSerializer):
    visit = serializers.UUIDField(source="submission.visit_id")
    revision = serializers.IntegerField(source="submission.revision")
    room = serializers.CharField(source="room.code")
    house = serializers.CharField(source="room.house.number")
    certificate = serializers.CharField(source="certificate.number", default=None)

    class Meta:
        model = Decision
        fields = [
            "id",
            "visit",
            "revision",
            "house",
            "room",
            "outcome",
            "reasons",
            "decided_at",
            "certificate",
        ]


class DecisionFilter(filters.FilterSet):
    house = filters.CharFilter("room__house__number")
    room = filters.CharFilter("room__code")
    visit = filters.UUIDFilter("submission__visit")
    outcome = filters.ChoiceFilter(choices=Decision.Outcome.choices)
    decided_since = filters.IsoDateTimeFilter("decided_at", "gte")

    class Meta:
        model = Decision
        fields = []


class DecisionViewSet(viewsets.ReadOnlyModelViewSet):
    """What was decided about a room after a visit; who decided stays in the office."""

    queryset = Decision.objects.none()
    serializer_class = DecisionSerializer
    filterset_class = DecisionFilter
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self):
        return (
            visible_decisions(self.request.user)
            .select_related("room__house", "submission", "certificate")
            .defer("submission__document", "submission__merged", "certificate__words")
        )


class KeySerializer(serializers.Serializer):
    id = serializers.CharField()
    public = serializers.CharField(help_text="Ed25519, 32 bytes in base64.")
    revoked = serializers.BooleanField()


@extend_schema(responses=KeySerializer(many=True))
@api_view(["GET"])
@authentication_classes([])
@permission_classes([AllowAny])
def certificate_keys(request):
    """The keys that the signed form on a certificate's sheet can be checked with."""
    return Response(keys.published())
