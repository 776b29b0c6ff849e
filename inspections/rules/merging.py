"""A re-visit asks only what is open; what else was seen still stands."""

from collections.abc import Sequence

from .answers import REPAIRED
from .values import Json


def merge(before: Json, now: Json, repaired: Sequence[Json] = ()) -> Json:
    """The visit as it stands after a re-visit that asked only what was open.

    Facts and answers of `now` override those of `before`; its time and open findings
    are the visit's. `repaired` names items (and rooms) whose repair a reviewer has
    accepted since: they pass, unless `now` has looked again.
    """
    rooms = {
        room["id"]: _repair(room, room["id"], repaired) for room in before["rooms"]
    }
    for room in now["rooms"]:
        earlier = rooms.get(room["id"], {"facts": {}, "answers": {}})
        rooms[room["id"]] = _overlay(earlier, room)
    house = _repair(before["house"], None, repaired)
    return now | {
        "house": _overlay(house, now["house"]),
        "rooms": list(rooms.values()),
    }


def _repair(place: Json, room: str | None, repaired: Sequence[Json]) -> Json:
    accepted = {entry["item"]: REPAIRED for entry in repaired if entry["room"] == room}
    return place | {"answers": place["answers"] | accepted}


def _overlay(before: Json, now: Json) -> Json:
    return {
        **before,
        **now,
        "facts": before["facts"] | now["facts"],
        "answers": before["answers"] | now["answers"],
    }
