"""The page of the tablet's app, which a service worker keeps."""

import pytest

from accounts.models import Role
from tests.accounts.factories import UserFactory, staff

pytestmark = pytest.mark.django_db


def everybody():
    yield UserFactory()
    for role in Role:
        yield staff(role)


@pytest.mark.parametrize("address", ["/tablet/", "/en/tablet/"])
def test_page_is_the_same_for_everybody(client, address):
    stranger = client.get(address)

    for user in everybody():
        client.force_login(user)
        page = client.get(address)
        assert page.content == stranger.content
        assert page.cookies == {}
        assert page.headers["Vary"] == "Accept-Encoding"
        assert page.headers["Cache-Control"] == "no-cache"


def test_page_needs_no_database(client, django_assert_num_queries):
    client.force_login(staff(Role.INSPECTOR))

    with django_assert_num_queries(0):
        page = client.get("/tablet/")

    again = client.get("/tablet/", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304


def test_page_opens_before_a_second_factor_is_set_up(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    client.force_login(staff(Role.INSPECTOR))

    assert client.get("/tablet/").status_code == 200


def test_day_brings_what_a_session_sends_with(client):
    client.force_login(staff(Role.INSPECTOR))

    client.get("/api/v1/tablet/day/")

    assert len(client.cookies["csrftoken"].value) >= 32
