import datetime as dt

import pytest
import time_machine

from core.models import Event
from reference.models import LegalReference, Tariff, Workplace
from tests.accounts.factories import AdministratorFactory, UserFactory
from tests.reference.factories import (
    LegalReferenceFactory,
    PilotCommuneFactory,
    SuccessionFactory,
    TariffFactory,
)

pytestmark = pytest.mark.django_db

REFERENCE = {
    "key": "law-68-2020-art-31",
    "act": "law",
    "number": "68/2020/QH14",
    "year": "2020",
    "article": "31",
    "in_force_0": "2026-07-01",
    "confidence": "V1",
    "source": "act",
    "title_vi": "Khai báo tạm vắng",
    "title_en": "Absence",
    "summary_vi": "Ai đi vắng lâu thì khai báo.",
    "summary_en": "Long absences are declared.",
}


@pytest.fixture
def administrator(client):
    user = AdministratorFactory()
    client.force_login(user)
    return user


def tiers(*rows):
    form = {"tiers-TOTAL_FORMS": len(rows), "tiers-INITIAL_FORMS": 0}
    for index, (number, above, up_to, price) in enumerate(rows):
        form |= {
            f"tiers-{index}-number": number,
            f"tiers-{index}-above": above,
            f"tiers-{index}-up_to": up_to,
            f"tiers-{index}-price": price,
        }
    return form


@pytest.mark.parametrize("page", ["administrativeunit", "legalreference", "tariff"])
@pytest.mark.parametrize("is_staff", [False, True])
def test_others_do_not_see_the_administration(client, page, is_staff):
    client.force_login(UserFactory(is_staff=is_staff))

    response = client.get(f"/admin/reference/{page}/")

    assert response.status_code == (403 if is_staff else 302)


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize(
    "page",
    ["administrativeunit", "formerunit", "legalreference", "tariff", "workplace"],
)
def test_lists_can_be_searched(client, page):
    TariffFactory()
    SuccessionFactory()

    response = client.get(f"/admin/reference/{page}/", {"q": "đông anh"})

    assert response.status_code == 200


def test_tariff_is_added_with_its_tiers_and_recorded(client, administrator):
    reference = LegalReferenceFactory()

    response = client.post(
        "/admin/reference/tariff/add/",
        {
            "key": "electricity-2027-01-01",
            "kind": "electricity",
            "in_force_0": "2027-01-01",
            "reference": reference.key,
            "vat_percent": "10",
            "environment_fee_percent": "0",
            **tiers((1, 0, 50, 1984), (2, 50, "", 2050)),
        },
    )

    assert response.status_code == 302, response.context["errors"]
    tariff = Tariff.objects.get(key="electricity-2027-01-01")
    assert list(tariff.tiers.values_list("above", "up_to")) == [(0, 50), (50, None)]
    event = Event.objects.get(kind="tariff.added")
    assert event.by == administrator
    assert event.subject == "reference.Tariff:electricity-2027-01-01"


@pytest.mark.usefixtures("administrator")
def test_tariff_that_overlaps_is_refused_with_words(client):
    known = TariffFactory()

    response = client.post(
        "/admin/reference/tariff/add/",
        {
            "key": "second",
            "kind": "electricity",
            "in_force_0": "2027-01-01",
            "reference": known.reference_id,
            "vat_percent": "10",
            "environment_fee_percent": "0",
            **tiers(),
        },
    )

    assert "hãy kết thúc biểu giá" in response.content.decode()
    assert not Event.objects.exists()


@time_machine.travel(dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC))
def test_legal_reference_is_added_confirmed_today(client, administrator):
    response = client.post("/admin/reference/legalreference/add/", REFERENCE)

    assert response.status_code == 302, response.context["errors"]
    reference = LegalReference.objects.get(key="law-68-2020-art-31")
    assert reference.title == {"vi": "Khai báo tạm vắng", "en": "Absence"}
    assert reference.confirmed_on == dt.date(2026, 11, 21)
    assert Event.objects.get(kind="legalreference.added").by == administrator


@pytest.mark.usefixtures("administrator")
def test_legal_reference_form_shows_both_languages(client):
    reference = LegalReferenceFactory()

    page = client.get(f"/admin/reference/legalreference/{reference.key}/change/")

    assert page.context["adminform"].form.initial["title_vi"] == "Điều thử"


@pytest.mark.usefixtures("administrator")
def test_legal_reference_in_one_language_is_refused(client):
    response = client.post(
        "/admin/reference/legalreference/add/", REFERENCE | {"summary_en": ""}
    )

    assert response.status_code == 200
    assert not LegalReference.objects.exists()


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("page", ["legalreference", "tariff", "workplace"])
def test_nothing_is_deleted(client, page):
    tariff = TariffFactory()
    key = {"tariff": tariff.key, "legalreference": tariff.reference_id}.get(page, "x")

    response = client.post(
        f"/admin/reference/{page}/{key}/delete/", {"post": "yes"}, follow=False
    )

    assert response.status_code in {302, 403}
    assert Tariff.objects.count() == 1
    assert LegalReference.objects.count() == 1


def test_commune_joins_the_pilot_and_nothing_else_changes(client, administrator):
    commune = PilotCommuneFactory(pilot=False)

    client.post(
        "/admin/reference/administrativeunit/08974/change/",
        {
            "name": "Other",
            "pilot": "on",
            "successions-TOTAL_FORMS": 0,
            "successions-INITIAL_FORMS": 0,
        },
    )

    commune.refresh_from_db()
    assert (commune.pilot, commune.name) == (True, "Xã Quang Minh")
    assert Event.objects.get(kind="administrativeunit.changed").by == administrator


@pytest.mark.usefixtures("administrator")
def test_workplace_that_is_added_can_be_found(client):
    PilotCommuneFactory()

    response = client.post(
        "/admin/reference/workplace/add/",
        {
            "key": "noi-bai",
            "name": "Khu công nghiệp Nội Bài",
            "name_en": "Noi Bai Industrial Zone",
            "commune": "08974",
            "gates-TOTAL_FORMS": 0,
            "gates-INITIAL_FORMS": 0,
        },
    )

    assert response.status_code == 302, response.context["errors"]
    assert [place.key for place in Workplace.objects.search("kcn noi bai")] == [
        "noi-bai"
    ]


@pytest.mark.usefixtures("administrator")
def test_key_is_given_once(client):
    reference = LegalReferenceFactory()

    client.post(f"/admin/reference/legalreference/{reference.key}/change/", REFERENCE)

    assert [known.key for known in LegalReference.objects.all()] == [reference.key]
    assert LegalReference.objects.get().number == "68/2020/QH14"
