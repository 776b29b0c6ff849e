"""Who sends: inspectors with a second factor, signed in beforehand."""

from typing import NamedTuple

from allauth.mfa.models import Authenticator
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections

from accounts.models import Role, User
from core import clock
from inspections.models import ChecklistVersion
from tests.accounts.factories import UserFactory, staff
from tests.bench.visits import ROOMS
from tests.registry.factories import CommuneFactory, LandlordFactory


class People(NamedTuple):
    ids: dict
    sessions: list[str]


def make(clients: int) -> People:
    """An inspector for each client; they inspect in one commune."""
    commune = CommuneFactory()
    inspectors = [staff(Role.INSPECTOR, commune) for _ in range(clients)]
    ids = {
        "commune": commune.pk,
        "landlord": LandlordFactory().pk,
        "planner": UserFactory().pk,
        "version": ChecklistVersion.objects.published().get().pk,
        "inspectors": [user.pk for user in inspectors],
        "clients": clients,
        "rooms": ROOMS,
        "day": clock.today(),
    }
    sessions = [_session(user) for user in inspectors]
    connections.close_all()
    return People(ids, sessions)


def _session(user: User) -> str:
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return store.session_key
