"""Several people take copies of one batch at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection

from core.errors import Refused
from handbooks import actions
from handbooks.models import Movement, Stock
from tests.handbooks.stock_factories import (
    EventFactory,
    ReceivedFactory,
    StorePlaceFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


def all_at_once(take):
    def guarded(number):
        try:
            return take(number)
        except Refused as refused:
            return refused.code
        except IntegrityError as error:
            return error.__cause__.diag.constraint_name
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(guarded, range(AT_ONCE)))


def test_no_copy_is_handed_out_twice():
    received, event = ReceivedFactory(run__copies=100), EventFactory()

    def take(_number):
        step = actions.hand_out(
            event=event,
            run=received.run,
            from_place=received.to_place,
            copies=40,
            by=received.by,
        )
        return step.copies

    answers = all_at_once(take)

    assert sorted(answers, key=str) == [40, 40] + ["not_enough"] * (AT_ONCE - 2)
    assert Stock.objects.get().copies == 20


def test_the_database_alone_lets_nobody_take_what_is_gone():
    """Without the act: boxes go to and fro, and nobody waits for the other forever."""
    received, there = ReceivedFactory(run__copies=100), StorePlaceFactory()
    here, run, by = received.to_place, received.run, received.by
    actions.move(run=run, from_place=here, to_place=there, copies=50, by=by)

    def take(number):
        ends = (here, there) if number % 2 else (there, here)
        step = Movement.objects.create(
            run=run,
            kind=Movement.Kind.MOVED,
            from_place=ends[0],
            to_place=ends[1],
            copies=50,
            by=by,
        )
        return step.copies

    answers = all_at_once(take)

    assert set(answers) <= {50, "handbooks_stock_never_negative"}
    assert sum(Stock.objects.values_list("copies", flat=True)) == 100
