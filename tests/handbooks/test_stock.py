"""Orders and copies: what the acts do and refuse, in words."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from procrastinate.contrib.django.models import ProcrastinateJob

from core import clock, codes
from core.errors import Refused
from core.models import Event as AuditLine
from handbooks import actions
from handbooks.models import Movement, Stock
from tests.accounts.factories import UserFactory
from tests.handbooks.factories import editor, make_ready, publish, rewrite, volume_with
from tests.handbooks.stock_factories import (
    EventFactory,
    PrintRunFactory,
    ReceivedFactory,
    StorePlaceFactory,
    ready_file,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mai():
    """The print officer."""
    return UserFactory(full_name="Lê Thị Mai")


@pytest.fixture
def received():
    return ReceivedFactory()


def code_of(act, **arguments):
    with pytest.raises(Refused) as caught:
        act(**arguments)
    return caught.value.code


def test_order_gets_a_number_and_asks_for_its_file(mai):
    event = EventFactory()

    run = actions.order_run(
        source=ready_file(), copies=400, by=mai, event=event, note=" Giấy dày "
    )

    assert codes.is_valid(run.number)
    assert (run.copies, run.event, run.note) == (400, event, "Giấy dày")
    [job] = ProcrastinateJob.objects.filter(task_name=actions.STAMPING)
    assert job.args == {"run": run.pk}
    assert AuditLine.objects.under(run).get().data == {
        "number": run.number,
        "edition": "WORKERS-VI-1",
        "format": "a5",
        "copies": 400,
    }


def test_only_what_is_in_force_and_ready_is_ordered(mai):
    volume = volume_with("Một")
    first = make_ready(publish(volume))
    waiting = first.edition.files.get(format="a4")
    how = make_ready(first.edition, "instructions")
    ask = {"act": actions.order_run, "copies": 1, "by": mai}

    assert code_of(source=waiting, **ask) == "not_in_force"
    assert code_of(source=how, **ask) == "not_in_force"
    rewrite(volume, "muc-1", "Lời mới.\n")
    second = make_ready(publish(volume))
    assert code_of(source=first, **ask) == "not_in_force"
    actions.withdraw(edition=second.edition, by=editor(), because="Sai số.")
    assert code_of(source=second, **ask) == "not_in_force"


def test_order_is_cancelled_until_copies_come(mai, received):
    run = PrintRunFactory(source=received.run.source)

    actions.cancel_run(run=run, by=mai, because="Sai khổ")

    run.refresh_from_db()
    assert (run.cancelled_by, run.cancelled_because) == (mai, "Sai khổ")
    again = {"act": actions.cancel_run, "by": mai, "because": "Sai khổ"}
    assert code_of(run=run, **again) == "cancelled"
    assert code_of(run=received.run, **again) == "has_come"
    place = received.to_place
    late = {"act": actions.receive, "place": place, "copies": 1, "by": mai}
    assert code_of(run=run, **late) == "cancelled"


def test_copies_come_in_parts_and_go(mai):
    run, office, hall = PrintRunFactory(), StorePlaceFactory(), StorePlaceFactory()
    event = EventFactory()
    who = {"run": run, "by": mai}

    actions.receive(place=office, copies=300, **who)
    actions.receive(place=hall, copies=100, note="Giao thẳng", **who)
    actions.move(from_place=office, to_place=hall, copies=50, **who)
    actions.hand_out(event=event, from_place=hall, copies=120, **who)
    actions.bring_back(event=event, to_place=office, copies=20, **who)
    actions.write_off(from_place=hall, copies=5, note="Ướt mưa", **who)

    stock = dict(Stock.objects.values_list("place", "copies"))
    assert stock == {office.pk: 270, hall.pk: 25}
    assert Movement.objects.given_at(event, run) == 100
    assert [line.kind for line in AuditLine.objects.under(run)] == [
        "copies.written_off",
        "copies.returned",
        "copies.given",
        "copies.moved",
        "copies.received",
        "copies.received",
    ]


def test_refusals_say_how_many_there_are(mai, received):
    run, here = received.run, received.to_place
    event, there = EventFactory(), StorePlaceFactory()
    who = {"run": run, "by": mai}

    with pytest.raises(Refused) as caught:
        actions.move(from_place=here, to_place=there, copies=401, **who)

    assert caught.value.code == "not_enough"
    assert caught.value.message == f"Kho này chỉ còn 400 bản: {here}."
    nothing = {"act": actions.write_off, "from_place": there, "note": "Mất", **who}
    assert code_of(copies=1, **nothing) == "not_enough"
    back = {"act": actions.bring_back, "event": event, "to_place": here, **who}
    assert code_of(copies=1, **back) == "not_given"
    same = {"act": actions.move, "from_place": here, "to_place": here, **who}
    assert code_of(copies=1, **same) == "same_place"
    more = {"act": actions.receive, "place": here, **who}
    assert code_of(copies=41, **more) == "too_many"
    assert actions.receive(place=here, copies=40, **who).copies == 40


def test_write_off_says_why(mai, received):
    with pytest.raises(ValidationError):
        actions.write_off(
            run=received.run, from_place=received.to_place, copies=1, by=mai, note=" "
        )


def test_place_is_closed_when_it_is_empty(mai, received):
    here, there = received.to_place, StorePlaceFactory()

    assert code_of(actions.close_place, place=here, by=mai) == "not_empty"
    actions.close_place(place=there, by=mai)

    assert code_of(actions.close_place, place=there, by=mai) == "closed"
    assert (
        code_of(
            actions.move,
            run=received.run,
            from_place=here,
            to_place=there,
            copies=1,
            by=mai,
        )
        == "closed"
    )


def test_withdrawn_copies_are_handed_out_no_more(mai, received):
    run, here = received.run, received.to_place
    actions.withdraw(edition=run.edition, by=editor(), because="Sai số điện thoại.")
    before = EventFactory(held_on=clock.today())
    after = EventFactory(held_on=clock.today() + dt.timedelta(days=1))
    give = {"run": run, "from_place": here, "copies": 1, "by": mai}

    actions.hand_out(event=before, **give)

    assert code_of(actions.hand_out, event=after, **give) == "withdrawn"
