"""What waits because of how visits came in: in part, twice, or with broken pictures."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role
from accounts.permissions import has_role, within
from core import clock
from desks.blocks import ROWS, Block, Row
from inspections.arrivals import arrivals_of
from inspections.models import EvidencePhoto, Submission
from inspections.permissions import READERS, visible_uploads

TOLD_FOR = dt.timedelta(days=30)
STUCK_AFTER = dt.timedelta(hours=1)


def uploads(user):
    """Of which only a part has come in; the oldest first."""
    coming = visible_uploads(user)
    rows = [
        Row(
            arriving.house or _("House not known yet"),
            reverse("inspections:visit", args=[arriving.address])
            if arriving.address
            else reverse("inspections:uploads"),
            f"{arriving.upload.author} · {arriving.words}",
            arriving.upload.begun_at,
        )
        for arriving in arrivals_of(list(coming[:ROWS]))
    ]
    return Block(
        "uploads",
        "sync",
        _("Visits on their way"),
        coming.count(),
        "",
        reverse("inspections:uploads"),
        rows,
    )


def troubles(user):
    """Two records of one visit, and pictures that cannot be shown."""
    since = clock.now() - TOLD_FOR
    here = within(Submission.objects.all(), user, READERS, "visit__house__commune")
    unlike = here.unsettled()
    rows = [
        Row(
            str(row.visit.house),
            _where_to_compare(user, row),
            _("Two records of one visit: they have to be compared."),
            row.received_at,
        )
        for row in unlike.select_related("visit__house__commune")
        .defer("document", "merged")
        .order_by("received_at")[:ROWS]
    ]
    stuck = _stuck_photos(user, since)
    told = _("Photos that cannot be shown: %(count)d") % {"count": stuck}
    return Block(
        "troubles",
        "warning",
        _("What needs a look"),
        unlike.count() + stuck,
        told if stuck else "",
        reverse("inspections:visits"),
        rows,
    )


def _where_to_compare(user, record):
    if has_role(user, Role.REVIEWER, record.visit.house.commune):
        return reverse("certificates:records", args=[record.pk])
    return reverse("inspections:visit", args=[record.visit_id])


def _stuck_photos(user, since):
    """Damaged, or not developed an hour after they came."""
    photos = within(
        EvidencePhoto.objects.all(), user, READERS, "submission__visit__house__commune"
    )
    waiting = Q(
        processed_at=None, submission__received_at__lt=clock.now() - STUCK_AFTER
    )
    return photos.filter(
        ~Q(problem="") | waiting, submission__received_at__gte=since
    ).count()
