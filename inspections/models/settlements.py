from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from inspections.models.submissions import Submission


class Settlement(models.Model):
    """A reviewer made one record of two: which two, what was chosen on each line, and why.

    `first` counted until then, `second` had been kept beside it. Neither changes. A trigger
    sees to it that all three are of one visit, and that its inspector is not who chose.
    """

    PERSONAL = {"by"}
    NOT_PERSONAL = {"id", "submission", "first", "second", "choices", "because", "at"}

    submission = models.OneToOneField(
        Submission, models.PROTECT, related_name="settlement"
    )
    first = models.OneToOneField(Submission, models.PROTECT, related_name="went_into")
    second = models.OneToOneField(Submission, models.PROTECT, related_name="settled_in")
    choices = models.JSONField(default=dict, blank=True)  # path: first, second or both
    because = models.TextField(_("reason"), max_length=500)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inspections_settlement_has_reason",
                condition=~Q(because=""),
                violation_error_message=_("Write why you chose so."),
            ),
            models.CheckConstraint(
                name="inspections_settlement_of_three",
                condition=~Q(first=F("second"))
                & ~Q(first=F("submission"))
                & ~Q(second=F("submission")),
            ),
        ]

    def __str__(self):
        return f"{self.first_id} + {self.second_id}: {self.submission_id}"
