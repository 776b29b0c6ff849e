"""Who sends a request, asked in one statement: for addresses that must be fast.

It says the same as Django's sessions, the roles and the second factor, or it says None:
then the usual way decides, and answers.
"""

import functools
import json

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from rest_framework.authentication import CSRFCheck

from accounts.models import Membership, User
from core import statements
from reference.models import AdministrativeUnit

_FIELDS = [field.attname for field in User._meta.concrete_fields]
_COLUMNS = ", ".join(f"u.{field.column}" for field in User._meta.concrete_fields)
_WHO = f"""
SELECT s.session_data,
    EXISTS (SELECT FROM {Authenticator._meta.db_table} WHERE user_id = u.id),
    (SELECT json_agg(json_build_array(m.id, m.role, m.everywhere,
        (SELECT json_agg(c.administrativeunit_id)
         FROM {Membership.communes.through._meta.db_table} c
         WHERE c.membership_id = m.id)))
     FROM {Membership._meta.db_table} m WHERE m.user_id = u.id AND m.ended_at IS NULL)::text,
    {_COLUMNS}
FROM {Session._meta.db_table} s LEFT JOIN {User._meta.db_table} u ON u.id = %(guess)s
WHERE s.session_key = %(key)s AND s.expire_date > %(now)s
"""  # noqa: S608  (no value is put into it)
_MOST_GUESSES = 10_000
_guesses: dict[str, int] = {}  # whose session it was when it was last seen
_csrf = CSRFCheck(lambda request: None)


def signed_in(request) -> User | None:
    """The active user whose session and token the request carries, second factor set up."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key or SessionStore.__module__ != settings.SESSION_ENGINE:
        return None
    asked = {"key": key, "guess": _guesses.get(key), "now": timezone.now()}
    row = statements.ask(_WHO, asked)
    if row is None:
        return None
    session = _session(row[0])
    if session.get("user") != row[3]:
        if "user" not in session or _guesses.get(key) == session["user"]:
            return None
        if len(_guesses) > _MOST_GUESSES:
            _guesses.clear()
        _guesses[key] = session["user"]
        return signed_in(request)
    user = User.from_db("default", _FIELDS, row[3:])
    return (
        user
        if _may(request, user, session, second_factor=row[1], held=row[2])
        else None
    )


def _may(request, user, session, *, second_factor, held) -> bool:
    user._memberships_in_force = _memberships(held) if held else []
    return (
        user.is_active
        and session["backend"] in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session["hash"], user.get_session_auth_hash())
        and (second_factor or not settings.STAFF_SECOND_FACTOR)
        and not _is_forged(request)
    )


def _is_forged(request) -> bool:
    _csrf.process_request(request)
    return _csrf.process_view(request, None, (), {}) is not None


@functools.lru_cache(maxsize=4096)
def _session(data: str) -> dict:
    """What a session's row says; a signed text that never changes its meaning."""
    told = SessionStore().decode(data)
    try:
        return {
            "user": User._meta.pk.to_python(told[SESSION_KEY]),
            "backend": told[BACKEND_SESSION_KEY],
            "hash": told[HASH_SESSION_KEY],
        }
    except KeyError:
        return {}


def _memberships(told: str) -> list[Membership]:
    held = []
    for pk, role, everywhere, communes in json.loads(told):
        membership = Membership.from_db(
            "default", ["id", "role", "everywhere"], [pk, role, everywhere]
        )
        membership._prefetched_objects_cache = {
            "communes": [
                AdministrativeUnit.from_db("default", ["code"], [unit])
                for unit in communes or ()
            ]
        }
        held.append(membership)
    return held
