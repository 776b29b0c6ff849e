"""What opens a tablet's work when a PIN is forgotten: her own, after her password."""

import base64
import uuid

import pytest

from accounts.models import Role, TabletKey
from core.models import Event
from tests.accounts.factories import UserFactory, staff

pytestmark = pytest.mark.django_db

TABLET = uuid.UUID(int=1)
ADDRESS = f"/api/v1/tablet/{TABLET}/recovery/"
KEY = bytes(range(32))
PASSWORD = "bốn từ không ai đoán"


def in_base64(key):
    return base64.b64encode(key).decode()


def keep(client, key=KEY):
    return client.put(ADDRESS, {"key": in_base64(key)}, content_type="application/json")


@pytest.fixture
def inspector(client):
    user = staff(Role.INSPECTOR)
    client.force_login(user)
    return user


def sign_in(client, user):
    client.post("/account/login/", {"login": user.phone, "password": PASSWORD})


def test_key_is_given_back_after_the_password(client, inspector):
    assert keep(client).json() == {"inspector": inspector.pk}
    client.logout()
    sign_in(client, inspector)

    told = client.get(ADDRESS)

    assert told.json() == {"inspector": inspector.pk, "key": in_base64(KEY)}
    assert told.headers["Cache-Control"] == "no-store"
    kinds = Event.objects.filter(kind__startswith="tablet_key").order_by("pk")
    assert [event.kind for event in kinds] == [
        "tablet_key.kept",
        "tablet_key.handed_out",
    ]


def test_open_session_alone_gives_no_key(client, inspector):
    keep(client)

    told = client.get(ADDRESS)

    assert (told.status_code, told.json()["code"]) == (403, "sign_in_again")


def test_password_may_be_confirmed_in_the_open_session(client, inspector):
    keep(client)

    client.post("/account/confirm/", {"password": PASSWORD})

    assert client.get(ADDRESS).status_code == 200


def test_newer_key_of_a_tablet_takes_the_place_of_the_older(client, inspector):
    keep(client)

    keep(client, KEY[::-1])

    assert bytes(TabletKey.objects.get().key) == KEY[::-1]


@pytest.mark.parametrize(
    "user", [lambda: staff(Role.INSPECTOR), lambda: staff(Role.ADMINISTRATOR)]
)
def test_nobody_reads_anothers_key(client, inspector, user):
    keep(client)
    client.logout()
    sign_in(client, user())

    assert client.get(ADDRESS).status_code == 404


def test_keys_are_kept_for_inspectors_only(client):
    assert keep(client).status_code == 401

    client.force_login(UserFactory())
    assert keep(client).status_code == 403
    assert TabletKey.objects.count() == 0


@pytest.mark.parametrize("key", ["", "???", in_base64(KEY[:16]), in_base64(KEY * 2), 7])
def test_what_is_no_key_is_refused(client, inspector, key):
    answer = client.put(ADDRESS, {"key": key}, content_type="application/json")

    assert answer.status_code == 400
    assert TabletKey.objects.count() == 0
