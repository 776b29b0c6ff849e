"""The page of the tablet's app, which a service worker keeps."""

import base64
import hashlib
import json
import re

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


@pytest.mark.parametrize("prefix", ["/", "/en/"])
def test_worker_keeps_what_the_page_asks_for(client, prefix):
    page = client.get(f"{prefix}tablet/").content
    answer = client.get(f"{prefix}tablet/sw.js")
    told = json.loads(
        answer.content.decode().split(";\n")[0].removeprefix("self.shell=")
    )

    kept = dict(told["files"])
    asked = re.findall(r'(?:href|src)="(/[^"]*)"', page.decode())
    assert answer.headers["Content-Type"] == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert set(asked) - set(kept) == {f"{prefix}home/"}
    assert kept[f"{prefix}tablet/"] == (
        "sha256-" + base64.b64encode(hashlib.sha256(page).digest()).decode()
    )
    assert f'data-version="{told["version"]}"' in page.decode()


def test_worker_is_strict_about_where_things_come_from(client):
    policy = client.get("/tablet/sw.js").headers["Content-Security-Policy"]

    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy
    assert "unsafe" not in policy


def test_app_works_before_anything_is_collected(client, settings):
    settings.DEBUG = True

    page = client.get("/tablet/").content.decode()
    worker = client.get("/tablet/sw.js").content.decode()

    assert 'src="/static/tablet/app.js"' in page
    assert 'src="/tablet/words.js"' in page
    assert '"/static/tablet/views/home.js"' in worker
    assert "Lượt thăm" in client.get("/tablet/words.js").content.decode()


@pytest.mark.parametrize(("prefix", "language"), [("/", "vi"), ("/en/", "en")])
def test_app_can_be_installed(client, prefix, language):
    told = client.get(f"{prefix}tablet/app.webmanifest").json()

    assert (told["lang"], told["start_url"]) == (language, f"{prefix}tablet/")
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in told["icons"]}
