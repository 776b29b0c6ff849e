import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from certificates.actions import lift, revoke, suspend
from certificates.models import Certificate
from certificates.permissions import can_end_certificate
from core.errors import Refused
from core.models import Event
from tests.accounts.factories import UserFactory
from tests.certificates.factories import CertificateFactory, DangerFactory, reviewer
from tests.inspections.factories import TieFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory()


def status(certificate):
    return Certificate.objects.with_status().get(pk=certificate.pk).status


def refused(act, certificate, by):
    with pytest.raises(Refused) as caught:
        act(certificate=certificate, because="Có tin báo.", by=by)
    return caught.value.code


def test_suspend_and_lift(time_machine, by):
    time_machine.move_to(dt.datetime(2026, 11, 21, 2, tzinfo=dt.UTC), tick=False)
    certificate = CertificateFactory()

    suspend(certificate=certificate, because="Có tin báo.", by=by)
    assert status(certificate) == "suspended"

    time_machine.shift(dt.timedelta(hours=1))
    lifted = lift(certificate=certificate, because="Tin báo nhầm.", by=by)
    assert status(certificate) == "valid"
    assert (lifted.lifted_by, lifted.period.upper) == (
        by,
        dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC),
    )
    assert [
        (line.kind, line.by, line.data["because"])
        for line in Event.objects.under(certificate.room.house)
    ] == [
        ("certificate.lifted", by, "Tin báo nhầm."),
        ("certificate.suspended", by, "Có tin báo."),
    ]


def test_lifting_does_not_lift_what_a_finding_suspends(by):
    certificate = CertificateFactory()
    DangerFactory(house=certificate.room.house)
    suspend(certificate=certificate, because="Có tin báo.", by=by)

    lift(certificate=certificate, because="Tin báo nhầm.", by=by)

    assert status(certificate) == "suspended"
    assert refused(lift, certificate, by) == "not_suspended"


def test_certificate_is_suspended_once_at_a_time(by):
    certificate = CertificateFactory()
    suspend(certificate=certificate, because="Có tin báo.", by=by)

    assert refused(suspend, certificate, by) == "suspended"


@pytest.mark.parametrize("act", [suspend, lift, revoke])
def test_every_act_needs_a_reason(act, by):
    certificate = CertificateFactory()
    if act is lift:
        suspend(certificate=certificate, because="Có tin báo.", by=by)

    with pytest.raises(ValidationError):
        act(certificate=certificate, because="  ", by=by)


def test_revoke(by):
    certificate = CertificateFactory()

    revoked = revoke(certificate=certificate, because="Cấp nhầm phòng.", by=by)

    assert status(certificate) == "revoked"
    assert (revoked.revoked_by, revoked.revoked_because) == (by, "Cấp nhầm phòng.")
    assert refused(revoke, certificate, by) == "revoked"
    assert refused(suspend, certificate, by) == "over"


def test_replaced_certificate_is_not_revoked(by):
    certificate, newer = CertificateFactory(), CertificateFactory()
    Certificate.objects.filter(pk=certificate.pk).update(
        superseded_at=newer.issued_at, superseded_by=newer
    )

    assert refused(revoke, certificate, by) == "superseded"


def test_reviewer_of_the_commune_without_a_tie_may_end_certificates():
    certificate = CertificateFactory()
    house = certificate.room.house
    free, tied = reviewer(house), reviewer(house)
    TieFactory(house=house, inspector=tied)

    assert can_end_certificate(free, certificate)
    assert not can_end_certificate(tied, certificate)
    assert not can_end_certificate(house.landlord.user, certificate)
    assert not can_end_certificate(UserFactory(), certificate)
