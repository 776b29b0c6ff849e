from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import paired
from reference.models import AdministrativeUnit


class EventQuerySet(models.QuerySet):
    def held_between(self, since=None, until=None):
        """Both days included; None: from the first, up to the last."""
        wishes = {"held_on__gte": since, "held_on__lte": until}
        return self.filter(**{name: day for name, day in wishes.items() if day})

    def listed(self):
        """With their communes, the newest first, and how many copies were handed out."""
        given, returned = (
            Coalesce(Sum("movements__copies", filter=Q(movements__kind=kind)), 0)
            for kind in ("given", "returned")
        )
        rows = self.select_related("commune").annotate(given=given - returned)
        return rows.order_by("-held_on", "-pk")


class Event(models.Model):
    """A day on which people were met and handbooks given. People are counts, never names."""

    PERSONAL = {"made_by"}
    NOT_PERSONAL = {
        "id",
        "held_on",
        "title",
        "commune",
        "place",
        "partners",
        "women",
        "men",
        "not_said",
        "note",
        "made_at",
    }

    held_on = models.DateField(_("day"))
    title = models.CharField(_("title"), max_length=120)
    commune = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        related_name="handbook_events",
        verbose_name=_("commune"),
    )
    place = models.CharField(_("place"), max_length=200)
    partners = models.CharField(_("partners"), max_length=300, blank=True)
    # None until somebody has counted: not the same as nobody came.
    women = models.PositiveIntegerField(_("women"), null=True, blank=True)
    men = models.PositiveIntegerField(_("men"), null=True, blank=True)
    not_said = models.PositiveIntegerField(_("did not say"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("outreach event")
        verbose_name_plural = _("outreach events")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="handbooks_event_counted_whole",
                condition=paired("women", "men", "not_said"),
                violation_error_message=_(
                    "Fill in all three counts; 0 is a count too."
                ),
            ),
            models.CheckConstraint(
                name="handbooks_event_says_where",
                condition=~Q(place="") & ~Q(title=""),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def people(self):
        """How many came; None if nobody has counted yet."""
        if self.women is None:
            return None
        return self.women + self.men + self.not_said
