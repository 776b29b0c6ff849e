"""What waits of printed handbooks, on the office's first page."""

import datetime as dt

import pytest

from accounts.models import Role
from core import clock
from tests.desks.test_office import block, enter
from tests.handbooks.factories import publish, rewrite
from tests.handbooks.stock_factories import (
    EventFactory,
    PrintRunFactory,
    ReceivedFactory,
)
from tests.reference.factories import CommuneFactory

pytestmark = pytest.mark.django_db


def titles(found):
    return [row.text for row in found.rows]


def test_copies_on_order_and_copies_that_no_longer_hold(client):
    enter(client, Role.PRINT_OFFICER)
    old = ReceivedFactory().run
    rewrite(old.edition.volume, "muc-1", "Khác.\n")
    publish(old.edition.volume)
    ordered = PrintRunFactory(source=old.source)

    reprints, expected = block(client, "reprints"), block(client, "expected")

    assert titles(reprints) == [f"{old.shown_number} · sách A5"]
    assert [row.state for row in reprints.rows] == ["reprint"]
    assert titles(expected) == [f"{ordered.shown_number} · sách A5"]


def test_events_that_nobody_has_counted(client):
    tomorrow = clock.today() + dt.timedelta(days=1)
    held = EventFactory()
    EventFactory(women=1, men=0, not_said=0)
    EventFactory(held_on=tomorrow)
    EventFactory(commune=CommuneFactory())
    enter(client, Role.COORDINATOR, held.commune)

    found = block(client, "events")

    assert (found.count, [row.title for row in found.rows]) == (1, [held.title])
