"""What waits for a reviewer: rooms of received visits that nobody has decided yet."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from certificates.models.decisions import Decision
from inspections.models import Return, RoomResult, Submission, Visit


class Undecided(models.Model):
    """A room's result that nobody has decided: what the queue looks through.

    Two triggers keep it: a result comes in, a decision takes it out, and with it what older
    visits say of the room. So the queue costs what waits, not what was ever inspected. It
    may hold more than waits (a visit sent back, a room withdrawn), never less.
    """

    PERSONAL = set()
    NOT_PERSONAL = {"result"}

    result = models.OneToOneField(
        RoomResult, models.CASCADE, primary_key=True, related_name="undecided"
    )

    def __str__(self):
        return str(self.result_id)


def chain_of(visit: Visit) -> list[Visit]:
    """The visit, the one it follows, and so on back to the one that saw everything."""
    chain = [visit]
    while chain[-1].follow_up_of_id:
        chain.append(chain[-1].follow_up_of)
    return chain


def unsettled_under(submission: Submission) -> QuerySet[Submission]:
    """What was kept beside the record of a visit, or of one that it follows, and that
    nobody has compared with it. Until then nothing is decided.
    """
    chain = [visit.pk for visit in chain_of(submission.visit)]
    return Submission.objects.unsettled().filter(visit__in=chain)


def newer_results(room, visited_at, submission) -> QuerySet[RoomResult]:
    """What a later visit says of a room; given as values or as references to a query."""
    later = Q(submission__visited_at__gt=visited_at) | Q(
        submission__visited_at=visited_at, submission__gt=submission
    )
    return RoomResult.objects.filter(later, room=room, submission__accepted=True)


def waiting_results() -> QuerySet[RoomResult]:
    """Room by room what is open to be decided.

    A visit is decided on its newest accepted pack, unless that was sent back; a room on
    its newest visit, unless the room or its house is no longer let.
    """
    newer_revision = Submission.objects.filter(
        visit=OuterRef("submission__visit"),
        accepted=True,
        revision__gt=OuterRef("submission__revision"),
    )
    decided = Decision.objects.filter(
        submission=OuterRef("submission"), room=OuterRef("room")
    )
    newer_visit = newer_results(
        OuterRef("room"), OuterRef("submission__visited_at"), OuterRef("submission")
    )
    return RoomResult.objects.filter(
        ~Exists(decided),
        ~Exists(newer_revision),
        ~Exists(Return.objects.filter(submission=OuterRef("submission"))),
        ~Exists(newer_visit),
        undecided__isnull=False,
        submission__accepted=True,
        room__withdrawn_at=None,
        room__house__withdrawn_at=None,
    )


def waiting_submissions() -> QuerySet[Submission]:
    """The packs that hold them."""
    return Submission.objects.filter(
        Exists(waiting_results().filter(submission=OuterRef("pk")))
    )
