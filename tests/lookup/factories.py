import datetime as dt

import factory
from django.db.backends.postgresql.psycopg_any import DateRange

from certificates.actions.words import Paper, words_of
from certificates.rules import tally
from core import clock
from reference.models import FormerUnit, Gate, Succession, Workplace
from tests.certificates.factories import CertificateFactory, RoomFactory
from tests.inspections.checklist_v1 import CHECKLIST, good_visit
from tests.registry.factories import CommuneFactory, HouseFactory

YESTERDAY_YEAR = dt.timedelta(days=365)


class CertifiedRoomFactory(CertificateFactory):
    """A room that the world may see, in Quang Minh, 1.2 million a month."""

    room = factory.SubFactory(
        RoomFactory, house=factory.SubFactory(HouseFactory), rent=1_200_000
    )


def checked(certificate):
    """What is frozen after a visit that could not see one thing of checklist v1."""
    visit = good_visit()
    visit["house"]["answers"]["WSH-02"] = {"result": "unseen"}
    period = certificate.period
    paper = Paper(
        room=certificate.room,
        number=certificate.number,
        code=certificate.code,
        period=(period.lower, period.upper - dt.timedelta(days=1)),
        conditional=certificate.conditional,
        days_seen=[dt.date(2026, 11, 21)],
        tally=tally(CHECKLIST, visit, "P101"),
        checklist=CHECKLIST,
    )
    return words_of(paper)


class CheckedRoomFactory(CertifiedRoomFactory):
    """With the words that are frozen when a certificate is issued."""

    words = factory.LazyAttribute(checked)


class ExpiredFactory(CertifiedRoomFactory):
    period = factory.LazyFunction(
        lambda: DateRange(clock.today() - YESTERDAY_YEAR, clock.today())
    )


class GateFactory(factory.django.DjangoModelFactory):
    """A gate in the middle of the pilot."""

    class Meta:
        model = Gate

    key = "quang-minh-gate"
    workplace = factory.LazyFunction(
        lambda: Workplace.objects.create(
            key="quang-minh",
            name="Khu công nghiệp Quang Minh",
            name_en="Quang Minh Industrial Zone",
            commune=CommuneFactory(),
            search_text=" khu cong nghiep quang minh ",
            sort_key="quang minh",
        )
    )
    name = "Cổng chính"
    name_en = "Main gate"
    latitude = 21.19
    longitude = 105.768
    certainty = "approximate"


def formerly(name_text, commune):
    """The commune was, in part, a former commune of that (folded) name and district."""
    former = FormerUnit.objects.create(
        code="09001",
        kind="town",
        name="Thị trấn Chi Đông",
        district="Huyện Mê Linh",
        province="Hà Nội",
        name_text=name_text,
        search_text=name_text,
    )
    Succession.objects.create(former=former, successor=commune, extent="part")
