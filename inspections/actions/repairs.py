"""What happens to a finding after the visit: repaired, looked at, no longer asked for."""

from typing import BinaryIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, images
from core.errors import Refused
from core.models import record
from inspections.models import Finding, Repair, Verification


@transaction.atomic
def claim_repair(
    *, finding: Finding, note: str = "", photo: BinaryIO | None = None, by: User
) -> Repair:
    """The landlord says what she has repaired, in words, with a picture, or both."""
    encoded = images.re_encode(photo) if photo else None
    finding = _locked_open(finding)
    if not note and not encoded:
        message = _("Add a photo, or write what was done.")
        raise Refused("nothing_shown", message)
    if finding.repairs.filter(verification=None).exists():
        message = _("Please wait: staff still look at the repair you reported.")
        raise Refused("already_claimed", message)

    repair = Repair(finding=finding, note=note, by=by)
    repair.full_clean()
    if encoded:
        name = f"{encoded.sha256[:20]}"
        repair.small.save(f"{name}.webp", ContentFile(encoded.small), save=False)
        repair.large.save(f"{name}.jpg", ContentFile(encoded.large), save=False)
    repair.save()
    record("repair.claimed", repair, by=by, under=finding.house, **finding.place)
    return repair


@transaction.atomic
def verify_repair(
    *, repair: Repair, result: str, note: str = "", by: User
) -> Verification:
    """Staff look at what the landlord shows: repaired, or what is still missing.

    A critical or urgent finding is found repaired only by a new visit; see
    docs/explanation/findings.md.
    """
    finding = _locked_open(repair.finding)
    if result == Verification.Result.FIXED and finding.needs_visit:
        message = _("Plan a visit: a picture is not enough for a finding this grave.")
        raise Refused("needs_visit", message)
    if Verification.objects.filter(repair=repair).exists():
        raise Refused("already_verified", _("A colleague has looked at it already."))

    verification = Verification(
        finding=finding, repair=repair, result=result, note=note, by=by
    )
    verification.full_clean()
    verification.save()
    if result == Verification.Result.FIXED:
        _close(finding, Finding.Closed.FIXED, by)
    record(
        "repair.verified",
        verification,
        by=by,
        under=finding.house,
        result=result,
        note=note,
        **finding.place,
    )
    return verification


@transaction.atomic
def waive(*, finding: Finding, because: str, by: User) -> Finding:
    """Ask for it no longer, and say why. Never what is critical or urgent."""
    finding = _locked_open(finding)
    if not because.strip():
        raise Refused("no_reason", _("Write why this is no longer asked for."))
    if finding.needs_visit:
        message = _("Plan a visit: a finding this grave cannot be waived.")
        raise Refused("needs_visit", message)

    _close(finding, Finding.Closed.WAIVED, by, because)
    record(
        "finding.waived",
        finding,
        by=by,
        under=finding.house,
        because=because,
        **finding.place,
    )
    return finding


def _close(finding: Finding, how: str, by: User, because: str = "") -> None:
    finding.closed_at = clock.now()
    finding.closed_by = by
    finding.closed_how = how
    finding.closed_because = because
    finding.full_clean()
    finding.save()


def _locked_open(finding: Finding) -> Finding:
    finding = (
        Finding.objects.select_for_update(of=("self",))
        .select_related("house", "room")
        .get(pk=finding.pk)
    )
    if finding.closed_at:
        raise Refused("closed", _("This is settled already."))
    return finding
