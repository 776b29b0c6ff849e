from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from registry.models.houses import House
from registry.models.rooms import Room


class Photo(models.Model):
    """A picture of a house or a room: re-encoded, without metadata, in three sizes."""

    PERSONAL = {"added_by"}
    NOT_PERSONAL = {
        "id",
        "house",
        "room",
        "caption",
        "sha256",
        "small",
        "medium",
        "large",
        "width",
        "height",
        "position",
        "added_at",
    }

    house = models.ForeignKey(House, models.PROTECT, related_name="photos")
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="photos"
    )
    caption = models.CharField(_("what it shows"), max_length=120, blank=True)
    sha256 = models.CharField(max_length=64)  # of the large file as stored
    small = models.FileField(upload_to="registry/", max_length=200)
    medium = models.FileField(upload_to="registry/", max_length=200)
    large = models.FileField(upload_to="registry/", max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(default=clock.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["position", "id"]
        # That a room's photo is filed under the room's own house is a foreign key of
        # two columns, which the migration adds (registry_photo_room_of_house).
        constraints = [
            models.UniqueConstraint(
                fields=["house", "room", "sha256"],
                name="registry_photo_once",
                nulls_distinct=False,
                violation_error_message=_("This photo is here already."),
            )
        ]

    def __str__(self):
        return self.caption or self.sha256[:8]

    @property
    def address_key(self):
        """The part of its address that changes with the picture, for eternal caching."""
        return self.sha256[:16]

    @property
    def files(self):
        return [self.small, self.medium, self.large]
