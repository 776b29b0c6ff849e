import datetime as dt
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates import keys, rules
from certificates.actions.words import Paper, words_of
from certificates.models import Certificate, Decision, NumberSeries, chain_of
from certificates.rules.signed import Claims
from core import clock, codes, jobs
from core.errors import Refused
from core.models import record
from inspections.actions import checklist_of
from inspections.models import EvidencePhoto, Finding, Submission
from reference.models import AdministrativeUnit
from registry.models import Room


def refuse_to_issue(submission: Submission, room: Room) -> None:
    """What stands against any certificate now, whatever the rules said of the visit."""
    danger = Finding.objects.open().filter(
        Q(room=None) | Q(room=room), house=room.house, critical=True, public_task=False
    )
    if danger.exists():
        raise Refused(
            "danger_open",
            _(
                "Wait for the repair: a critical finding is open on the room or the house."
            ),
        )
    photos = EvidencePhoto.objects.brought_by(submission)
    photos = photos.filter(Q(room=None) | Q(room=room))
    if photos.filter(processed_at=None).exists():
        raise Refused(
            "photos_waiting", _("Try again in a minute: the photos are being prepared.")
        )
    broken = photos.exclude(problem="").count()
    if broken or "photos_missing" in submission.flags:
        raise Refused("evidence_incomplete", _evidence_words(broken))


def _evidence_words(broken: int) -> str:
    if not broken:
        return _("Send the visit back: photos that it names never came.")
    return ngettext(
        "Send the visit back: %(count)d photo cannot be opened.",
        "Send the visit back: %(count)d photos cannot be opened.",
        broken,
    ) % {"count": broken}


def issue(decision: Decision) -> Certificate:
    """The certificate of a yes. It replaces the room's certificate, if there is one."""
    paper = _paper(decision)
    certificate = Certificate(
        pk=_next_key(),
        number=paper.number,
        code=paper.code,
        room=paper.room,
        decision=decision,
        conditional=paper.conditional,
        women_mark=paper.tally.women_mark,
        period=DateRange(paper.period[0], paper.period[1] + dt.timedelta(days=1)),
        words=words_of(paper),
        signed=_signed(paper),
        issued_at=decision.decided_at,
        issued_by=decision.decided_by,
    )
    replaced = _supersede(paper.room, certificate)
    certificate.full_clean()
    certificate.save(force_insert=True)
    _record(certificate, replaced)
    jobs.defer("certificates.print", certificate=certificate.pk)
    return certificate


def _paper(decision: Decision) -> Paper:
    submission, room = decision.submission, decision.room
    version = submission.visit.version
    checklist = checklist_of(version.pk, version.sha256)
    conditional = decision.outcome == Decision.Outcome.CONDITIONAL
    days_seen = _days_seen(submission)
    period = _period(days_seen, conditional, checklist)
    return Paper(
        room=room,
        number=_number(room.house.commune, period[0].year),
        code=_code(),
        period=period,
        conditional=conditional,
        days_seen=days_seen,
        tally=rules.tally(checklist, submission.as_visit, room.code),
        checklist=checklist,
    )


def _signed(paper: Paper) -> str:
    return keys.sign(
        Claims(
            paper.code,
            paper.room.house.number,
            paper.room.label,
            *paper.period,
            conditional=paper.conditional,
            women_mark=paper.tally.women_mark,
        )
    )


def _days_seen(submission: Submission) -> list[dt.date]:
    """The days of all visits that the result rests on, the first one first."""
    earlier = chain_of(submission.visit)[1:]
    packs = [visit.submissions.accepted().latest() for visit in reversed(earlier)]
    return [timezone.localdate(pack.visited_at) for pack in [*packs, submission]]


def _period(
    days_seen: list[dt.date], conditional: bool, checklist: dict[str, Any]
) -> tuple[dt.date, dt.date]:
    period = rules.period(
        decided_on=clock.today(),
        first_seen_on=min(days_seen),
        last_seen_on=max(days_seen),
        conditional=conditional,
        months=checklist["certificate_months"],
        conditional_days=checklist["conditional_days"],
    )
    if period is None:
        raise Refused(
            "seen_too_long_ago", _("Plan a new visit: the last one is too long ago.")
        )
    return period


def _number(commune: AdministrativeUnit, year: int) -> str:
    """The next number of the commune and year. No gaps: a decision undone gives it back."""
    locked = NumberSeries.objects.select_for_update()
    series, _is_new = locked.get_or_create(commune=commune, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return rules.number(commune.pk, year, series.last)


def _code() -> str:
    code = codes.make(8)
    while Certificate.objects.filter(code=code).exists():
        code = codes.make(8)
    return code


def _next_key() -> int:
    """The key that the new row will have: the old one names it before it is there.

    Only one certificate of a room may be in force, at no moment two.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('certificates_certificate', 'id'))"
        )
        return cursor.fetchone()[0]


def _supersede(room: Room, by: Certificate) -> Certificate | None:
    old = (
        Certificate.objects.select_for_update(no_key=True)
        .current()
        .filter(room=room)
        .order_by("issued_at")
        .last()
    )
    if old:
        old.superseded_at = by.issued_at
        old.superseded_by_id = by.pk
        old.save(update_fields=["superseded_at", "superseded_by"])
    return old


def _record(certificate: Certificate, replaced: Certificate | None) -> None:
    record(
        "certificate.issued",
        certificate,
        under=certificate.room.house,
        by=certificate.issued_by,
        number=certificate.number,
        room=certificate.room.label,
        until=certificate.valid_until,
        conditional=certificate.conditional,
        replaces=replaced.number if replaced else None,
    )
