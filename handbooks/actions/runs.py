"""Print runs: ordered, their files stamped with the batch number, cancelled."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, codes, jobs, pdf
from core.errors import Refused
from core.models import record
from core.text import nfc
from handbooks import printing
from handbooks.models import Edition, EditionFile, Event, PrintRun
from handbooks.models.runs import NUMBER
from reference.models import AdministrativeUnit

STAMPING = "handbooks.stamp_run"


@transaction.atomic
def order_run(
    *,
    source: EditionFile,
    copies: int,
    by: User,
    commune: AdministrativeUnit | None = None,
    event: Event | None = None,
    note: str = "",
) -> PrintRun:
    """Order copies of a ready file of an edition in force, under a new batch number."""
    edition = Edition.objects.select_for_update(of=["self"], no_key=True).get(
        pk=source.edition_id
    )
    if not EditionFile.objects.to_order().filter(pk=source.pk).exists():
        raise Refused(
            "not_in_force", _("Order an edition in force whose file is ready.")
        )
    run = PrintRun(
        number=_free_number(),
        source=source,
        copies=copies,
        commune=commune,
        event=event,
        note=nfc(note.strip()),
        ordered_at=clock.now(),
        ordered_by=by,
    )
    run.full_clean()
    run.save()
    record(
        "run.ordered",
        run,
        by=by,
        number=run.number,
        edition=edition.code,
        format=source.format,
        copies=copies,
    )
    jobs.defer(STAMPING, run=run.pk)
    return run


def _free_number() -> str:
    number = codes.make(NUMBER)
    while PrintRun.objects.filter(number=number).exists():
        number = codes.make(NUMBER)
    return number


@transaction.atomic
def stamp_run(*, run: PrintRun) -> PrintRun:
    """Make the run's file: the published one with the batch number in it. Made once."""
    run = _locked(run)
    if run.made_at:
        return run
    try:
        content = _stamped(run)
    except (printing.Unfit, pdf.FontsMissing) as error:
        run.problem = str(error)[:300]
        run.save(update_fields=["problem"])
        return run
    name = f"{run.edition.code}-{run.source.format}-{run.number}.pdf".lower()
    storage = run.printed.storage
    # What a killed worker has left under this name may be half of it.
    storage.delete(run.printed.field.generate_filename(run, name))
    run.printed.save(name, ContentFile(content), save=False)
    run.sha256, run.bytes = hashlib.sha256(content).hexdigest(), len(content)
    run.made_at, run.problem = clock.now(), ""
    run.full_clean()
    run.save()
    record("run.stamped", run, by=None, sha256=run.sha256)
    return run


def _stamped(run: PrintRun) -> bytes:
    volume = run.edition.volume
    with run.source.file.open() as stored:
        return printing.stamped(
            stored.read(),
            run.shown_number,
            kind=volume.handbook.kind,
            name=run.source.format,
            language=volume.language_id,
        )


@transaction.atomic
def cancel_run(*, run: PrintRun, by: User, because: str) -> PrintRun:
    """Take an order back of which nothing has come."""
    run = _locked(run)
    if run.cancelled_at:
        raise Refused("cancelled", _("This order is cancelled already."))
    if run.movements.exists():
        raise Refused(
            "has_come", _("Copies of it have arrived: move them or write them off.")
        )
    run.cancelled_at, run.cancelled_by = clock.now(), by
    run.cancelled_because = nfc(because.strip())
    run.full_clean()
    run.save()
    record("run.cancelled", run, by=by, because=run.cancelled_because)
    return run


def _locked(run: PrintRun) -> PrintRun:
    runs = PrintRun.objects.with_edition()
    return runs.select_for_update(of=["self"], no_key=True).get(pk=run.pk)
