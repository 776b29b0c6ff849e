from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from reference.models import AdministrativeUnit


def paired(*fields):
    """All of the fields are filled, or none of them is."""
    nothing = Q(**{f"{name}__isnull": True for name in fields})
    everything = Q(**{f"{name}__isnull": False for name in fields})
    return nothing | everything


class Landlord(models.Model):
    """Who lets rooms: a natural person or a household business."""

    class Kind(models.TextChoices):
        PERSON = "person", _("A person")
        BUSINESS = "business", _("A household business")

    PERSONAL = {"user", "full_name", "phone"}
    NOT_PERSONAL = {"id", "kind", "contact_shown", "created_at"}

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="landlord",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PERSON)
    full_name = models.CharField(_("full name"), max_length=120)
    phone = models.CharField(_("phone number"), max_length=16)
    # The number may be given to a worker who asks for it. A consent is kept with it.
    contact_shown = models.BooleanField(_("workers may see the number"), default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("landlord")
        verbose_name_plural = _("landlords")

    def __str__(self):
        return self.full_name


class HouseQuerySet(models.QuerySet):
    def registered(self):
        return self.filter(registered_at__isnull=False, withdrawn_at=None)

    def of(self, user):
        return self.filter(landlord__user=user)


class House(models.Model):
    """A boarding house: one address, one gate, common areas, rooms."""

    class Kind(models.TextChoices):
        ROW = "row", _("A row of rooms on one floor")
        FLOORS = "floors", _("A house with rooms on several floors")
        MINI_APARTMENT = "mini_apartment", _("A mini apartment building")
        COLLECTIVE = "collective", _("Collective rooms")
        FAMILY_HOME = "family_home", _("Rooms in the owner's home")

    class Gate(models.TextChoices):
        ALWAYS_OPEN = "always_open", _("Open at all hours")
        OWN_KEY = "own_key", _("Closed at night, every tenant has a key or code")
        ON_REQUEST = "on_request", _("Closed at night, somebody opens on request")
        LOCKED = "locked", _("Locked at night")

    class Parking(models.TextChoices):
        NONE = "none", _("No place")
        OPEN = "open", _("In the yard, not locked")
        LOCKED = "locked", _("A locked place")

    class Water(models.TextChoices):
        PIPED = "piped", _("Piped water")
        WELL = "well", _("A drilled well")
        BOTH = "both", _("Piped water and a well")

    PERSONAL = {"landlord"}
    NOT_PERSONAL = {
        "id",
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
        "created_at",
        "registered_at",
        "withdrawn_at",
        "withdrawn_because",
    }

    # The registration number, for people: 6 characters and a check character.
    number = models.CharField(_("registration number"), max_length=7, unique=True)
    landlord = models.ForeignKey(Landlord, models.PROTECT, related_name="houses")
    name = models.CharField(_("name of the house"), max_length=80, blank=True)
    commune = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        verbose_name=_("commune"),
        related_name="houses",
    )
    hamlet = models.CharField(
        _("hamlet or residential group"), max_length=80, blank=True
    )
    street = models.CharField(_("street"), max_length=80, blank=True)
    # House number and alleys as said here: "số 5, ngách 12/3, ngõ 12".
    address = models.CharField(_("house number, alley"), max_length=80)
    landmark = models.CharField(_("landmark"), max_length=120, blank=True)
    latitude = models.DecimalField(
        max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        max_digits=9, decimal_places=6, null=True, blank=True
    )
    kind = models.CharField(_("kind of house"), max_length=20, choices=Kind)
    floors = models.PositiveSmallIntegerField(_("floors"), default=1)
    gate = models.CharField(_("gate at night"), max_length=20, choices=Gate)
    gate_closes = models.TimeField(_("the gate closes at"), null=True, blank=True)
    gate_opens = models.TimeField(_("the gate opens at"), null=True, blank=True)
    parking = models.CharField(_("parking"), max_length=10, choices=Parking)
    water = models.CharField(_("water"), max_length=10, choices=Water)
    has_cameras = models.BooleanField(_("cameras in common areas"), default=False)
    has_children = models.BooleanField(_("children live here"), default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    registered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(_("reason"), max_length=200, blank=True)

    objects = HouseQuerySet.as_manager()

    class Meta:
        verbose_name = _("boarding house")
        verbose_name_plural = _("boarding houses")
        constraints = [
            models.CheckConstraint(
                name="registry_house_place_is_whole",
                condition=paired("latitude", "longitude"),
            ),
            models.CheckConstraint(
                name="registry_house_place_in_viet_nam",
                condition=Q(latitude=None)
                | Q(latitude__range=(8, 24), longitude__range=(102, 110)),
                violation_error_message=_(
                    "Place the house again: the point lies abroad."
                ),
            ),
            models.CheckConstraint(
                name="registry_house_floors",
                condition=Q(floors__range=(1, 50)),
                violation_error_message=_("Count the floors again: from 1 to 50."),
            ),
            models.CheckConstraint(
                name="registry_house_gate_hours",
                condition=Q(gate="always_open", gate_closes=None, gate_opens=None)
                | (
                    ~Q(gate="always_open")
                    & Q(gate_closes__isnull=False, gate_opens__isnull=False)
                ),
                violation_error_message=_("Say when the gate closes and opens."),
            ),
        ]

    def __str__(self):
        return self.name or f"{self.address}, {self.street or self.hamlet}"


class Fee(models.Model):
    """What tenants of a house pay every month beside rent, electricity and water."""

    class Per(models.TextChoices):
        ROOM = "room", _("a room")
        PERSON = "person", _("a person")
        VEHICLE = "vehicle", _("a motorbike")

    PERSONAL = set()
    NOT_PERSONAL = {"id", "house", "name", "amount", "per"}

    house = models.ForeignKey(House, models.CASCADE, related_name="fees")
    name = models.CharField(_("what for"), max_length=60)
    amount = models.PositiveIntegerField(_("đồng a month"))
    per = models.CharField(_("for each"), max_length=10, choices=Per)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["house", "name"],
                name="registry_fee_name",
                violation_error_message=_("This fee is in the list already."),
            )
        ]

    def __str__(self):
        return self.name


class RoomQuerySet(models.QuerySet):
    def let(self):
        """Rooms that are registered and not withdrawn, of houses likewise."""
        return self.filter(
            withdrawn_at=None,
            house__registered_at__isnull=False,
            house__withdrawn_at=None,
        )


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
            models.CheckConstraint(
                name="registry_room_electricity_price",
                condition=Q(
                    electricity__in=["state_price", "included"], electricity_price=None
                )
                | (
                    ~Q(electricity__in=["state_price", "included"])
                    & Q(electricity_price__gt=0)
                ),
                violation_error_message=_("Say the price of electricity."),
            ),
            models.CheckConstraint(
                name="registry_room_water_price",
                condition=Q(water__in=["state_price", "included"], water_price=None)
                | (~Q(water__in=["state_price", "included"]) & Q(water_price__gt=0)),
                violation_error_message=_("Say the price of water."),
            ),
        ]

    def __str__(self):
        return self.label


class Photo(models.Model):
    """A picture of a house or a room: re-encoded, without metadata, in three sizes."""

    PERSONAL = {"added_by"}
    NOT_PERSONAL = {
        "id",
        "house",
        "room",
        "caption",
        "sha256",
        "small",
        "medium",
        "large",
        "width",
        "height",
        "position",
        "added_at",
    }

    house = models.ForeignKey(House, models.PROTECT, related_name="photos")
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="photos"
    )
    caption = models.CharField(_("what it shows"), max_length=120, blank=True)
    sha256 = models.CharField(max_length=64)  # of the large file as stored
    small = models.FileField(upload_to="registry/", max_length=200)
    medium = models.FileField(upload_to="registry/", max_length=200)
    large = models.FileField(upload_to="registry/", max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(default=clock.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["position", "id"]

    def __str__(self):
        return self.caption or self.sha256[:8]
