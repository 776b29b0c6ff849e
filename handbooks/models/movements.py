from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Sum, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core import clock
from handbooks.models.events import Event
from handbooks.models.places import StorePlace

# What went out to people, less what came back.
_SIGNED = Case(
    When(kind="returned", then=-F("copies")),
    default=F("copies"),
    output_field=models.IntegerField(),
)


class MovementQuerySet(models.QuerySet):
    def told(self):
        """The newest first, with all that a line of the history says."""
        rows = self.select_related("from_place", "to_place", "event", "by")
        return rows.order_by("-pk")

    def given_at(self, event, run):
        """How many copies of a run people took from an event."""
        rows = self.filter(event=event, run=run)
        return rows.aggregate(total=Coalesce(Sum(_SIGNED), 0))["total"]

    def given_by_run(self, event):
        """The same for every run of which there were copies: rows of run and total."""
        totals = self.filter(event=event).order_by().values("run")
        return dict(totals.annotate(total=Sum(_SIGNED)).values_list("run", "total"))

    def given_by_book(self, events):
        """Rows of event, title, language and how many copies people took from there."""
        volume = "run__source__edition__volume"
        told = self.filter(event__in=events).values_list(
            "event", f"{volume}__title", f"{volume}__language__name"
        )
        taken = told.annotate(total=Sum(_SIGNED)).exclude(total=0)
        return taken.order_by(
            f"{volume}__handbook__order", f"{volume}__language__order"
        )


class Movement(models.Model):
    """Copies of a run that went from one place to another. Never changed (trigger).

    A mistake is put right by moving back. The trigger keeps `Stock`, and refuses what
    would leave less than nothing somewhere.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", _("received from the printer")
        MOVED = "moved", _("moved")
        GIVEN = "given", _("handed out")
        RETURNED = "returned", _("brought back")
        WRITTEN_OFF = "written_off", _("written off")

    PERSONAL = {"by"}
    NOT_PERSONAL = {
        "id",
        "run",
        "kind",
        "from_place",
        "to_place",
        "event",
        "copies",
        "at",
        "note",
    }

    run = models.ForeignKey(
        "handbooks.PrintRun", models.PROTECT, related_name="movements"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    from_place = models.ForeignKey(
        StorePlace, models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_place = models.ForeignKey(
        StorePlace, models.PROTECT, null=True, blank=True, related_name="+"
    )
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="movements"
    )
    copies = models.PositiveIntegerField(_("copies"))
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = MovementQuerySet.as_manager()

    class Meta:
        verbose_name = _("movement of copies")
        verbose_name_plural = _("movements of copies")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="handbooks_movement_of_something", condition=Q(copies__gt=0)
            ),
            models.CheckConstraint(
                name="handbooks_movement_from_and_to",
                condition=Q(
                    kind="received",
                    from_place=None,
                    to_place__isnull=False,
                    event=None,
                )
                | Q(
                    ~Q(from_place=F("to_place")),
                    kind="moved",
                    from_place__isnull=False,
                    to_place__isnull=False,
                    event=None,
                )
                | Q(
                    kind="given",
                    from_place__isnull=False,
                    to_place=None,
                    event__isnull=False,
                )
                | Q(
                    kind="returned",
                    from_place=None,
                    to_place__isnull=False,
                    event__isnull=False,
                )
                | Q(
                    ~Q(note=""),
                    kind="written_off",
                    from_place__isnull=False,
                    to_place=None,
                    event=None,
                ),
            ),
        ]

    def __str__(self):
        return f"{self.run_id} {self.kind} {self.copies}"
