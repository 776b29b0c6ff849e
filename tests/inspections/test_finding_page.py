"""The landlord's page of one finding, and the pictures of visits and repairs."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Role
from core import clock
from core.models import Event
from inspections.actions import verify_repair
from inspections.models import Repair
from tests.accounts.factories import UserFactory, staff
from tests.inspections.factories import (
    CriticalFindingFactory,
    EvidenceFactory,
    FindingFactory,
    RepairFactory,
    ShownRepairFactory,
)
from tests.registry.factories import (
    LandlordFactory,
    OtherCommuneFactory,
    RoomFactory,
    jpeg,
)

pytestmark = pytest.mark.django_db


def address(finding):
    return reverse("inspections:finding", args=[finding.pk])


@pytest.fixture
def finding(client):
    """Signed in as the landlord of its house."""
    found = FindingFactory()
    client.force_login(found.house.landlord.user)
    return found


def test_finding_says_what_by_when_and_how_to_repair(client, finding):
    text = client.get(address(finding)).content.decode()

    assert "FIR-08?" in text
    assert "Sửa lại" in text
    assert "Nhìn kỹ" in text
    assert "Trung bình" in text
    assert f"chậm nhất ngày {clock.today() + dt.timedelta(days=30):%d/%m/%Y}" in text
    assert "còn 30 ngày" in text


def test_finding_shows_every_step(client, finding):
    at = clock.iso(clock.now() + dt.timedelta(days=60))
    finding.due.append({"what": "build", "at": at})
    finding.save()

    text = client.get(address(finding)).content.decode()

    assert "Khắc phục xong" in text
    assert "Làm xong" in text


def test_finding_shows_the_pictures_of_its_place_alone(client, finding):
    photo = EvidenceFactory(submission=finding.submission)
    EvidenceFactory(submission=finding.submission, item="FIR-01")
    EvidenceFactory(
        submission=finding.submission, room=RoomFactory(house=finding.house)
    )

    photos = client.get(address(finding)).context["photos"]

    assert photos == [
        {
            "small": f"/evidence/{photo.pk}/small",
            "large": f"/evidence/{photo.pk}/large",
        }
    ]


def test_finding_is_reported_as_repaired_with_a_photo(client, finding):
    photo = SimpleUploadedFile("x.jpg", jpeg(), "image/jpeg")

    response = client.post(address(finding), {"photo": photo, "note": "Đã treo"})

    assert response.status_code == 302
    repair = Repair.objects.get()
    assert repair.note == "Đã treo"
    assert repair.large.size > 0
    event = Event.objects.under(finding.house).first()
    assert (event.kind, event.by) == ("repair.claimed", finding.house.landlord.user)
    text = client.get(address(finding)).content.decode()
    assert "Ông/bà đã báo sửa xong." in text
    assert "<textarea" not in text


def test_finding_is_reported_in_words_alone(client, finding):
    response = client.post(address(finding), {"note": "Đã treo"})

    assert response.status_code == 302
    assert Repair.objects.get().large.name == ""


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({}, "Hãy thêm một ảnh, hoặc ghi đã sửa những gì."),
        ({"photo": b"no picture"}, "Hãy chọn một tấm ảnh"),
    ],
)
def test_finding_says_what_to_do_when_nothing_is_shown(client, finding, posted, words):
    posted = {
        name: SimpleUploadedFile("x.jpg", content) for name, content in posted.items()
    }

    response = client.post(address(finding), posted)

    assert response.status_code == 200
    assert words in response.content.decode()
    assert Repair.objects.count() == 0


def test_finding_is_not_reported_twice_while_it_waits(client, finding):
    RepairFactory(finding=finding)

    response = client.post(address(finding), {"note": "Lần nữa"})

    assert "Xin ông/bà chờ một chút" in response.content.decode()
    assert Repair.objects.count() == 1


def test_finding_shows_the_answer_and_is_reported_again(client, finding):
    repair = RepairFactory(finding=finding)
    verify_repair(
        repair=repair, result="not_fixed", note="Còn hở", by=staff(Role.REVIEWER)
    )

    response = client.get(address(finding))

    text = response.content.decode()
    assert response.context["answer"].note == "Còn hở"
    assert "<textarea" in text
    assert [entry.title for entry in response.context["history"]] == [
        "Ghi nhận khi kiểm tra",
        "Báo đã sửa xong",
        "Đã xem: chưa đạt",
    ]
    assert "Người Thử" not in text.split("<main")[1]  # who answered is not told


def test_settled_finding_asks_for_nothing(client, finding):
    verify_repair(
        repair=RepairFactory(finding=finding), result="fixed", by=staff(Role.REVIEWER)
    )

    text = client.get(address(finding)).content.decode()

    assert "Đã khắc phục" in text
    assert "<textarea" not in text


def test_grave_finding_says_that_somebody_comes(client):
    finding = CriticalFindingFactory()
    client.force_login(finding.house.landlord.user)

    text = client.get(address(finding)).content.decode()

    assert "sẽ có cán bộ đến xem" in text
    assert "bị tạm đình chỉ" in text


@pytest.mark.parametrize("count", [1, 3])
def test_finding_query_count(client, finding, count, django_assert_num_queries):
    for _ in range(count):
        verify_repair(
            repair=ShownRepairFactory(finding=finding),
            result="not_fixed",
            note="Còn hở",
            by=staff(Role.REVIEWER),
        )
        EvidenceFactory(submission=finding.submission)

    # session, user, landlord, finding, repairs, their people, answers, pictures,
    # roles, where the handbook says more
    with django_assert_num_queries(10):
        client.get(address(finding))


@pytest.mark.parametrize("method", ["get", "post"])
def test_finding_asks_to_sign_in(client, method):
    response = getattr(client, method)(address(FindingFactory()))

    assert response.url.startswith("/account/login/")


@pytest.mark.parametrize("method", ["get", "post"])
def test_finding_of_somebody_else_is_not_there(client, method):
    finding = FindingFactory()
    client.force_login(LandlordFactory().user)

    assert getattr(client, method)(address(finding)).status_code == 404


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.INSPECTOR, Role.ADMINISTRATOR])
def test_finding_is_no_page_of_staff(client, role):
    finding = FindingFactory()
    client.force_login(staff(role))

    response = client.post(address(finding), {"note": "Đã sửa"})

    assert response.url == "/landlord/start/"
    assert Repair.objects.count() == 0


def test_public_task_is_not_the_landlords(client):
    finding = FindingFactory(public_task=True)
    client.force_login(finding.house.landlord.user)

    assert client.get(address(finding)).status_code == 404


# --- pictures ----------------------------------------------------------------------------


def evidence_of(finding, **fields):
    return EvidenceFactory(submission=finding.submission, **fields)


def test_evidence_is_shown_to_staff_of_the_commune_the_inspector_and_the_landlord(
    client,
):
    finding = FindingFactory()
    photo = evidence_of(finding)

    for user in (
        finding.house.landlord.user,
        finding.visit.inspector,
        staff(Role.REVIEWER, finding.house.commune),
        staff(Role.COORDINATOR),
    ):
        client.force_login(user)
        response = client.get(f"/evidence/{photo.pk}/large")

        assert response.content == b"large"
        assert response["Content-Type"] == "image/jpeg"
        assert response["Cache-Control"] == "private, max-age=86400, immutable"


def test_evidence_is_not_there_for_anybody_else(client):
    finding = FindingFactory()
    photo = evidence_of(finding)
    address = f"/evidence/{photo.pk}/small"

    assert client.get(address).status_code == 404
    for user in (
        UserFactory(),
        LandlordFactory().user,
        FindingFactory().house.landlord.user,
        staff(Role.INSPECTOR),
        staff(Role.REVIEWER, OtherCommuneFactory()),
        staff(Role.ANALYST),
    ):
        client.force_login(user)
        assert client.get(address).status_code == 404


def test_landlord_sees_only_evidence_of_her_own_tasks(client):
    finding = FindingFactory()
    elsewhere = evidence_of(finding, room=RoomFactory(house=finding.house))
    passing = evidence_of(finding, item="FIR-01")
    commune = FindingFactory(
        submission=finding.submission, item="SEC-01", public_task=True
    )
    public = evidence_of(commune, item="SEC-01")
    client.force_login(finding.house.landlord.user)

    for photo in (elsewhere, passing, public):
        assert client.get(f"/evidence/{photo.pk}/large").status_code == 404


def test_confidential_evidence_is_the_case_workers_alone(client):
    finding = FindingFactory()
    photo = evidence_of(finding, item="WOM-09")
    here = finding.house.commune

    for user, status in (
        (finding.house.landlord.user, 404),
        (finding.visit.inspector, 404),
        (staff(Role.REVIEWER, here), 404),
        (staff(Role.ADMINISTRATOR), 404),
        (staff(Role.CASE_WORKER, here), 200),
    ):
        client.force_login(user)
        assert client.get(f"/evidence/{photo.pk}/large").status_code == status


def test_evidence_that_is_not_encoded_anew_is_not_there(client):
    finding = FindingFactory()
    photo = evidence_of(finding, small="", large="", processed_at=None)
    client.force_login(staff(Role.REVIEWER))

    assert client.get(f"/evidence/{photo.pk}/large").status_code == 404


def test_repair_photo_is_shown_to_the_landlord_and_staff_of_the_commune(client):
    repair = ShownRepairFactory()
    house = repair.finding.house

    for user, status in (
        (house.landlord.user, 200),
        (staff(Role.REVIEWER, house.commune), 200),
        (repair.finding.visit.inspector, 200),
        (LandlordFactory().user, 404),
        (staff(Role.REVIEWER, OtherCommuneFactory()), 404),
        (UserFactory(), 404),
    ):
        client.force_login(user)
        assert client.get(f"/repairs/{repair.pk}/small").status_code == status
    client.logout()
    assert client.get(f"/repairs/{repair.pk}/small").status_code == 404


def test_pictures_have_no_other_size(client):
    repair = ShownRepairFactory()
    client.force_login(repair.by)

    assert client.get(f"/repairs/{repair.pk}/medium").status_code == 404
    assert client.get(f"/repairs/{repair.pk}/note").status_code == 404
