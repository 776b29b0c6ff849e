"""Print runs, stock and events: each page photographed and searched for barriers."""

import pytest
from playwright.sync_api import expect

from accounts.models import Role
from handbooks import actions
from handbooks.models import Event
from tests.accounts.factories import staff
from tests.e2e.desk import looked_at, sign_in
from tests.e2e.screens import OFFICE, PHONE
from tests.handbooks.factories import publish, rewrite
from tests.handbooks.stock_factories import (
    EventFactory,
    PrintRunFactory,
    ReceivedFactory,
    StorePlaceFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mai():
    return staff(Role.PRINT_OFFICER)


@pytest.fixture
def received(mai):
    """A batch of which half lies elsewhere, some was given, and whose text is old."""
    office = StorePlaceFactory(name="Văn phòng Hội Phụ nữ", where="Tầng 2, số 5")
    received = ReceivedFactory(to_place=office)
    run, event = received.run, EventFactory(partners="IOM, Công đoàn khu công nghiệp")
    hall = StorePlaceFactory(name="Nhà văn hoá Gia Tân", commune=event.commune)
    actions.move(run=run, from_place=office, to_place=hall, copies=200, by=mai)
    actions.hand_out(event=event, run=run, from_place=hall, copies=150, by=mai)
    rewrite(run.edition.volume, "muc-1", "Khác.\n")
    publish(run.edition.volume)
    PrintRunFactory(source=run.source, copies=1000, event=event, note="Giấy dày")
    return received


def test_every_page_of_printing_and_events_has_no_barriers(
    page, live_server, client, mai, received
):
    sign_in(page, live_server, client, mai)
    event, number = Event.objects.get(), received.run.shown_number
    pages = {
        "print-runs": "print-runs/",
        "new-run": f"print-runs/new/?event={event.pk}",
        "print-run-moved": f"print-runs/{number}/",
        "stock": "print-runs/stock/",
        "places": "print-runs/places/",
        "events": "events/",
        "new-event": "events/new/",
        "event": f"events/{event.pk}/",
    }

    for name, path in pages.items():
        page.goto(f"{live_server.url}/office/{path}")
        looked_at(page, f"office-{name}", OFFICE)


def test_event_is_counted_with_the_keyboard(page, live_server, client, mai):
    event = EventFactory()
    sign_in(page, live_server, client, mai)
    page.goto(f"{live_server.url}/office/events/{event.pk}/edit/")

    page.get_by_label("nữ", exact=False).first.focus()
    for count in ("231", "160", "9"):
        page.keyboard.type(count)
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("400 người: 231 nữ, 160 nam, 9 không nói")).to_be_visible()


def test_batch_number_is_typed_on_a_phone(page, live_server, received):
    page.goto(f"{live_server.url}/handbooks/check/")
    looked_at(page, "check-ask", PHONE)

    page.get_by_label("Mã trên cuốn của bạn").fill(received.run.number.lower())
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Đã có ấn bản mới hơn")
    looked_at(page, "check-batch", PHONE)
