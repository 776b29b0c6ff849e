"""What the acts of the registry share: locking the house, and before and after."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core.errors import Refused
from registry.models import House, Room


def locked(house: House) -> House:
    """The house as it is now, held until the act is over. Refused once withdrawn."""
    house = (
        House.objects.select_for_update(of=("self",))
        .select_related("landlord", "commune")
        .get(pk=house.pk)
    )
    if house.withdrawn_at:
        raise Refused(
            "house_withdrawn", _("This house is withdrawn from the registry.")
        )
    return house


def locked_room(room: Room) -> Room:
    """The room as it is now, its house held until the act is over."""
    house = locked(House(pk=room.house_id))
    room = Room.objects.get(pk=room.pk)
    if room.withdrawn_at:
        raise Refused("room_withdrawn", _("This room is withdrawn from the registry."))
    room.house = house
    return room


def change(row: House | Room, fields: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Keep the new values; what differed before and after, for the audit line.

    Only fields of no person may pass here: the audit line shows them in clear.
    """
    personal = set(fields) - row.NOT_PERSONAL
    if personal:
        raise TypeError(f"Not for the audit line: {sorted(personal)}")
    before = {name: _plain(getattr(row, name)) for name in fields}
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean()
    after = {name: _plain(getattr(row, name)) for name in fields}
    changed = [name for name in fields if before[name] != after[name]]
    if changed:
        row.save(update_fields=changed)
    return {
        "before": {name: before[name] for name in changed},
        "after": {name: after[name] for name in changed},
    }


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value
