from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock, codes
from registry.models.houses import House
from registry.rules import FeeTerms, RoomTerms


class RoomQuerySet(models.QuerySet):
    def let(self):
        """Rooms that are registered and not withdrawn, of houses likewise."""
        return self.filter(
            withdrawn_at=None,
            house__registered_at__isnull=False,
            house__withdrawn_at=None,
        )

    def current(self):
        return self.filter(withdrawn_at=None)

    def free_on(self, day):
        return self.filter(free_from__lte=day)


class Room(models.Model):
    class Electricity(models.TextChoices):
        STATE_PRICE = "state_price", _("State price, by the bill")
        PER_KWH = "per_kwh", _("A price per kWh")
        PER_PERSON = "per_person", _("A fixed sum for each person")
        PER_ROOM = "per_room", _("A fixed sum for the room")
        INCLUDED = "included", _("Included in the rent")

    class Water(models.TextChoices):
        STATE_PRICE = "state_price", _("State price, by the bill")
        PER_M3 = "per_m3", _("A price per m³")
        PER_PERSON = "per_person", _("A fixed sum for each person")
        PER_ROOM = "per_room", _("A fixed sum for the room")
        INCLUDED = "included", _("Included in the rent")

    class Toilet(models.TextChoices):
        OWN = "own", _("Own toilet")
        SHARED = "shared", _("Shared toilet")

    PERSONAL = set()
    NOT_PERSONAL = {
        "id",
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
        "withdrawn_because",
    }

    # The public code: 7 characters and a check character; the address of its page.
    code = models.CharField(_("room code"), max_length=8, unique=True)
    house = models.ForeignKey(House, models.PROTECT, related_name="rooms")
    label = models.CharField(_("room number"), max_length=20)
    floor = models.PositiveSmallIntegerField(_("floor"), default=1)
    area = models.DecimalField(_("area, m²"), max_digits=5, decimal_places=1)
    max_people = models.PositiveSmallIntegerField(_("for how many people"))
    rent = models.PositiveIntegerField(_("rent, đồng a month"))
    deposit = models.PositiveIntegerField(_("deposit, đồng"), default=0)
    electricity = models.CharField(_("electricity"), max_length=20, choices=Electricity)
    electricity_price = models.PositiveIntegerField(
        _("price of electricity, đồng"), null=True, blank=True
    )
    water = models.CharField(_("water"), max_length=20, choices=Water)
    water_price = models.PositiveIntegerField(
        _("price of water, đồng"), null=True, blank=True
    )
    toilet = models.CharField(_("toilet"), max_length=10, choices=Toilet)
    has_loft = models.BooleanField(_("has a loft"), default=False)
    # From this day on somebody can move in; empty while the room is full.
    free_from = models.DateField(_("free from"), null=True, blank=True)
    added_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(_("reason"), max_length=200, blank=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [
            models.UniqueConstraint(
                fields=["house", "label"],
                condition=Q(withdrawn_at=None),
                name="registry_room_label",
                violation_error_message=_(
                    "Choose another number: the house has a room with this one."
                ),
            ),
            models.CheckConstraint(
                name="registry_room_withdrawn_because",
                condition=Q(withdrawn_at__isnull=False) | Q(withdrawn_because=""),
            ),
            models.CheckConstraint(
                name="registry_room_floor",
                condition=Q(floor__range=(0, 50)),
                violation_error_message=_("Count the floor again: from 0 to 50."),
            ),
            models.CheckConstraint(
                name="registry_room_area",
                condition=Q(area__gt=0, area__lte=500),
                violation_error_message=_("Measure the area again: up to 500 m²."),
            ),
            models.CheckConstraint(
                name="registry_room_people",
                condition=Q(max_people__range=(1, 40)),
                violation_error_message=_("Say for how many people: from 1 to 40."),
            ),
            models.CheckConstraint(
                name="registry_room_rent",
                condition=Q(rent__range=(50_000, 100_000_000)),
                violation_error_message=_(
                    "Write the whole rent in đồng, for example 1.200.000."
                ),
            ),
            # A comparison with NULL is not false, so `isnull` has to be said as well.
            models.CheckConstraint(
                name="registry_room_electricity_price",
                condition=Q(
                    electricity__in=["state_price", "included"], electricity_price=None
                )
                | (
                    ~Q(electricity__in=["state_price", "included"])
                    & Q(electricity_price__isnull=False, electricity_price__gt=0)
                ),
                violation_error_message=_("Say the price of electricity."),
            ),
            models.CheckConstraint(
                name="registry_room_water_price",
                condition=Q(water__in=["state_price", "included"], water_price=None)
                | (
                    ~Q(water__in=["state_price", "included"])
                    & Q(water_price__isnull=False, water_price__gt=0)
                ),
                violation_error_message=_("Say the price of water."),
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def shown_code(self):
        return codes.shown(self.code)

    def is_free_on(self, day):
        return self.free_from is not None and self.free_from <= day

    def terms(self):
        """What a month here costs, as the plain values of `rules.monthly_cost`."""
        return RoomTerms(
            rent=self.rent,
            electricity=self.electricity,
            electricity_price=self.electricity_price,
            water=self.water,
            water_price=self.water_price,
            fees=tuple(
                FeeTerms(name=fee.name, amount=fee.amount, per=fee.per)
                for fee in self.house.fees.all()
            ),
        )
