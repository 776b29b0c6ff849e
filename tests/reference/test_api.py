import datetime as dt

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from tests.reference.factories import (
    CommuneFactory,
    GateFactory,
    LegalReferenceFactory,
    PilotCommuneFactory,
    ProvinceFactory,
    SuccessionFactory,
    TariffFactory,
    TariffTierFactory,
    WorkplaceFactory,
)

pytestmark = pytest.mark.django_db


def results(response):
    assert response.status_code == 200, response.content
    return response.json()["results"]


def test_commune_is_shown(client):
    PilotCommuneFactory()

    response = client.get("/api/v1/communes/08974/")

    assert response.json() == {
        "code": "08974",
        "kind": "commune",
        "name": "Xã Quang Minh",
        "name_en": "Quang Minh Commune",
        "short_name": "Quang Minh",
        "province": "01",
        "province_name": "Thành phố Hà Nội",
        "latitude": 21.1926,
        "longitude": 105.7513,
        "pilot": True,
        "was": None,
    }


def test_province_is_not_a_commune(client):
    ProvinceFactory()

    assert client.get("/api/v1/communes/01/").status_code == 404
    assert results(client.get("/api/v1/communes/")) == []


def test_answers_may_be_kept_by_caches_and_set_no_cookie(client):
    response = client.get("/api/v1/communes/")

    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies


def test_communes_are_found_by_old_names(client):
    successor = PilotCommuneFactory()
    SuccessionFactory(successor=successor)
    CommuneFactory()

    found = results(client.get("/api/v1/communes/", {"q": "KIM CHUNG"}))

    assert [(commune["code"], commune["was"]) for commune in found] == [
        ("08974", "Xã Kim Chung, Huyện Đông Anh")
    ]


def test_communes_are_filtered_by_province_and_pilot(client):
    PilotCommuneFactory()
    CommuneFactory(
        code="01234", parent=ProvinceFactory(code="04", name="Tỉnh Cao Bằng")
    )

    of_province = results(client.get("/api/v1/communes/", {"province": "04"}))
    pilot = results(client.get("/api/v1/communes/", {"pilot": "true"}))

    assert [commune["code"] for commune in of_province] == ["01234"]
    assert [commune["code"] for commune in pilot] == ["08974"]


def test_communes_come_in_pages_in_the_order_of_the_dictionary(client):
    for name in ["Xã Đa Phúc", "Xã Dân Hoà", "Xã Ba Vì"]:
        CommuneFactory(name=name)

    first = client.get("/api/v1/communes/", {"page_size": 2}).json()
    second = client.get(first["next"]).json()

    names = [commune["short_name"] for commune in first["results"] + second["results"]]
    assert names == ["Ba Vì", "Dân Hoà", "Đa Phúc"]
    assert second["next"] is None


def test_search_comes_in_pages_with_the_best_first(client):
    for name in ["Xã Kim Anh", "Xã Kim", "Xã Kim Sơn"]:
        CommuneFactory(name=name)

    first = client.get("/api/v1/communes/", {"q": "kim", "page_size": 2}).json()
    second = client.get(first["next"]).json()

    names = [commune["short_name"] for commune in first["results"] + second["results"]]
    assert names == ["Kim", "Kim Anh", "Kim Sơn"]


def test_search_refuses_what_is_no_text(client):
    response = client.get("/api/v1/communes/", {"q": "\0"})

    assert response.status_code == 400
    assert response.json()["code"] == "invalid"


@pytest.mark.parametrize("count", [1, 3])
def test_communes_query_count(client, count, django_assert_num_queries):
    CommuneFactory.create_batch(count)

    with django_assert_num_queries(1):
        found = results(client.get("/api/v1/communes/"))

    assert len(found) == count


@pytest.mark.parametrize("count", [1, 3])
def test_workplaces_query_count(client, count, django_assert_num_queries):
    commune = PilotCommuneFactory()
    for workplace in WorkplaceFactory.create_batch(count, commune=commune):
        GateFactory(workplace=workplace)

    with django_assert_num_queries(2):
        found = results(client.get("/api/v1/workplaces/"))

    assert [len(workplace["gates"]) for workplace in found] == [1] * count


def test_workplace_says_how_surely_its_gates_are_known(client):
    gate = GateFactory()

    workplace = client.get(f"/api/v1/workplaces/{gate.workplace_id}/").json()

    assert [gate["certainty"] for gate in workplace["gates"]] == ["approximate"]


def test_workplaces_are_found_by_name(client):
    WorkplaceFactory(key="thang-long", name="Khu công nghiệp Thăng Long")
    WorkplaceFactory()

    found = results(client.get("/api/v1/workplaces/", {"q": "thang long"}))

    assert [workplace["key"] for workplace in found] == ["thang-long"]


def test_legal_reference_is_shown(client):
    LegalReferenceFactory(
        key="law-68-2020-art-30",
        article="30",
        in_force=DateRange(None, dt.date(2026, 7, 1)),
    )

    reference = client.get("/api/v1/legal-references/law-68-2020-art-30/").json()

    assert reference["citation"] == {
        "vi": "Điều 30 Luật 1/2025/QH15",
        "en": "Law 1/2025/QH15, Article 30",
    }
    assert (reference["first_day"], reference["last_day"]) == (None, "2026-06-30")


@pytest.mark.parametrize("mark", ["M", "U"])
def test_legal_reference_that_is_not_sure_is_not_shown(client, mark):
    reference = LegalReferenceFactory(confidence=mark)

    response = client.get(f"/api/v1/legal-references/{reference.key}/")

    assert response.status_code == 404
    assert response.json()["code"] == "not_found"
    assert results(client.get("/api/v1/legal-references/")) == []


def test_legal_references_in_force_on_a_day(client):
    LegalReferenceFactory(in_force=DateRange(None, dt.date(2026, 7, 1)))
    now = LegalReferenceFactory()

    found = results(client.get("/api/v1/legal-references/", {"on": "2026-07-01"}))

    assert [reference["key"] for reference in found] == [now.key]


@pytest.mark.parametrize("count", [1, 3])
def test_legal_references_query_count(client, count, django_assert_num_queries):
    LegalReferenceFactory.create_batch(count)

    with django_assert_num_queries(1):
        found = results(client.get("/api/v1/legal-references/"))

    assert len(found) == count


def test_tariff_of_a_day_with_its_tiers(client):
    TariffFactory(in_force=DateRange(dt.date(2024, 1, 1), dt.date(2025, 5, 10)))
    tariff = TariffTierFactory(tariff__key="electricity-2025-05-10").tariff

    found = results(client.get("/api/v1/tariffs/", {"on": "2026-11-21"}))

    assert found == [
        {
            "key": "electricity-2025-05-10",
            "kind": "electricity",
            "place": None,
            "first_day": "2025-05-10",
            "last_day": None,
            "reference": tariff.reference_id,
            "vat_percent": "8.00",
            "vat_until": None,
            "environment_fee_percent": "0.00",
            "people_per_household": None,
            "flat_tier": None,
            "tenant_reference": None,
            "tiers": [{"number": 1, "above": 0, "up_to": 50, "price": 1984}],
        }
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_tariffs_query_count(client, count, django_assert_num_queries):
    for year in range(count):
        period = DateRange(dt.date(2020 + year, 1, 1), dt.date(2021 + year, 1, 1))
        TariffTierFactory(tariff=TariffFactory(in_force=period))

    with django_assert_num_queries(2):
        found = results(client.get("/api/v1/tariffs/"))

    assert len(found) == count


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize(
    "path", ["communes/08974/", "workplaces/x/", "legal-references/x/", "tariffs/x/"]
)
def test_nobody_writes_here(client, method, path):
    response = getattr(client, method)(f"/api/v1/{path}")

    assert response.status_code == 405
