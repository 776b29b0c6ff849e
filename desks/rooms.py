"""What a room is worth to a worker now: its certificate, or what it waits for."""

from certificates.models import Certificate, Decision, Status, waiting_results

CERTIFIED = (Status.VALID, Status.CONDITIONAL)


def tell_worth(rooms):
    """Gives each room `paper` (its newest certificate, whatever that is worth),
    `certified`, `waits` (for a decision) and `refusal`; three queries for all of them.
    """
    papers, waiting, decisions = _papers(rooms), _waiting(rooms), _decisions(rooms)
    for room in rooms:
        room.paper = papers.get(room.pk)
        room.certified = room.paper is not None and room.paper.status in CERTIFIED
        room.waits = room.pk in waiting
        room.refusal = _refusal(room, decisions.get(room.pk))


def _papers(rooms):
    newest = (
        Certificate.objects.with_status()
        .filter(room__in=rooms)
        .defer("words", "signed")
        .order_by("room", "-pk")
        .distinct("room")
    )
    return {paper.room_id: paper for paper in newest}


def _waiting(rooms):
    return set(waiting_results().filter(room__in=rooms).values_list("room", flat=True))


def _decisions(rooms):
    newest = (
        Decision.objects.filter(room__in=rooms).order_by("room", "-pk").distinct("room")
    )
    return {decision.room_id: decision for decision in newest}


def _refusal(room, decision):
    """Why there is no certificate yet, unless something newer is on its way."""
    if decision is None or decision.outcome != Decision.Outcome.REFUSE or room.waits:
        return None
    return decision
