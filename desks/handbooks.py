"""What waits at the editors' desk: editions to publish, law that ends, comments."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from desks.blocks import ROWS, Block, Row
from handbooks.alarms import alarms
from handbooks.models import Comment, Edition


def editions(user):
    """Prepared by somebody else: she can publish them."""
    waiting = Edition.objects.filter(state=Edition.State.PREPARED)
    waiting = waiting.exclude(prepared_by=user).order_by("prepared_at")
    rows = [
        Row(
            edition.title,
            reverse("handbooks:edition", args=[edition.code]),
            f"{edition.code} · {edition.prepared_by}",
            edition.prepared_at,
        )
        for edition in waiting.select_related("prepared_by").defer("html")[:ROWS]
    ]
    title = _("Handbooks to publish")
    address = reverse("handbooks:office")
    return Block("editions", "book", title, waiting.count(), "", address, rows)


def laws(user):
    ending = alarms(clock.today()).all
    address = reverse("handbooks:alarms")
    rows = [
        Row(alarm.words, address, alarm.why, alarm.day, due=True)
        for alarm in ending[:ROWS]
    ]
    title = _("Law that texts rest on changes")
    return Block("laws", "warning", title, len(ending), "", address, rows)


def comments(user):
    open_ones = Comment.objects.filter(settled_at=None).order_by("at")
    rows = [
        Row(
            said.text,
            reverse(
                "handbooks:edit",
                args=[said.section.handbook_id, said.language_id, said.section.slug],
            ),
            str(said.by),
            said.at,
        )
        for said in open_ones.select_related("section", "by")[:ROWS]
    ]
    title = _("Comments on handbooks")
    address = reverse("handbooks:office")
    return Block("comments", "message", title, open_ones.count(), "", address, rows)
