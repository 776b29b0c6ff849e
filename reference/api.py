"""The facts, for everybody to read. No account, no cookie; caches may keep them an hour."""

import datetime as dt

from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets
from rest_framework.permissions import AllowAny

from core.api import Pages, WholeNumberFilter
from reference.models import (
    AdministrativeUnit,
    Gate,
    LegalReference,
    Tariff,
    TariffTier,
    Workplace,
)


class PagesInOrder(Pages):
    """Pages in the order that the query set has: by name, or the best match first."""

    def get_ordering(self, request, queryset, view):
        return queryset.query.order_by or queryset.model._meta.ordering


@method_decorator(cache_control(public=True, max_age=3600), name="dispatch")
class FactsViewSet(viewsets.ReadOnlyModelViewSet):
    authentication_classes = []
    permission_classes = [AllowAny]
    pagination_class = PagesInOrder
    lookup_value_regex = "[a-z0-9-]+"


class DatedSerializer(serializers.ModelSerializer):
    first_day = serializers.SerializerMethodField()
    last_day = serializers.SerializerMethodField()

    def get_first_day(self, thing) -> dt.date | None:
        return thing.in_force.lower

    def get_last_day(self, thing) -> dt.date | None:
        end = thing.in_force.upper
        return end and end - dt.timedelta(days=1)


class CommuneSerializer(serializers.ModelSerializer):
    province = serializers.CharField(source="parent_id")
    province_name = serializers.CharField(source="parent.name")
    was = serializers.CharField(
        read_only=True,
        allow_null=True,
        default=None,
        help_text="In a search: the former commune that answered.",
    )

    class Meta:
        model = AdministrativeUnit
        fields = [
            "code",
            "kind",
            "name",
            "name_en",
            "short_name",
            "province",
            "province_name",
            "latitude",
            "longitude",
            "pilot",
            "was",
        ]


class CommuneFilter(filters.FilterSet):
    q = filters.CharFilter(method="search", label="name, former name or district")
    province = filters.CharFilter(field_name="parent_id")

    class Meta:
        model = AdministrativeUnit
        fields = ["q", "province", "pilot"]

    def search(self, queryset, name, text):
        return queryset.search(text)


class CommuneViewSet(FactsViewSet):
    """Communes in force since 1 July 2025. Coordinates are for sorting by distance only."""

    queryset = AdministrativeUnit.objects.communes().select_related("parent")
    serializer_class = CommuneSerializer
    filterset_class = CommuneFilter
    lookup_value_regex = "[0-9]{5}"


class GateSerializer(serializers.ModelSerializer):
    class Meta:
        model = Gate
        fields = ["key", "name", "name_en", "latitude", "longitude", "certainty"]


class WorkplaceSerializer(serializers.ModelSerializer):
    gates = GateSerializer(many=True)

    class Meta:
        model = Workplace
        fields = ["key", "name", "name_en", "commune", "gates"]


class WorkplaceFilter(filters.FilterSet):
    q = filters.CharFilter(method="search", label="name in any spelling")
    commune = filters.CharFilter(field_name="commune_id")

    class Meta:
        model = Workplace
        fields = ["q", "commune"]

    def search(self, queryset, name, text):
        return queryset.search(text)


class WorkplaceViewSet(FactsViewSet):
    """Industrial zones and their gates; `certainty` says how far to trust a place."""

    queryset = Workplace.objects.prefetch_related("gates")
    serializer_class = WorkplaceSerializer
    filterset_class = WorkplaceFilter


class BothLanguagesSerializer(serializers.Serializer):
    vi = serializers.CharField()
    en = serializers.CharField()


class LegalReferenceSerializer(DatedSerializer):
    citation = BothLanguagesSerializer(source="citations")
    title = BothLanguagesSerializer()
    summary = BothLanguagesSerializer()

    class Meta:
        model = LegalReference
        fields = [
            "key",
            "act",
            "number",
            "year",
            "article",
            "clause",
            "annex",
            "amended_by",
            "citation",
            "title",
            "summary",
            "first_day",
            "last_day",
            "confirmed_on",
            "confidence",
            "source",
            "replaces",
        ]


class DatedFilter(filters.FilterSet):
    on = filters.DateFilter(method="in_force_on", label="in force on this day")

    def in_force_on(self, queryset, name, day):
        return queryset.in_force_on(day)


class LegalReferenceFilter(DatedFilter):
    year = WholeNumberFilter()

    class Meta:
        model = LegalReference
        fields = ["act", "year", "on"]


class LegalReferenceViewSet(FactsViewSet):
    """What the law says, in our words; only what was read, nothing from memory."""

    queryset = LegalReference.objects.sure()
    serializer_class = LegalReferenceSerializer
    filterset_class = LegalReferenceFilter


class TariffTierSerializer(serializers.ModelSerializer):
    class Meta:
        model = TariffTier
        fields = ["number", "above", "up_to", "price"]


class TariffSerializer(DatedSerializer):
    tiers = TariffTierSerializer(many=True)

    class Meta:
        model = Tariff
        fields = [
            "key",
            "kind",
            "place",
            "first_day",
            "last_day",
            "reference",
            "vat_percent",
            "vat_until",
            "environment_fee_percent",
            "people_per_household",
            "flat_tier",
            "tenant_reference",
            "tiers",
        ]


class TariffFilter(DatedFilter):
    place = filters.CharFilter(field_name="place_id")

    class Meta:
        model = Tariff
        fields = ["kind", "place", "on"]


class TariffViewSet(FactsViewSet):
    """Prices of electricity and water in đồng before VAT, by period."""

    queryset = Tariff.objects.prefetch_related("tiers").order_by("key")
    serializer_class = TariffSerializer
    filterset_class = TariffFilter
