import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, codes
from core.models import record
from registry.actions.base import change, locked, locked_room
from registry.models import House, Room
from registry.rules import floor_of, parse_run, tidy

CODE_LENGTH = 8
_CHANGEABLE = {
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
}


@transaction.atomic
def add_room(*, house: House, label: str, by: User, **fields: Any) -> Room:
    """Add one room to a draft or a registered house."""
    house = locked(house)
    room = _new_room(house, tidy(label), fields)
    room.full_clean()
    room.save()
    record("room.added", room, under=house, by=by, label=room.label)
    return room


@transaction.atomic
def add_rooms(*, house: House, run: str, by: User, **fields: Any) -> list[Room]:
    """Add a run of rooms that are alike, all of them or none.

    ValidationError under "run" for a run that is none or meets a room that is there.
    """
    house = locked(house)
    labels = _free_labels(house, run)
    rooms = [_new_room(house, label, fields) for label in labels]
    # They differ in label and floor only, so one stands for all; the database still
    # checks every row.
    rooms[0].full_clean()
    rooms = Room.objects.bulk_create(rooms)
    added = [room.code for room in rooms]
    record("rooms.added", house, by=by, labels=labels, codes=added)
    return rooms


@transaction.atomic
def change_room(*, room: Room, by: User, **fields: Any) -> Room:
    """Correct what is said of a room."""
    return _changed("room.changed", room, fields, by)


@transaction.atomic
def change_rent(*, room: Room, rent: int, by: User) -> Room:
    """A new rent from today; what it was stays in the history."""
    return _changed("room.rent_changed", room, {"rent": rent}, by)


@transaction.atomic
def set_vacancy(*, room: Room, free_from: dt.date | None, by: User) -> Room:
    """Say from which day somebody can move in; None: the room is full."""
    return _changed("room.vacancy_set", room, {"free_from": free_from}, by)


@transaction.atomic
def withdraw_room(*, room: Room, because: str, by: User) -> Room:
    """Take a room off the register. The row stays, and its number becomes free."""
    room = locked_room(room)
    because = tidy(because)
    if room.house.registered_at and not because:
        raise ValidationError({"because": _("Say in a few words why.")})
    room.withdrawn_at, room.withdrawn_because = clock.now(), because
    room.full_clean()
    room.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record("room.withdrawn", room, under=room.house, by=by)
    return room


def _changed(kind: str, room: Room, fields: dict[str, Any], by: User) -> Room:
    _refuse_unknown(fields)
    room = locked_room(room)
    if "label" in fields:
        fields["label"] = tidy(fields["label"])
    changes = change(room, fields)
    if changes["after"]:
        record(kind, room, under=room.house, by=by, **changes)
    return room


def _new_room(house: House, label: str, fields: dict[str, Any]) -> Room:
    _refuse_unknown(fields)
    fields = {"floor": floor_of(label, house.floors)} | fields
    return Room(
        house=house,
        code=_free_code(),
        label=label,
        added_at=clock.now(),
        **fields,
    )


def _refuse_unknown(fields: dict[str, Any]) -> None:
    unknown = set(fields) - _CHANGEABLE
    if unknown:
        raise TypeError(f"Not to be changed here: {sorted(unknown)}")


def _free_labels(house: House, run: str) -> list[str]:
    try:
        labels = parse_run(run)
    except ValidationError as error:
        raise ValidationError({"run": error}) from None
    taken = house.rooms.current().filter(label__in=labels)
    if there := ", ".join(taken.order_by("label").values_list("label", flat=True)):
        words = _("Leave out %(labels)s: the house has rooms with these numbers.")
        raise ValidationError(
            {"run": ValidationError(words, "run_taken", {"labels": there})}
        )
    return labels


def _free_code() -> str:
    """Not taken yet. Should two acts draw the same one, the database refuses the second."""
    drawn = iter(lambda: codes.make(CODE_LENGTH), None)
    return next(code for code in drawn if not Room.objects.filter(code=code).exists())
