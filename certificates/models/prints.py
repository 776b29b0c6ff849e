from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.models.certificates import Certificate
from core import clock


class Print(models.Model):
    """A PDF of a certificate, made once; a reprint is these bytes."""

    class Format(models.TextChoices):
        DOOR = "a5", _("Door certificate, A5")
        SHEET = "a4", _("Sheet, A4")

    PERSONAL = set()
    NOT_PERSONAL = {"id", "certificate", "format", "file", "sha256", "made_at"}

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="prints")
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
