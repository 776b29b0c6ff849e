import pytest

pytestmark = pytest.mark.django_db


def test_api_docs_name_every_address_of_the_description(client):
    described = client.get("/api/v1/schema/?format=json").json()["paths"]

    page = client.get("/api/v1/docs/").content.decode()

    assert len(described) > 20
    assert [path for path in described if path not in page] == []


def test_api_docs_say_where_an_account_is_needed(client):
    groups = dict(client.get("/api/v1/docs/").context["groups"])

    needs = {
        operation["path"]: operation["needs_account"]
        for operations in groups.values()
        for operation in operations
    }
    assert needs["/api/v1/lookup/rooms/"] is False
    assert needs["/api/v1/houses/"] is True
