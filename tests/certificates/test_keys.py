import base64
import datetime as dt

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from certificates import keys
from certificates.actions import revoke_key
from certificates.models import RevokedKey
from certificates.rules.signed import Claims, NotGenuine
from core.errors import Refused

DAY = dt.date(2026, 11, 21)
CLAIMS = Claims(
    "K7M29QXT", "7MK2XQ4", "101", DAY, DAY, conditional=False, women_mark=False
)


def encoded(raw):
    return base64.b64encode(raw).decode()


OLD, NEW = (Ed25519PrivateKey.from_private_bytes(c * 32) for c in (b"o", b"n"))
OLD_ALONE = f"K1={encoded(b'o' * 32)}"
ROTATED = (
    f"K2={encoded(b'n' * 32)}, K1=public:{encoded(OLD.public_key().public_bytes_raw())}"
)


@pytest.mark.django_db
def test_old_certificates_stay_good_after_the_key_was_replaced(settings):
    settings.CERTIFICATE_KEYS = OLD_ALONE
    old = keys.sign(CLAIMS)

    settings.CERTIFICATE_KEYS = ROTATED

    assert keys.verify(old, on=DAY) == CLAIMS
    assert keys.sign(CLAIMS).split(".")[1] == "K2"


@pytest.mark.django_db
def test_one_command_ends_trust_in_a_key(settings, capsys):
    settings.CERTIFICATE_KEYS = OLD_ALONE
    old = keys.sign(CLAIMS)
    settings.CERTIFICATE_KEYS = ROTATED

    call_command("revoke_certificate_key", "K1", "--because", "Máy chủ bị lộ.")

    assert RevokedKey.objects.get().because == "Máy chủ bị lộ."
    with pytest.raises(NotGenuine) as refused:
        keys.verify(old, on=DAY)
    assert refused.value.code == "revoked_key"


@pytest.mark.django_db
def test_key_that_still_signs_is_replaced_before_it_is_revoked(settings):
    settings.CERTIFICATE_KEYS = OLD_ALONE

    with pytest.raises(Refused) as refused:
        revoke_key(key_id="K1", because="Máy chủ bị lộ.", by=None)

    assert refused.value.code == "still_signing"


@pytest.mark.parametrize(
    "wrong",
    [
        "K1",
        "K1=abc",
        "k1=" + encoded(b"o" * 32),
        "K1=" + encoded(b"o" * 31),
        "K1=public:" + encoded(b"o" * 32),
        f"{OLD_ALONE},{OLD_ALONE}",
        "ABCDEFGHI=" + encoded(b"o" * 32),
        " , ",
    ],
)
def test_wrong_setting_is_refused_without_telling_it(wrong):
    with pytest.raises(ImproperlyConfigured) as refused:
        keys.read(wrong)

    assert encoded(b"o" * 31)[:20] not in str(refused.value)


def test_development_has_a_key_of_its_own(settings, tmp_path):
    settings.CERTIFICATE_KEYS, settings.VAR_DIR = "", tmp_path / "var"

    first, second = keys.sign(CLAIMS), keys.sign(CLAIMS)

    assert first == second
    assert [file.name for file in settings.VAR_DIR.iterdir()] == ["certificate-keys"]
    assert (settings.VAR_DIR / "certificate-keys").stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_command_says_why_it_may_not(settings):
    settings.CERTIFICATE_KEYS = OLD_ALONE

    with pytest.raises(CommandError, match="CERTIFICATE_KEYS"):
        call_command("revoke_certificate_key", "K1", "--because", "Máy chủ bị lộ.")
