"""Two records of one visit side by side: what they do not agree about, as a person reads it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from inspections import pack as packs
from inspections import rules
from inspections.models import EvidencePhoto, Submission
from inspections.sheet import Sheet, room_words

Json = dict[str, Any]


class Side(NamedTuple):
    """What one of the two says on a line."""

    words: str = ""
    result: str = ""  # what the rules make of an answer
    severity: str | None = None
    note: str = ""
    photos: list[EvidencePhoto] | None = None
    lost: int = 0


class Row(NamedTuple):
    path: str
    label: str
    code: str  # of an item
    critical: bool
    first: Side | None  # None: this record says nothing
    second: Side | None
    choices: tuple[str, ...]  # none where there is nothing to choose: `why`
    why: str = ""


class ComparedPlace(NamedTuple):
    title: str
    key: str
    rows: list[Row]


def compared(first: Submission, second: Submission) -> list[ComparedPlace]:
    """By place; what a tenant said in private is not there."""
    return list(_Comparison(first, second).places())


def dangers_of(submission: Submission) -> list[str]:
    """What it says endangers somebody, in words; it may have had no effect yet."""
    checklist = submission.version.document
    language = (get_language() or "vi")[:2]
    items = {item["code"]: item for item in checklist["items"]}
    return [
        items[finding["item"]]["label"][language]
        for finding in rules.findings(checklist, submission.as_visit)
        if finding["critical"] and not finding["public_task"]
    ]


class _Comparison:
    def __init__(self, first: Submission, second: Submission) -> None:
        self.sheets = Sheet(first), Sheet(second)
        checklists = first.version.document, second.version.document
        self.items = [_by_code(checklist["items"]) for checklist in checklists]
        self.facts = [_by_code(checklist["facts"]) for checklist in checklists]
        self.language = self.sheets[0].language
        read, apart = packs.comparable(first.document, second.document, *checklists)
        self.found = [*packs.differences(first.document, read), *apart]
        self.apart = {found.path for found in apart}
        self.labels = dict(first.visit.house.rooms.values_list("code", "label"))

    def places(self) -> Iterator[ComparedPlace]:
        rows: dict[str, list[Row]] = {}
        for found in self.found:
            if row := self._row(found):
                rows.setdefault(_place_of(found), []).append(row)
        for key, lines in rows.items():
            yield ComparedPlace(self._title(key), key, lines)

    def _title(self, key: str) -> str:
        if key in self.labels:
            return room_words(self.labels[key])
        return _("Notes") if key == "notes" else _("House and management")

    def _row(self, found: packs.Difference) -> Row | None:
        asked = [items[found.code] for items in self.items if found.code in items]
        item = asked[0] if found.kind == "answers" else None
        if item and any(each["confidential"] for each in asked):
            return None
        first, second = (
            None if said is None else self._side(number, found, said)
            for number, said in enumerate((found.first, found.second))
        )
        return Row(
            path=found.path,
            label=self._label(found),
            code=found.code if item else "",
            critical=bool(item and item["critical"] is True),
            first=first,
            second=second,
            choices=found.choices,
            why=self._why(found),
        )

    def _why(self, found: packs.Difference) -> str:
        if found.choices:
            return ""
        if found.path not in self.apart:
            return _("Only the photos are other ones; those of both are kept.")
        known = self.items if found.kind == "answers" else self.facts
        if found.code not in known[1]:
            return _("Only the first record's version of the checklist asks this.")
        if found.code not in known[0]:
            return _(
                "Only the second record's version of the checklist asks this: it stays "
                "there. If it matters, have the house visited again."
            )
        return _(
            "The two versions of the checklist ask this in different ways: the first "
            "record counts. If it matters, have the house visited again."
        )

    def _label(self, found: packs.Difference) -> str:
        known = {"answers": self.items, "facts": self.facts}.get(found.kind)
        if known is not None:
            asked = known[0].get(found.code) or known[1][found.code]
            text: str = asked["label"][self.language]
            return text
        return {
            "people": _("Who sleeps here"),
            "room": _("The whole room"),
            "notes": _("Notes at the end"),
        }[found.kind]

    def _side(self, number: int, found: packs.Difference, said: Any) -> Side:
        sheet = self.sheets[number]
        if found.kind == "answers":
            return _answered(sheet, self.items[number][found.code], found.room, said)
        if found.kind == "facts":
            return Side(words=sheet.fact(self.facts[number][found.code], said))
        if found.kind == "people":
            return Side(words=_people(said))
        if found.kind == "room":
            return self._seen(number, found.code, said)
        return Side(note=said)

    def _seen(self, number: int, room: str, said: Json) -> Side:
        """A room that only one record has: how much was seen, and what is not met."""
        sheet, items = self.sheets[number], self.items[number]
        lines = [
            sheet.line(items[code], room, answer)
            for code, answer in said["answers"].items()
            if not items[code]["confidential"]
        ]
        text = ngettext("Seen: %(count)d answer", "Seen: %(count)d answers", len(lines))
        failing = [line.label for line in lines if line.result == "fail"]
        note = "\n".join([_("Not yet met:"), *failing]) if failing else ""
        return Side(words=text % {"count": len(lines)}, note=note)


def _by_code(asked: list[Json]) -> dict[str, Json]:
    return {each["code"]: each for each in asked}


def _place_of(found: packs.Difference) -> str:
    return found.room or ("notes" if found.kind == "notes" else "house")


def _answered(sheet: Sheet, item: Json, room: str | None, answer: Json) -> Side:
    line = sheet.line(item, room, answer)
    return Side(
        line.answer, line.result, line.severity, line.note, line.photos, line.lost
    )


def _people(counts: Json) -> str:
    told = {name: counts.get(name, "?") for name in ("women", "men", "children")}
    return _("%(women)s women, %(men)s men, %(children)s children") % told
