"""A sealed pack arrives whole, in one request: opened while it comes, it is never stored
sealed. What was begun in parts can be ended so, and the other way round.
"""

import contextlib
import datetime as dt
import functools
import uuid

from django.http import Http404

from accounts.models import User
from core.errors import Refused
from inspections import pack as packs
from inspections.actions.opening import receive_sealed
from inspections.actions.receiving import Received, received_before
from inspections.actions.uploading import begin_upload, end, end_refused, find_upload
from inspections.models import Submission, Upload

# What says more of the line or the disk than of the visit.
PASSING = {"malformed", "damaged", "storage_full"}


def take_whole(
    *,
    visit_id: uuid.UUID,
    sha256: str,
    size: int,
    body: packs.Stream,
    device_time: dt.datetime | None,
    by: User,
) -> Received:
    """Take the visit in; again, in parallel, in parts as well, it gives the same receipt."""
    upload = Upload(visit=visit_id, sha256=sha256, size=size, author=by)
    read = functools.partial(packs.read, body)
    try:
        received = receive_sealed(
            upload=upload, read=read, device_time=device_time, by=by
        )
    except (Refused, Http404) as refused:
        before = find_upload(visit_id, sha256, by)
        if before and before.submission:  # it is here all the same
            return received_before(before.submission)
        _note(upload, refused)
        raise
    if upload.submission is None:
        came_otherwise(
            submission=received.submission, sha256=sha256, size=size, author=by
        )
    elif upload.parts.are_begun():
        with upload.parts.alone():
            upload.parts.drop()
    return received


def _note(upload: Upload, refused: Refused | Http404) -> None:
    """The office sees what is refused, as if its parts had come."""
    if isinstance(refused, Http404):
        refused = Refused("not_found", "")
    if refused.code in PASSING:
        return
    with contextlib.suppress(Refused, Http404):
        begun = begin_upload(
            visit_id=upload.visit,
            sha256=upload.sha256,
            size=upload.size,
            by=upload.author,
        )
        end_refused(begun, refused)


def came_otherwise(
    *, submission: Submission, sha256: str, size: int, author: User
) -> None:
    """The same sealed bytes were brought whole or in a rescue file: their tablet is told so
    when it asks, and sends no more of them.
    """
    new = Upload(visit=submission.visit_id, sha256=sha256, size=size, author=author)
    Upload.objects.bulk_create([new], ignore_conflicts=True)
    upload = Upload.objects.get(visit=submission.visit_id, sha256=sha256)
    with upload.parts.alone():
        end(upload, submission)
