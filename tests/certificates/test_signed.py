import datetime as dt

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules.signed import Claims, NotGenuine, sign, verify

KEY = Ed25519PrivateKey.from_private_bytes(b"1" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"2" * 32)
KEYS = {"K1": KEY.public_key(), "K2": OTHER.public_key()}
DAY = dt.date(2026, 11, 21)
CLAIMS = Claims(
    "K7M29QXT", "7MK2XQ4", "101", DAY, dt.date(2027, 11, 18), False, women_mark=True
)
QR_ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def refusal(text, **change):
    with pytest.raises(NotGenuine) as refused:
        verify(text, **{"keys": KEYS, "on": DAY, **change})
    return refused.value.code


@given(
    st.builds(
        Claims,
        code=st.just("K7M29QXT"),
        house=st.sampled_from(["7MK2XQ4", "7MK2X"]),
        room=st.text(max_size=20),
        valid_from=st.dates(dt.date(2020, 1, 1), DAY),
        valid_until=st.dates(DAY, dt.date(2150, 1, 1)),
        conditional=st.booleans(),
        women_mark=st.booleans(),
    )
)
def test_what_was_signed_is_read_back(claims):
    text = sign(claims, "K1", KEY)

    assert verify(text, keys=KEYS, on=DAY) == claims
    assert set(text) <= QR_ALPHANUMERIC


def test_text_may_be_typed_in_lower_case():
    assert verify(f" {sign(CLAIMS, 'K1', KEY).lower()}\n", keys=KEYS, on=DAY) == CLAIMS


def test_every_changed_character_is_refused():
    text = sign(CLAIMS, "K1", KEY)

    # The last character of the signature carries three bits that mean nothing.
    for place, character in enumerate(text[:-1]):
        changed = "A" if character != "A" else "B"
        assert refusal(text[:place] + changed + text[place + 1 :])


def test_signature_of_another_key_is_refused():
    text = sign(CLAIMS, "K1", OTHER)

    assert refusal(text) == "bad_signature"


def test_key_id_cannot_be_exchanged():
    text = sign(CLAIMS, "K1", KEY).replace(".K1.", ".K2.")

    assert refusal(text) == "bad_signature"


def test_unknown_key_is_refused():
    assert refusal(sign(CLAIMS, "K9", KEY)) == "unknown_key"


def test_revoked_key_is_refused_and_the_other_still_trusted():
    text = sign(CLAIMS, "K2", OTHER)

    assert refusal(sign(CLAIMS, "K1", KEY), revoked={"K1"}) == "revoked_key"
    assert verify(text, keys=KEYS, revoked={"K1"}, on=DAY) == CLAIMS


def test_missing_signature_is_refused():
    text = sign(CLAIMS, "K1", KEY)

    assert refusal(text.rpartition(".")[0]) == "malformed"
    assert refusal(text.rpartition(".")[0] + ".") == "bad_signature"


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (dt.date(2026, 11, 20), "not_yet_valid"),
        (dt.date(2027, 11, 19), "expired"),
    ],
)
def test_text_is_good_only_in_its_period(on, code):
    assert refusal(sign(CLAIMS, "K1", KEY), on=on) == code


def test_text_is_good_on_its_last_day():
    last = dt.date(2027, 11, 18)

    assert verify(sign(CLAIMS, "K1", KEY), keys=KEYS, on=last) == CLAIMS


def test_text_signed_for_another_purpose_is_refused(monkeypatch):
    monkeypatch.setattr("certificates.rules.signed.PURPOSE", b"X")
    text = sign(CLAIMS, "K1", KEY)
    monkeypatch.undo()

    assert refusal(text) == "wrong_purpose"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SR1",
        "SR1.K1..",
        "SR2.K1.AA.AA",
        "a.b.c",
        "SR1.K1.!!.AA",
        "SR1.K1.AA.!!",
        "SR1.K1.A.A",
        "ẢẢ.K1.A.A",
        "A" * 401,
        "." * 401,
    ],
)
def test_anything_else_is_refused(text):
    assert refusal(text) in {"malformed", "bad_signature"}


@pytest.mark.parametrize("packed", [b"C", b"C" + b"\0" * 20 + b"\xff"])
def test_claims_that_cannot_be_read_are_refused_even_if_they_are_signed(
    packed, monkeypatch
):
    monkeypatch.setattr("certificates.rules.signed._packed", lambda claims: packed)
    text = sign(CLAIMS, "K1", KEY)
    monkeypatch.undo()

    assert refusal(text) == "malformed"
