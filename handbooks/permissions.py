"""Who may write handbooks, publish them and have them printed. Everybody may read."""

from django.db.models import Q, QuerySet

from accounts.models import Role, User
from accounts.permissions import has_role, within
from handbooks.models import Edition, Event, Question, Quiz
from reference.models import AdministrativeUnit


def can_edit(user: User) -> bool:
    """Write drafts and revisions, comment, prepare an edition."""
    return has_role(user, Role.EDITOR)


def can_publish(user: User, edition: Edition) -> bool:
    """Four eyes: whoever prepared an edition cannot publish it."""
    return can_edit(user) and edition.prepared_by_id != user.pk


def can_order(user: User) -> bool:
    """Order print runs, receive them, move copies."""
    return has_role(user, Role.PRINT_OFFICER)


# Who meets people with handbooks in her hand, in the communes of her role.
HOLDERS = (Role.COORDINATOR, Role.EDITOR, Role.PRINT_OFFICER)


def can_hold_events(user: User) -> bool:
    """Write down events: where, how many people came, what was handed out."""
    return any(has_role(user, role) for role in HOLDERS)


def held_events(user: User) -> QuerySet[Event]:
    """The events of her communes."""
    return within(Event.objects.all(), user, HOLDERS, "commune")


def held_quizzes(user: User) -> QuerySet[Quiz]:
    """Those of her events, and those that belong to no event."""
    return Quiz.objects.filter(Q(event=None) | Q(event__in=held_events(user)))


def held_questions(user: User) -> QuerySet[Question]:
    """Those of her events; an editor answers all."""
    if can_edit(user):
        return Question.objects.all()
    return Question.objects.filter(Q(event=None) | Q(event__in=held_events(user)))


def can_approve(user: User, question: Question) -> bool:
    """Four eyes: whoever answered a question does not put it into the handbook."""
    return can_edit(user) and question.answered_by_id != user.pk


def open_communes(user: User) -> QuerySet[AdministrativeUnit]:
    """Where she may hold one: the pilot's communes, within her roles."""
    pilot = AdministrativeUnit.objects.communes().pilot()
    return within(pilot, user, HOLDERS, "pk").order_by("name")
