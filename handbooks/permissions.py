"""Who may write handbooks, publish them and have them printed. Everybody may read."""

from accounts.models import Role, User
from accounts.permissions import has_role
from handbooks.models import Edition


def can_edit(user: User) -> bool:
    """Write drafts and revisions, comment, prepare an edition."""
    return has_role(user, Role.EDITOR)


def can_publish(user: User, edition: Edition) -> bool:
    """Four eyes: whoever prepared an edition cannot publish it."""
    return can_edit(user) and edition.prepared_by_id != user.pk


def can_order(user: User) -> bool:
    """Order print runs."""
    return has_role(user, Role.PRINT_OFFICER)
