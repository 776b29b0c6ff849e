import pytest

from tests.lookup.factories import CertifiedRoomFactory, ExpiredFactory

pytestmark = pytest.mark.django_db


def reachable(factory=CertifiedRoomFactory):
    certificate = factory()
    landlord = certificate.room.house.landlord
    landlord.contact_shown = True
    landlord.save()
    return certificate


def ask(client, certificate, **extra):
    return client.post(f"/rooms/{certificate.room.code}/contact/", **extra)


def test_contact_is_shown_when_the_landlord_agreed(client):
    certificate = reachable()

    response = ask(client, certificate)

    assert f"tel:{certificate.room.house.landlord.phone}" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"


def test_contact_is_not_there_without_consent(client):
    certificate = CertifiedRoomFactory()

    page = client.get(f"/rooms/{certificate.room.code}/")

    assert ask(client, certificate).status_code == 404
    assert "/contact/" not in page.content.decode()


def test_contact_of_a_room_without_certificate_is_closed(client):
    assert ask(client, reachable(ExpiredFactory)).status_code == 404


def test_contact_needs_a_button_not_a_link(client):
    assert client.get(f"/rooms/{reachable().room.code}/contact/").status_code == 405


def test_contact_cannot_be_harvested(client):
    certificate = reachable()

    statuses = [ask(client, certificate).status_code for _ in range(13)]

    assert statuses == [200] * 12 + [429]


def test_contact_budget_is_not_fooled_by_an_invented_address(client):
    certificate = reachable()

    statuses = [
        ask(
            client, certificate, headers={"x-forwarded-for": f"203.0.113.{n}"}
        ).status_code
        for n in range(13)
    ]

    assert statuses[-1] == 429
