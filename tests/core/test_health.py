from collections import namedtuple

import pytest
from django.db import connection

from core import disk


@pytest.fixture
def free(monkeypatch):
    """Say how many bytes are free."""
    usage = namedtuple("usage", "free")

    def free(count):
        monkeypatch.setattr(disk.shutil, "disk_usage", lambda path: usage(count))

    return free


@pytest.mark.django_db
def test_health_says_that_the_disk_is_nearly_full(client, free):
    free(10**9)

    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "disk": "low"}


@pytest.mark.django_db
def test_health_is_ok_with_a_database(client, free):
    free(10**10)

    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "disk": "ok"}
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.fixture
def unreachable_database(django_db_setup, django_db_blocker):
    settings = connection.settings_dict
    before = settings["HOST"]
    with django_db_blocker.unblock():
        connection.close()
        settings["HOST"] = "/nowhere"
        yield
        connection.close()
        settings["HOST"] = before


def test_health_is_503_without_a_database(client, unreachable_database):
    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == {"status": "down", "database": "down"}
    assert response["Retry-After"] == "10"


def test_health_changes_nothing(client):
    assert client.post("/healthz").status_code == 405
