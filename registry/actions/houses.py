from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import ConsentText, User
from core import clock, codes
from core.errors import Refused
from core.models import record
from reference.models import AdministrativeUnit
from registry.actions.base import change, locked
from registry.models import Fee, House, Landlord
from registry.rules import address_key, tidy

NUMBER_LENGTH = 7
_WORDS = {"name", "hamlet", "street", "address", "landmark"}
_CHANGEABLE = _WORDS | {
    "commune",
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
}


@transaction.atomic
def begin_house(
    *,
    landlord: Landlord,
    commune: AdministrativeUnit,
    address: str,
    by: User,
    **fields: Any,
) -> House:
    """Keep a draft with its address; the number is given now and stays."""
    fields = _clean(fields | {"commune": commune, "address": address})
    house = House(
        number=_free_number(),
        landlord=landlord,
        address_key=address_key(fields["address"]),
        created_at=clock.now(),
        **fields,
    )
    house.full_clean()
    house.save()
    record("house.begun", house, by=by, commune=commune.pk)
    return house


@transaction.atomic
def change_house(*, house: House, by: User, **fields: Any) -> House:
    """Describe a draft further, or correct a registered house."""
    house = locked(house)
    fields = _clean(fields)
    if "address" in fields:
        fields["address_key"] = address_key(fields["address"])
    changes = change(house, fields)
    if changes["after"]:
        record("house.changed", house, by=by, under=house, **changes)
    return house


@transaction.atomic
def register_house(*, house: House, by: User) -> House:
    """Put a draft on the register.

    It needs its first room: rooms are what is inspected and certified, and a house
    without one could be neither visited nor found, yet would be counted.
    """
    house = locked(house)
    if house.registered_at:
        raise Refused("house_registered", _("This house is registered already."))
    if not house.is_described:
        raise Refused(
            "house_not_described",
            _("Say the kind of house, the gate, the parking and the water first."),
        )
    if not house.rooms.current().exists():
        raise Refused("house_without_room", _("Add the first room of the house."))
    if not _agreed(house.landlord):
        raise Refused("terms_not_agreed", _("Agree to the terms for landlords first."))
    house.registered_at = clock.now()
    house.full_clean()
    house.save(update_fields=["registered_at"])
    record("house.registered", house, by=by, rooms=house.rooms.current().count())
    return house


@transaction.atomic
def withdraw_house(*, house: House, because: str, by: User) -> House:
    """Take a house off the register, or drop a draft. The rows stay; rooms go with it."""
    house = locked(house)
    because = tidy(because)
    if house.registered_at and not because:
        raise ValidationError({"because": _("Say in a few words why.")})
    house.withdrawn_at, house.withdrawn_because = clock.now(), because
    house.full_clean()
    house.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record("house.withdrawn", house, by=by)
    return house


@transaction.atomic
def set_fees(*, house: House, fees: Iterable[dict[str, Any]], by: User) -> list[Fee]:
    """The monthly fees of a house are these and no others; each a name, amount, per."""
    house = locked(house)
    before = _shown(house.fees.all())
    house.fees.all().delete()
    kept = []
    for fields in fees:
        fee = Fee(house=house, **fields | {"name": tidy(fields["name"])})
        fee.full_clean()
        fee.save()
        kept.append(fee)
    if _shown(kept) != before:
        record("house.fees_set", house, by=by, before=before, after=_shown(kept))
    return kept


def _shown(fees: Iterable[Fee]) -> list[str]:
    return sorted(f"{fee.name}: {fee.amount}/{fee.per}" for fee in fees)


def _clean(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - _CHANGEABLE
    if unknown:
        raise TypeError(f"Not to be changed here: {sorted(unknown)}")
    return {
        name: tidy(value) if name in _WORDS else value for name, value in fields.items()
    }


def _agreed(landlord: Landlord) -> bool:
    return (
        landlord.user is not None
        and landlord.user.consents.filter(
            text__kind=ConsentText.Kind.LANDLORD_TERMS, withdrawn_at=None
        ).exists()
    )


def _free_number() -> str:
    """Not taken yet. Should two acts draw the same one, the database refuses the second."""
    numbers = iter(lambda: codes.make(NUMBER_LENGTH), None)
    return next(n for n in numbers if not House.objects.filter(number=n).exists())
