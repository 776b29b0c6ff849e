from typing import Any, NamedTuple

from inspections import rules

Json = dict[str, Any]


class Tally(NamedTuple):
    """What a visit saw of one room and of its house, item by item.

    `items` holds (item, result) with result pass, fail, unseen or na. What a tenant said
    in private is not among them, nor what is the commune's to do.
    """

    items: list[tuple[Json, str]]
    by_photo: int  # repairs that were accepted on a photo and that nobody went to see
    women_section: str

    def in_section(self, code: str) -> "Tally":
        chosen = [
            (item, result) for item, result in self.items if item["section"] == code
        ]
        return self._replace(items=chosen)

    @property
    def applying(self) -> int:
        return len(self.items) - self.count("na")

    @property
    def seen(self) -> int:
        return self.count("pass", "fail")

    @property
    def met(self) -> int:
        return self.count("pass")

    @property
    def unseen(self) -> list[Json]:
        return [item for item, result in self.items if result == "unseen"]

    @property
    def women_mark(self) -> bool:
        """Every women's safety item that applies was seen and met.

        80 % is enough for a certificate; the mark says more, so that it cannot be earned
        by points elsewhere, nor by what nobody could look at.
        """
        women = self.in_section(self.women_section)
        return women.met == women.applying > 0

    def count(self, *results: str) -> int:
        return sum(result in results for _item, result in self.items)


def tally(checklist: Json, visit: Json, room_id: str) -> Tally:
    """Of a visit that is complete for the room: docs/reference/checklist-format.md."""
    house = visit["house"]
    room = next(room for room in visit["rooms"] if room["id"] == room_id)
    everything = house["facts"] | room["facts"]
    items, by_photo = [], 0
    for item in checklist["items"]:
        if item["confidential"] or item["public_task"]:
            continue
        place, facts = (
            (room, everything) if item["scope"] == "room" else (house, house["facts"])
        )
        answer = place["answers"].get(item["code"])
        verdict = rules.result_of(item, answer, facts, visit["visited_at"])
        items.append((item, verdict["result"]))
        by_photo += verdict["result"] == "pass" and answer.get("result") == "repaired"
    return Tally(items, by_photo, checklist["women_section"])
