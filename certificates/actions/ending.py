from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from accounts.models import User
from certificates.models import Certificate, Status, Suspension
from core import clock
from core.errors import Refused
from core.models import record

OVER = {Status.REVOKED, Status.SUPERSEDED, Status.WITHDRAWN, Status.EXPIRED}


@transaction.atomic
def suspend(*, certificate: Certificate, because: str, by: User) -> Suspension:
    """Let a certificate rest until somebody lifts it, beside what findings do."""
    certificate = _locked(certificate)
    if certificate.status in OVER:
        raise Refused("over", _("This certificate is no longer in force."))
    if _open_suspension(certificate):
        raise Refused("suspended", _("The certificate is suspended already."))
    suspension = Suspension(
        certificate=certificate,
        period=DateTimeTZRange(clock.now(), None),
        because=because.strip(),
        by=by,
    )
    suspension.full_clean()
    suspension.save()
    _record("certificate.suspended", certificate, by, because)
    return suspension


@transaction.atomic
def lift(*, certificate: Certificate, because: str, by: User) -> Suspension:
    """End a person's suspension. An open critical finding goes on suspending."""
    certificate = _locked(certificate)
    suspension = _open_suspension(certificate)
    if suspension is None:
        raise Refused("not_suspended", _("Nobody has suspended this certificate."))
    suspension.period = DateTimeTZRange(suspension.period.lower, clock.now())
    suspension.lifted_by = by
    suspension.lifted_because = because.strip()
    suspension.full_clean()
    suspension.save()
    _record("certificate.lifted", certificate, by, because)
    return suspension


@transaction.atomic
def revoke(*, certificate: Certificate, because: str, by: User) -> Certificate:
    """End a certificate for good."""
    certificate = _locked(certificate)
    if certificate.revoked_at:
        raise Refused("revoked", _("This certificate is revoked already."))
    if certificate.superseded_at:
        raise Refused("superseded", _("A newer certificate has replaced this one."))
    certificate.revoked_at = clock.now()
    certificate.revoked_by = by
    certificate.revoked_because = because.strip()
    certificate.full_clean()
    certificate.save(update_fields=["revoked_at", "revoked_by", "revoked_because"])
    _record("certificate.revoked", certificate, by, because)
    return certificate


def _locked(certificate: Certificate) -> Certificate:
    return (
        Certificate.objects.select_for_update(of=["self"], no_key=True)
        .select_related("room__house")
        .with_status()
        .get(pk=certificate.pk)
    )


def _open_suspension(certificate: Certificate) -> Suspension | None:
    return certificate.suspensions.filter(lifted_by=None).first()


def _record(kind: str, certificate: Certificate, by: User, because: str) -> None:
    record(
        kind,
        certificate,
        under=certificate.room.house,
        by=by,
        number=certificate.number,
        room=certificate.room.label,
        because=because.strip(),
    )
