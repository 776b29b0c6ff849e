"""The first pages of the landlord and of the office, with much to show."""

import datetime as dt
import json

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from accounts.models import Role
from core import clock
from tests.accounts.factories import staff
from tests.certificates.factories import (
    CertificateFactory,
    DecisionFactory,
    RoomResultFactory,
)
from tests.e2e.desk import looked_at, sign_in
from tests.e2e.screens import OFFICE, PHONE
from tests.inspections.factories import (
    FIXTURE,
    EvidenceFactory,
    FindingFactory,
    PublishedVersionFactory,
    RepairFactory,
    SubmissionFactory,
    VisitFactory,
)
from tests.reference.shipped import load_reference
from tests.registry.factories import DraftHouseFactory, HouseFactory, RoomFactory, jpeg

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house():
    """Visited: two things to repair, one reported, rooms in every state."""
    load_reference()
    house = HouseFactory(name="Nhà trọ Hoa Sen", street="Thôn Ấp Tre")
    version = PublishedVersionFactory(document=json.loads(FIXTURE.read_text()))
    submission = SubmissionFactory(
        visit__house=house, visit__version=version, visit__received_at=clock.now()
    )
    rooms = [
        RoomFactory(house=house, label=f"{101 + n}", free_from=day)
        for n, day in enumerate([None, dt.date(2026, 1, 1), None, dt.date(2031, 5, 4)])
    ]
    today = clock.today()
    CertificateFactory(
        room=rooms[0], period=DateRange(today, today + dt.timedelta(days=20))
    )
    RoomResultFactory(room=rooms[1])
    DecisionFactory(room=rooms[2], outcome="refuse", reasons="Lắp chốt trong cửa.")

    def found(item, severity, days, **fields):
        at = clock.now() + dt.timedelta(days=days)
        return FindingFactory(
            submission=submission, item=item, severity=severity, due_at=at, **fields
        )

    found("STR-03", "N", 6)
    found("SEC-01", "K", 1, room=rooms[2], critical=True)
    found("FIR-08", "T", -3)
    RepairFactory(finding=found("WSH-05", "T", 20))
    EvidenceFactory(
        submission=submission, item="STR-03", small__data=jpeg(320, 240, "sienna")
    )
    HouseFactory(landlord=house.landlord, name="Nhà trọ Bưởi")
    DraftHouseFactory(landlord=house.landlord, name="Nhà trọ Mới")
    return house


def test_the_landlords_first_page(live_server, page, client, house):
    sign_in(page, live_server, client, house.landlord.user)
    page.goto(live_server.url + reverse("desks:landlord"))
    looked_at(page, "landlord/home", PHONE)

    page.click('summary:has-text("103")')
    looked_at(page, "landlord/home-room", PHONE)


def test_the_offices_first_page_and_a_house(live_server, page, client, house):
    user = staff(Role.REVIEWER)
    user.memberships.create(role=Role.COORDINATOR, everywhere=True)
    VisitFactory(
        house=HouseFactory(name="Nhà trọ Hồng", landlord=house.landlord),
        planned_for=clock.today() - dt.timedelta(days=1),
    )
    sign_in(page, live_server, client, user)
    page.goto(live_server.url + reverse("desks:office"))
    looked_at(page, "office/home", OFFICE)

    page.fill("#q", "hoa sen")
    page.press("#q", "Enter")
    page.wait_for_url("**/office/houses/*/")
    looked_at(page, "office/house", OFFICE)

    page.goto(live_server.url + reverse("desks:houses") + "?q=nha tro")
    looked_at(page, "office/houses", OFFICE)
    page.goto(live_server.url + reverse("desks:houses") + "?q=khong co")
    looked_at(page, "office/houses-none", OFFICE)
