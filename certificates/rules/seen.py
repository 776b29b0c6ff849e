from typing import NamedTuple

from certificates.rules.lines import Json, Line, lines


class Tally(NamedTuple):
    """What a visit saw of one room and of its house; the commune's tasks do not count."""

    lines: list[Line]
    women_section: str

    def in_section(self, code: str) -> "Tally":
        chosen = [line for line in self.lines if line.item["section"] == code]
        return self._replace(lines=chosen)

    def count(self, *results: str) -> int:
        return sum(line.result in results for line in self.lines)

    @property
    def applying(self) -> int:
        return len(self.lines) - self.count("na")

    @property
    def seen(self) -> int:
        return self.count("pass", "fail")

    @property
    def met(self) -> int:
        return self.count("pass")

    @property
    def unseen(self) -> list[Json]:
        return [line.item for line in self.lines if line.result == "unseen"]

    @property
    def by_photo(self) -> int:
        """Repairs that were accepted on a photo and that nobody went to see."""
        return sum(
            line.result == "pass" and (line.answer or {}).get("result") == "repaired"
            for line in self.lines
        )

    @property
    def women_mark(self) -> bool:
        """Every women's safety item that applies was seen and met.

        80 % is enough for a certificate; the mark says more, so that it cannot be earned
        by points elsewhere, nor by what nobody could look at.
        """
        women = self.in_section(self.women_section)
        return women.met == women.applying > 0


def tally(checklist: Json, visit: Json, room_id: str) -> Tally:
    """The checklist and visit documents: docs/reference/checklist-format.md."""
    both = [*lines(checklist, visit, None), *lines(checklist, visit, room_id)]
    landlords = [line for line in both if not line.item["public_task"]]
    return Tally(landlords, checklist["women_section"])
