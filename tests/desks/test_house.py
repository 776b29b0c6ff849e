"""All that the office knows of a house."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import Role
from core import clock
from core.models import record
from tests.accounts.factories import UserFactory, staff
from tests.certificates.factories import (
    CertificateFactory,
    DecisionFactory,
    RoomResultFactory,
    SubmissionFactory,
)
from tests.inspections.factories import FindingFactory, VisitFactory
from tests.registry.factories import (
    DraftHouseFactory,
    HouseFactory,
    LandlordFactory,
    OtherCommuneFactory,
    RoomFactory,
    WithdrawnHouseFactory,
    WithdrawnRoomFactory,
)

pytestmark = pytest.mark.django_db


def address(house):
    return reverse("desks:house", args=[house.number])


@pytest.fixture
def house(client):
    """In a commune whose coordinator has signed in."""
    made = HouseFactory(name="Nhà trọ Hoa Sen")
    client.force_login(staff(Role.COORDINATOR, made.commune))
    return made


def words(response):
    return " ".join(response.content.decode().split())


def test_house_gathers_facts_and_the_landlords_number(client, house):
    text = words(client.get(address(house)))

    assert "Nhà trọ Hoa Sen" in text
    assert house.shown_number in text
    assert house.landlord.full_name in text
    assert f"tel:{house.landlord.phone}" in text
    assert "Dãy trọ một tầng" in text


def test_house_lists_rooms_with_what_they_are_worth(client, house):
    certified = CertificateFactory(room__house=house, room__label="2").room
    waiting = RoomResultFactory(room__house=house, room__label="10").room
    refused = DecisionFactory(
        room__house=house, room__label="11", outcome="refuse", reasons="Thiếu khoá"
    ).room
    WithdrawnRoomFactory(house=house)

    response = client.get(address(house))

    rooms = response.context["rooms"]
    assert rooms == [certified, waiting, refused]
    assert [room.certified for room in rooms] == [True, False, False]
    assert [room.waits for room in rooms] == [False, True, False]
    text = words(response)
    assert certified.certificates.get().number in text
    assert "1 phòng đã rút" in text


def test_house_lists_open_findings_the_urgent_first(client, house):
    submission = SubmissionFactory(visit__house=house)
    later = FindingFactory(submission=submission)
    urgent = FindingFactory(
        submission=submission,
        item="FIR-01",
        severity="K",
        due_at=clock.now() + dt.timedelta(days=90),
    )
    commune = FindingFactory(
        submission=submission,
        item="SEC-01",
        public_task=True,
        due_at=clock.now() + dt.timedelta(days=99),
    )

    response = client.get(address(house))

    assert response.context["findings"] == [urgent, later, commune]
    assert "việc của xã" in words(response)


def test_house_leads_to_planning_a_visit(client, house):
    assert reverse("inspections:plan", args=[house.number]) in words(
        client.get(address(house))
    )


def test_house_with_a_planned_visit_leads_to_it(client, house):
    visit = VisitFactory(house=house)

    text = words(client.get(address(house)))

    assert reverse("inspections:visit", args=[visit.pk]) in text
    assert reverse("inspections:plan", args=[house.number]) not in text


def test_house_is_planned_by_coordinators_alone(client, house):
    client.force_login(staff(Role.REVIEWER))

    assert client.get(address(house)).context["may_plan"] is False


def test_withdrawn_house_is_read_and_not_planned(client, house):
    gone = WithdrawnHouseFactory()

    response = client.get(address(gone))

    assert response.context["may_plan"] is False
    assert "Đã bán nhà" in words(response)


def test_house_tells_what_happened_in_words(client, house):
    record("house.registered", house, by=house.landlord.user, rooms=3)

    text = words(client.get(address(house)))

    assert str(house.landlord.user) in text
    assert reverse("certificates:history", args=[house.number]) in text


def test_house_shows_what_may_be_the_same_house(client, house):
    other = HouseFactory(
        address=house.address, address_key=house.address_key, street=house.street
    )

    response = client.get(address(house))

    assert response.context["lookalikes"] == [other]
    assert "cùng địa chỉ" in words(response)


@pytest.mark.parametrize("count", [1, 3])
def test_house_query_count(client, house, count, django_assert_num_queries):
    for number in range(count):
        room = RoomFactory(house=house)
        CertificateFactory(room=room)
        RoomResultFactory(room__house=house)
        submission = SubmissionFactory(
            visit__house=house, visit__received_at=clock.now()
        )
        FindingFactory(submission=submission, room=room)
        record("house.changed", house, by=UserFactory(), number=number)

    # session, user, roles, communes, house; visits; rooms, papers, waiting, decisions;
    # withdrawn rooms; photos; findings, their visits, versions; lookalikes; events,
    # labels
    with django_assert_num_queries(18):
        client.get(address(house))


@pytest.mark.parametrize(
    "who",
    [
        lambda: staff(Role.REVIEWER, OtherCommuneFactory()),
        lambda: staff(Role.COORDINATOR, OtherCommuneFactory()),
        lambda: staff(Role.ADMINISTRATOR, OtherCommuneFactory()),
    ],
)
def test_house_of_another_commune_is_not_there(client, house, who):
    client.force_login(who())

    assert client.get(address(house)).status_code == 404


@pytest.mark.parametrize(
    "who",
    [
        UserFactory,
        lambda: LandlordFactory().user,
        lambda: staff(Role.INSPECTOR),
        lambda: staff(Role.CASE_WORKER),
    ],
)
def test_house_page_is_closed_to_others(client, house, who):
    client.force_login(who())

    assert client.get(address(house)).status_code == 403


def test_draft_is_its_landlords_alone(client, house):
    assert client.get(address(DraftHouseFactory())).status_code == 404


def test_house_asks_to_sign_in(client):
    assert client.get(address(HouseFactory())).url.startswith("/account/login/")
