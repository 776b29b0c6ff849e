"""The office's first page: what waits, by role."""

import datetime as dt
from collections import namedtuple

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from accounts.models import Role
from core import clock, disk
from inspections.models import Return
from tests.accounts.factories import AdministratorFactory, UserFactory, staff
from tests.certificates.factories import (
    CertificateFactory,
    DangerFactory,
    ReceivedVisitFactory,
    RoomResultFactory,
)
from tests.inspections.factories import (
    CriticalFindingFactory,
    EvidenceFactory,
    FindingFactory,
    RepairFactory,
    SubmissionFactory,
    UploadFactory,
    VisitFactory,
)
from tests.registry.factories import HouseFactory, LandlordFactory, OtherCommuneFactory

pytestmark = pytest.mark.django_db
OFFICE = reverse("desks:office")


def enter(client, role, *communes):
    user = staff(role, *communes)
    client.force_login(user)
    return user


def block(client, key):
    """The list of that name as the page has it, empty or not."""
    context = client.get(OFFICE).context
    found = [b for b in [*context["blocks"], *context["quiet"]] if b.key == key]
    return found[0] if found else None


def keys(client):
    context = client.get(OFFICE).context
    return [b.key for b in [*context["blocks"], *context["quiet"]]]


def houses(found):
    return [row.title for row in found.rows]


def ends_in(days, **fields):
    today = clock.today()
    period = DateRange(
        today - dt.timedelta(days=9), today + dt.timedelta(days=days + 1)
    )
    return CertificateFactory(period=period, **fields)


@pytest.mark.parametrize(
    ("role", "lists"),
    [
        (
            Role.REVIEWER,
            {
                "reviews",
                "repairs",
                "visits",
                "uploads",
                "returned",
                "ending",
                "troubles",
            },
        ),
        (
            Role.COORDINATOR,
            {
                "repairs",
                "events",
                "follow_ups",
                "visits",
                "uploads",
                "returned",
                "ending",
                "troubles",
            },
        ),
        (
            Role.ADMINISTRATOR,
            {"repairs", "visits", "uploads", "returned", "ending", "troubles"},
        ),
        (Role.INSPECTOR, set()),
        (Role.EDITOR, {"editions", "laws", "comments", "questions", "events"}),
        (Role.PRINT_OFFICER, {"reprints", "expected", "events"}),
        (Role.ANALYST, set()),
        (Role.CASE_WORKER, set()),
    ],
)
def test_office_has_the_lists_of_the_role(client, role, lists):
    enter(client, role)

    assert set(keys(client)) == lists


def test_office_says_that_nothing_waits(client):
    enter(client, Role.REVIEWER)

    text = client.get(OFFICE).content.decode()

    assert "Chị/anh không có việc nào đang chờ" in text


def test_reviews_puts_the_dangerous_first_then_the_oldest(client):
    calm = RoomResultFactory(room__house__name="Êm")
    dangerous = RoomResultFactory(room__house__name="Nguy")
    DangerFactory(house=dangerous.room.house)
    enter(client, Role.REVIEWER)

    found = block(client, "reviews")

    assert (found.count, found.told) == (2, "1 có nguy hiểm chưa khắc phục")
    assert houses(found) == ["Nguy", "Êm"]
    assert found.rows[1].address == reverse(
        "certificates:review", args=[calm.submission.pk]
    )


def test_repairs_counts_what_landlords_reported(client):
    repair = RepairFactory()
    enter(client, Role.REVIEWER)

    found = block(client, "repairs")

    assert found.count == 1
    assert found.rows[0].title == "FIR-08?"
    assert found.rows[0].address == reverse("inspections:repair", args=[repair.pk])


def test_follow_ups_are_the_coordinators(client):
    received = ReceivedVisitFactory(house__name="Nguy")
    CriticalFindingFactory(submission=SubmissionFactory(visit=received))
    enter(client, Role.COORDINATOR)

    found = block(client, "follow_ups")

    assert houses(found) == ["Nguy"]
    assert f"follows={received.pk}" in found.rows[0].address


def test_visits_are_todays_and_the_late_ones(client):
    today = clock.today()
    VisitFactory(house__name="Mai", planned_for=today + dt.timedelta(days=1))
    VisitFactory(house__name="Nay", planned_for=today)
    VisitFactory(house__name="Qua", planned_for=today - dt.timedelta(days=2))
    VisitFactory(house__name="Xong", received_at=clock.now())
    enter(client, Role.COORDINATOR)

    found = block(client, "visits")

    assert houses(found) == ["Qua", "Nay"]
    assert (found.count, found.told) == (2, "1 quá ngày hẹn")


def test_returned_visits_wait_for_the_inspector(client):
    sent = SubmissionFactory(
        visit__house__name="Xem lại", visit__received_at=clock.now()
    )
    Return.objects.create(submission=sent, note="Thiếu ảnh", by=staff(Role.REVIEWER))
    enter(client, Role.REVIEWER)

    assert houses(block(client, "returned")) == ["Xem lại"]


def test_certificates_that_end_soon_come_house_by_house(client):
    house = HouseFactory(name="Hoa")
    for days in (60, 61, 60):
        ends_in(days, room__house=house)
    ends_in(3, room__house__name="Lan")
    enter(client, Role.COORDINATOR)

    found = block(client, "ending")

    assert found.count == 3
    assert houses(found) == ["Lan", "Hoa"]
    assert [row.text for row in found.rows] == [
        "Xã Quang Minh · 1 phòng",
        "Xã Quang Minh · 2 phòng",
    ]
    assert found.rows[0].at == clock.today() + dt.timedelta(days=3)


def test_visits_on_their_way_are_told_with_their_progress(client):
    visit = VisitFactory()
    UploadFactory(visit=visit.pk, author=visit.inspector, received=610)
    enter(client, Role.COORDINATOR)

    found = block(client, "uploads")

    assert found.count == 1
    assert houses(found) == [str(visit.house)]
    assert "61 %" in found.rows[0].text


def test_troubles_are_unlike_packs_and_photos_that_cannot_be_shown(client):
    first = SubmissionFactory()
    SubmissionFactory(visit=first.visit, accepted=False, receipt="")
    EvidenceFactory(submission=first, small="", large="", problem="photo_damaged")
    EvidenceFactory(submission=first)
    enter(client, Role.REVIEWER)

    found = block(client, "troubles")

    assert found.count == 2
    assert houses(found) == [str(first.visit.house)]
    assert found.told == "Ảnh không xem được: 1"


def everything(count):
    """Each list gets as many rows, in Quang Minh."""
    for _ in range(count):
        RoomResultFactory()
        RepairFactory()
        CriticalFindingFactory(
            submission=SubmissionFactory(visit=ReceivedVisitFactory())
        )
        VisitFactory()
        sent = SubmissionFactory(visit__received_at=clock.now())
        Return.objects.create(submission=sent, note="Thiếu", by=staff(Role.REVIEWER))
        ends_in(9)
        SubmissionFactory(accepted=False, receipt="")
        UploadFactory(visit=VisitFactory().pk)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.COORDINATOR])
def test_office_shows_only_the_communes_of_the_role(client, role):
    everything(1)
    elsewhere = OtherCommuneFactory()
    enter(client, role, elsewhere)

    context = client.get(OFFICE).context

    assert context["blocks"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_office_query_count(client, count, django_assert_num_queries):
    everything(count)
    user = enter(client, Role.REVIEWER)
    user.memberships.create(role=Role.COORDINATOR, everywhere=True)

    # session, user, roles, communes; reviews 2, repairs 4, to visit again 2, visits 2,
    # on their way 3, sent back 2, ending 2, troubles 3
    with django_assert_num_queries(26):
        client.get(OFFICE)


def test_office_links_administrators_to_people(client):
    client.force_login(AdministratorFactory())

    assert reverse("accounts:people") in client.get(OFFICE).content.decode()


def test_office_asks_to_sign_in(client):
    assert client.get(OFFICE).url.startswith("/account/login/")


@pytest.mark.parametrize("who", [UserFactory, lambda: LandlordFactory().user])
def test_office_is_closed_to_who_does_not_work_here(client, who):
    client.force_login(who())

    assert client.get(OFFICE).status_code == 403


def test_disk_that_is_nearly_full_is_said_at_the_top(client, monkeypatch):
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda path: usage(812_000_000))
    enter(client, Role.COORDINATOR)

    page = client.get(OFFICE).content.decode()

    assert "812 MB" in page
    assert 'role="alert"' in page


# --- looking up a house ------------------------------------------------------------------


def looked_up(client, words):
    return client.get(reverse("desks:houses"), {"q": words})


@pytest.fixture
def hoa_sen():
    """One of two houses of Quang Minh."""
    HouseFactory(name="Nhà trọ Bưởi", address="số 9, ngõ 7", street="Đường Khác")
    return HouseFactory(
        name="Nhà trọ Hoa Sen",
        address="số 5, ngách 12/3, ngõ 12",
        hamlet="Thôn Ấp Tre",
        landlord=LandlordFactory(
            full_name="Nguyễn Thị Tuyết", user__phone="+84912345678"
        ),
    )


@pytest.mark.parametrize(
    "words",
    [
        "hoa sen",
        "HOA SEN quang minh",
        "ngách 12/3",
        "ap tre",
        "0912 345 678",
        "+84912.345.678",
        "tuyet",
        "Nguyễn Thị Tuyết",
    ],
)
def test_house_is_found_by_what_people_say(client, hoa_sen, words):
    enter(client, Role.COORDINATOR)

    response = looked_up(client, words)

    assert response.url == reverse("desks:house", args=[hoa_sen.number])


def test_house_is_found_by_its_number_in_any_spelling(client, hoa_sen):
    enter(client, Role.REVIEWER)
    typed = f" {hoa_sen.number[:4]}-{hoa_sen.number[4:]}".lower()

    assert looked_up(client, typed).status_code == 302


def test_several_houses_are_listed(client, hoa_sen):
    enter(client, Role.REVIEWER)

    found = looked_up(client, "quang minh").context["houses"]

    assert len(found) == 2


def test_houses_own_words_come_before_its_communes(client):
    commune = HouseFactory(name="Cây Dừa").commune
    named = HouseFactory(name="Nhà trọ Quang Minh", commune=commune)
    enter(client, Role.REVIEWER)

    assert looked_up(client, "quang minh").context["houses"][0] == named


@pytest.mark.parametrize("words", ["", "  ", "---", "không có", "\0", "x" * 300, "09"])
def test_looking_up_forgives_anything(client, hoa_sen, words):
    enter(client, Role.REVIEWER)

    response = looked_up(client, words)

    assert response.context["houses"] == []


@pytest.mark.parametrize("count", [2, 4])
def test_looking_up_query_count(client, count, django_assert_num_queries):
    HouseFactory.create_batch(count)
    enter(client, Role.REVIEWER)

    # session, user, roles, communes, houses
    with django_assert_num_queries(5):
        looked_up(client, "quang minh")


def test_houses_of_other_communes_are_not_found(client, hoa_sen):
    enter(client, Role.REVIEWER, OtherCommuneFactory())

    assert looked_up(client, "hoa sen").context["houses"] == []


@pytest.mark.parametrize(
    "who",
    [
        UserFactory,
        lambda: LandlordFactory().user,
        lambda: staff(Role.INSPECTOR),
        lambda: staff(Role.ANALYST),
    ],
)
def test_looking_up_is_closed_to_others(client, hoa_sen, who):
    client.force_login(who())

    assert looked_up(client, "hoa sen").status_code == 403


def test_findings_page_follows(client):
    """The addresses that the lists lead to understand what they are given."""
    FindingFactory()
    enter(client, Role.COORDINATOR)
    ends_in(9)

    for address in [block(client, key).address for key in keys(client)]:
        assert client.get(address).status_code == 200
