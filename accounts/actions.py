"""Everything that gives somebody access, or takes it."""

import datetime as dt
import hashlib
import secrets
import uuid
from collections.abc import Iterable

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import (
    Consent,
    ConsentText,
    Invitation,
    Membership,
    Role,
    TabletKey,
    User,
)
from core import clock
from core.errors import Refused
from core.models import record
from reference.models import AdministrativeUnit

INVITATION_DAYS = 7


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    phone: str,
    full_name: str,
    role: str,
    everywhere: bool = False,
    communes: Iterable[AdministrativeUnit] = (),
    by: User,
) -> tuple[Invitation, str]:
    """Invite a member of staff; the token is shown once and only its hash is kept."""
    if User.objects.filter(phone=phone).exists():
        raise Refused(
            "has_account", _("Give the role in the list: this person has an account.")
        )
    token = secrets.token_urlsafe(24)
    invitation = Invitation(
        token_hash=hashed(token),
        phone=phone,
        full_name=full_name,
        role=role,
        everywhere=everywhere,
        invited_by=by,
        expires_at=clock.now() + dt.timedelta(days=INVITATION_DAYS),
    )
    invitation.full_clean()
    invitation.save()
    invitation.communes.set(communes)
    record("person.invited", invitation, by=by, role=role)
    return invitation, token


@transaction.atomic
def accept_invitation(*, token: str, password: str, language: str) -> User:
    """Make the account that an invitation promises. The link works once."""
    invitation = (
        Invitation.objects.select_for_update()
        .filter(token_hash=hashed(token), accepted_at=None)
        .first()
    )
    if invitation is None or invitation.expires_at < clock.now():
        raise Refused(
            "invitation_over",
            _("Ask for a new invitation: this one was used or is too old."),
        )
    user = User.objects.create_user(
        invitation.phone,
        password,
        full_name=invitation.full_name,
        language=language,
        phone_verified_at=clock.now(),
    )
    invitation.accepted_at, invitation.accepted_by = clock.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    give_role(
        user=user,
        role=invitation.role,
        everywhere=invitation.everywhere,
        communes=invitation.communes.all(),
        by=invitation.invited_by,
    )
    give_consent(user=user, kind=ConsentText.Kind.STAFF_DUTIES, language=language)
    record("person.joined", user, by=user)
    return user


@transaction.atomic
def give_role(
    *,
    user: User,
    role: str,
    everywhere: bool = False,
    communes: Iterable[AdministrativeUnit] = (),
    by: User | None,
) -> Membership:
    """Give a role; `by` is None when the system is set up."""
    membership = Membership(
        user=user,
        role=role,
        everywhere=everywhere,
        granted_by=by,
        granted_at=clock.now(),
    )
    membership.full_clean()
    membership.save()
    membership.communes.set(communes)
    if role == Role.ADMINISTRATOR:
        _open_administration(user, is_open=True)
    record(
        "role.given",
        membership,
        under=user,
        by=by,
        role=role,
        communes=[unit.pk for unit in communes],
    )
    return membership


@transaction.atomic
def appoint_first_administrator(*, phone: str, full_name: str, password: str) -> User:
    """Begin: whoever runs the server makes the account that invites all the others."""
    if Membership.objects.filter(role=Role.ADMINISTRATOR).exists():
        raise Refused(
            "has_administrator", _("Ask an administrator: there is one already.")
        )
    user = User(phone=phone, full_name=full_name, phone_verified_at=clock.now())
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    give_role(user=user, role=Role.ADMINISTRATOR, everywhere=True, by=None)
    return user


@transaction.atomic
def end_role(*, membership: Membership, by: User) -> None:
    """Take a role away; the row stays, with who ended it and when."""
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.ended_at:
        return
    if membership.role == Role.ADMINISTRATOR and membership.user == by:
        raise Refused("own_role", _("Ask another administrator to end your own role."))
    membership.ended_at, membership.ended_by = clock.now(), by
    membership.save(update_fields=["ended_at", "ended_by"])
    if membership.role == Role.ADMINISTRATOR:
        _open_administration(membership.user, is_open=False)
    record("role.ended", membership, under=membership.user, by=by, role=membership.role)


def _open_administration(user: User, *, is_open: bool) -> None:
    user.is_staff = user.is_superuser = is_open
    user.save(update_fields=["is_staff", "is_superuser"])


@transaction.atomic
def suspend(*, user: User, because: str, by: User) -> None:
    """Close an account at once: all its sessions end with it."""
    if user == by:
        raise Refused("own_account", _("Ask a colleague to close your own account."))
    user.is_active = False
    user.save(update_fields=["is_active"])
    record("person.suspended", user, by=by, because=because)


@transaction.atomic
def readmit(*, user: User, by: User) -> None:
    """Open a closed account again."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("person.readmitted", user, by=by)


def new_password_key(*, user: User, by: User) -> tuple[str, str]:
    """The two parts of a link with which somebody who forgot it sets a new password.

    No SMS and no e-mail is sent: a member of staff who knows the person hands it over.
    """
    record("person.password_link", user, by=by)
    return user_pk_to_url_str(user), default_token_generator.make_token(user)


@transaction.atomic
def give_consent(*, user: User, kind: str, language: str) -> Consent:
    """Keep that the user agreed to the text in force today. Agreeing twice is one consent."""
    text = (
        ConsentText.objects.filter(kind=kind, in_force_from__lte=clock.today())
        .order_by("-version")
        .first()
    )
    if text is None:
        raise Refused("no_text", _("There is no text to agree to yet."))
    consent, is_new = Consent.objects.get_or_create(
        user=user,
        text=text,
        withdrawn_at=None,
        defaults={"language": language, "given_at": clock.now()},
    )
    if is_new:
        record("consent.given", consent, under=user, by=user, version=text.version)
    return consent


@transaction.atomic
def withdraw_consent(*, user: User, kind: str) -> None:
    """End a consent; the row stays with both days."""
    for consent in user.consents.filter(text__kind=kind, withdrawn_at=None):
        consent.withdrawn_at = clock.now()
        consent.save(update_fields=["withdrawn_at"])
        record("consent.withdrawn", consent, under=user, by=user)


@transaction.atomic
def keep_tablet_key(*, tablet: uuid.UUID, key: bytes, by: User) -> TabletKey:
    """Keep what opens her work on a tablet; a newer key takes the place of the older."""
    kept, _new = TabletKey.objects.update_or_create(
        user=by, tablet=tablet, defaults={"key": key, "kept_at": clock.now()}
    )
    record("tablet_key.kept", kept, by=by, under=by)
    return kept


@transaction.atomic
def hand_out_tablet_key(*, kept: TabletKey, by: User) -> bytes:
    record("tablet_key.handed_out", kept, by=by, under=by)
    return bytes(kept.key)
