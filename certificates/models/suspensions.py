from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Suspension(models.Model):
    """A certificate rests from one moment to another, by a person's decision."""

    PERSONAL = {"by", "lifted_by"}
    NOT_PERSONAL = {"id", "certificate", "period", "because", "lifted_because"}

    certificate = models.ForeignKey(
        "certificates.Certificate", models.PROTECT, related_name="suspensions"
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
                name="certificates_suspension_open_or_lifted",
                condition=Q(
                    period__lower_inf=False,
                    period__upper_inf=True,
                    lifted_by=None,
                    lifted_because="",
                )
                | (
                    Q(
                        period__lower_inf=False,
                        period__upper_inf=False,
                        lifted_by__isnull=False,
                    )
                    & ~Q(lifted_because="")
                ),
                violation_error_message=_("Write why the suspension is lifted."),
            ),
        ]

    def __str__(self):
        return f"{self.certificate_id}: {self.because[:40]}"
