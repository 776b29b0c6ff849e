from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    DateRangeField,
    DateTimeRangeField,
    RangeOperators,
)
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from inspections.models import Submission
from registry.models import Room, paired


class Decision(models.Model):
    """What a reviewer decides about one room after one submission.

    Four eyes: `inspected_by` is the visit's inspector (a trigger compares) and never the
    one who decides (a check).
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


class Certificate(models.Model):
    """That a room was seen, on a day, and was in order. Frozen; what follows are new facts.

    Its status is not stored: it is asked of the period, the suspensions, the revocation
    and the open critical findings on the room and its house.
    """

    PERSONAL = {"issued_by", "revoked_by"}
    NOT_PERSONAL = {
        "id",
        "number",
        "code",
        "room",
        "decision",
        "conditional",
        "period",
        "words",
        "signed",
        "issued_at",
        "revoked_at",
        "revoked_because",
        "superseded_at",
        "superseded_by",
    }

    number = models.CharField(_("number"), max_length=20, unique=True)
    # Verification code: 7 random characters and a check character, no look-alikes.
    code = models.CharField(_("verification code"), max_length=8, unique=True)
    room = models.ForeignKey(Room, models.PROTECT, related_name="certificates")
    decision = models.OneToOneField(
        Decision, models.PROTECT, related_name="certificate"
    )
    conditional = models.BooleanField(default=False)
    period = DateRangeField()
    words = models.JSONField()  # all that is printed, frozen on issue, vi and en
    signed = models.CharField(max_length=400, blank=True)  # Ed25519 compact form
    issued_at = models.DateTimeField(default=clock.now, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    revoked_because = models.CharField(_("reason"), max_length=300, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            ExclusionConstraint(
                name="certificates_certificate_one_valid_per_room",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(revoked_at=None, superseded_at=None),
                violation_error_message=_("The room has a valid certificate."),
            ),
            models.CheckConstraint(
                name="certificates_certificate_revoked_at_and_by",
                condition=paired("revoked_at", "revoked_by"),
            ),
            models.CheckConstraint(
                name="certificates_certificate_revoked_because",
                condition=Q(revoked_at=None) | ~Q(revoked_because=""),
                violation_error_message=_("Write why the certificate is revoked."),
            ),
            models.CheckConstraint(
                name="certificates_certificate_superseded_at_and_by",
                condition=paired("superseded_at", "superseded_by"),
            ),
        ]

    def __str__(self):
        return self.number


class Suspension(models.Model):
    """A certificate rests from one moment to another, by a person's decision."""

    PERSONAL = {"by", "lifted_by"}
    NOT_PERSONAL = {"id", "certificate", "period", "because", "lifted_because"}

    certificate = models.ForeignKey(
        Certificate, models.PROTECT, related_name="suspensions"
    )
    period = DateTimeRangeField()  # open-ended until it is lifted
    because = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    lifted_because = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="certificates_suspension_one_at_a_time",
                expressions=[
                    ("certificate", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The certificate is suspended already."),
            ),
            models.CheckConstraint(
                name="certificates_suspension_has_reason",
                condition=~Q(because=""),
                violation_error_message=_("Write why the certificate is suspended."),
            ),
            models.CheckConstraint(
                name="certificates_suspension_lifted_has_reason",
                condition=Q(lifted_by=None) | ~Q(lifted_because=""),
                violation_error_message=_("Write why the suspension is lifted."),
            ),
        ]

    def __str__(self):
        return f"{self.certificate_id}: {self.because[:40]}"


class Print(models.Model):
    """A PDF of a certificate, made once; a reprint is these bytes."""

    class Format(models.TextChoices):
        DOOR = "a5", _("Door certificate, A5")
        SHEET = "a4", _("Sheet, A4")

    PERSONAL = set()
    NOT_PERSONAL = {"id", "certificate", "format", "file", "sha256", "made_at"}

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="prints")
    format = models.CharField(max_length=2, choices=Format)
    file = models.FileField(upload_to="certificates/", max_length=200)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "format"], name="certificates_print_once"
            )
        ]

    def __str__(self):
        return f"{self.certificate_id} {self.format}"
