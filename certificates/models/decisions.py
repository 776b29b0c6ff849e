from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from inspections.models import Submission
from registry.models import Room


class Decision(models.Model):
    """What a reviewer decides about one room after one submission.

    Four eyes: `inspected_by` is the visit's inspector (a trigger compares) and never the
    one who decides (a check). A trigger refuses every change.
    """

    class Outcome(models.TextChoices):
        CERTIFY = "certify", _("Certify")
        CONDITIONAL = "conditional", _("Certify for 60 days")
        REFUSE = "refuse", _("Not yet")

    PERSONAL = {"inspected_by", "decided_by"}
    NOT_PERSONAL = {"id", "submission", "room", "outcome", "reasons", "decided_at"}

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="decisions")
    room = models.ForeignKey(Room, models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("decision"), max_length=20, choices=Outcome)
    reasons = models.TextField(_("reasons"), blank=True, max_length=2000)
    inspected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions"
    )
    decided_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "room"],
                name="certificates_decision_once",
                violation_error_message=_("This room is decided already."),
            ),
            models.CheckConstraint(
                name="certificates_decision_four_eyes",
                condition=~Q(decided_by=F("inspected_by")),
                violation_error_message=_(
                    "Ask a colleague: who inspected cannot decide."
                ),
            ),
            models.CheckConstraint(
                name="certificates_decision_refusal_has_reasons",
                condition=~Q(outcome="refuse", reasons=""),
                violation_error_message=_("Write why not yet, and what helps."),
            ),
        ]

    def __str__(self):
        return f"{self.room_id}: {self.outcome}"
