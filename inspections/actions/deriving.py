"""What follows from a submission by the rules: results of rooms, findings.

Findings belong to the house. The new ones are opened, those that fail again stay open and
keep their dates, those that pass now are closed by this visit. A newer revision of the
same visit corrects what the older one said.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from inspections import rules
from inspections.models import (
    Finding,
    RoomResult,
    Submission,
    Verification,
    Visit,
)
from registry.models import Room

Json = dict[str, Any]
Place = tuple[str, str | None]  # item, code of the room or None for the house


def merged_with_before(visit: Visit, now: Json) -> Json | None:
    """Of a follow-up the whole visit: what was said before and still stands, and now."""
    before = submission_before(visit)
    if before is None:
        return None
    return rules.merge(before.as_visit, now, settled_since(before))


def submission_before(visit: Visit) -> Submission | None:
    if visit.follow_up_of_id is None:
        return None
    return Submission.objects.newest().filter(visit=visit.follow_up_of_id).first()


def settled_since(before: Submission) -> list[Json]:
    """What staff found repaired on a picture, or no longer asks for, since then."""
    closed = Finding.objects.settled_on_paper().filter(
        house=before.visit.house_id, closed_at__gte=before.received_at
    )
    return [finding.place for finding in closed.select_related("room")]


def derive(submission: Submission, checklist: Json, rooms: dict[str, Room]) -> Json:
    """Write results and findings; what was opened and closed, for the audit line."""
    derivation = _Derivation(submission, checklist, rooms)
    derivation.write_results()
    derivation.write_findings()
    return {"opened": derivation.opened, "closed": derivation.closed}


class _Derivation:
    def __init__(
        self, submission: Submission, checklist: Json, rooms: dict[str, Room]
    ) -> None:
        self.submission = submission
        self.visit = submission.visit
        self.items = {item["code"]: item for item in checklist["items"]}
        self.rooms = rooms
        self.whole = submission.as_visit
        self.answers = _answers(submission.document)
        self.earlier = list(self._earlier())
        known = [f.as_open for f in self.earlier if self._counts(f)]
        self.result = rules.evaluate(checklist, self.whole | {"open_findings": known})
        self.failing = self._failing(checklist)
        self.opened: list[Json] = []
        self.closed: list[Json] = []

    def _earlier(self) -> Any:
        """Open findings, and those that an earlier revision of this visit closed."""
        by_this_visit = Q(
            closed_how=Finding.Closed.FIXED, verifications__visit=self.visit
        )
        return (
            Finding.objects.filter(Q(closed_at=None) | by_this_visit)
            .filter(house=self.visit.house_id)
            .select_related("room")
            .distinct()
        )

    def _counts(self, finding: Finding) -> bool:
        """What this visit itself said in an earlier revision counts only if said again."""
        return finding.visit_id != self.visit.pk or _place(finding) in self.answers

    def _failing(self, checklist: Json) -> dict[Place, Json]:
        """What fails and was looked at now. An old answer is no news in a follow-up: its
        finding is open already, or somebody has closed it since.
        """
        failing = {(f["item"], f["room"]): f for f in self.result["findings"]}
        before = submission_before(self.visit)
        if before is None:
            return failing
        old = rules.findings(checklist, before.as_visit)
        stale = {(f["item"], f["room"]) for f in old} - self.answers.keys()
        return {place: f for place, f in failing.items() if place not in stale}

    def write_results(self) -> None:
        RoomResult.objects.bulk_create(
            RoomResult(submission=self.submission, room=self.rooms[code], **columns)
            for code, columns in results_of(self.result, self.submission.document)
        )

    def write_findings(self) -> None:
        changed = []
        for finding in self.earlier:
            found = self.failing.pop(_place(finding), None)
            if found:
                self._see_again(finding, found)
                changed.append(finding)
            elif self._settle(finding):
                changed.append(finding)
        if changed:
            Finding.objects.bulk_update(changed, _CHANGING)
        self._open_new()

    def _see_again(self, finding: Finding, found: Json) -> None:
        for name, value in told_of(found).items():
            setattr(finding, name, value)
        finding.last_seen_at = self.submission.received_at
        finding.closed_at = finding.closed_by = None
        finding.closed_how = finding.closed_because = ""

    def _settle(self, finding: Finding) -> bool:
        """Close what is no longer so, reopen what an earlier revision closed too early."""
        result = self._result(finding)
        if finding.closed_at:
            if result == "pass":
                return False
            self._see_again(finding, finding.as_open)
        elif finding.visit_id == self.visit.pk:
            self._close(finding, Finding.Closed.CORRECTED)
        elif result == "pass":
            self._close(finding, Finding.Closed.FIXED)
            self._verify(finding)
        elif result == "na":
            self._close(finding, Finding.Closed.WAIVED, "not_applicable")
        else:
            return False
        return True

    def _result(self, finding: Finding) -> str:
        place = _place(finding)
        if place not in self.answers or finding.item not in self.items:
            return "missing"
        facts = self.whole["house"]["facts"]
        for room in self.whole["rooms"]:
            if room["id"] == place[1]:
                facts = facts | room["facts"]
        verdict = rules.result_of(
            self.items[finding.item],
            self.answers[place],
            facts,
            self.whole["visited_at"],
        )
        return verdict["result"]

    def _close(self, finding: Finding, how: str, because: str = "") -> None:
        finding.closed_at = self.submission.received_at
        finding.closed_by = self.submission.sent_by
        finding.closed_how = how
        finding.closed_because = because
        self.closed.append(finding.place | {"how": str(how)})

    def _verify(self, finding: Finding) -> None:
        Verification.objects.create(
            finding=finding,
            visit=self.visit,
            result=Verification.Result.FIXED,
            at=self.submission.received_at,
            by=self.submission.sent_by,
        )

    def _open_new(self) -> None:
        if not self.failing:
            return
        Finding.objects.bulk_create(
            Finding(
                visit=self.visit,
                submission=self.submission,
                house=self.visit.house,
                room=self.rooms[room] if room else None,
                item=item,
                opened_at=self.submission.received_at,
                last_seen_at=self.submission.received_at,
                **told_of(found),
            )
            for (item, room), found in self.failing.items()
        )
        self.opened = opened_of(self.failing.values())


_CHANGING = [
    "severity",
    "critical",
    "public_task",
    "due",
    "due_at",
    "last_seen_at",
    "closed_at",
    "closed_by",
    "closed_how",
    "closed_because",
]


def results_of(result: Json, document: Json) -> Iterator[tuple[str, Json]]:
    """Each room's code and the columns of its result."""
    people = {room["id"]: room.get("people", {}) for room in document["rooms"]}
    for code, judged in result["rooms"].items():
        heads = people.get(code, {})
        yield (
            code,
            {
                "outcome": judged["outcome"],
                **{name: score["percent"] for name, score in judged["scores"].items()},
                "blocking": judged["blocking"],
                "women_count": heads.get("women"),
                "men_count": heads.get("men"),
                "children_count": heads.get("children"),
            },
        )


def opened_of(findings: Iterable[Json]) -> list[Json]:
    """New findings, as the audit line names them."""
    names = ("item", "room", "severity")
    return [{name: found[name] for name in names} for found in findings]


def told_of(found: Json) -> Json:
    """A finding's columns, as the rules tell them."""
    names = ("severity", "critical", "public_task", "due")
    told = {name: found[name] for name in names if name in found}
    return told | {"due_at": dt.datetime.fromisoformat(found["due"][0]["at"])}


def _place(finding: Finding) -> Place:
    return finding.item, finding.room.code if finding.room else None


def _answers(document: Json) -> dict[Place, Json]:
    """Every answer of a pack by its place."""
    house = document["house_part"]["answers"]
    return {(item, None): answer for item, answer in house.items()} | {
        (item, room["id"]): answer
        for room in document["rooms"]
        for item, answer in room["answers"].items()
    }
