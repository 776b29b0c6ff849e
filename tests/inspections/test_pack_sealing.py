"""Sealing and proof, by the vectors that the tablet's code is tested with too."""

import base64
import datetime as dt
import hashlib
import io
import json
import os
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings as django_settings

from inspections.pack import proving, sealing

VECTORS = json.loads(
    (Path(__file__).parent.parent / "vectors" / "sealed.json").read_text()
)
CASES = VECTORS["sealed"]


@pytest.fixture(autouse=True)
def _secret(settings):
    settings.SECRET_KEY = VECTORS["secret_key"]
    settings.SECRET_KEY_FALLBACKS = []


def plain_of(case):
    """Byte number i is i * 31 mod 251, so that no two chunks are alike."""
    return bytes(i * 31 % 251 for i in range(case["size"]))


def number(text):
    return int.from_bytes(base64.urlsafe_b64decode(text + "="), "big")


def opened(content):
    return sealing.Sealed(io.BytesIO(content), len(content))


def test_public_key_is_derived_from_the_secret():
    key_id, point = sealing.public_key()

    assert key_id == VECTORS["seal"]["id"]
    assert proving.base64url(point) == VECTORS["seal"]["key"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["size"])
def test_sealing_gives_the_bytes_of_the_vectors(case):
    _, point = sealing.public_key()

    content = sealing.seal(
        plain_of(case), point, ephemeral=number(case["ephemeral"]["d"])
    )

    assert len(content) == case["sealed_size"] == sealing.sealed_size(case["size"])
    assert hashlib.sha256(content).hexdigest() == case["sha256"]
    if "sealed" in case:
        assert proving.base64url(content) == case["sealed"]


@pytest.mark.parametrize("size", [1, 4, 65535, 65536, 65537, 3 * 65536])
def test_what_was_sealed_is_opened(size):
    plain = os.urandom(size)
    content = sealing.seal(plain, sealing.public_key()[1])

    stream = opened(content)

    assert stream.size == size
    assert stream.read(3) + stream.read() == plain


def test_key_before_still_opens(settings):
    content = sealing.seal(b"pack", sealing.public_key()[1])
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert opened(content).read() == b"pack"


def test_another_servers_seal_is_not_opened(settings):
    content = sealing.seal(b"pack", sealing.public_key()[1])
    settings.SECRET_KEY = "another"

    with pytest.raises(sealing.CannotOpen):
        opened(content)


@pytest.mark.parametrize("place", [0, 9, 20, 90, 70_000, -1])
def test_changed_byte_is_noticed(place):
    content = bytearray(sealing.seal(bytes(100_000), sealing.public_key()[1]))
    content[place] ^= 1

    with pytest.raises((sealing.CannotOpen, sealing.Broken)):
        opened(bytes(content)).read()


def test_cut_or_swapped_chunks_are_noticed():
    content = sealing.seal(os.urandom(3 * 65536), sealing.public_key()[1])
    head, size = sealing.HEADER, sealing.CHUNK + sealing.TAG
    first, second = content[head : head + size], content[head + size : head + 2 * size]
    wrong = [
        content[:head] + first + second,
        content[:head] + second + first + content[head + 2 * size :],
    ]

    for each in wrong:
        with pytest.raises(sealing.Broken):
            opened(each).read()


@pytest.mark.parametrize("size", [0, 80, 81, 97, 81 + 65552 + 16])
def test_sizes_that_no_sealed_pack_has(size):
    with pytest.raises(sealing.CannotOpen):
        sealing.plain_size(size)


# --- proof -------------------------------------------------------------------------------

PROOF = VECTORS["proof"]
VISIT, SHA256 = UUID(PROOF["visit"]), PROOF["sha256"]
ISSUED = dt.date.fromisoformat(PROOF["issued"])


@pytest.fixture
def _on_the_day(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 21, 5, tzinfo=dt.UTC))


def test_ticket_and_proof_are_those_of_the_vectors():
    key = proving.ticket(PROOF["inspector"], ISSUED)

    header = proving.prove(key, PROOF["inspector"], ISSUED, VISIT, SHA256)

    assert proving.base64url(key) == PROOF["key"]
    assert header == PROOF["authorization"]


@pytest.mark.usefixtures("_on_the_day")
def test_proof_names_its_author():
    found = proving.proven(PROOF["authorization"], VISIT, SHA256)

    assert found == (PROOF["inspector"], ISSUED)


@pytest.mark.usefixtures("_on_the_day")
def test_proof_of_a_key_before_counts(settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert proving.proven(PROOF["authorization"], VISIT, SHA256)


@pytest.mark.parametrize(
    "change",
    [
        lambda header: header.replace("Pack 7.", "Pack 8."),
        lambda header: header.replace(".20261121.", ".20261120."),
        lambda header: header.replace(".20261121.", ".20261399."),
        lambda header: header.replace("Pack", "Bearer"),
        lambda header: header[:-1] + ("0" if header[-1] != "0" else "1"),
        lambda header: header[:-1],
        lambda header: header + "\n",
        lambda header: "Pack",
    ],
)
@pytest.mark.usefixtures("_on_the_day")
def test_changed_proof_proves_nothing(change):
    assert proving.proven(change(PROOF["authorization"]), VISIT, SHA256) is None


@pytest.mark.usefixtures("_on_the_day")
def test_proof_is_for_one_visit_and_these_bytes():
    header = PROOF["authorization"]

    assert proving.proven(header, UUID(int=1), SHA256) is None
    assert proving.proven(header, VISIT, "0" * 64) is None


@pytest.mark.parametrize(("days", "valid"), [(60, True), (61, False)])
def test_proof_is_valid_for_sixty_days(time_machine, days, valid):
    moment = dt.datetime(2026, 11, 21, 5, tzinfo=dt.UTC) + dt.timedelta(days=days)
    time_machine.move_to(moment)

    found = proving.proven(PROOF["authorization"], VISIT, SHA256)

    assert bool(found) == valid


def test_secrets_differ_by_purpose():
    secret = django_settings.SECRET_KEY

    assert sealing.derive(secret, "a") != sealing.derive(secret, "b")
