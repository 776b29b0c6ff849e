from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from core import clock
from reference.models import AdministrativeUnit


class NumberSeries(models.Model):
    """The last number given in a commune and a year, counted without gaps."""

    PERSONAL = set()
    NOT_PERSONAL = {"id", "commune", "year", "last"}

    commune = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "year"], name="certificates_series_once"
            )
        ]

    def __str__(self):
        return f"{self.commune_id} {self.year}: {self.last}"


class RevokedKey(models.Model):
    """A signing key that nobody may trust any more, from this moment on."""

    PERSONAL = {"by"}
    NOT_PERSONAL = {"id", "key_id", "because", "at"}

    key_id = models.CharField(
        max_length=8, unique=True, validators=[RegexValidator(r"^[A-Z0-9]+$")]
    )
    because = models.CharField(max_length=300)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="certificates_revoked_key_has_reason", condition=~Q(because="")
            )
        ]

    def __str__(self):
        return self.key_id
