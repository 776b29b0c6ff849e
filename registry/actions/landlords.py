from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import give_consent, withdraw_consent
from accounts.models import ConsentText, User
from core import clock
from core.errors import Refused
from core.models import record
from registry.models import Landlord


@transaction.atomic
def become_landlord(
    *, user: User, kind: str, full_name: str, phone: str, language: str, by: User
) -> Landlord:
    """Keep who lets rooms. The user has ticked the terms; that consent is kept too."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if Landlord.objects.filter(user=user).exists():
        raise Refused("is_landlord", _("You are registered as a landlord already."))
    landlord = Landlord(
        user=user, kind=kind, full_name=full_name, phone=phone, created_at=clock.now()
    )
    landlord.full_clean()
    landlord.save()
    give_consent(user=user, kind=ConsentText.Kind.LANDLORD_TERMS, language=language)
    record("landlord.joined", landlord, by=by, kind_of_landlord=kind)
    return landlord


@transaction.atomic
def change_landlord(*, landlord: Landlord, by: User, **fields: str) -> Landlord:
    """Correct name, telephone number or kind. The audit line says which, not what."""
    landlord = Landlord.objects.select_for_update().get(pk=landlord.pk)
    unknown = set(fields) - {"kind", "full_name", "phone"}
    if unknown:
        raise TypeError(f"Not to be changed here: {sorted(unknown)}")
    changed = [
        name for name, value in fields.items() if getattr(landlord, name) != value
    ]
    for name in changed:
        setattr(landlord, name, fields[name])
    landlord.full_clean()
    if changed:
        landlord.save(update_fields=changed)
        record("landlord.changed", landlord, by=by, changed=changed)
    return landlord


@transaction.atomic
def show_contact(
    *, landlord: Landlord, shown: bool, language: str, by: User
) -> Landlord:
    """Let workers ask for the number, or end that; the consent is kept or withdrawn."""
    landlord = (
        Landlord.objects.select_for_update(of=("self",))
        .select_related("user")
        .get(pk=landlord.pk)
    )
    if landlord.user is None:
        raise Refused("no_account", _("Only the landlord can allow this, signed in."))
    if shown == landlord.contact_shown:
        return landlord
    kind = ConsentText.Kind.CONTACT_SHOWN
    if shown:
        give_consent(user=landlord.user, kind=kind, language=language)
    else:
        withdraw_consent(user=landlord.user, kind=kind)
    landlord.contact_shown = shown
    landlord.save(update_fields=["contact_shown"])
    record("landlord.contact_shown", landlord, by=by, shown=shown)
    return landlord
