import datetime as dt

import pytest

from accounts.models import Role
from core import clock
from inspections.actions import waive
from inspections.models import Return
from registry.actions import withdraw_house
from tests.accounts.factories import UserFactory, staff
from tests.inspections.factories import (
    CriticalFindingFactory,
    EvidenceFactory,
    FindingFactory,
    PublishedVersionFactory,
    SubmissionFactory,
    VisitFactory,
)
from tests.registry.factories import HouseFactory, OtherCommuneFactory, RoomFactory

pytestmark = pytest.mark.django_db
DAY = "/api/v1/tablet/day/"


def test_day_holds_what_is_planned_for_the_inspector(client):
    room = RoomFactory(label="101", floor=1)
    visit = VisitFactory(house=room.house)
    VisitFactory()  # somebody else's
    VisitFactory(
        inspector=visit.inspector, planned_for=clock.today() + dt.timedelta(days=1)
    )
    client.force_login(visit.inspector)

    day = client.get(DAY).json()

    assert day["registry"] == "safe-rooms"
    assert day["inspector"] == {
        "id": visit.inspector.pk,
        "name": visit.inspector.full_name,
    }
    (shown,) = day["visits"]
    assert shown["id"] == str(visit.pk)
    assert shown["revision"] == 1
    assert shown["late"] is False
    assert shown["house"]["number"] == room.house.number
    assert shown["house"]["commune"] == room.house.commune.name
    assert shown["facts"] == {
        "floors": 1,
        "rooms": 1,
        "well": False,
        "cameras": False,
        "children": False,
        "vehicles": True,
    }
    assert shown["rooms"] == [
        {
            "id": room.code,
            "label": "101",
            "floor": 1,
            "area": "14.0",
            "max_people": 2,
            "has_loft": False,
        }
    ]
    assert shown["ask"] is None
    assert shown["pictures"] == {}
    assert shown["returned"] is None


def test_day_keeps_what_was_not_done_yesterday(client):
    visit = VisitFactory(planned_for=clock.today() - dt.timedelta(days=1))
    client.force_login(visit.inspector)

    (shown,) = client.get(DAY).json()["visits"]

    assert shown["late"] is True


def test_day_of_another_date(client):
    tomorrow = clock.today() + dt.timedelta(days=1)
    visit = VisitFactory(planned_for=tomorrow)
    client.force_login(visit.inspector)

    day = client.get(DAY, {"day": tomorrow.isoformat()}).json()

    assert [shown["id"] for shown in day["visits"]] == [str(visit.pk)]


def test_day_names_the_checklists_and_serves_their_bytes(client):
    visit = VisitFactory()
    client.force_login(visit.inspector)

    (version,) = client.get(DAY).json()["checklists"]
    document = client.get(version["url"])

    assert version["sha256"] == visit.version.sha256
    assert document.content == visit.version.canonical
    assert document["ETag"] == f'"{version["sha256"]}"'
    assert document["Cache-Control"] == "public, max-age=31536000, immutable"


def test_checklist_for_a_tablet_has_one_language_and_no_citations(client):
    version = PublishedVersionFactory()
    address = f"/api/v1/checklists/{version.checklist}/{version.number}/document/"

    whole = client.get(address)
    vietnamese = client.get(address, {"language": "vi"})
    wrong = client.get(address, {"language": "fr"})

    items = vietnamese.json()["items"]
    assert items["label"][0] == "FIR-01?"
    assert set(whole.json()["items"][0]) - set(items) == {"citations"}
    assert vietnamese["ETag"] != whole["ETag"]
    assert wrong.status_code == 400


def test_day_brings_the_published_checklist_for_unplanned_visits(client):
    version = PublishedVersionFactory()
    client.force_login(staff(Role.INSPECTOR))

    (shown,) = client.get(DAY).json()["checklists"]

    assert shown["checklist"] == version.checklist
    assert shown["current"] is True


def test_day_is_not_sent_again_while_nothing_has_changed(client):
    visit = VisitFactory()
    client.force_login(visit.inspector)
    first = client.get(DAY)

    second = client.get(DAY, headers={"If-None-Match": first["ETag"]})
    visit.house.landmark = "sau chợ"
    visit.house.save()
    third = client.get(DAY, headers={"If-None-Match": first["ETag"]})

    assert second.status_code == 304
    assert second.content == b""
    assert third.status_code == 200


def test_day_tells_open_findings_with_their_dates(client):
    finding = FindingFactory()
    visit = VisitFactory(
        house=finding.house,
        inspector=finding.visit.inspector,
        version=finding.visit.version,
    )
    client.force_login(visit.inspector)

    (shown,) = client.get(DAY).json()["visits"]

    assert shown["open_findings"] == [
        {
            "item": "FIR-08",
            "room": None,
            "severity": "T",
            "critical": False,
            "due": finding.due,
            "since": clock.iso(finding.opened_at),
            "photos": {},
        }
    ]


def test_day_tells_where_the_photos_of_open_findings_are(client):
    finding = FindingFactory()
    photo = EvidenceFactory(submission=finding.submission, item=finding.item)
    EvidenceFactory(submission=finding.submission, item="SEC-01")
    visit = VisitFactory(house=finding.house, version=finding.visit.version)
    client.force_login(visit.inspector)  # not who found it

    (shown,) = client.get(DAY).json()["visits"]

    (found,) = shown["open_findings"]
    address = f"/evidence/{photo.pk}/small"
    assert found["photos"] == {photo.sha256: address}
    assert client.get(address).status_code == 200


def test_day_asks_of_a_follow_up_only_what_is_open(client):
    finding = CriticalFindingFactory()
    first = finding.visit
    VisitFactory(
        house=first.house,
        inspector=first.inspector,
        version=first.version,
        follow_up_of=first,
    )
    client.force_login(first.inspector)

    (shown,) = client.get(DAY).json()["visits"]

    assert shown["follow_up_of"] == str(first.pk)
    assert shown["ask"] == [{"item": "FIR-01", "room": None}]
    assert shown["before"]["house"] == finding.submission.document["house_part"]
    assert shown["repaired"] == []


def test_day_of_a_follow_up_counts_what_was_settled_in_the_office(client):
    finding = FindingFactory()
    first = finding.visit
    waive(finding=finding, because="Không còn dùng gác", by=staff(Role.REVIEWER))
    VisitFactory(
        house=first.house,
        inspector=first.inspector,
        version=first.version,
        follow_up_of=first,
    )
    client.force_login(first.inspector)

    (shown,) = client.get(DAY).json()["visits"]

    assert shown["ask"] == []
    assert shown["repaired"] == [{"item": "FIR-08", "room": None}]


def test_day_says_where_the_photos_of_the_visit_before_are(client):
    photo = EvidenceFactory()
    EvidenceFactory(submission=photo.submission, small="", large="")
    first = photo.submission.visit
    VisitFactory(
        house=first.house,
        inspector=first.inspector,
        version=first.version,
        follow_up_of=first,
    )
    client.force_login(first.inspector)

    (shown,) = client.get(DAY).json()["visits"]

    assert shown["pictures"] == {photo.sha256: f"/evidence/{photo.pk}/small"}
    assert client.get(shown["pictures"][photo.sha256]).status_code == 200


def test_day_brings_back_what_a_reviewer_returned(client):
    submission = SubmissionFactory()
    visit = submission.visit
    visit.planned_for = clock.today() - dt.timedelta(days=3)
    visit.save()
    Return.objects.create(
        submission=submission, note="Xem lại lối thoát", by=staff(Role.REVIEWER)
    )
    client.force_login(visit.inspector)

    (shown,) = client.get(DAY).json()["visits"]

    assert shown["revision"] == 2
    assert shown["returned"]["note"] == "Xem lại lối thoát"
    assert shown["returned"]["document"] == submission.document


def test_day_says_what_was_withdrawn(client):
    visit = VisitFactory(
        withdrawn_at=clock.now(),
        withdrawn_by=UserFactory(),
        withdrawn_because="Chủ nhà đi vắng",
    )
    client.force_login(visit.inspector)

    day = client.get(DAY).json()

    assert day["visits"] == []
    assert day["withdrawn"] == [
        {
            "id": str(visit.pk),
            "house": visit.house.number,
            "what": "visit",
            "because": "Chủ nhà đi vắng",
        }
    ]


def test_day_says_which_house_was_withdrawn(client):
    visit = VisitFactory()
    withdraw_house(house=visit.house, because="Đã bán", by=visit.house.landlord.user)
    client.force_login(visit.inspector)

    day = client.get(DAY).json()

    gone = {"house": visit.house.number, "what": "house", "because": "Đã bán"}
    assert day["withdrawn"] == [{"id": str(visit.pk)} | gone, {"id": None} | gone]


def test_day_says_nothing_of_houses_withdrawn_elsewhere(client):
    house = HouseFactory()
    withdraw_house(house=house, because="Đã bán", by=house.landlord.user)
    client.force_login(staff(Role.INSPECTOR, OtherCommuneFactory()))

    assert client.get(DAY).json()["withdrawn"] == []


def test_day_of_no_date_is_refused(client):
    client.force_login(staff(Role.INSPECTOR))

    answer = client.get(DAY, {"day": "hôm nay"})

    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.REVIEWER, Role.ANALYST])
def test_day_is_for_inspectors(client, role):
    client.force_login(staff(role))

    answer = client.get(DAY)

    assert answer.status_code == 403
    assert answer.json()["code"] == "permission_denied"


def test_day_asks_to_sign_in(client):
    answer = client.get(DAY)

    assert answer.status_code == 401
    assert answer.json()["code"] == "not_authenticated"


@pytest.mark.parametrize("count", [1, 3])
def test_day_query_count(client, count, django_assert_num_queries):
    inspector = staff(Role.INSPECTOR)
    version = PublishedVersionFactory()
    for _ in range(count):
        finding = FindingFactory(
            submission__visit__inspector=inspector,
            submission__visit__version=version,
        )
        RoomFactory(house=finding.house)
        VisitFactory(
            house=finding.house,
            inspector=inspector,
            version=version,
            follow_up_of=finding.visit,
        )
    client.force_login(inspector)

    with django_assert_num_queries(17):
        day = client.get(DAY).json()

    assert len([v for v in day["visits"] if v["follow_up_of"]]) == count
