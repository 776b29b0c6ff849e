import datetime as dt

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.models.decisions import Decision
from certificates.models.status import CertificateQuerySet
from core import clock
from core.models import paired
from registry.models import Room


class Certificate(models.Model):
    """That a room was seen, on a day, and was in order. Frozen; what follows are new facts.

    Its status is not stored: it is asked of the period, the suspensions, the revocation
    and the open critical findings on the room and its house (`with_status`). A trigger
    refuses every change but revocation and replacement, each once.
    """

    PERSONAL = {"issued_by", "revoked_by"}
    NOT_PERSONAL = {
        "id",
        "number",
        "code",
        "room",
        "decision",
        "conditional",
        "women_mark",
        "period",
        "words",
        "signed",
        "issued_at",
        "revoked_at",
        "revoked_because",
        "superseded_at",
        "superseded_by",
    }
    PUBLIC = {
        "id",
        "number",
        "code",
        "room",
        "conditional",
        "women_mark",
        "period",
        "words",
        "signed",
        "issued_at",
        "revoked_at",
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
    conditional = models.BooleanField(_("with conditions"), default=False)
    # All of the women's safety items that apply were seen and met.
    women_mark = models.BooleanField(_("women's safety mark"), default=False)
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

    objects = CertificateQuerySet.as_manager()

    # Added by with_status().
    status: str
    suspended_since: dt.datetime | None

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
                name="certificates_certificate_period_is_bounded",
                condition=Q(
                    period__isempty=False,
                    period__lower_inf=False,
                    period__upper_inf=False,
                ),
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

    @property
    def valid_from(self):
        return self.period.lower

    @property
    def valid_until(self):
        """The last day on which it is valid."""
        return self.period.upper - dt.timedelta(days=1)
