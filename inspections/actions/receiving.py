"""A pack arrives: bytes to the disk, then one transaction, then the receipt.

The order is what makes it safe. The file is durable before the rows are; a crash between
the two leaves a file that nobody refers to, and the tablet, which has no receipt, sends
again.
"""

import datetime as dt
import uuid
from typing import Any, NamedTuple

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, codes, jobs
from core.errors import Refused
from core.models import record
from inspections import pack as packs
from inspections.actions.arriving import Arrival, checklist_of, look
from inspections.actions.deriving import derive, merged_with_before
from inspections.actions.taking_in import DEVELOP, take_in_first
from inspections.actions.timing import time
from inspections.models import EvidencePhoto, Submission, Upload, Visit
from inspections.models.submissions import rules_input
from inspections.permissions import can_send

RECEIPT_LENGTH = 10


class Received(NamedTuple):
    submission: Submission
    new: bool


def receive_pack(
    *,
    visit_id: uuid.UUID,
    pack: packs.Pack,
    device_time: dt.datetime | None,
    by: User,
    upload: Upload | None = None,
) -> Received:
    """Take a pack in; the same pack again changes nothing and gets the same receipt.

    `upload` is the sealed pack that it came as.
    """
    arrival = look(visit_id, pack.document, device_time, by)
    with packs.keep(pack) as kept:
        if not arrival.untouched and (earlier := _same(visit_id, kept.sha256)):
            return received_before(earlier)
        name = kept.put(
            f"{packs.FOLDER}/{clock.today():%Y-%m}/{visit_id}-{kept.sha256}"
        )
        received = _store(arrival, pack, kept, name, upload)
    return received if received.new else received_before(received.submission)


def _same(visit_id: uuid.UUID, sha256: str) -> Submission | None:
    return Submission.objects.filter(visit=visit_id, sha256=sha256).first()


def received_before(submission: Submission) -> Received:
    """A pack that is known already; one that differed from its twin stays refused."""
    if submission.accepted:
        return Received(submission, new=False)
    twin = Submission.objects.accepted().get(
        visit=submission.visit_id, revision=submission.revision
    )
    raise Refused(
        "different_content",
        _(
            "Your record is kept. Another one of this visit came before; "
            "the reviewer compares both."
        ),
        **_proof_that_kept(submission),
        received=twin.sha256,
        sent=submission.sha256,
    )


def _proof_that_kept(submission: Submission) -> dict[str, Any]:
    """What a tablet may rely on, as on a receipt: these bytes are here."""
    return {
        "registry": "safe-rooms",
        "visit": str(submission.visit_id),
        "revision": submission.revision,
        "kept": True,
        "received_at": clock.iso(submission.received_at),
        "confirmed": [photo["sha256"] for photo in submission.document["photos"]],
    }


def _store(
    arrival: Arrival,
    pack: packs.Pack,
    kept: packs.Kept,
    name: str,
    upload: Upload | None,
) -> Received:
    if arrival.untouched:
        submission = _submission(arrival, arrival.visit, pack, kept, name)
        if take_in_first(submission, arrival, pack, kept, upload):
            return Received(submission, new=True)
    return _store_with_care(arrival, pack, kept, name)


@transaction.atomic
def _store_with_care(
    arrival: Arrival, pack: packs.Pack, kept: packs.Kept, name: str
) -> Received:
    """Whatever was there before: other revisions, findings, a twin with other bytes."""
    visit = _locked(arrival)
    submissions = visit.submissions.select_related("returned")
    earlier = {s.sha256: s for s in submissions.defer("document", "merged")}
    if kept.sha256 in earlier:
        return Received(earlier[kept.sha256], new=False)

    submission = _submission(arrival, visit, pack, kept, name)
    accepted = {s.revision: s for s in earlier.values() if s.accepted}
    if submission.revision in accepted:
        return Received(_keep_for_a_human(submission, arrival, kept), new=False)
    _refuse_too_early(submission, accepted)
    return Received(_take_in(submission, arrival, kept), new=True)


def _locked(arrival: Arrival) -> Visit:
    """The visit, held, and its house with it: findings belong to the house."""
    if arrival.visit._state.adding:
        arrival.visit.version = arrival.version
        Visit.objects.bulk_create([arrival.visit], ignore_conflicts=True)
    visit = (
        Visit.objects.select_for_update(of=("self", "house"), no_key=True)
        .select_related("house")
        .get(pk=arrival.visit.pk)
    )
    if not can_send(arrival.by, visit):  # somebody else made the same id meanwhile
        raise Http404
    return visit


def _submission(
    arrival: Arrival, visit: Visit, pack: packs.Pack, kept: packs.Kept, name: str
) -> Submission:
    document, now = pack.document, clock.now()
    return Submission(
        visit=visit,
        revision=document["revision"],
        document=document,
        sha256=kept.sha256,
        size=pack.size,
        file=name,
        receipt=codes.make(RECEIPT_LENGTH),
        started_at=time(document["started_at"]),
        finished_at=time(document["finished_at"]),
        clock_skew_ms=_milliseconds(arrival.device.ahead),
        visited_at=_visited_at(arrival, now),
        flags=arrival.flags,
        received_at=now,
        sent_by=arrival.by,
    )


def _milliseconds(length: dt.timedelta | None) -> int:
    return (length or dt.timedelta()) // dt.timedelta(milliseconds=1)


def _visited_at(arrival: Arrival, now: dt.datetime) -> dt.datetime:
    """By the server's clock; a visit is made after it is planned and before it is sent."""
    told = arrival.device.finished_at
    if arrival.visit.planned_by_id:
        told = max(told, arrival.visit.created_at)
    return min(told, now)


def _keep_for_a_human(
    submission: Submission, arrival: Arrival, kept: packs.Kept
) -> Submission:
    """Without effect, but with its photos: the reviewer sees both and chooses."""
    submission.accepted = False
    submission.receipt = ""
    submission.save()
    _keep_photos(submission, arrival, kept)
    record(
        "visit.differs",
        submission.visit,
        by=submission.sent_by,
        under=submission.visit.house,
        revision=submission.revision,
        sha256=submission.sha256,
    )
    return submission


def _refuse_too_early(submission: Submission, accepted: dict[int, Submission]) -> None:
    if submission.revision == 1:
        return
    before = accepted.get(submission.revision - 1)
    if before is None or not hasattr(before, "returned"):
        message = _("Wait until a reviewer has sent the visit back.")
        raise Refused("not_returned", message)


def _take_in(submission: Submission, arrival: Arrival, kept: packs.Kept) -> Submission:
    visit = submission.visit
    now = rules_input(submission.document, submission.visited_at)
    submission.merged = merged_with_before(visit, now)
    submission.save()
    visit.received_at = submission.received_at
    visit.version = arrival.version
    visit.save(update_fields=["received_at", "version"])
    _keep_photos(submission, arrival, kept)
    checklist = checklist_of(arrival.version.pk, arrival.version.sha256)
    changes = derive(submission, checklist, arrival.rooms)
    record(
        "visit.received",
        visit,
        by=submission.sent_by,
        under=visit.house,
        revision=submission.revision,
        sha256=submission.sha256,
        receipt=submission.receipt,
        photos=len(kept.offsets),
        flags=submission.flags,
        **changes,
    )
    return submission


def _keep_photos(submission: Submission, arrival: Arrival, kept: packs.Kept) -> None:
    if not kept.offsets:
        return
    EvidencePhoto.objects.bulk_create(
        EvidencePhoto(
            submission=submission,
            key=photo["id"],
            room=arrival.rooms.get(photo["room"]),
            item=photo["item"],
            sha256=photo["sha256"],
            offset=offset,
            size=photo["size"],
        )
        for photo, offset in zip(
            submission.document["photos"], kept.offsets, strict=True
        )
    )
    jobs.defer(DEVELOP, submission=submission.pk)
