"""Two records of one visit become one: a new revision, made of both by a reviewer's choice."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, codes
from core.errors import Refused
from core.models import record
from inspections import pack as packs
from inspections import rules
from inspections.actions.arriving import checklist_of, photos_are_missing
from inspections.actions.deriving import derive, merged_with_before
from inspections.actions.receiving import RECEIPT_LENGTH
from inspections.models import Finding, Settlement, Submission, Visit
from inspections.models.submissions import rules_input

Json = dict[str, Any]


@transaction.atomic
def settle_differences(
    *,
    submission: Submission,
    other: Submission,
    choices: Mapping[str, str],
    because: str,
    by: User,
) -> Submission:
    """Make a new revision of the one that counts and the one kept beside it.

    `choices` says for each path of `differences_to_choose` first, second or both. The two
    stay as they are. Who may be the one to choose is asked by the room that decides; that
    it is not the inspector, here and in the database too.
    """
    visit = _locked(submission, by)
    other = Submission.objects.get(pk=other.pk, visit=visit)
    _refuse_unless_open(visit, submission, other)
    submission.visit = other.visit = visit
    checklist = _checklist(submission)
    _check(choices, differences_to_choose(submission, other))
    every = dict(choices) | _said_in_private(submission, other)

    settled = _made_of(visit, submission, other, every, by)
    settled.save()
    settlement = Settlement(
        submission=settled,
        first=submission,
        second=other,
        choices=dict(choices),
        because=because.strip(),
        by=by,
    )
    settlement.full_clean()
    settlement.save()
    visit.received_at = settled.received_at
    visit.save(update_fields=["received_at"])
    rooms = {room.code: room for room in visit.house.rooms.all()}
    changes = derive(settled, checklist, rooms)
    _record(settlement, changes)
    return settled


def differences_to_choose(
    first: Submission, second: Submission
) -> list[packs.Difference]:
    """What a person chooses about; what a tenant said in private is not shown to her."""
    private = _private(first, second)
    return [
        found
        for found in packs.differences(first.document, _read(first, second))
        if found.choices and not (found.kind == "answers" and found.code in private)
    ]


def _checklist(submission: Submission) -> Json:
    return checklist_of(submission.version.pk, submission.version.sha256)


def _read(first: Submission, second: Submission) -> Json:
    """The second record as the version of the first reads it."""
    checklists = _checklist(first), _checklist(second)
    return packs.comparable(first.document, second.document, *checklists).second


def _private(first: Submission, second: Submission) -> set[str]:
    return {
        item["code"]
        for submission in (first, second)
        for item in _checklist(submission)["items"]
        if item["confidential"]
    }


def _locked(submission: Submission, by: User) -> Visit:
    visit = (
        Visit.objects.select_for_update(of=("self", "house"), no_key=True)
        .select_related("house", "version")
        .defer("version__document")
        .get(pk=submission.visit_id)
    )
    if visit.inspector_id == by.pk:
        raise Refused("inspected", _("Ask a colleague: who inspected cannot choose."))
    return visit


def _refuse_unless_open(
    visit: Visit, submission: Submission, other: Submission
) -> None:
    newest = visit.submissions.accepted().select_related("returned").latest()
    if other.accepted or Settlement.objects.filter(second=other).exists():
        raise Refused("settled", _("These two records are settled already."))
    if submission != newest:
        raise Refused(
            "newer_revision", _("Compare again: a newer revision of the visit came in.")
        )
    if hasattr(newest, "returned"):
        raise Refused("returned", _("Wait for the inspector: the visit was sent back."))


def _check(choices: Mapping[str, str], found: list[packs.Difference]) -> None:
    wanted = {difference.path: difference.choices for difference in found}
    if choices.keys() != wanted.keys() or any(
        choice not in wanted[path] for path, choice in choices.items()
    ):
        raise ValidationError(_("Choose on every line."), code="choices")


def _said_in_private(first: Submission, second: Submission) -> dict[str, str]:
    """Nobody chooses: what asks for help is kept, and what was said before what was not."""
    private = _private(first, second)
    items = {item["code"]: item for item in _checklist(first)["items"]}
    return {
        found.path: _graver(items[found.code], found, first)
        for found in packs.differences(first.document, _read(first, second))
        if found.kind == "answers" and found.code in private
    }


def _graver(item: Json, found: packs.Difference, first: Submission) -> str:
    moment = rules_input(first.document, first.visited_at)["visited_at"]
    asks = rules.result_of(item, found.second, {}, moment)["result"] == "fail"
    return packs.SECOND if asks or found.first is None else packs.FIRST


def _made_of(
    visit: Visit,
    first: Submission,
    second: Submission,
    choices: Mapping[str, str],
    by: User,
) -> Submission:
    """Its times are those of the first, so that no date already told moves."""
    document = packs.combine(first.document, _read(first, second), choices)
    document["revision"] = first.revision + 1
    content = json.dumps(document, sort_keys=True, ensure_ascii=False).encode()
    settled = Submission(
        visit=visit,
        revision=document["revision"],
        document=document,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        receipt=codes.make(RECEIPT_LENGTH),
        started_at=first.started_at,
        finished_at=first.finished_at,
        clock_skew_ms=first.clock_skew_ms,
        visited_at=first.visited_at,
        flags=_flags(visit, document, first, second),
        received_at=clock.now(),
        sent_by=by,
    )
    settled.merged = _merged(settled, first)
    return settled


def _flags(
    visit: Visit, document: Json, first: Submission, second: Submission
) -> list[str]:
    of_second = [flag for flag in second.flags if flag != "other_version"]
    told = dict.fromkeys([*first.flags, *of_second])
    told.pop("photos_missing", None)
    missing = ["photos_missing"] if photos_are_missing(visit, document) else []
    return [*told, *missing]


def _merged(settled: Submission, first: Submission) -> Json | None:
    """What was repaired since the visit is not undone by comparing what was seen then."""
    now = rules_input(settled.document, settled.visited_at)
    whole = merged_with_before(settled.visit, now)
    repaired = _settled_since(_root(first))
    if not repaired:
        return whole
    nothing: Json = {"facts": {}, "answers": {}}
    unchanged = {"visited_at": now["visited_at"], "house": nothing, "rooms": []}
    return rules.merge(whole or now, unchanged, repaired)


def _root(submission: Submission) -> Submission:
    while submission.settlement_or_none:
        submission = submission.settlement_or_none.first
    return submission


def _settled_since(root: Submission) -> list[Json]:
    """What was closed since it came in, otherwise than by this visit itself."""
    closed = (
        Finding.objects.filter(
            house=root.visit.house_id, closed_at__gt=root.received_at
        )
        .exclude(closed_how=Finding.Closed.CORRECTED)
        .exclude(closed_because="not_applicable")
        .exclude(verifications__visit=root.visit_id)
    )
    return [finding.place for finding in closed.select_related("room")]


def _record(settlement: Settlement, changes: Json) -> None:
    settled = settlement.submission
    record(
        "visit.settled",
        settled.visit,
        by=settlement.by,
        under=settled.visit.house,
        revision=settled.revision,
        first=settlement.first.sha256,
        second=settlement.second.sha256,
        choices=settlement.choices,
        because=settlement.because,
        **changes,
    )
