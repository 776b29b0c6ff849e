"""The office takes in a rescue file: each pack under its author's proof, once."""

from typing import Any, BinaryIO, NamedTuple

from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from core import codes
from core.errors import Refused
from core.models import record
from inspections import pack as packs
from inspections.actions.opening import receive_sealed
from inspections.actions.whole import came_otherwise
from inspections.models import Submission, Upload

RECEIVED, KNOWN, KEPT = "received", "known", "kept"
REFUSED, LOST = "refused", "lost"


class Taken(NamedTuple):
    """What became of one pack of the file."""

    entry: packs.Rescued
    state: str
    submission: Submission | None = None
    why: str = ""

    @property
    def receipt(self) -> str:
        return codes.shown(self.submission.receipt) if self.submission else ""


def import_rescue(
    *, file: BinaryIO, size: int, passphrase: str, by: User
) -> list[Taken]:
    """What could be read is taken in, whatever became of the rest; again is harmless.

    Raises packs.Unreadable if nothing can be read. No transaction around it: each pack has
    its own, and what is received stays received.
    """
    rescue = packs.RescueFile(file, size, passphrase)
    taken = [_take(rescue, entry, by) for entry in rescue.entries]
    counts: dict[str, Any] = dict.fromkeys((RECEIVED, KNOWN, KEPT, REFUSED, LOST), 0)
    for each in taken:
        counts[each.state] += 1
    record("rescue.imported", by, by=by, size=size, **counts)
    return taken


def _take(rescue: packs.RescueFile, entry: packs.Rescued, by: User) -> Taken:
    if not rescue.is_whole(entry):
        return Taken(entry, LOST)
    author = _author(entry)
    if author is None:
        message = _("Its proof does not hold: export it again on the tablet.")
        return Taken(entry, REFUSED, why=message)
    before = Submission.objects.filter(
        uploads__visit=entry.visit, uploads__sha256=entry.upload
    ).first()
    if before:
        return Taken(entry, KNOWN if before.accepted else KEPT, before)
    return _receive(rescue, entry, author, by)


def _author(entry: packs.Rescued) -> User | None:
    found = packs.proven(entry.proof, entry.visit, entry.upload)
    author = found and User.objects.filter(pk=found.inspector).first()
    if author and found:
        author.proven_on = found.issued  # type: ignore[attr-defined]
    return author or None


def _receive(
    rescue: packs.RescueFile, entry: packs.Rescued, author: User, by: User
) -> Taken:
    upload = Upload(
        visit=entry.visit, sha256=entry.upload, size=entry.size, author=author
    )
    try:
        with rescue.open(entry) as file:
            received = receive_sealed(
                upload=upload, read=file.read, device_time=None, by=author
            )
    except Refused as refused:
        if refused.code != "different_content":
            return Taken(entry, REFUSED, why=str(refused.message))
        kept = Submission.objects.get(visit=entry.visit, sha256=refused.details["sent"])
        return _taken(entry, KEPT, kept, author, by)
    except Http404:
        message = _("No such visit or house of this inspector.")
        return Taken(entry, REFUSED, why=message)
    state = RECEIVED if received.new else KNOWN
    return _taken(entry, state, received.submission, author, by)


def _taken(
    entry: packs.Rescued, state: str, submission: Submission, author: User, by: User
) -> Taken:
    came_otherwise(
        submission=submission, sha256=entry.upload, size=entry.size, author=author
    )
    if state != KNOWN:
        record(
            "visit.rescued",
            submission.visit,
            by=by,
            under=submission.visit.house,
            revision=submission.revision,
            sha256=submission.sha256,
        )
    return Taken(entry, state, submission)
