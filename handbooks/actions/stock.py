"""Where copies lie and where they went. The database counts; here it is said in words."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import Refused
from core.models import record
from core.templatetags.shown import count
from core.text import nfc
from handbooks.models import Event, Movement, PrintRun, Stock, StorePlace
from reference.models import AdministrativeUnit

Kind = Movement.Kind
# Printers deliver some more than ordered; ten times as much is a slip of the keyboard.
SURPLUS = 1.1


@transaction.atomic
def add_place(
    *, name: str, by: User, commune: AdministrativeUnit | None = None, where: str = ""
) -> StorePlace:
    place = StorePlace(
        name=nfc(name.strip()), commune=commune, where=nfc(where.strip())
    )
    place.full_clean()
    place.save()
    record("place.added", place, by=by)
    return place


@transaction.atomic
def close_place(*, place: StorePlace, by: User) -> StorePlace:
    """Nothing is brought there any more; what lay there has to be gone."""
    place = StorePlace.objects.select_for_update(no_key=True).get(pk=place.pk)
    if place.closed_on:
        raise Refused("closed", _("This place is closed already."))
    if place.stock.filter(copies__gt=0).exists():
        raise Refused("not_empty", _("Move the copies that lie there first."))
    place.closed_on = clock.today()
    place.save()
    record("place.closed", place, by=by)
    return place


@transaction.atomic
def receive(
    *, run: PrintRun, place: StorePlace, copies: int, by: User, note: str = ""
) -> Movement:
    """Copies came from the printer, all of them or a part."""
    run = _locked(run)
    if run.cancelled_at:
        raise Refused("cancelled", _("This order is cancelled already."))
    come = sum(
        run.movements.filter(kind=Kind.RECEIVED).values_list("copies", flat=True)
    )
    if come + copies > run.copies * SURPLUS:
        raise Refused(
            "too_many",
            _("Count again: %(ordered)s were ordered, %(come)s have arrived already.")
            % {"ordered": count(run.copies), "come": count(come)},
        )
    return _moved(
        Movement(run=run, kind=Kind.RECEIVED, to_place=place), copies, by, note
    )


@transaction.atomic
def move(
    *,
    run: PrintRun,
    from_place: StorePlace,
    to_place: StorePlace,
    copies: int,
    by: User,
    note: str = "",
) -> Movement:
    run = _locked(run)
    if from_place == to_place:
        raise Refused("same_place", _("Choose another place to bring them to."))
    step = Movement(run=run, kind=Kind.MOVED, from_place=from_place, to_place=to_place)
    return _moved(step, copies, by, note)


@transaction.atomic
def write_off(
    *, run: PrintRun, from_place: StorePlace, copies: int, by: User, note: str
) -> Movement:
    """Copies that nobody will get: wet, lost, outdated. `note` says why."""
    run = _locked(run)
    step = Movement(run=run, kind=Kind.WRITTEN_OFF, from_place=from_place)
    return _moved(step, copies, by, note)


@transaction.atomic
def hand_out(
    *, event: Event, run: PrintRun, from_place: StorePlace, copies: int, by: User
) -> Movement:
    """Copies given to people at an event; of a withdrawn edition none after that day."""
    run = _locked(run)
    edition = run.edition
    if edition.withdrawn_at and event.held_on > timezone.localdate(
        edition.withdrawn_at
    ):
        raise Refused(
            "withdrawn",
            _("Do not hand them out: the edition is withdrawn. %s")
            % edition.withdrawn_because,
        )
    step = Movement(run=run, kind=Kind.GIVEN, from_place=from_place, event=event)
    return _moved(step, copies, by)


@transaction.atomic
def bring_back(
    *, event: Event, run: PrintRun, to_place: StorePlace, copies: int, by: User
) -> Movement:
    """Copies that were taken to an event and not given; also how a miscount is mended."""
    run = _locked(run)
    taken = Movement.objects.given_at(event, run)
    if copies > taken:
        raise Refused(
            "not_given",
            _("Only %(taken)s copies of this batch were handed out there.")
            % {"taken": count(taken)},
        )
    step = Movement(run=run, kind=Kind.RETURNED, to_place=to_place, event=event)
    return _moved(step, copies, by)


def _moved(step: Movement, copies: int, by: User, note: str = "") -> Movement:
    if step.to_place:
        _open(step.to_place)
    if step.from_place:
        _enough(step, copies)
    step.copies, step.by, step.at = copies, by, clock.now()
    step.note = nfc(note.strip())
    step.full_clean()
    step.save()
    record(f"copies.{step.kind}", step, by=by, under=step.run, copies=copies)
    return step


def _open(place: StorePlace) -> None:
    """It is, and is not closed before the copies are there."""
    places = StorePlace.objects.select_for_update(no_key=True)
    if not places.filter(pk=place.pk, closed_on=None).exists():
        raise Refused("closed", _("This place is closed already."))


def _enough(step: Movement, copies: int) -> None:
    stock = Stock.objects.filter(run=step.run, place=step.from_place).first()
    there = stock.copies if stock else 0
    if copies > there:
        raise Refused(
            "not_enough",
            _("Only %(there)s copies lie there: %(place)s.")
            % {"there": count(there), "place": step.from_place},
        )


def _locked(run: PrintRun) -> PrintRun:
    runs = PrintRun.objects.with_edition()
    return runs.select_for_update(of=["self"], no_key=True).get(pk=run.pk)
