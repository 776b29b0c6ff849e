from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core import clock, codes
from core.models import paired
from reference.models import AdministrativeUnit
from registry.models.landlords import Landlord
from registry.models.likeness import same_address, same_place, truth


class HouseQuerySet(models.QuerySet):
    def registered(self):
        return self.filter(registered_at__isnull=False, withdrawn_at=None)

    def drafts(self):
        return self.filter(registered_at=None, withdrawn_at=None)

    def current(self):
        """Drafts and registered houses: what is not withdrawn."""
        return self.filter(withdrawn_at=None)

    def of(self, user):
        return self.filter(landlord__user=user)

    def likely_duplicates(self, house, *, landlord=None):
        """Other houses that may be this one, each with why, in one query.

        `house` need not be saved. The same telephone number counts only on another
        landlord's house in the commune: who owns two houses has one number.
        """
        landlord = landlord or house.landlord
        same_phone = Q(landlord__phone=landlord.phone) & ~Q(landlord=landlord)
        return (
            self.current()
            .exclude(pk=house.pk)
            .filter(commune=house.commune_id)
            .annotate(
                same_address=same_address(house),
                same_place=same_place(house),
                same_phone=truth(same_phone),
            )
            .filter(Q(same_address=True) | Q(same_place=True) | Q(same_phone=True))
            .select_related("commune")
            .order_by("-same_address", "-same_place", "-pk")
        )


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
        "address_key",
        "landmark",
        "search_text",
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
        verbose_name=_("commune or ward"),
        related_name="houses",
    )
    hamlet = models.CharField(
        _("hamlet or residential group"), max_length=80, blank=True
    )
    street = models.CharField(_("street"), max_length=80, blank=True)
    # House number and alleys as said here: "số 5, ngách 12/3, ngõ 12".
    address = models.CharField(_("house number, alley"), max_length=80)
    # The same for all spellings of one address (rules.address_key); kept by the acts.
    address_key = models.CharField(max_length=100, blank=True, editable=False)
    landmark = models.CharField(_("landmark"), max_length=120, blank=True)
    # All the words somebody may look for it by, old names of the commune included; folded.
    # A trigger writes it.
    search_text = models.TextField(editable=False, default="")
    latitude = models.DecimalField(
        max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        max_digits=9, decimal_places=6, null=True, blank=True
    )
    # A draft may lack the next five; a registered house may not (see the constraint).
    kind = models.CharField(_("kind of house"), max_length=20, choices=Kind, blank=True)
    floors = models.PositiveSmallIntegerField(_("floors"), default=1)
    gate = models.CharField(_("gate at night"), max_length=20, choices=Gate, blank=True)
    gate_closes = models.TimeField(_("the gate closes at"), null=True, blank=True)
    gate_opens = models.TimeField(_("the gate opens at"), null=True, blank=True)
    parking = models.CharField(_("parking"), max_length=10, choices=Parking, blank=True)
    water = models.CharField(_("water"), max_length=10, choices=Water, blank=True)
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
                condition=Q(
                    gate__in=["", "always_open"], gate_closes=None, gate_opens=None
                )
                | (
                    ~Q(gate__in=["", "always_open"])
                    & Q(gate_closes__isnull=False, gate_opens__isnull=False)
                ),
                violation_error_message=_("Say when the gate closes and opens."),
            ),
            models.CheckConstraint(
                name="registry_house_registered_is_whole",
                condition=Q(registered_at=None)
                | ~(Q(kind="") | Q(gate="") | Q(parking="") | Q(water="")),
                violation_error_message=_(
                    "Say the kind of house, the gate, the parking and the water first."
                ),
            ),
            models.CheckConstraint(
                name="registry_house_withdrawn_because",
                condition=Q(withdrawn_at__isnull=False) | Q(withdrawn_because=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["commune", "address_key"], name="registry_house_address"
            ),
            GinIndex(
                OpClass(F("search_text"), name="gin_trgm_ops"),
                name="registry_house_search",
            ),
            GistIndex(
                Func(F("latitude"), F("longitude"), function="registry_place"),
                name="registry_house_place",
            ),
        ]

    def __str__(self):
        return self.name or capfirst(self.street_address)

    @property
    def street_address(self):
        """The address without the commune, as it is said: number, street, hamlet."""
        return ", ".join(filter(None, (self.address, self.street, self.hamlet)))

    @property
    def is_draft(self):
        return self.registered_at is None and self.withdrawn_at is None

    @property
    def is_registered(self):
        return self.registered_at is not None and self.withdrawn_at is None

    @property
    def is_described(self):
        """What registering asks for beside the address and a room."""
        return all((self.kind, self.gate, self.parking, self.water))

    @property
    def shown_number(self):
        return codes.shown(self.number)


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
