"""Who may do what with checklists, visits and findings. Asked by page and API alike."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Membership, Role, User
from accounts.permissions import has_role, memberships_of, within
from inspections.models import (
    EvidencePhoto,
    Finding,
    Repair,
    Submission,
    Upload,
    Visit,
)
from registry.models import House

READERS = (Role.COORDINATOR, Role.REVIEWER, Role.ADMINISTRATOR)
HOUSE_COMMUNE = "house__commune"


def can_manage_checklists(user: User) -> bool:
    """A checklist is asked everywhere, so its keeper has the role everywhere."""
    return any(
        membership.everywhere
        for membership in memberships_of(user)
        if membership.role == Role.ADMINISTRATOR
    )


def can_use_office(user: User) -> bool:
    return any(has_role(user, role) for role in READERS)


def can_use_tablet(user: User) -> bool:
    return has_role(user, Role.INSPECTOR)


def can_plan(user: User, house: House) -> bool:
    return has_role(user, Role.COORDINATOR, house.commune)


def can_plan_somewhere(user: User) -> bool:
    return has_role(user, Role.COORDINATOR)


def can_inspect(user: User, house: House) -> bool:
    return has_role(user, Role.INSPECTOR, house.commune)


def can_begin(user: User, house: House) -> bool:
    """Bring a visit that nobody planned: as an inspector; or with the proof that she was
    one when she took the day along, for work done is not lost when a role ends.
    """
    if can_inspect(user, house) or not hasattr(user, "proven_on"):
        return can_inspect(user, house)
    not_yet_ended = Q(ended_at=None) | Q(ended_at__date__gte=user.proven_on)
    of_the_commune = Q(everywhere=True) | Q(communes=house.commune_id)
    held = user.memberships.filter(not_yet_ended, of_the_commune, role=Role.INSPECTOR)
    return held.exists()


def houses_to_inspect(user: User) -> QuerySet[House]:
    """Those that she may visit unasked: of her communes, and of nobody she is tied to."""
    return houses_of_inspector(user).filter(withdrawn_at=None)


def houses_of_inspector(user: User) -> QuerySet[House]:
    """Also those that have left the registry since."""
    houses = House.objects.exclude(registered_at=None).exclude(ties__inspector=user)
    return within(houses, user, [Role.INSPECTOR], "commune")


def can_send(user: User, visit: Visit) -> bool:
    """Her own visit, also when her role has ended meanwhile: work done is not lost."""
    return visit.inspector_id == user.pk


def can_withdraw(user: User, visit: Visit) -> bool:
    return can_plan(user, visit.house)


def can_see_visit(user: User, visit: Visit) -> bool:
    return visit.inspector_id == user.pk or _reads(user, visit.house)


def visible_visits(user: User) -> QuerySet[Visit]:
    office = within(Visit.objects.all(), user, READERS, HOUSE_COMMUNE)
    return office | Visit.objects.filter(inspector=user)


def visible_uploads(user: User) -> QuerySet[Upload]:
    """What is on its way to houses of her communes. Of which house it is may not be known
    yet; then it is shown where its author inspects, or did.
    """
    visits = Visit.objects.filter(pk=OuterRef("visit"))
    near = within(visits, user, READERS, HOUSE_COMMUNE)
    inspects = Membership.objects.filter(role=Role.INSPECTOR)
    there = within(inspects, user, READERS, "communes").values("user")
    roaming = inspects.filter(everywhere=True).values("user")
    houses = within(House.objects.all(), user, READERS, "commune")
    return Upload.objects.incomplete().filter(
        Q(house__in=houses)
        | Q(Exists(near), house=None)
        | Q(~Exists(visits), Q(author__in=there) | Q(author__in=roaming), house=None)
    )


def can_see_confidential(user: User, visit: Visit) -> bool:
    """What a tenant said in private is for the case worker alone."""
    return has_role(user, Role.CASE_WORKER, visit.house.commune)


def can_return(user: User, submission: Submission) -> bool:
    visit = submission.visit
    return visit.inspector_id != user.pk and has_role(
        user, Role.REVIEWER, visit.house.commune
    )


def can_see_finding(user: User, finding: Finding) -> bool:
    if _is_landlord(user, finding):
        return not finding.public_task
    return _reads(user, finding.house) or finding.visit.inspector_id == user.pk


def visible_findings(user: User) -> QuerySet[Finding]:
    office = within(Finding.objects.all(), user, READERS, HOUSE_COMMUNE)
    own = Q(visit__inspector=user) | Q(house__landlord__user=user, public_task=False)
    return office | Finding.objects.filter(own)


def can_see_evidence(user: User, photo: EvidencePhoto) -> bool:
    """Staff see what was photographed, an inspector also where she goes next; a landlord
    only what shows her own tasks.
    """
    visit = photo.submission.visit
    if photo.submission.version.items[photo.item]["confidential"]:
        return can_see_confidential(user, visit)
    return (
        can_see_visit(user, visit)
        or Visit.objects.of(user).to_do().filter(house=visit.house).exists()
        or Finding.objects.of(user)
        .for_landlord()
        .filter(house=visit.house, item=photo.item, room=photo.room_id)
        .exists()
    )


def can_see_repair(user: User, repair: Repair) -> bool:
    return can_see_finding(user, repair.finding)


def repairs_to_verify(user: User) -> QuerySet[Repair]:
    """What waits within her communes; landlords do not look at their own repairs."""
    waiting = Repair.objects.waiting().exclude(finding__house__landlord__user=user)
    return within(waiting, user, READERS, "finding__house__commune")


def can_claim(user: User, finding: Finding) -> bool:
    """Say that it is repaired: the landlord, of her own houses."""
    return _is_landlord(user, finding) and not finding.public_task


def can_verify(user: User, finding: Finding) -> bool:
    if _is_landlord(user, finding):
        return False
    return any(
        has_role(user, role, finding.house.commune)
        for role in (Role.REVIEWER, Role.COORDINATOR)
    )


def can_waive(user: User, finding: Finding) -> bool:
    return not _is_landlord(user, finding) and has_role(
        user, Role.REVIEWER, finding.house.commune
    )


def _reads(user: User, house: House) -> bool:
    return any(has_role(user, role, house.commune) for role in READERS)


def _is_landlord(user: User, finding: Finding) -> bool:
    return finding.house.landlord.user_id == user.pk
