"""The signing keys of this registry, from settings; and which of them nobody may trust.

`CERTIFICATE_KEYS` is a list such as `K2=<seed>,K1=public:<key>`: base64, the first one
signs, every one verifies. When a key is replaced, its `public:` half stays in the list for
as long as certificates signed with it may be shown. Without the setting a development key
is made once and kept in VAR_DIR; production refuses to start without it.
"""

import base64
import contextlib
import datetime as dt
import os
import secrets
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from certificates.models import RevokedKey
from certificates.rules import signed

PUBLIC = "public:"


class Keys(NamedTuple):
    signing_id: str
    signing: Ed25519PrivateKey
    verifying: dict[str, Ed25519PublicKey]


def read(text: str) -> Keys:
    """The keys of a setting. ImproperlyConfigured without saying any of its secrets."""
    names, privates, publics = [], {}, {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = part.partition("=")
        if not (name.isascii() and name.isalnum() and name.isupper()) or len(name) > 8:
            raise ImproperlyConfigured(
                "CERTIFICATE_KEYS: name each key with up to 8 capitals and digits."
            )
        names.append(name)
        try:
            if value.startswith(PUBLIC):
                raw = base64.b64decode(value.removeprefix(PUBLIC), validate=True)
                publics[name] = Ed25519PublicKey.from_public_bytes(raw)
            else:
                raw = base64.b64decode(value, validate=True)
                privates[name] = Ed25519PrivateKey.from_private_bytes(raw)
                publics[name] = privates[name].public_key()
        except ValueError:
            raise ImproperlyConfigured(
                f"CERTIFICATE_KEYS: {name} is not 32 bytes in base64."
            ) from None
    if not names or names[0] not in privates or len(set(names)) != len(names):
        raise ImproperlyConfigured(
            "CERTIFICATE_KEYS: begin with the private key that signs; use each name once."
        )
    return Keys(names[0], privates[names[0]], publics)


def keys() -> Keys:
    return read(settings.CERTIFICATE_KEYS or _development_key())


def sign(claims: signed.Claims) -> str:
    held = keys()
    return signed.sign(claims, held.signing_id, held.signing)


def verify(text: str, *, on: dt.date) -> signed.Claims:
    """What we signed, or signed.NotGenuine. Ask the certificate's status as well."""
    revoked = set(RevokedKey.objects.values_list("key_id", flat=True))
    return signed.verify(text, keys=keys().verifying, revoked=revoked, on=on)


def published() -> list[dict[str, str | bool]]:
    """What anybody needs to check signed forms: no secret."""
    revoked = set(RevokedKey.objects.values_list("key_id", flat=True))
    return [
        {
            "id": key_id,
            "public": base64.b64encode(key.public_bytes_raw()).decode(),
            "revoked": key_id in revoked,
        }
        for key_id, key in keys().verifying.items()
    ]


def _development_key() -> str:
    path = settings.VAR_DIR / "certificate-keys"
    path.parent.mkdir(parents=True, exist_ok=True)
    made = f"DEV={base64.b64encode(secrets.token_bytes(32)).decode()}"
    # Another process may be doing the same: whoever links first wins, whole.
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(made)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_text()
