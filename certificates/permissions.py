"""Who may decide, and who may see and end certificates. Asked by page and API alike."""

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.permissions import has_role, within
from certificates.models import Certificate, Decision, chain_of
from inspections.models import Submission
from registry.models import House

READERS = (Role.COORDINATOR, Role.REVIEWER, Role.ADMINISTRATOR)


class Bar(models.TextChoices):
    """What keeps a reviewer from deciding about a house, however good she is."""

    INSPECTED = "inspected", _("Ask a colleague: who inspected cannot decide.")
    TIE = "tie", _("Ask a colleague: you have declared a tie to this house.")
    OWN_HOUSE = "own_house", _("Ask a colleague: this house is your own.")


def bar_at_house(user: User, house: House) -> Bar | None:
    if house.landlord.user_id == user.pk:
        return Bar.OWN_HOUSE
    if user.ties.filter(house=house).exists():
        return Bar.TIE
    return None


def bar_to_deciding(user: User, submission: Submission) -> Bar | None:
    """Four eyes hold for every visit that this one builds on."""
    chain = chain_of(submission.visit)
    if user.pk in {visit.inspector_id for visit in chain}:
        return Bar.INSPECTED
    return bar_at_house(user, submission.visit.house)


def can_review_somewhere(user: User) -> bool:
    return has_role(user, Role.REVIEWER)


def can_see_review(user: User, submission: Submission) -> bool:
    """Also who may not decide sees it, and is told why."""
    return has_role(user, Role.REVIEWER, submission.visit.house.commune)


def can_decide(user: User, submission: Submission) -> bool:
    return can_see_review(user, submission) and not bar_to_deciding(user, submission)


def reviewable(queryset: QuerySet, user: User, house_path: str) -> QuerySet:
    return within(queryset, user, [Role.REVIEWER], f"{house_path}__commune")


def can_read_somewhere(user: User) -> bool:
    return any(has_role(user, role) for role in READERS)


def can_see_certificate(user: User, certificate: Certificate) -> bool:
    house = certificate.room.house
    return is_landlord(user, certificate) or any(
        has_role(user, role, house.commune) for role in READERS
    )


def can_print(user: User, certificate: Certificate) -> bool:
    """The office whatever it is worth; the landlord only what counts now (`status`)."""
    house = certificate.room.house
    counts = certificate.status in {"valid", "conditional", "not_yet_valid"}
    return any(has_role(user, role, house.commune) for role in READERS) or (
        counts and is_landlord(user, certificate)
    )


def is_landlord(user: User, certificate: Certificate) -> bool:
    """Of a house that is hers; nobody signed in is landlord of a house without account."""
    owner = certificate.room.house.landlord.user_id
    return owner is not None and owner == user.pk


def can_end_certificate(user: User, certificate: Certificate) -> bool:
    """Suspend, lift and revoke: a reviewer of the commune without a tie to the house."""
    house = certificate.room.house
    return has_role(user, Role.REVIEWER, house.commune) and not bar_at_house(
        user, house
    )


def office_certificates(user: User) -> QuerySet[Certificate]:
    return within(Certificate.objects.all(), user, READERS, "room__house__commune")


def visible_certificates(user: User) -> QuerySet[Certificate]:
    own = Certificate.objects.filter(room__house__landlord__user=user)
    return office_certificates(user) | own


def visible_decisions(user: User) -> QuerySet[Decision]:
    office = within(Decision.objects.all(), user, READERS, "room__house__commune")
    return office | Decision.objects.filter(
        Q(room__house__landlord__user=user) | Q(inspected_by=user)
    )
