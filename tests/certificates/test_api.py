import datetime as dt

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import Role
from certificates.actions import suspend
from certificates.models import Certificate
from core import clock
from tests.accounts.factories import UserFactory, staff
from tests.certificates.factories import (
    CertificateFactory,
    DecisionFactory,
    SuspensionFactory,
    reviewer,
)
from tests.registry.factories import OtherCommuneFactory, RoomFactory

pytestmark = pytest.mark.django_db

CERTIFICATES, DECISIONS = "/api/v1/certificates/", "/api/v1/decisions/"


@pytest.fixture
def desk(client):
    client.force_login(staff(Role.REVIEWER))
    return client


def numbers(response):
    return {row["number"] for row in response.json()["results"]}


def test_certificate_as_it_stands(desk, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 21, 2, tzinfo=dt.UTC), tick=False)
    certificate = CertificateFactory(
        number="08974-2026-000123", code="K7M29QXT", room__label="101"
    )
    suspend(certificate=certificate, because="Có tin báo.", by=UserFactory())

    response = desk.get(f"{CERTIFICATES}08974-2026-000123/")

    assert response.json() == {
        "number": "08974-2026-000123",
        "code": "K7M29QXT",
        "status": "suspended",
        "suspended_since": "2026-11-21T09:00:00+07:00",
        "room": certificate.room.code,
        "room_label": "101",
        "house": certificate.room.house.number,
        "commune": "08974",
        "conditional": False,
        "women_mark": False,
        "valid_from": "2026-11-21",
        "valid_until": "2027-11-20",
        "issued_at": "2026-11-21T09:00:00+07:00",
        "revoked_at": None,
        "revoked_because": "",
        "superseded_at": None,
        "superseded_by": None,
    }


def test_decision_says_nobodys_name(desk):
    decision = DecisionFactory(outcome="refuse", reasons="Cửa còn khoá.")

    (row,) = desk.get(DECISIONS).json()["results"]

    assert row == {
        "id": decision.pk,
        "visit": str(decision.submission.visit_id),
        "revision": 1,
        "house": decision.room.house.number,
        "room": decision.room.code,
        "outcome": "refuse",
        "reasons": "Cửa còn khoá.",
        "decided_at": row["decided_at"],
        "certificate": None,
    }


def test_filters(desk):
    today = clock.today()
    soon = CertificateFactory(period=DateRange(today, today + dt.timedelta(days=9)))
    far = CertificateFactory(room=RoomFactory(house__commune=OtherCommuneFactory()))
    resting = SuspensionFactory().certificate
    everything = {soon.number, far.number, resting.number}

    def get(query):
        return numbers(desk.get(f"{CERTIFICATES}?{query}"))

    assert get("") == everything
    assert get("status=suspended") == {resting.number}
    assert get("commune=00454") == {far.number}
    assert get(f"house={soon.room.house.number}") == {soon.number}
    assert get(f"room={far.room.code}") == {far.number}
    assert get(f"ends_before={today + dt.timedelta(days=9)}") == {soon.number}
    assert get("women_mark=true") == set()
    assert get(f"issued_since={today}T00:00:00Z") <= everything


def test_unknown_status_is_said(desk):
    response = desk.get(f"{CERTIFICATES}?status=golden")

    assert response.status_code == 400
    assert response.json()["code"] == "invalid"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("url", [CERTIFICATES, DECISIONS])
def test_lists_ask_a_fixed_number_of_queries(
    desk, url, count, django_assert_num_queries
):
    for _ in range(count):
        old, new = CertificateFactory(), CertificateFactory()
        Certificate.objects.filter(pk=old.pk).update(
            superseded_at=clock.now(), superseded_by=new
        )

    with django_assert_num_queries(5):
        response = desk.get(url)

    assert len(response.json()["results"]) == 2 * count


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("landlord", True),
        ("reviewer", True),
        ("coordinator", True),
        ("other landlord", False),
        ("elsewhere", False),
        ("analyst", False),
    ],
)
def test_everybody_sees_only_what_is_hers(client, who, sees):
    certificate = CertificateFactory()
    house = certificate.room.house
    client.force_login(
        {
            "landlord": lambda: house.landlord.user,
            "reviewer": lambda: reviewer(house),
            "coordinator": lambda: staff(Role.COORDINATOR, house.commune),
            "other landlord": lambda: RoomFactory().house.landlord.user,
            "elsewhere": lambda: staff(Role.REVIEWER, OtherCommuneFactory()),
            "analyst": lambda: staff(Role.ANALYST),
        }[who]()
    )

    listed = numbers(client.get(CERTIFICATES))
    one = client.get(f"{CERTIFICATES}{certificate.number}/").status_code
    decided = client.get(f"{DECISIONS}{certificate.decision_id}/").status_code

    assert (listed, one, decided) == (
        ({certificate.number}, 200, 200) if sees else (set(), 404, 404)
    )


@pytest.mark.parametrize("url", [CERTIFICATES, DECISIONS])
def test_nobody_without_an_account_and_nobody_writes(client, desk, url):
    assert desk.post(url, {}).status_code == 405

    client.logout()
    response = client.get(url)
    assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")
