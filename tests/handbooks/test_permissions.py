import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Role
from handbooks.models import Edition
from handbooks.permissions import (
    can_edit,
    can_hold_events,
    can_order,
    can_publish,
    held_events,
)
from tests.accounts.factories import UserFactory, staff
from tests.handbooks.factories import editor
from tests.handbooks.stock_factories import EventFactory
from tests.reference.factories import CommuneFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_its_own(role):
    user = staff(role)

    assert can_edit(user) == (role == Role.EDITOR)
    assert can_publish(user, Edition()) == (role == Role.EDITOR)
    assert can_order(user) == (role == Role.PRINT_OFFICER)
    assert can_hold_events(user) == (
        role in {Role.COORDINATOR, Role.EDITOR, Role.PRINT_OFFICER}
    )


@pytest.mark.parametrize("person", [UserFactory, AnonymousUser])
def test_nobody_else_may_do_anything(person):
    EventFactory()
    user = person()

    assert not can_edit(user)
    assert not can_publish(user, Edition())
    assert not can_order(user)
    assert not can_hold_events(user)
    assert not held_events(user).exists()


def test_editor_publishes_what_another_prepared():
    one, other = editor(), editor()

    assert can_publish(one, Edition(prepared_by=other))
    assert not can_publish(one, Edition(prepared_by=one))


def test_coordinator_sees_the_events_of_her_communes():
    here, elsewhere = EventFactory(), EventFactory(commune=CommuneFactory())

    assert list(held_events(staff(Role.COORDINATOR, here.commune))) == [here]
    assert set(held_events(staff(Role.PRINT_OFFICER))) == {here, elsewhere}
