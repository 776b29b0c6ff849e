"""A sealed pack arrives in parts: docs/reference/pack.md, "Sending sealed".

The parts lie on the disk, outside any transaction. Once all are here the sealed file is
opened as a stream into the same act that takes a whole pack in, which makes one plain file,
one fdatasync, one transaction. Killed anywhere, the same request again completes it.
"""

import datetime as dt
import uuid

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import Refused
from core.models import record
from inspections import pack as packs
from inspections.actions.arriving import look
from inspections.actions.opening import cannot_open, receive_sealed
from inspections.actions.receiving import Received, received_before
from inspections.models import Submission, Upload, Visit
from inspections.permissions import can_use_tablet

MOST_UNFINISHED = 200  # of one author
FORGOTTEN = dt.timedelta(days=30)
ORPHANED = dt.timedelta(hours=24)


def begin_upload(*, visit_id: uuid.UUID, sha256: str, size: int, by: User) -> Upload:
    """The upload these bytes belong to; it begins with its first part."""
    upload = find_upload(visit_id, sha256, by)
    if upload is None:
        _refuse_stranger(visit_id, by)
        new = Upload(visit=visit_id, sha256=sha256, size=size, author=by)
        Upload.objects.bulk_create([new], ignore_conflicts=True)
        upload = find_upload(visit_id, sha256, by)
        if upload is None:  # somebody else's
            raise Http404
    if upload.size != size:
        message = _("Send as it was begun: its length has changed.")
        raise Refused("other_size", message, size=upload.size)
    upload.author = by
    return upload


def find_upload(visit_id: uuid.UUID, sha256: str, author: User) -> Upload | None:
    return Upload.objects.of(author).filter(visit=visit_id, sha256=sha256).first()


def _refuse_stranger(visit_id: uuid.UUID, by: User) -> None:
    owner = Visit.objects.filter(pk=visit_id).values_list("inspector", flat=True)
    mine = by.pk in owner
    if owner and not mine:
        raise Http404
    if not (mine or can_use_tablet(by) or hasattr(by, "proven_on")):
        raise Http404
    if Upload.objects.of(by).incomplete().count() >= MOST_UNFINISHED:
        message = _("Finish what is on its way first.")
        raise Refused("too_many_uploads", message, status=429, limit=MOST_UNFINISHED)


def take_part(upload: Upload, at: int, content: bytes) -> packs.Here:
    """What is here afterwards. As soon as the document is here it is judged, so that
    photos do not travel in vain.
    """
    upload.parts.write(at, content)
    here = upload.parts.here()
    if upload.bounds is None:
        _judge(upload, here)
    return here


def _judge(upload: Upload, here: packs.Here) -> None:
    try:
        pack = _head(upload, here)
        if pack is None:
            return
        arrival = look(upload.visit, pack.document, None, upload.author)
    except Refused as refused:
        note(upload, refused.code)
        raise
    except Http404:
        note(upload, "not_found")
        raise
    upload.house = arrival.visit.house
    upload.bounds = packs.bounds_of(pack)
    upload.refused = ""
    upload.save(update_fields=["house", "bounds", "refused"])


def _head(upload: Upload, here: packs.Here) -> packs.Pack | None:
    try:
        return upload.parts.head(upload.size, here)
    except packs.CannotOpen as error:
        raise cannot_open() from error


def note(upload: Upload, code: str) -> None:
    if upload.refused != code:
        upload.refused = code
        upload.save(update_fields=["refused"])


def complete_upload(
    *, visit_id: uuid.UUID, sha256: str, device_time: dt.datetime | None, by: User
) -> Received:
    """Take in what came in parts; again and in parallel, it gives the same receipt."""
    upload = find_upload(visit_id, sha256, by)
    if upload is None:
        raise _incomplete(None)
    if upload.submission is None or upload.parts.are_begun():
        with upload.parts.alone():
            upload.refresh_from_db()
            if upload.submission is None:
                return _complete(upload, device_time, by)
            upload.parts.drop()  # an end before this one was killed
    return received_before(upload.submission)


def _complete(upload: Upload, device_time: dt.datetime | None, by: User) -> Received:
    if missing := upload.parts.here().missing(upload.size):
        raise _incomplete(missing)
    try:
        with upload.parts.open() as file:
            received = receive_sealed(
                upload=upload, read=file.read, device_time=device_time, by=by
            )
    except Refused as refused:
        end_refused(upload, refused)
        raise
    except Http404:
        note(upload, "not_found")
        raise
    end(upload, received.submission)
    return received


def end(upload: Upload, submission: Submission) -> None:
    """First the row, then the bytes: cut between the two, the sweep finds the bytes."""
    if upload.submission_id != submission.pk:
        upload.submission = submission
        upload.refused = ""
        upload.save(update_fields=["submission", "refused"])
    upload.parts.drop()


def end_refused(upload: Upload, refused: Refused) -> None:
    if refused.code == "different_content":  # it was kept, for a person
        kept = Submission.objects.get(
            visit=upload.visit, sha256=refused.details["sent"]
        )
        end(upload, kept)
        return
    if refused.code == "damaged":
        upload.parts.drop()
    note(upload, refused.code)


def sweep_uploads(*, older_than: dt.timedelta = FORGOTTEN) -> list[Upload]:
    """Forget what nobody has continued for a month; then bytes that no upload owns."""
    limit = clock.now() - older_than
    old = Upload.objects.incomplete().filter(begun_at__lt=limit)
    swept = [upload for upload in old if upload.last_part_at < limit]
    for upload in swept:
        with upload.parts.alone():
            _forget(upload)
            upload.parts.drop()
    _sweep_orphans()
    return swept


@transaction.atomic
def _forget(upload: Upload) -> None:
    """The tablet, if it ever comes back, sends all again; that it did not is written."""
    record(
        "upload.forgotten",
        upload,
        by=None,
        under=upload.house or upload,
        visit=str(upload.visit),
        sha256=upload.sha256,
        percent=upload.percent,
    )
    Upload.objects.filter(pk=upload.pk, submission=None).delete()


def _sweep_orphans() -> None:
    for parts, visit, sha256 in packs.parts_left_behind(ORPHANED):
        upload = Upload.objects.filter(visit=visit, sha256=sha256)
        if not upload.incomplete().exists():
            with parts.alone():
                parts.drop()


def _incomplete(missing: list[tuple[int, int]] | None) -> Refused:
    message = _("Send the rest: parts of this visit are missing.")
    return Refused("incomplete", message, missing=missing)
