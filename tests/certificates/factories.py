import datetime as dt
import hashlib

import factory
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from accounts.models import User
from certificates.models import Certificate, Decision, Suspension
from core import clock, codes
from inspections.models import ChecklistVersion, Finding, RoomResult, Submission, Visit
from reference.models import AdministrativeUnit
from registry.models import House, Landlord, Room


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    phone = factory.Sequence(lambda n: f"+84913{n:06}")
    full_name = factory.Sequence(lambda n: f"Người Thử {n}")


class ProvinceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AdministrativeUnit
        django_get_or_create = ["code"]

    code = "01"
    level = 1
    kind = "city"
    name = "Thành phố Hà Nội"
    name_en = "Ha Noi City"
    short_name = "Hà Nội"
    latitude = 21.03
    longitude = 105.85
    in_force = DateRange(dt.date(2025, 7, 1), None)


class CommuneFactory(ProvinceFactory):
    code = "08974"
    level = 2
    kind = "commune"
    parent = factory.SubFactory(ProvinceFactory)
    name = "Xã Quang Minh"
    name_en = "Quang Minh Commune"
    short_name = "Quang Minh"
    latitude = 21.19
    longitude = 105.77


class LandlordFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Landlord

    user = factory.SubFactory(UserFactory)
    full_name = "Trần Thị Chủ"
    phone = "+84912000001"


class HouseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = House

    number = factory.LazyFunction(lambda: codes.make(7))
    landlord = factory.SubFactory(LandlordFactory)
    commune = factory.SubFactory(CommuneFactory)
    hamlet = "Thôn Ấp Tre"
    address = "số 5, ngõ 12"
    kind = House.Kind.ROW
    gate = House.Gate.ALWAYS_OPEN
    parking = House.Parking.NONE
    water = House.Water.PIPED
    registered_at = factory.LazyFunction(clock.now)


class RoomFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Room

    code = factory.LazyFunction(lambda: codes.make(8))
    house = factory.SubFactory(HouseFactory)
    label = factory.Sequence(lambda n: f"{101 + n}")
    area = 12
    max_people = 2
    rent = 1_200_000
    electricity = Room.Electricity.STATE_PRICE
    water = Room.Water.STATE_PRICE
    toilet = Room.Toilet.OWN


class ChecklistVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ChecklistVersion
        django_get_or_create = ["checklist", "number"]

    checklist = "safe-room"
    number = 1
    document = factory.LazyFunction(dict)


class VisitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Visit

    house = factory.SubFactory(HouseFactory)
    inspector = factory.SubFactory(UserFactory)
    version = factory.SubFactory(ChecklistVersionFactory)
    planned_for = factory.LazyFunction(clock.today)


class SubmissionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Submission

    visit = factory.SubFactory(VisitFactory)
    document = factory.LazyFunction(dict)
    sha256 = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    size = 1000
    receipt = factory.LazyFunction(lambda: codes.make(12))
    started_at = factory.LazyFunction(clock.now)
    finished_at = factory.SelfAttribute("started_at")
    visited_at = factory.SelfAttribute("started_at")
    received_at = factory.SelfAttribute("finished_at")
    sent_by = factory.SelfAttribute("visit.inspector")


class RoomResultFactory(factory.django.DjangoModelFactory):
    """A room that was seen and that the rules would certify."""

    class Meta:
        model = RoomResult

    room = factory.SubFactory(RoomFactory)
    submission = factory.SubFactory(
        SubmissionFactory,
        visit=factory.SubFactory(
            VisitFactory, house=factory.SelfAttribute("...room.house")
        ),
    )
    outcome = RoomResult.Outcome.CERTIFY
    overall = 95
    security = 100
    women = 90


class FindingFactory(factory.django.DjangoModelFactory):
    """Something of the whole house that is not yet right, and a danger."""

    class Meta:
        model = Finding

    house = factory.SubFactory(HouseFactory)
    visit = factory.SubFactory(VisitFactory, house=factory.SelfAttribute("..house"))
    submission = factory.SubFactory(
        SubmissionFactory, visit=factory.SelfAttribute("..visit")
    )
    item = "FIR-01"
    severity = Finding.Severity.URGENT
    critical = True
    due = factory.LazyFunction(list)
    due_at = factory.LazyFunction(clock.now)


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Decision

    room = factory.SubFactory(RoomFactory)
    submission = factory.SubFactory(
        SubmissionFactory,
        visit=factory.SubFactory(
            VisitFactory, house=factory.SelfAttribute("...room.house")
        ),
    )
    outcome = Decision.Outcome.CERTIFY
    inspected_by = factory.SelfAttribute("submission.visit.inspector")
    decided_by = factory.SubFactory(UserFactory)


class CertificateFactory(factory.django.DjangoModelFactory):
    """A certificate for the twelve months from today, without the act that issues it."""

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
    number = factory.Sequence(lambda n: f"08974-2026-{n:06}")
    code = factory.LazyFunction(lambda: codes.make(8))
    period = factory.LazyFunction(
        lambda: DateRange(clock.today(), clock.today() + dt.timedelta(days=365))
    )
    words = factory.LazyFunction(dict)
    issued_by = factory.SelfAttribute("decision.decided_by")


class SuspensionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Suspension

    certificate = factory.SubFactory(CertificateFactory)
    period = factory.LazyFunction(lambda: DateTimeTZRange(clock.now(), None))
    because = "Có tin báo cửa thoát bị khoá."
    by = factory.SubFactory(UserFactory)
