from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from handbooks.models.pictures import Picture
from reference.models import AdministrativeUnit


class CoverQuerySet(models.QuerySet):
    def in_force_on(self, day):
        return self.filter(in_force__contains=day)


class Cover(models.Model):
    """What a commune prints around the common text: its logo and whom to call there."""

    PERSONAL = set()
    NOT_PERSONAL = {"id", "commune", "logo", "contacts", "in_force"}

    commune = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        related_name="handbook_covers",
        verbose_name=_("commune"),
    )
    logo = models.ForeignKey(
        Picture,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    contacts = models.JSONField(_("local contacts"))  # {"vi": ..., "en": ...}
    in_force = DateRangeField(_("in force"))

    objects = CoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("cover")
        verbose_name_plural = _("covers")
        ordering = ["commune", "-in_force"]
        constraints = [
            ExclusionConstraint(
                name="handbooks_cover_one_at_a_time",
                expressions=[
                    ("commune", RangeOperators.EQUAL),
                    ("in_force", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("End the cover that is in force first."),
            ),
            models.CheckConstraint(
                name="handbooks_cover_contacts",
                condition=models.Q(contacts__has_key="vi"),
                violation_error_message=_("Write the contacts in Vietnamese."),
            ),
        ]

    def __str__(self):
        return f"{self.commune_id} {self.in_force}"
