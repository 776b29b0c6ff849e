"""The signed form of the sheet, pasted where a code is asked for."""

import base64
import datetime as dt

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from certificates import keys
from certificates.models import RevokedKey
from certificates.rules import signed
from core import clock

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _signing_key(settings):
    settings.CERTIFICATE_KEYS = f"T1={base64.b64encode(b'T' * 32).decode()}"


def claims(until=None):
    today = clock.today()
    return signed.Claims(
        "K7M29QXT", "7MK2XQ4", "101", today - DAY, until or today, False, True
    )


def error(client, text):
    response = client.get("/en/c/", {"code": text})
    (message,) = response.context["form"].errors["code"]
    return message


def test_signed_form_leads_to_its_certificate(client):
    response = client.get("/en/c/", {"code": f" {keys.sign(claims()).lower()}"})

    assert response["Location"] == "/en/c/K7M29QXT/"


def test_signed_form_of_another_key_is_not_ours(client):
    stranger = Ed25519PrivateKey.from_private_bytes(b"S" * 32)

    assert error(client, signed.sign(claims(), "T1", stranger)) == (
        "This was not signed by the registry: do not pay because of it, and tell the "
        "Women's Union."
    )


def test_signed_form_that_is_cut_off_is_scanned_again(client):
    assert error(client, keys.sign(claims()).rpartition(".")[0]) == (
        "Scan the square again: the text is not whole."
    )


@pytest.mark.parametrize("why", ["over", "revoked"])
def test_signed_form_whose_time_or_key_is_over_proves_nothing(client, why):
    if why == "revoked":
        RevokedKey.objects.create(key_id="T1", because="Lộ khoá.")
    text = keys.sign(claims(until=clock.today() - DAY if why == "over" else None))

    assert error(client, text) == (
        "Type the code of 8 letters and digits instead: this signature no longer counts by "
        "itself."
    )


def test_code_with_points_is_still_a_code(client):
    response = client.get("/en/c/", {"code": "k7m2.9qxt"})

    assert response["Location"] == "/en/c/K7M29QXT/"


def test_keys_are_published_for_whoever_checks_without_a_network(client):
    text = keys.sign(claims())

    (row,) = client.get("/api/v1/certificate-keys/").json()

    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(row.pop("public")))
    assert row == {"id": "T1", "revoked": False}
    assert signed.verify(text, keys={"T1": public}, on=clock.today()) == claims()
