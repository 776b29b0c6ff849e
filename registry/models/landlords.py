from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock


class Landlord(models.Model):
    """Who lets rooms: a natural person or a household business."""

    class Kind(models.TextChoices):
        PERSON = "person", _("A person")
        BUSINESS = "business", _("A household business")

    PERSONAL = {"user", "full_name", "phone"}
    NOT_PERSONAL = {"id", "kind", "contact_shown", "created_at"}

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="landlord",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PERSON)
    full_name = models.CharField(_("full name"), max_length=120)
    phone = models.CharField(_("phone number"), max_length=16)
    # The number may be given to a worker who asks for it. A consent is kept with it.
    contact_shown = models.BooleanField(_("workers may see the number"), default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("landlord")
        verbose_name_plural = _("landlords")

    def __str__(self):
        return self.full_name
