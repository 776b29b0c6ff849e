"""A visit as a tablet sends it: answers with their photos, framed as one pack."""

import datetime as dt
import hashlib
import io
import json
from collections.abc import Iterable
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from core import clock
from demo import answers, pictures
from inspections.pack import Pack, open_pack

Json = dict[str, Any]
Place = tuple[str, str | None]  # item, code of the room or None for the house

WIDTH = 480
TAKES = dt.timedelta(hours=1, minutes=20)
# One photo may show several things, as a photo does.
SCENES = {
    "STR-03": "stairs",
    "STR-04": "railing",
    "FIR-01": "corridor",
    "FIR-02": "ladder",
    "FIR-03": "window",
    "FIR-04": "parking",
    "FIR-05": "alarm",
    "FIR-06": "extinguisher",
    "FIR-08": "rules",
    "ELE-01": "sockets",
    "ELE-02": "breaker",
    "ELE-03": "heater",
    "ELE-05": "gas",
    "WSH-01": "tank",
    "WSH-04": "toilet",
    "SPC-04": "window",
    "SEC-01": "door-lock",
    "SEC-03": "gate",
    "WOM-01": "toilet",
    "WOM-02": "toilet",
    "WOM-05": "corridor-night",
    "WOM-08": "poster",
    "EMG-01": "poster",
    "CHI-01": "railing",
}
BAD_SCENES = {
    "FIR-01": "corridor-blocked",
    "FIR-03": "window-caged",
    "FIR-06": "extinguisher-missing",
    "FIR-07": "stairs",
    "FIR-08": "corridor",
    "ELE-01": "sockets-burnt",
    "ELE-04": "sockets",
    "WSH-05": "toilet",
    "WSH-07": "toilet",
    "SPC-05": "mould",
    "SEC-03": "gate-locked",
    "WOM-02": "toilet-gap",
    "WOM-05": "corridor-dark",
    "WOM-06": "corridor-dark",
    "WOM-08": "toilet",
}
REPAIRED_SCENES = {
    "FIR-07": "extinguisher",
    "ELE-04": "sockets",
    "WSH-05": "washing",
    "WSH-07": "toilet",
    "SPC-05": "room-bed",
    "SPC-06": "room-bunk",
    "SEC-05": "room-family",
    "TEN-05": "receipt",
    "TEN-07": "prices",
}


class Looks(NamedTuple):
    """What is drawn for "the house" and "the room", and in which colours."""

    house: str
    room: str
    palette: int


class Paper:
    """The document and the photos of one visit, while it is being filled in."""

    def __init__(self, visit: Any, looks: Looks, random: Random) -> None:
        self.visit = visit
        self.looks = looks
        self.random = random
        self.house = {"facts": {}, "answers": {}}
        self.rooms: list[Json] = []
        self.photos: list[Json] = []
        self.bytes: list[bytes] = []

    def fill_house(
        self, rooms: int, failing: set[str], unseen: set[str] = frozenset()
    ) -> None:
        house = self.visit.house
        self.house["facts"] = answers.house_facts(house, rooms)
        known = answers.known_numbers(house) | answers.known_choices(house)
        items = answers.asked(self._checklist, self.house["facts"], in_room=False)
        self._answer(self.house, None, items, failing, known)
        self._leave_open(self.house, unseen - failing)

    def fill_room(
        self, room: Any, failing: set[str], unseen: set[str] = frozenset()
    ) -> None:
        facts = answers.room_facts(room, self.random)
        place = self._room(room) | {"facts": facts, "people": self._people(facts)}
        everything = self.house["facts"] | facts
        items = answers.asked(self._checklist, everything, in_room=True)
        known = answers.known_numbers(room)
        self._answer(place, room.code, items, failing, known)
        self._leave_open(place, unseen - failing)
        self.rooms.append(place)

    def look_again(
        self, places: Iterable[tuple[str, Any]], failing: set[Place]
    ) -> None:
        """A follow-up: only the items named, each with its room or None for the house."""
        by_code = self.visit.version.items
        rooms: dict[str, Json] = {}
        for code, room in places:
            place = self.house
            if room:
                place = rooms.setdefault(room.code, self._room(room))
            known = answers.known_numbers(room or self.visit.house)
            known |= {} if room else answers.known_choices(self.visit.house)
            label = room and room.code
            fails = {code} if (code, label) in failing else set()
            self._answer(place, label, [by_code[code]], fails, known)
        self.rooms = list(rooms.values())

    def pack(self, *, notes: str, revision: int = 1) -> Pack:
        text = json.dumps(self._document(notes, revision), ensure_ascii=False).encode()
        body = len(text).to_bytes(4, "big") + text + b"".join(self.bytes)
        return open_pack(io.BytesIO(body), len(body))

    @property
    def _checklist(self) -> Json:
        return self.visit.version.document

    def _leave_open(self, place: Json, unseen: set[str]) -> None:
        for code in unseen:
            place["answers"][code] = answers.unseen(code)

    def _room(self, room: Any) -> Json:
        return {"id": room.code, "facts": {}, "answers": {}}

    def _people(self, facts: Json) -> Json:
        women = self.random.randint(0, facts["sleepers"])
        children = self.random.choice((0, 0, 0, 1)) if women else 0
        return {
            "women": women,
            "men": facts["sleepers"] - women,
            "children": children,
        }

    def _answer(
        self, place: Json, room: str | None, items: list, failing: set, known: Json
    ) -> None:
        taken: dict[str, str] = {}
        for item in items:
            fails = item["code"] in failing
            found = answers.answer(item, fails=fails, known=known, day=clock.today())
            if item["photo"] == "always" or (fails and item["photo"] == "on_fail"):
                scene = self._scene(item["code"], room, fails)
                if scene not in taken:
                    taken[scene] = self._take(scene, item["code"], room)
                found["photos"] = [taken[scene]]
            place["answers"][item["code"]] = found

    def _scene(self, item: str, room: str | None, fails: bool) -> str:
        usual = self.looks.room if room else self.looks.house
        scene = SCENES.get(item, usual)
        return BAD_SCENES.get(item, scene) if fails else scene

    def _take(self, scene: str, item: str, room: str | None) -> str:
        palette = self.looks.palette % 2 if scene.startswith(("room", "house")) else 0
        content = pictures.photo(scene, palette, width=WIDTH)
        sha256 = hashlib.sha256(content).hexdigest()
        taken_at = clock.now() - self.random.random() * TAKES
        self.photos.append(
            {
                "id": str(UUID(int=self.random.getrandbits(128), version=4)),
                "sha256": sha256,
                "size": len(content),
                "item": item,
                "room": room,
                "taken_at": clock.iso(taken_at),
            }
        )
        self.bytes.append(content)
        return sha256

    def _document(self, notes: str, revision: int) -> Json:
        visit, now = self.visit, clock.now()
        return {
            "pack": 1,
            "visit": str(visit.pk),
            "revision": revision,
            "house": visit.house.number,
            "checklist": visit.version.checklist,
            "version": visit.version.number,
            "follow_up_of": visit.follow_up_of_id and str(visit.follow_up_of_id),
            "planned_for": visit.planned_for.isoformat(),
            "started_at": clock.iso(now - TAKES),
            "finished_at": clock.iso(now),
            "house_part": self.house,
            "rooms": self.rooms,
            "notes": notes,
            "signatures": [
                {"role": role, "strokes": [self._stroke()]}
                for role in ("inspector", "landlord")
            ],
            "photos": self.photos,
        }

    def _stroke(self) -> list[list[int]]:
        """Waves, as of a hand that signs."""
        return [
            [800 + step * 280, self.random.randint(3500, 6500)] for step in range(30)
        ]
