from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from certificates import rules
from certificates.actions.issue import issue, refuse_to_issue
from certificates.models import (
    Decision,
    chain_of,
    newer_results,
    unsettled_under,
    waiting_results,
)
from certificates.permissions import bar_to_deciding
from core import clock
from core.errors import Refused
from core.models import record
from core.templatetags.shown import day
from inspections.models import RoomResult, Settlement, Submission, Visit
from registry.models import Room

Outcome = Decision.Outcome


@transaction.atomic
def decide(
    *, submission: Submission, room: Room, outcome: str, reasons: str = "", by: User
) -> Decision:
    """Decide about one room after a visit; a yes issues its certificate.

    The visit is locked first and then the room, so that a return, another revision and
    another decision wait for each other.
    """
    submission, room = _locked(submission, room)
    if bar := bar_to_deciding(by, submission):
        raise Refused(bar.value, str(bar.label))
    _refuse_unless_open(submission, room)
    result = RoomResult.objects.get(submission=submission, room=room)
    _check_outcome(result, outcome, reasons)
    if outcome != Outcome.REFUSE:
        refuse_to_issue(submission, room)

    decision = Decision(
        submission=submission,
        room=room,
        outcome=outcome,
        reasons=reasons.strip(),
        inspected_by=submission.visit.inspector,
        decided_by=by,
        decided_at=clock.now(),
    )
    decision.full_clean()
    decision.save()
    record(
        "room.decided",
        decision,
        under=room.house,
        by=by,
        room=room.label,
        outcome=outcome,
        rules=result.outcome,
    )
    if outcome != Outcome.REFUSE:
        issue(decision)
    return decision


def decide_as_the_rules_say(
    *, submission: Submission, by: User
) -> tuple[list[Decision], list[tuple[Room, Refused]]]:
    """Every room of a visit that is still open, at once; also what could not be decided."""
    made, refused = [], []
    waiting = waiting_results().filter(submission=submission).select_related("room")
    for result in waiting.order_by("room"):
        outcome = rules.allowed_outcomes(result.outcome)[0]
        reasons = _usual_reasons() if outcome == Outcome.REFUSE else ""
        try:
            decision = decide(
                submission=submission,
                room=result.room,
                outcome=outcome,
                reasons=reasons,
                by=by,
            )
        except Refused as refusal:
            refused.append((result.room, refusal))
        else:
            made.append(decision)
    return made, refused


def _usual_reasons() -> str:
    return _("Some things are still to be repaired: see the list of repairs.")


def _locked(submission: Submission, room: Room) -> tuple[Submission, Room]:
    visit = (
        Visit.objects.select_for_update(of=["self"], no_key=True)
        .select_related("version", "inspector", "house__landlord")
        .defer("version__document")
        .get(pk=submission.visit_id)
    )
    room = (
        Room.objects.select_for_update(of=["self"], no_key=True)
        .select_related("house__commune__parent", "house__landlord")
        .get(pk=room.pk)
    )
    submission = Submission.objects.select_related("returned").get(pk=submission.pk)
    submission.visit = visit
    return submission, room


def _refuse_unless_open(submission: Submission, room: Room) -> None:
    if room.withdrawn_at or room.house.withdrawn_at:
        raise Refused("withdrawn", _("This room is no longer let; nothing to decide."))
    if Decision.objects.filter(submission=submission, room=room).exists():
        raise Refused("decided", _("This room is decided already."))
    if hasattr(submission, "returned"):
        raise Refused("returned", _("Wait for the inspector: the visit was sent back."))
    if not submission.accepted or _has_newer_revision(submission):
        raise Refused("newer_revision", _("Open the visit again: a newer one came in."))
    _refuse_unsettled(submission)
    newer = newer_results(room, submission.visited_at, submission.pk).first()
    if newer:
        raise Refused(
            "newer_visit",
            _("Decide on the newer visit: the room was seen again on %(day)s.")
            % {"day": day(newer.submission.visited_at)},
        )
    if not submission.room_results.filter(room=room).exists():
        raise Refused("not_seen", _("This room was not seen in this visit."))


def _refuse_unsettled(submission: Submission) -> None:
    """Also of the visits that this one builds on."""
    if unsettled_under(submission).exists():
        raise Refused(
            "unsettled", _("Compare first: there are two records of this visit.")
        )
    earlier = chain_of(submission.visit)[1:]
    settled_later = Settlement.objects.filter(
        submission__visit__in=earlier, at__gt=submission.received_at
    )
    if settled_later.exists():
        raise Refused(
            "rests_on_older",
            _(
                "Send the visit back: the record of the one before it was settled since."
            ),
        )


def _has_newer_revision(submission: Submission) -> bool:
    return submission.visit.submissions.filter(
        accepted=True, revision__gt=submission.revision
    ).exists()


def _check_outcome(result: RoomResult, outcome: str, reasons: str) -> None:
    allowed = rules.allowed_outcomes(result.outcome)
    if outcome not in allowed:
        raise Refused(
            "too_lenient",
            _("Choose what the rules allow: you may be stricter, not more lenient."),
        )
    if outcome != allowed[0] and not reasons.strip():
        raise ValidationError(
            {"reasons": _("Write why you decide more strictly than the rules.")}
        )
