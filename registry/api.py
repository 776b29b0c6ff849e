"""Houses and rooms, for their landlord and for the staff of their communes. Read only."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets
from rest_framework.permissions import IsAuthenticated

from core import images
from core.api import WholeNumberFilter
from registry.models import Fee, House, Photo, Room
from registry.permissions import (
    can_read_registry,
    houses_visible_to,
    rooms_visible_to,
)


class ReadsRegistry(IsAuthenticated):
    def has_permission(self, request, view):
        return super().has_permission(request, view) and can_read_registry(request.user)


class PhotoSerializer(serializers.ModelSerializer):
    addresses = serializers.SerializerMethodField()

    class Meta:
        model = Photo
        fields = ["id", "caption", "width", "height", "addresses"]

    def get_addresses(self, photo) -> dict[str, str]:
        return {
            size: reverse("photo", args=[photo.pk, photo.address_key, size])
            for size in images.SIZES
        }


class FeeSerializer(serializers.ModelSerializer):
    class Meta:
        model = Fee
        fields = ["name", "amount", "per"]


class HouseSerializer(serializers.ModelSerializer):
    commune = serializers.CharField(source="commune_id")
    fees = FeeSerializer(many=True)
    photos = PhotoSerializer(many=True, source="own_photos")

    class Meta:
        model = House
        fields = [
            "number",
            "name",
            "commune",
            "hamlet",
            "street",
            "address",
            "landmark",
            "latitude",
            "longitude",
            "kind",
            "floors",
            "gate",
            "gate_closes",
            "gate_opens",
            "parking",
            "water",
            "has_cameras",
            "has_children",
            "registered_at",
            "withdrawn_at",
            "fees",
            "photos",
        ]


class HouseFilter(filters.FilterSet):
    commune = filters.CharFilter(field_name="commune_id")
    registered = filters.BooleanFilter(method="on_register", label="on the register")

    class Meta:
        model = House
        fields = ["commune", "kind", "gate", "parking", "water", "registered"]

    def on_register(self, queryset, name, wanted):
        registered = House.objects.registered().values("pk")
        return (
            queryset.filter(pk__in=registered)
            if wanted
            else queryset.exclude(pk__in=registered)
        )


@method_decorator(never_cache, name="dispatch")
class HouseViewSet(viewsets.ReadOnlyModelViewSet):
    """A landlord's own houses, or the houses of the communes where one has a role."""

    queryset = House.objects.none()
    permission_classes = [ReadsRegistry]
    serializer_class = HouseSerializer
    filterset_class = HouseFilter
    lookup_field = "number"
    lookup_value_regex = "[0-9A-Z]{7}"

    def get_queryset(self):
        own = Prefetch("photos", Photo.objects.filter(room=None), "own_photos")
        return houses_visible_to(self.request.user).prefetch_related("fees", own)


class RoomSerializer(serializers.ModelSerializer):
    house = serializers.CharField(source="house.number")
    photos = PhotoSerializer(many=True)

    class Meta:
        model = Room
        fields = [
            "code",
            "house",
            "label",
            "floor",
            "area",
            "max_people",
            "rent",
            "deposit",
            "electricity",
            "electricity_price",
            "water",
            "water_price",
            "toilet",
            "has_loft",
            "free_from",
            "added_at",
            "withdrawn_at",
            "photos",
        ]


class RoomFilter(filters.FilterSet):
    house = filters.CharFilter(field_name="house__number")
    commune = filters.CharFilter(field_name="house__commune_id")
    max_rent = WholeNumberFilter(field_name="rent", lookup_expr="lte")
    people = WholeNumberFilter(field_name="max_people", lookup_expr="gte")
    free_on = filters.DateFilter(field_name="free_from", lookup_expr="lte")
    withdrawn = filters.BooleanFilter(
        field_name="withdrawn_at", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Room
        fields = [
            "house",
            "commune",
            "toilet",
            "max_rent",
            "people",
            "free_on",
            "withdrawn",
        ]


@method_decorator(never_cache, name="dispatch")
class RoomViewSet(viewsets.ReadOnlyModelViewSet):
    """The rooms of the houses that one may see."""

    queryset = Room.objects.none()
    permission_classes = [ReadsRegistry]
    serializer_class = RoomSerializer
    filterset_class = RoomFilter
    lookup_field = "code"
    lookup_value_regex = "[0-9A-Z]{8}"

    def get_queryset(self):
        return (
            rooms_visible_to(self.request.user)
            .select_related("house")
            .prefetch_related("photos")
        )
