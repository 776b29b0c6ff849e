import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import actions
from accounts.models import Consent, ConsentText, Invitation, Membership, Role, User
from accounts.permissions import has_role, memberships_of
from core import clock
from core.errors import Refused
from core.models import Event
from tests.accounts.factories import (
    AdministratorFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

PASSWORD = "bốn từ không ai đoán"


def invitation(**changes):
    fields = {
        "phone": "+84987654321",
        "full_name": "Người Được Mời",
        "role": Role.INSPECTOR,
        "everywhere": True,
        "by": AdministratorFactory(),
    } | changes
    return actions.invite(**fields)


def test_invitation_accepted_makes_account_with_role_and_duties():
    _, token = invitation()

    user = actions.accept_invitation(token=token, password=PASSWORD, language="vi")

    assert user.check_password(PASSWORD)
    assert has_role(user, Role.INSPECTOR)
    assert user.consents.get().text.kind == ConsentText.Kind.STAFF_DUTIES
    assert list(Event.objects.order_by("id").values_list("kind", flat=True)) == [
        "person.invited",
        "role.given",
        "consent.given",
        "person.joined",
    ]


def test_invitation_works_once():
    _, token = invitation()
    actions.accept_invitation(token=token, password=PASSWORD, language="vi")

    with pytest.raises(Refused) as refused:
        actions.accept_invitation(token=token, password=PASSWORD, language="vi")

    assert refused.value.code == "invitation_over"


def test_invitation_ends_after_a_week():
    _, token = invitation()

    with (
        clock.set_to(timezone.now() + dt.timedelta(days=8)),
        pytest.raises(Refused) as refused,
    ):
        actions.accept_invitation(token=token, password=PASSWORD, language="vi")

    assert refused.value.code == "invitation_over"
    assert not User.objects.filter(phone="+84987654321").exists()


def test_invitation_keeps_no_token():
    kept, token = invitation()

    assert token not in Invitation.objects.values_list("token_hash", flat=True)
    assert kept.token_hash == actions.hashed(token)


def test_invitation_of_somebody_with_account_is_refused():
    UserFactory(phone="+84987654321")

    with pytest.raises(Refused) as refused:
        invitation()

    assert refused.value.code == "has_account"


def test_role_cannot_be_given_twice():
    membership = MembershipFactory()

    with pytest.raises(ValidationError):
        actions.give_role(
            user=membership.user,
            role=membership.role,
            everywhere=True,
            by=AdministratorFactory(),
        )


def test_role_ended_is_kept_with_who_and_when():
    membership = MembershipFactory()
    administrator = AdministratorFactory()

    actions.end_role(membership=membership, by=administrator)

    membership.refresh_from_db()
    assert membership.ended_by == administrator
    assert not has_role(User.objects.get(pk=membership.user_id), Role.INSPECTOR)


def test_administrator_role_opens_and_closes_the_administration():
    user, administrator = UserFactory(), AdministratorFactory()

    membership = actions.give_role(
        user=user, role=Role.ADMINISTRATOR, everywhere=True, by=administrator
    )
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (True, True)

    actions.end_role(membership=membership, by=administrator)
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (False, False)


def test_administrator_cannot_end_own_role():
    administrator = AdministratorFactory()

    with pytest.raises(Refused) as refused:
        actions.end_role(membership=administrator.memberships.get(), by=administrator)

    assert refused.value.code == "own_role"


def test_suspended_account_holds_no_role_and_cannot_sign_in(client):
    membership = MembershipFactory()
    client.force_login(membership.user)

    actions.suspend(user=membership.user, because="left", by=AdministratorFactory())

    membership.user.refresh_from_db()
    assert memberships_of(membership.user) == []
    assert client.get("/home/").headers["Location"].startswith("/account/login/")


def test_consent_given_twice_is_one():
    user = UserFactory()

    for _ in range(2):
        actions.give_consent(user=user, kind="landlord_terms", language="vi")

    assert user.consents.count() == 1


def test_consent_withdrawn_is_kept_and_can_be_given_again():
    user = UserFactory()
    actions.give_consent(user=user, kind="contact_shown", language="vi")

    actions.withdraw_consent(user=user, kind="contact_shown")
    actions.give_consent(user=user, kind="contact_shown", language="vi")

    assert sorted(
        consent.withdrawn_at is None for consent in Consent.objects.all()
    ) == [
        False,
        True,
    ]


def test_database_keeps_a_text_that_somebody_agreed_to():
    consent = actions.give_consent(
        user=UserFactory(), kind="landlord_terms", language="vi"
    )

    with pytest.raises(IntegrityError, match="add a new version"), transaction.atomic():
        ConsentText.objects.filter(pk=consent.text_id).update(text={"vi": "", "en": ""})


def test_database_refuses_half_an_ending():
    membership = MembershipFactory()

    with (
        pytest.raises(IntegrityError, match="ended_at_and_by"),
        transaction.atomic(),
    ):
        Membership.objects.filter(pk=membership.pk).update(ended_at=clock.now())
