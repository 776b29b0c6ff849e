from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from handbooks.models.books import Volume


class ReturnedEdition(models.Model):
    """A prepared edition that a colleague did not publish, and what she said about it."""

    PERSONAL = {"prepared_by", "returned_by"}
    NOT_PERSONAL = {"id", "volume", "code", "prepared_at", "returned_at", "because"}

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="returned")
    code = models.CharField(max_length=60)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    returned_at = models.DateTimeField(default=clock.now, editable=False)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    because = models.CharField(_("what is to be mended"), max_length=300)

    class Meta:
        verbose_name = _("returned edition")
        verbose_name_plural = _("returned editions")
        ordering = ["-returned_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="handbooks_returnededition_by_another",
                condition=~Q(prepared_by=F("returned_by")),
            ),
            models.CheckConstraint(
                name="handbooks_returnededition_says_why", condition=~Q(because="")
            ),
        ]

    def __str__(self):
        return self.code
