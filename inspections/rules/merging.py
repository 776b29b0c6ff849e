"""A re-visit asks only what is open; what else was seen still stands."""

from collections.abc import Iterable

from .answers import REPAIRED
from .values import Json


def merge(before: Json, now: Json, repaired: Iterable[Json] = ()) -> Json:
    """The visit as it stands after a re-visit that asked only what was open.

    Facts and answers of `now` override those of `before`; its time and open findings
    are the visit's. `repaired` names items (and rooms) whose repair a reviewer has
    accepted since: they pass, unless `now` has looked again.
    """
    done = [(entry["item"], entry["room"]) for entry in repaired]
    rooms = {
        room["id"]: _merge_place(room, {}, room["id"], done) for room in before["rooms"]
    }
    for room in now["rooms"]:
        earlier = rooms.get(room["id"], {})
        rooms[room["id"]] = _merge_place(earlier, room, room["id"], [])
    return now | {
        "house": _merge_place(before["house"], now["house"], None, done),
        "rooms": list(rooms.values()),
    }


def _merge_place(
    before: Json, now: Json, room: str | None, done: list[tuple[str, str | None]]
) -> Json:
    accepted = {code: REPAIRED for code, where in done if where == room}
    return {
        **before,
        **now,
        "facts": before.get("facts", {}) | now.get("facts", {}),
        "answers": before.get("answers", {}) | accepted | now.get("answers", {}),
    }
