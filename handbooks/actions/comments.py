"""What colleagues say about a text, until it is settled."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import Refused
from core.models import record
from core.text import nfc
from handbooks.models import Comment, Language, Section


@transaction.atomic
def comment(*, section: Section, language: Language, by: User, text: str) -> Comment:
    """Said about the text as it is now."""
    said = Comment(
        section=section,
        language=language,
        revision=section.text_in(language),
        text=nfc(text.strip()),
        at=clock.now(),
        by=by,
    )
    said.full_clean()
    said.save()
    record("comment.made", said, by=by, under=section)
    return said


@transaction.atomic
def settle_comment(*, comment: Comment, by: User) -> Comment:
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    if comment.settled_at:
        raise Refused("settled", _("A colleague has settled this already."))
    comment.settled_at, comment.settled_by = clock.now(), by
    comment.full_clean()
    comment.save()
    record("comment.settled", comment, by=by, under=comment.section)
    return comment
