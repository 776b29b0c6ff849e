"""Two documents of one visit: where they differ, and the one that is made of both.

`first` is the one that counted until now, `second` the one that was kept beside it.
Photos need no choice: those of both stay with the answer.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from inspections.pack.checking import NOTES_LENGTH
from inspections.rules.visits import MOST_PHOTOS

Json = dict[str, Any]
FIRST, SECOND, BOTH = "first", "second", "both"
EITHER = (FIRST, SECOND)


class Difference(NamedTuple):
    path: str  # "house.answers.FIR-01", "7KQ2M9XW.facts.sleepers", "7KQ2M9XW", "notes"
    kind: str  # answers, facts, people, room or notes
    room: str | None  # None: the house, or the visit as a whole
    code: str  # of the item or fact
    first: Any  # None: nothing was said
    second: Any
    choices: tuple[str, ...] = EITHER  # none where only the photos are other ones


def differences(first: Json, second: Json) -> list[Difference]:
    """In the order in which one reads: the house, room by room, the notes."""
    house = _of_place(None, first["house_part"], second["house_part"])
    rooms = [
        difference
        for code, one, other in _rooms(first, second)
        for difference in _of_room(code, one, other)
    ]
    return [*house, *rooms, *_of_notes(first, second)]


def _rooms(first: Json, second: Json) -> Iterator[tuple[str, Json | None, Json | None]]:
    before = {room["id"]: room for room in first["rooms"]}
    after = {room["id"]: room for room in second["rooms"]}
    for code in before | after:
        yield code, before.get(code), after.get(code)


def _of_room(
    code: str, first: Json | None, second: Json | None
) -> Iterator[Difference]:
    if first is None or second is None:
        yield Difference(code, "room", code, code, first, second)
        return
    yield from _of_place(code, first, second)
    counts = first.get("people") or None, second.get("people") or None
    if counts[0] != counts[1]:
        yield Difference(f"{code}.people", "people", code, "people", *counts)


def _of_place(room: str | None, first: Json, second: Json) -> Iterator[Difference]:
    for kind in ("facts", "answers"):
        for code in first[kind] | second[kind]:
            one, other = first[kind].get(code), second[kind].get(code)
            if one != other:
                path = f"{room or 'house'}.{kind}.{code}"
                alike = _without_photos(one) == _without_photos(other)
                choices = () if alike else EITHER
                yield Difference(path, kind, room, code, one, other, choices)


def _of_notes(first: Json, second: Json) -> Iterator[Difference]:
    one, other = first["notes"] or None, second["notes"] or None
    if one == other:
        return
    fits = one and other and len(_both(one, other)) <= NOTES_LENGTH
    choices = (*EITHER, BOTH) if fits else EITHER
    yield Difference("notes", "notes", None, "notes", one, other, choices)


def _both(one: str, other: str) -> str:
    return f"{one}\n\n{other}"


def _without_photos(answer: Any) -> Any:
    if not isinstance(answer, dict):
        return answer
    return {name: value for name, value in answer.items() if name != "photos"}


def combine(first: Json, second: Json, choices: Mapping[str, str]) -> Json:
    """The document that the choices make, one for each difference by its path.

    Nobody has signed it, so it carries no signature.
    """
    chosen = {
        found.path: _chosen(found, choices[found.path])
        for found in differences(first, second)
        if found.choices
    }
    rooms = [
        _room(code, one, other, chosen) for code, one, other in _rooms(first, second)
    ]
    known = [room for room in rooms if room]
    return first | {
        "house_part": _place(
            "house", first["house_part"], second["house_part"], chosen
        ),
        "rooms": known,
        "notes": chosen.get("notes", first["notes"]) or "",
        "signatures": [],
        "photos": _photos(first, second, {None, *(room["id"] for room in known)}),
    }


def _chosen(found: Difference, choice: str) -> Any:
    if choice == BOTH:
        return _both(found.first, found.second)
    return found.second if choice == SECOND else found.first


def _room(
    code: str, first: Json | None, second: Json | None, chosen: Json
) -> Json | None:
    if first is None or second is None:
        room: Json | None = chosen[code]
        return room
    room = _place(code, first, second, chosen)
    people = chosen.get(f"{code}.people", first.get("people"))
    return room | {"people": people} if people else _without_people(room)


def _without_people(room: Json) -> Json:
    return {name: value for name, value in room.items() if name != "people"}


def _place(path: str, first: Json, second: Json, chosen: Json) -> Json:
    place = dict(first)
    for kind in ("facts", "answers"):
        said = {
            code: chosen.get(f"{path}.{kind}.{code}", first[kind].get(code))
            for code in first[kind] | second[kind]
        }
        place[kind] = {code: value for code, value in said.items() if value is not None}
    place["answers"] = {
        code: _with_photos_of_both(
            answer, first["answers"].get(code), second["answers"].get(code)
        )
        for code, answer in place["answers"].items()
    }
    return place


def _with_photos_of_both(chosen: Json, *said: Json | None) -> Json:
    """The chosen answer's own come first, should they be too many together."""
    shas = [sha for answer in (chosen, *said) if answer for sha in _named(answer)]
    photos = list(dict.fromkeys(shas))[:MOST_PHOTOS]
    return chosen | {"photos": photos} if photos else chosen


def _named(answer: Json) -> list[str]:
    return list(answer.get("photos", []))


def _photos(first: Json, second: Json, places: set[str | None]) -> list[Json]:
    both = {photo["id"]: photo for photo in first["photos"] + second["photos"]}
    return [photo for photo in both.values() if photo["room"] in places]
