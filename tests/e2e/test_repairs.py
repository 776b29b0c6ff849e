"""A finding is repaired: on the landlord's phone, then at a desk in the office."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import Role
from core import clock
from inspections.models import Finding
from tests.accounts.factories import staff
from tests.barriers import barriers
from tests.e2e.screens import OFFICE, PHONE, photograph
from tests.inspections.factories import EvidenceFactory, FindingFactory
from tests.registry.factories import RoomFactory, jpeg

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page, live_server, client, user):
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies(
        [{"name": "sessionid", "value": cookie.value, "url": live_server.url}]
    )


def looked_at(page, name, width):
    """Photographed in daylight, then searched for barriers."""
    page.emulate_media(color_scheme="light")
    assert photograph(page, name, [width]) == [width]
    assert barriers(page) == []
