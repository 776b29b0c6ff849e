import datetime as dt

import factory
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from accounts.models import Role
from certificates.models import Certificate, Decision, Suspension
from core import clock, codes
from inspections.models import RoomResult
from tests.accounts.factories import UserFactory, staff
from tests.inspections.factories import (
    CriticalFindingFactory,
    SubmissionFactory,
    VisitFactory,
)
from tests.registry.factories import HouseFactory, RoomFactory


def reviewer(house):
    return staff(Role.REVIEWER, house.commune)


class ReceivedVisitFactory(VisitFactory):
    received_at = factory.LazyFunction(clock.now)


class RoomVisitFactory(SubmissionFactory):
    """What was sent after a visit to the house of one `room`, where everything passed."""

    class Params:
        room = factory.SubFactory(RoomFactory)

    visit = factory.SubFactory(
        ReceivedVisitFactory, house=factory.SelfAttribute("..room.house")
    )


class RoomResultFactory(factory.django.DjangoModelFactory):
    """A room that was seen and that the rules would certify."""

    class Meta:
        model = RoomResult

    room = factory.SubFactory(RoomFactory)
    submission = factory.SubFactory(
        RoomVisitFactory, room=factory.SelfAttribute("..room")
    )
    outcome = RoomResult.Outcome.CERTIFY
    overall = 95
    security = 100
    women = 90


class DangerFactory(CriticalFindingFactory):
    """An open critical finding on a house, or on its `room`."""

    house = factory.SubFactory(HouseFactory)
    submission = factory.SubFactory(
        SubmissionFactory,
        visit=factory.SubFactory(
            ReceivedVisitFactory, house=factory.SelfAttribute("...house")
        ),
    )


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Decision

    room = factory.SubFactory(RoomFactory)
    submission = factory.SubFactory(
        RoomVisitFactory, room=factory.SelfAttribute("..room")
    )
    outcome = Decision.Outcome.CERTIFY
    inspected_by = factory.SelfAttribute("submission.visit.inspector")
    decided_by = factory.LazyAttribute(lambda decision: reviewer(decision.room.house))


class CertificateFactory(factory.django.DjangoModelFactory):
    """A certificate for a year from today, without the act that issues it."""

    class Meta:
        model = Certificate

    room = factory.SubFactory(RoomFactory)
    conditional = False
    decision = factory.SubFactory(
        DecisionFactory,
        room=factory.SelfAttribute("..room"),
        outcome=factory.LazyAttribute(
            lambda self: "conditional" if self.factory_parent.conditional else "certify"
        ),
    )
    number = factory.Sequence(lambda n: f"00000-2026-{n:06}")
    code = factory.LazyFunction(lambda: codes.make(8))
    period = factory.LazyFunction(
        lambda: DateRange(clock.today(), clock.today() + dt.timedelta(days=365))
    )
    words = factory.LazyFunction(lambda: {"form": 1})
    issued_by = factory.SelfAttribute("decision.decided_by")


class SuspensionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Suspension

    certificate = factory.SubFactory(CertificateFactory)
    period = factory.LazyFunction(lambda: DateTimeTZRange(clock.now(), None))
    because = "Có tin báo cửa thoát bị khoá."
    by = factory.SubFactory(UserFactory)
