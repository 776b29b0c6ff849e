import datetime as dt

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from certificates.models import Certificate, Status
from core import clock
from registry.models import House, Room
from tests.accounts.factories import UserFactory
from tests.certificates.factories import (
    CertificateFactory,
    DangerFactory,
    SuspensionFactory,
)
from tests.registry.factories import HouseFactory

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 21, 5, tzinfo=dt.UTC)  # 12:00 in Viet Nam
TODAY = dt.date(2026, 11, 21)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def status(certificate, at=None):
    return Certificate.objects.with_status(at).get(pk=certificate.pk).status


def suspended_since(certificate, at=None):
    return Certificate.objects.with_status(at).get(pk=certificate.pk).suspended_since


def revoke(certificate, at=NOON):
    Certificate.objects.filter(pk=certificate.pk).update(
        revoked_at=at, revoked_by=UserFactory(), revoked_because="Giấy cấp nhầm."
    )


def supersede(certificate, at=NOON):
    old = {"superseded_at": at, "superseded_by": CertificateFactory()}
    Certificate.objects.filter(pk=certificate.pk).update(**old)


def expired():
    return CertificateFactory(period=DateRange(TODAY - 365 * DAY, TODAY))


def not_yet_valid():
    return CertificateFactory(period=DateRange(TODAY + DAY, TODAY + 9 * DAY))


def suspend(certificate):
    SuspensionFactory(certificate=certificate)


def endanger(certificate):
    DangerFactory(house=certificate.room.house, room=certificate.room)


def withdraw(certificate):
    Room.objects.filter(pk=certificate.room_id).update(withdrawn_at=NOON)


def withdraw_house(certificate):
    House.objects.filter(pk=certificate.room.house_id).update(withdrawn_at=NOON)


@pytest.mark.parametrize(
    ("make", "facts", "expected"),
    [
        (CertificateFactory, [], "valid"),
        (lambda: CertificateFactory(conditional=True), [], "conditional"),
        (expired, [], "expired"),
        (not_yet_valid, [], "not_yet_valid"),
        (CertificateFactory, [suspend], "suspended"),
        (CertificateFactory, [endanger], "suspended"),
        (CertificateFactory, [suspend, endanger], "suspended"),
        (lambda: CertificateFactory(conditional=True), [suspend], "suspended"),
        (expired, [suspend, endanger], "expired"),
        (not_yet_valid, [suspend, endanger], "not_yet_valid"),
        (CertificateFactory, [withdraw], "withdrawn"),
        (CertificateFactory, [withdraw_house], "withdrawn"),
        (expired, [withdraw], "withdrawn"),
        (CertificateFactory, [suspend, withdraw], "withdrawn"),
        (CertificateFactory, [supersede], "superseded"),
        (expired, [supersede, withdraw, suspend], "superseded"),
        (CertificateFactory, [revoke], "revoked"),
        (expired, [revoke, supersede, withdraw, suspend, endanger], "revoked"),
        (not_yet_valid, [revoke], "revoked"),
    ],
)
def test_status_is_the_first_that_fits(make, facts, expected):
    certificate = make()

    for fact in facts:
        fact(certificate)

    assert status(certificate) == expected
    standing = Certificate.objects.standing().filter(pk=certificate.pk).exists()
    assert standing == (expected in {"valid", "conditional"})


def test_every_status_but_unknown_can_be_had():
    assert [key for key in Status.values if key != "unknown"] == [
        "revoked",
        "superseded",
        "withdrawn",
        "not_yet_valid",
        "expired",
        "suspended",
        "conditional",
        "valid",
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "suspended"),
        ({"room": None}, "suspended"),
        ({"critical": False}, "valid"),
        ({"public_task": True}, "valid"),
    ],
)
def test_only_a_landlords_critical_finding_suspends(change, expected):
    certificate = CertificateFactory()
    place = {"house": certificate.room.house, "room": certificate.room}

    DangerFactory(**{**place, **change})

    assert status(certificate) == expected


def test_finding_on_the_house_suspends_all_its_rooms_and_on_a_room_only_that():
    house = HouseFactory()
    first, second = CertificateFactory.create_batch(2, room__house=house)
    elsewhere = CertificateFactory()

    DangerFactory(house=house, room=first.room, item="ELE-01")
    assert [status(c) for c in (first, second)] == ["suspended", "valid"]

    DangerFactory(house=house)
    assert [status(c) for c in (first, second, elsewhere)] == [
        "suspended",
        "suspended",
        "valid",
    ]


def test_suspension_lifts_itself_when_the_danger_is_gone():
    certificate = CertificateFactory()
    finding = DangerFactory(house=certificate.room.house, opened_at=NOON - 2 * HOUR)

    finding.closed_at, finding.closed_by = NOON, UserFactory()
    finding.closed_how = "fixed"
    finding.save()

    assert status(certificate) == "valid"
    assert status(certificate, at=NOON - HOUR) == "suspended"
    assert status(certificate, at=NOON - 3 * HOUR) == "valid"


def test_lifted_suspension_counts_only_for_its_time():
    certificate = CertificateFactory()
    SuspensionFactory(
        certificate=certificate,
        period=DateTimeTZRange(NOON - 2 * HOUR, NOON - HOUR),
        lifted_by=UserFactory(),
        lifted_because="Đã sửa.",
    )

    assert status(certificate) == "valid"
    assert status(certificate, at=NOON - 2 * HOUR) == "suspended"
    assert status(certificate, at=NOON - HOUR) == "valid"


def test_suspended_since_is_the_earliest_that_still_lasts():
    certificate = CertificateFactory()
    house = certificate.room.house
    DangerFactory(house=house, opened_at=NOON - 2 * HOUR)
    assert suspended_since(certificate) == NOON - 2 * HOUR

    period = DateTimeTZRange(NOON - 3 * HOUR, None)
    SuspensionFactory(certificate=certificate, period=period)
    assert suspended_since(certificate) == NOON - 3 * HOUR

    DangerFactory(house=house, item="FIR-02", opened_at=NOON - 4 * HOUR)
    assert suspended_since(certificate) == NOON - 4 * HOUR


def test_revocation_and_replacement_count_from_their_moment():
    revoked, superseded = CertificateFactory(), CertificateFactory()
    revoke(revoked, at=NOON - HOUR)
    supersede(superseded, at=NOON - HOUR)

    before = NOON - 2 * HOUR

    assert [status(c, before) for c in (revoked, superseded)] == ["valid", "valid"]
    assert [status(c) for c in (revoked, superseded)] == ["revoked", "superseded"]
    # valid_on() asks for the end of a day that is not today.
    assert revoked not in Certificate.objects.valid_on(TODAY)


def test_last_day_ends_at_midnight_in_viet_nam(time_machine):
    certificate = CertificateFactory(period=DateRange(TODAY, TODAY + DAY))

    time_machine.move_to(dt.datetime(2026, 11, 21, 16, 59, tzinfo=dt.UTC), tick=False)
    assert clock.today() == TODAY
    assert status(certificate) == "valid"

    time_machine.move_to(dt.datetime(2026, 11, 21, 17, 0, tzinfo=dt.UTC), tick=False)
    assert status(certificate) == "expired"


def test_first_day_begins_at_midnight_in_viet_nam(time_machine):
    certificate = CertificateFactory(period=DateRange(TODAY, TODAY + DAY))

    time_machine.move_to(dt.datetime(2026, 11, 20, 16, 59, tzinfo=dt.UTC), tick=False)
    assert status(certificate) == "not_yet_valid"

    time_machine.move_to(dt.datetime(2026, 11, 20, 17, 0, tzinfo=dt.UTC), tick=False)
    assert status(certificate) == "valid"


def test_demo_time_is_believed():
    certificate = CertificateFactory(period=DateRange(TODAY, TODAY + 9 * DAY))

    with clock.set_to(NOON + 9 * DAY):
        assert status(certificate) == "expired"


def test_valid_on_a_day():
    certificate = CertificateFactory(period=DateRange(TODAY - 9 * DAY, TODAY + 9 * DAY))
    DangerFactory(house=certificate.room.house, opened_at=NOON)

    def valid_on(day):
        return list(Certificate.objects.valid_on(day))

    assert valid_on(TODAY - DAY) == [certificate]
    assert valid_on(TODAY) == []
    assert valid_on(TODAY - 10 * DAY) == []


def test_ending_within():
    soon, later = (
        CertificateFactory(period=DateRange(TODAY, TODAY + n * DAY)) for n in (31, 32)
    )
    expired()

    assert soon.valid_until == TODAY + 30 * DAY
    assert list(Certificate.objects.ending_within(30)) == [soon]
    assert later in Certificate.objects.ending_within(31)


def test_of_a_landlord():
    own = CertificateFactory()
    CertificateFactory()

    assert list(Certificate.objects.of(own.room.house.landlord.user)) == [own]


@pytest.mark.parametrize("count", [1, 3])
def test_status_of_many_is_one_query(count, django_assert_num_queries):
    CertificateFactory.create_batch(count)

    with django_assert_num_queries(1):
        rows = list(Certificate.objects.with_status())

    assert [row.status for row in rows] == ["valid"] * count


@pytest.mark.parametrize("count", [1, 3])
def test_for_public_is_one_query_with_room_house_and_commune(
    count, django_assert_num_queries
):
    CertificateFactory.create_batch(count)

    with django_assert_num_queries(1):
        rows = [
            (row.status, row.room.label, row.room.house.number, row.room.house.commune)
            for row in Certificate.objects.for_public()
        ]

    assert len(rows) == count


def test_for_public_reads_no_column_that_is_not_for_the_world():
    CertificateFactory()

    row = Certificate.objects.for_public().get()

    assert not Certificate.PUBLIC & Certificate.PERSONAL
    assert row.get_deferred_fields() == {
        "decision_id",
        "issued_by_id",
        "revoked_by_id",
        "revoked_because",
    }
    assert "landlord_id" in row.room.house.get_deferred_fields()
    assert {"latitude", "longitude"} <= row.room.house.get_deferred_fields()
