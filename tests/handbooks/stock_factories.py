"""Print runs, places, movements and events."""

import datetime as dt

import factory

from core import codes
from handbooks.models import Event, Movement, PrintRun, StorePlace
from tests.accounts.factories import UserFactory
from tests.handbooks.factories import make_ready, publish, volume_with
from tests.reference.factories import PilotCommuneFactory


class EventFactory(factory.django.DjangoModelFactory):
    """A Sunday in Quang Minh; nobody has counted yet."""

    class Meta:
        model = Event

    held_on = dt.date(2026, 11, 15)
    title = "Ngày hội nhà trọ an toàn"
    commune = factory.SubFactory(PilotCommuneFactory)
    place = "Nhà văn hoá thôn Gia Tân"
    made_by = factory.SubFactory(UserFactory)


class StorePlaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StorePlace

    name = factory.Sequence(lambda n: f"Kho {n + 1}")


def ready_file(form="a5"):
    """A file of a published edition, as the printing job leaves it."""
    return make_ready(publish(volume_with("Lối thoát khi cháy")), form)


class PrintRunFactory(factory.django.DjangoModelFactory):
    """Four hundred A5 copies, ordered and not yet come."""

    class Meta:
        model = PrintRun

    number = factory.LazyFunction(lambda: codes.make(8))
    source = factory.LazyFunction(ready_file)
    copies = 400
    ordered_by = factory.SubFactory(UserFactory)


class ReceivedFactory(factory.django.DjangoModelFactory):
    """All that was ordered has come to a place."""

    class Meta:
        model = Movement

    run = factory.SubFactory(PrintRunFactory)
    kind = Movement.Kind.RECEIVED
    to_place = factory.SubFactory(StorePlaceFactory)
    copies = factory.SelfAttribute("run.copies")
    by = factory.SubFactory(UserFactory)
