from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock


class Picture(models.Model):
    """An uploaded picture, made anew from its pixels. Texts name it: `::: picture NAME`."""

    PERSONAL = {"added_by"}
    NOT_PERSONAL = {
        "id",
        "name",
        "description",
        "sha256",
        "small",
        "medium",
        "large",
        "width",
        "height",
        "added_at",
    }

    name = models.SlugField(
        _("name"),
        max_length=40,
        unique=True,
        error_messages={"unique": _("Choose another name: this one is taken.")},
    )
    description = models.JSONField(_("what it shows"))  # {"vi": ..., "en": ...}
    sha256 = models.CharField(max_length=64)  # of the large file as stored
    small = models.FileField(upload_to="handbooks/pictures/", max_length=200)
    medium = models.FileField(upload_to="handbooks/pictures/", max_length=200)
    large = models.FileField(upload_to="handbooks/pictures/", max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=clock.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="handbooks_picture_described",
                condition=models.Q(description__has_key="vi"),
                violation_error_message=_(
                    "Say what the picture shows, for who cannot see it."
                ),
            ),
        ]

    def __str__(self):
        return self.name
