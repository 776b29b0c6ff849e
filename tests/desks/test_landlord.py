"""The landlord's first page: what needs doing, then the houses."""

import datetime as dt

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from accounts.models import Role
from core import clock
from inspections.models import Finding
from tests.accounts.factories import UserFactory, staff
from tests.certificates.factories import (
    CertificateFactory,
    DecisionFactory,
    RoomResultFactory,
    SuspensionFactory,
)
from tests.inspections.factories import (
    CriticalFindingFactory,
    EvidenceFactory,
    FindingFactory,
    RepairFactory,
    VisitFactory,
)
from tests.reference.factories import LegalReferenceFactory
from tests.registry.factories import (
    DraftHouseFactory,
    HouseFactory,
    LandlordFactory,
    RoomFactory,
    WithdrawnHouseFactory,
    WithdrawnRoomFactory,
)

pytestmark = pytest.mark.django_db
HOME = reverse("desks:landlord")


@pytest.fixture
def landlord(client):
    someone = LandlordFactory()
    client.force_login(someone.user)
    return someone


@pytest.fixture
def house(landlord):
    return HouseFactory(landlord=landlord, name="Nhà trọ Hoa Sen")


def found(house, **fields):
    return FindingFactory(submission__visit__house=house, **fields)


def in_days(days):
    return clock.now() + dt.timedelta(days=days)


def ending_in(days, **fields):
    """A certificate whose last day is so many days ahead."""
    today = clock.today()
    period = DateRange(
        today - dt.timedelta(days=100), today + dt.timedelta(days=days + 1)
    )
    return CertificateFactory(period=period, **fields)


def words(response):
    return " ".join(response.content.decode().split())


def test_home_is_the_landlords(client, house):
    response = client.get("/landlord/")

    assert response.status_code == 200
    assert "Nhà trọ Hoa Sen" in words(response)


def test_home_says_what_to_repair_where_by_when_and_how(client, house):
    finding = found(house, room=RoomFactory(house=house, label="102"))
    photo = EvidenceFactory(submission=finding.submission, room=finding.room)

    text = words(client.get(HOME))

    assert "1 việc cần khắc phục" in text
    assert "FIR-08?" in text
    assert "phòng 102" in text
    assert (
        f"Khắc phục chậm nhất ngày {clock.today() + dt.timedelta(30):%d/%m/%Y} (còn 30 ngày)"
        in text
    )
    assert "Sửa lại" in text
    assert f"/evidence/{photo.pk}/small" in text
    assert reverse("inspections:finding", args=[finding.pk]) in text


def test_home_puts_what_is_urgent_first_then_what_is_due_first(client, house):
    later = found(house, due_at=in_days(20))
    sooner = found(house, due_at=in_days(-2), severity="N", item="SEC-01")
    urgent = CriticalFindingFactory(
        submission__visit__house=house, due_at=in_days(25), item="FIR-01"
    )

    response = client.get(HOME)

    assert response.context["to_repair"] == [urgent, sooner, later]
    assert "quá hạn 2 ngày" in words(response)


def test_home_shows_no_more_than_five_at_once(client, house):
    for number in range(7):
        found(house, room=RoomFactory(house=house, label=f"{number}"))

    assert "Còn 2 việc nữa" in words(client.get(HOME))


def test_home_leaves_out_what_is_not_the_landlords_to_repair(client, house):
    found(house, public_task=True)
    found(house, room=WithdrawnRoomFactory(house=house))
    found(WithdrawnHouseFactory(landlord=house.landlord))
    found(HouseFactory())
    settled = found(house, item="SEC-01")
    Finding.objects.filter(pk=settled.pk).update(
        closed_at=clock.now(), closed_by=staff(Role.REVIEWER), closed_how="fixed"
    )

    response = client.get(HOME)

    assert response.context["to_repair"] == []
    assert "FIR-08?" not in words(response)


def test_home_says_what_was_reported_and_waits(client, house):
    finding = found(house)
    RepairFactory(finding=finding)

    response = client.get(HOME)

    assert response.context["to_repair"] == []
    assert response.context["reported"] == [finding]
    assert "1 việc đã báo sửa, đang chờ xem" in words(response)


def test_home_says_which_certificates_end_soon(client, house):
    soon = ending_in(60, room__house=house, room__label="101")
    sooner = ending_in(3, room__house=house, room__label="102")
    ending_in(61, room__house=house)
    ending_in(-1, room__house=house)
    SuspensionFactory(certificate=soon)

    response = client.get(HOME)

    assert [
        [room.paper for room in rooms] for _, _, rooms in response.context["ending"]
    ] == [[sooner], [soon]]
    assert "1 giấy chứng nhận hết hạn" in words(response)
    assert "còn 3 ngày" in words(response)


def test_home_says_once_what_ends_together(client, house):
    rooms = [ending_in(9, room__house=house).room for _ in range(3)]

    ((_day, there, together),) = client.get(HOME).context["ending"]

    assert (there, together) == (house, rooms)


def test_home_says_which_houses_nobody_has_visited(client, house):
    VisitFactory(house=house, planned_for=dt.date(2031, 5, 4))
    seen = HouseFactory(landlord=house.landlord)
    VisitFactory(house=seen, received_at=clock.now())
    HouseFactory(landlord=house.landlord, name="Nhà trọ Bưởi")

    text = words(client.get(HOME))

    assert "Nhà trọ Hoa Sen: lượt thăm đầu tiên vào ngày 04/05/2031" in text
    assert "Nhà trọ Bưởi: chưa có lượt thăm nào" in text
    assert str(seen) + ": chưa" not in text


def test_home_leads_back_to_a_house_that_is_not_finished(client, landlord):
    draft = DraftHouseFactory(landlord=landlord, name="Nhà dở dang")

    response = client.get(HOME)

    assert "Đăng ký nốt Nhà dở dang" in words(response)
    assert f"/landlord/houses/{draft.number}/" in words(response)
    assert response.context["houses"] == []


def test_home_asks_to_register_the_first_house(client, landlord):
    assert "Đăng ký nhà trọ đầu tiên" in words(client.get(HOME))


def test_home_is_content_when_all_is_done(client, house):
    VisitFactory(house=house, received_at=clock.now())
    CertificateFactory(room__house=house)

    assert "Hiện không có việc gì" in words(client.get(HOME))


def test_home_tells_what_each_room_is_worth(client, house):
    certified = CertificateFactory(room__house=house, room__label="2").room
    waiting = RoomResultFactory(room__house=house, room__label="10").room
    refused = DecisionFactory(
        room__house=house,
        room__label="11",
        outcome="refuse",
        reasons="Lắp khoá trong",
    ).room
    new = RoomFactory(house=house, label="1")

    response = client.get(HOME)

    (shown,) = response.context["houses"]
    assert shown.let == [new, certified, waiting, refused]
    assert [room.waits for room in shown.let] == [False, False, True, False]
    text = words(response)
    assert "Chưa có giấy chứng nhận" in text
    assert "Đang xem xét" in text
    assert "Lắp khoá trong" in text
    assert certified.certificates.get().number in text


def test_home_offers_the_certificate_for_the_door_while_it_counts(client, house):
    resting = SuspensionFactory(certificate__room__house=house).certificate
    valid = CertificateFactory(room__house=house)

    text = words(client.get(HOME))

    assert reverse("certificates:landlord_print", args=[valid.number]) in text
    assert reverse("certificates:landlord_print", args=[resting.number]) not in text


def test_home_states_duties_with_the_law_in_force(client, landlord):
    LegalReferenceFactory(key="law-118-2025-art-4")
    LegalReferenceFactory(key="law-68-2020-art-27", confidence="M")
    over = DateRange(None, clock.today())
    LegalReferenceFactory(key="circular-116-2026-art-12", in_force=over)

    duties = client.get(HOME).context["duties"]

    assert [law.key for law in duties] == ["law-118-2025-art-4"]


@pytest.mark.parametrize("count", [1, 3])
def test_home_query_count(client, landlord, count, django_assert_num_queries):
    for _ in range(count):
        house = HouseFactory(landlord=landlord)
        finding = found(house)
        RepairFactory(finding=found(house, item="SEC-01"))
        EvidenceFactory(submission=finding.submission)
        CertificateFactory(room__house=house)
        RoomResultFactory(room__house=house)
        DraftHouseFactory(landlord=landlord)

    # session, user, landlord; findings, visits, versions, pictures; houses, rooms,
    # certificates, waiting, decisions; law; roles
    with django_assert_num_queries(14):
        client.get(HOME)


def test_home_asks_to_sign_in(client):
    assert client.get(HOME).url.startswith("/account/login/")


@pytest.mark.parametrize("who", [UserFactory, lambda: staff(Role.REVIEWER)])
def test_home_leads_who_is_no_landlord_yet_to_the_first_step(client, who):
    client.force_login(who())

    assert client.get(HOME).url == "/landlord/start/"


def test_home_shows_nothing_of_another_landlord(client, house):
    other = HouseFactory(name="Nhà người khác")
    found(other)
    CertificateFactory(room__house=other)
    client.force_login(LandlordFactory().user)

    text = words(client.get(HOME))

    assert "Hoa Sen" not in text
    assert "Nhà người khác" not in text
    assert "FIR-08" not in text
