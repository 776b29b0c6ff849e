from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core import clock, codes
from core.models import paired
from handbooks.models.events import Event
from handbooks.models.files import EditionFile
from handbooks.models.movements import Movement
from handbooks.models.places import Stock
from reference.models import AdministrativeUnit

NUMBER = 8  # characters of a batch number, the last of them its check character


class PrintRunQuerySet(models.QuerySet):
    def with_edition(self):
        rows = self.select_related(
            "source__edition__volume__handbook",
            "source__edition__volume__language",
            "source__edition__cover__commune",
        )
        return rows.defer(
            "source__edition__html",
            "source__edition__imprint",
            "source__edition__contents",
        )

    def listed(self):
        """The newest first: what was ordered, how much of it came, how much is left."""
        rows = self.with_edition().select_related("commune", "event", "ordered_by")
        received = Movement.objects.filter(kind=Movement.Kind.RECEIVED)
        return rows.annotate(
            arrived=_sum(received), left=_sum(Stock.objects.all())
        ).order_by("-ordered_at", "-pk")

    def expected(self):
        """Ordered, and nothing of it has come."""
        come = Movement.objects.filter(run=OuterRef("pk"))
        return self.filter(~Exists(come), cancelled_at=None)


def _sum(rows):
    totals = (
        rows.filter(run=OuterRef("pk"))
        .order_by()
        .values("run")
        .annotate(total=Sum("copies"))
        .values("total")
    )
    return Coalesce(Subquery(totals), 0)


class PrintRun(models.Model):
    """Copies ordered of one printable file of an edition. Its order is frozen (trigger).

    `printed` is that file with the batch number in it: the published bytes, and a stamp.
    """

    PERSONAL = {"ordered_by", "cancelled_by"}
    NOT_PERSONAL = {
        "id",
        "number",
        "source",
        "copies",
        "commune",
        "event",
        "note",
        "ordered_at",
        "printed",
        "sha256",
        "bytes",
        "made_at",
        "problem",
        "cancelled_at",
        "cancelled_because",
    }

    # Stands on each copy: K7M2-9QXT, kept without the hyphen.
    number = models.CharField(_("batch number"), max_length=NUMBER, unique=True)
    source = models.ForeignKey(EditionFile, models.PROTECT, related_name="runs")
    copies = models.PositiveIntegerField(_("copies"))
    commune = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handbook_runs",
        verbose_name=_("for which commune"),
    )
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="runs",
        verbose_name=_("for which event"),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    ordered_at = models.DateTimeField(default=clock.now, editable=False)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    printed = models.FileField(upload_to="handbooks/runs/", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    bytes = models.PositiveIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)  # what went wrong, for us
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    cancelled_because = models.CharField(_("reason"), max_length=300, blank=True)

    objects = PrintRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("print run")
        verbose_name_plural = _("print runs")
        ordering = ["-ordered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="handbooks_printrun_of_something",
                condition=Q(copies__gt=0),
                violation_error_message=_("Order one copy at least."),
            ),
            models.CheckConstraint(
                name="handbooks_printrun_number",
                condition=Q(number__regex=f"^[{codes.ALPHABET}]{{{NUMBER}}}$"),
            ),
            models.CheckConstraint(
                name="handbooks_printrun_for_one",
                condition=Q(commune=None) | Q(event=None),
                violation_error_message=_("Choose a commune or an event, not both."),
            ),
            models.CheckConstraint(
                name="handbooks_printrun_made_whole",
                condition=paired("made_at", "bytes")
                & (
                    Q(made_at=None, printed="", sha256="")
                    | ~Q(printed="") & ~Q(sha256="")
                ),
            ),
            models.CheckConstraint(
                name="handbooks_printrun_cancelled_at_and_by",
                condition=paired("cancelled_at", "cancelled_by")
                & (
                    Q(cancelled_at=None, cancelled_because="")
                    | Q(cancelled_at__isnull=False) & ~Q(cancelled_because="")
                ),
            ),
        ]

    def __str__(self):
        return self.shown_number

    @property
    def shown_number(self):
        return codes.shown(self.number)

    @property
    def edition(self):
        return self.source.edition

    # Of a run with what came of it: see `listed`.

    @property
    def missing(self):
        """Ordered and not come; None if there is nothing to wait for."""
        return max(self.copies - self.arrived, 0) or None

    @property
    def state(self):
        """A key of core/states.py."""
        if self.cancelled_at:
            return "cancelled"
        if not self.arrived:
            return "ordered"
        return "partly" if self.missing else "arrived"
