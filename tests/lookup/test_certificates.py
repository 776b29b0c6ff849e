import datetime as dt

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from core import clock, codes
from tests.certificates.factories import DangerFactory, SuspensionFactory, UserFactory
from tests.lookup.factories import CertifiedRoomFactory, ExpiredFactory

pytestmark = pytest.mark.django_db


def revoked():
    certificate = CertifiedRoomFactory()
    certificate.revoked_at, certificate.revoked_by = clock.now(), UserFactory()
    certificate.revoked_because = "Sai phòng."
    certificate.save()
    return certificate


def superseded():
    old = CertifiedRoomFactory()
    new = CertifiedRoomFactory(
        room=old.room,
        period=DateRange(
            clock.today() + dt.timedelta(days=365),
            clock.today() + dt.timedelta(days=700),
        ),
    )
    old.superseded_at, old.superseded_by = clock.now(), new
    old.save()
    return old


def in_danger():
    certificate = CertifiedRoomFactory()
    DangerFactory(house=certificate.room.house)
    return certificate


STATES = {
    "valid": CertifiedRoomFactory,
    "conditional": lambda: CertifiedRoomFactory(conditional=True),
    "suspended": lambda: (
        SuspensionFactory(certificate=CertifiedRoomFactory()).certificate
    ),
    "suspended by a danger": in_danger,
    "expired": ExpiredFactory,
    "revoked": revoked,
    "superseded": superseded,
}


@pytest.mark.parametrize("state", STATES)
def test_certificate_says_its_state_and_what_to_compare(client, state):
    certificate = STATES[state]()

    response = client.get(f"/c/{certificate.code}/")
    text = response.content.decode()

    assert response.status_code == 200
    assert response.context["verdict"].state == state.split()[0]
    assert certificate.room.label in text
    assert certificate.room.house.address in text
    assert "<script" not in text
    assert not response.cookies


def test_certificate_that_counts_no_more_claims_nothing(client):
    certificate = ExpiredFactory(women_mark=True)

    text = client.get(f"/c/{certificate.code}/").content.decode()

    assert "Còn hiệu lực" not in text
    assert "An toàn cho phụ nữ" not in text
    assert "Thời hạn trên giấy" in text


def test_certificate_asks_the_database_once(client, django_assert_num_queries):
    certificate = CertifiedRoomFactory()

    with django_assert_num_queries(1):
        client.get(f"/c/{certificate.code}/")


def test_certificate_page_weighs_little(client):
    certificate = CertifiedRoomFactory()

    response = client.get(
        f"/c/{certificate.code}/", headers={"accept-encoding": "gzip"}
    )

    assert len(response.content) < 4_000


@pytest.mark.parametrize("spelling", [str.lower, codes.shown, " {} ".format])
def test_certificate_code_in_any_spelling(client, spelling):
    certificate = CertifiedRoomFactory()

    response = client.get("/c/", {"code": spelling(certificate.code)}, follow=True)

    assert response.context["certificate"] == certificate


def test_certificate_with_a_mistyped_character_says_so(
    client, django_assert_num_queries
):
    code = codes.make(8)
    mistyped = code[:-1] + ("2" if code[-1] != "2" else "3")

    with django_assert_num_queries(0):
        response = client.get(f"/c/{mistyped}/")

    assert response.status_code == 404
    assert response.context["verdict"].title == "Xem lại mã"


def test_certificate_that_was_never_issued_says_so(client):
    response = client.get(f"/c/{codes.make(8)}/")

    assert response.status_code == 404
    assert response.context["verdict"].title == "Không có giấy chứng nhận này"


@pytest.mark.parametrize("typed", ["", "  ", "-", "%00", "á" * 200])
def test_certificate_form_forgives_nonsense(client, typed):
    response = client.get("/c/", {"code": typed}, follow=True)

    assert response.status_code in {200, 404}


def test_api_certificate_says_the_same(client):
    certificate = CertifiedRoomFactory()

    answer = client.get(f"/api/v1/lookup/certificates/{certificate.code}/").json()

    assert answer["state"] == "valid"
    assert answer["room"] == certificate.room.label
    assert answer["valid_until"] == str(certificate.valid_until)


def test_api_certificate_unknown_is_404_in_the_same_shape(client):
    response = client.get(f"/api/v1/lookup/certificates/{codes.make(8)}/")

    assert response.status_code == 404
    assert response.json()["state"] == "unknown"
