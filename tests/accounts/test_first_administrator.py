import getpass

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Role, User
from tests.accounts.factories import AdministratorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def types_password(monkeypatch):
    return lambda password: monkeypatch.setattr(getpass, "getpass", lambda _: password)


def test_first_administrator_may_invite_everywhere(types_password):
    types_password("năm bông lúa trổ")

    call_command("first_administrator", "0912 345 678", "Trần Thị Lan")

    user = User.objects.get(phone="+84912345678")
    assert user.check_password("năm bông lúa trổ")
    assert user.is_superuser
    membership = user.memberships.get()
    assert (membership.role, membership.everywhere) == (Role.ADMINISTRATOR, True)


@pytest.mark.parametrize(
    ("phone", "password"), [("0912 345 678", "short"), ("12", "năm bông lúa trổ")]
)
def test_first_administrator_needs_a_phone_and_a_long_password(
    types_password, phone, password
):
    types_password(password)

    with pytest.raises(CommandError):
        call_command("first_administrator", phone, "Trần Thị Lan")

    assert not User.objects.exists()


def test_first_administrator_is_made_only_once(types_password):
    AdministratorFactory()
    types_password("năm bông lúa trổ")

    with pytest.raises(CommandError):
        call_command("first_administrator", "0912 345 678", "Trần Thị Lan")

    assert User.objects.count() == 1
