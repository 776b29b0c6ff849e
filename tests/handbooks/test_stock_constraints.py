"""What the database itself refuses of orders, stock and events."""

import pytest

from core import clock
from handbooks.models import Movement, Stock
from tests.accounts.factories import UserFactory
from tests.handbooks.stock_factories import (
    EventFactory,
    PrintRunFactory,
    ReceivedFactory,
    StorePlaceFactory,
)
from tests.handbooks.test_constraints import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def received():
    return ReceivedFactory()


def move(received, kind="moved", copies=1, **changes):
    return Movement.objects.create(
        run=received.run, kind=kind, copies=copies, by=received.by, **changes
    )


def stock(run):
    rows = Stock.objects.filter(run=run).order_by("place")
    return list(rows.values_list("place", "copies"))


def test_stock_is_the_sum_of_its_movements(received):
    there, event = StorePlaceFactory(), EventFactory()
    here = received.to_place

    move(received, copies=150, from_place=here, to_place=there)
    move(received, "given", 40, from_place=there, event=event)
    move(received, "returned", 15, to_place=there, event=event)
    move(received, "written_off", 5, from_place=here, note="Ướt mưa")

    assert stock(received.run) == [(here.pk, 245), (there.pk, 125)]


def test_stock_is_never_negative(received):
    here, there = received.to_place, StorePlaceFactory()

    assert (
        refused(lambda: move(received, copies=401, from_place=here, to_place=there))
        == "handbooks_stock_never_negative"
    )
    assert (
        refused(lambda: move(received, from_place=there, to_place=here))
        == "there are no copies of this run at that place"
    )
    assert stock(received.run) == [(here.pk, 400)]


def test_no_more_comes_back_than_was_handed_out(received):
    here, event = received.to_place, EventFactory()
    move(received, "given", 10, from_place=here, event=event)

    assert (
        refused(lambda: move(received, "returned", 11, to_place=here, event=event))
        == "more copies brought back than were handed out"
    )
    assert (
        refused(
            lambda: move(received, "returned", 1, to_place=here, event=EventFactory())
        )
        == "more copies brought back than were handed out"
    )


@pytest.mark.parametrize(
    ("kind", "ends"),
    [
        ("received", {"from_place"}),
        ("received", {"to_place", "event"}),
        ("moved", {"from_place"}),
        ("given", {"from_place"}),
        ("given", {"event"}),
        ("returned", {"event"}),
        ("written_off", {"from_place"}),  # and no note why
    ],
)
def test_movement_has_the_ends_of_its_kind(received, kind, ends):
    known = {
        "from_place": received.to_place,
        "to_place": StorePlaceFactory(),
        "event": EventFactory(),
    }

    assert (
        refused(lambda: move(received, kind, **{name: known[name] for name in ends}))
        == "handbooks_movement_from_and_to"
    )


def test_movement_goes_somewhere_else(received):
    here = received.to_place

    assert (
        refused(lambda: move(received, from_place=here, to_place=here))
        == "handbooks_movement_from_and_to"
    )
    assert (
        refused(
            lambda: move(received, "written_off", 0, from_place=here, note="Ướt mưa")
        )
        == "handbooks_movement_of_something"
    )


def test_movement_and_stock_are_not_changed_by_hand(received):
    lines = Movement.objects.filter(pk=received.pk)

    assert "append-only" in refused(lambda: lines.update(copies=1))
    assert "append-only" in refused(lines.delete)
    assert (
        refused(lambda: Stock.objects.update(copies=1))
        == "stock is counted by its movements"
    )


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"copies": 0}, "handbooks_printrun_of_something"),
        ({"number": "K7M29QX0"}, "handbooks_printrun_number"),
        ({"sha256": "a" * 64}, "handbooks_printrun_made_whole"),
        ({"cancelled_because": "Sai"}, "handbooks_printrun_cancelled_at_and_by"),
    ],
)
def test_order_is_whole(changes, constraint):
    assert refused(lambda: PrintRunFactory(**changes)) == constraint


def test_order_is_for_a_commune_or_for_an_event():
    event = EventFactory()

    assert (
        refused(lambda: PrintRunFactory(commune=event.commune, event=event))
        == "handbooks_printrun_for_one"
    )


def test_order_stays_as_it_was_given():
    run = PrintRunFactory()
    rows = type(run).objects.filter(pk=run.pk)
    frozen = "an order stays as it was given: it may be cancelled once"

    assert refused(lambda: rows.update(copies=10)) == frozen
    assert refused(rows.delete) == frozen
    rows.update(
        printed="a.pdf", sha256="a" * 64, bytes=1, made_at=clock.now(), problem=""
    )
    assert refused(lambda: rows.update(sha256="b" * 64)) == frozen
    cancel(rows)
    assert refused(lambda: rows.update(cancelled_because="Khác")) == frozen


def cancel(rows):
    rows.update(
        cancelled_at=clock.now(),
        cancelled_by=UserFactory(),
        cancelled_because="Sai khổ",
    )


def test_cancelled_run_has_no_copies(received):
    rows = type(received.run).objects
    run = PrintRunFactory(source=received.run.source)
    cancel(rows.filter(pk=run.pk))

    assert (
        refused(lambda: ReceivedFactory(run=run))
        == "a cancelled print run has no copies"
    )
    assert (
        refused(lambda: cancel(rows.filter(pk=received.run.pk)))
        == "copies of this run have come"
    )


def test_people_are_counted_whole():
    assert refused(lambda: EventFactory(women=3)) == "handbooks_event_counted_whole"
    assert EventFactory(women=3, men=2, not_said=0).people == 5
    assert EventFactory().people is None
