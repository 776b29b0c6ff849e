"""The office's page of places where printed copies lie."""

import pytest
from django.urls import reverse

from accounts.models import Role
from handbooks.models import StorePlace
from tests.accounts.factories import staff
from tests.handbooks.stock_factories import ReceivedFactory, StorePlaceFactory

pytestmark = pytest.mark.django_db


def address(name, *arguments):
    return reverse(f"handbooks:{name}", args=arguments)


@pytest.fixture
def mai(client):
    person = staff(Role.PRINT_OFFICER)
    client.force_login(person)
    return person


@pytest.mark.parametrize("rows", [1, 3])
def test_places_take_as_many_queries_however_many(
    client, mai, rows, django_assert_num_queries
):
    for _ in range(rows):
        StorePlaceFactory()

    with django_assert_num_queries(6):
        page = client.get(address("places"))

    assert len(page.context["places"]) == rows


def test_place_is_added_and_closed(client, mai):
    client.post(address("places"), {"name": " Văn phòng Hội ", "where": "Tầng 2"})
    place = StorePlace.objects.get()
    twice = client.post(address("places"), {"name": "Văn phòng Hội"})

    client.post(address("place-closing", place.pk))

    place.refresh_from_db()
    assert place.name == "Văn phòng Hội"
    assert list(twice.context["form"].errors) == ["name"]
    assert place.closed_on is not None


def test_places_are_listed_by_name(client, mai):
    for name in ("Kho B", "Kho C", "Kho A"):
        StorePlaceFactory(name=name)

    places = client.get(address("places")).context["places"]

    assert [place.name for place in places] == ["Kho A", "Kho B", "Kho C"]


def test_place_with_copies_stays_open(client, mai):
    received = ReceivedFactory()

    client.post(address("place-closing", received.to_place_id))

    assert StorePlace.objects.in_use().count() == 1
