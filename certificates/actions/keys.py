from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from certificates import keys
from certificates.models import RevokedKey
from core.errors import Refused
from core.models import record


@transaction.atomic
def revoke_key(*, key_id: str, because: str, by: User | None) -> RevokedKey:
    """Trust no signature of this key any more; certificates stay, checked online."""
    if key_id == keys.keys().signing_id:
        raise Refused(
            "still_signing",
            _("Put a new key first in CERTIFICATE_KEYS and start again, then revoke."),
        )
    revoked = RevokedKey(key_id=key_id, because=because, by=by)
    revoked.full_clean()
    revoked.save()
    record("key.revoked", revoked, by=by, key=key_id, because=because)
    return revoked
