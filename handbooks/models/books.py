from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Language(models.Model):
    """A language that handbooks are written in. A new one is a row, not a release."""

    PERSONAL = set()
    NOT_PERSONAL = {"code", "name", "order"}

    code = models.CharField(_("code"), max_length=8, primary_key=True)
    name = models.CharField(_("its name in itself"), max_length=40)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["order", "code"]

    def __str__(self):
        return self.name


class Handbook(models.Model):
    """A book, leaflet, poster or card, whatever its languages."""

    class Kind(models.TextChoices):
        BOOK = "book", _("book")
        LEAFLET = "leaflet", _("leaflet")
        POSTER = "poster", _("poster")
        CARD = "card", _("card")

    PERSONAL = set()
    NOT_PERSONAL = {"slug", "kind", "order"}

    slug = models.SlugField(_("key"), max_length=30, primary_key=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.BOOK)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("handbook")
        verbose_name_plural = _("handbooks")
        ordering = ["order", "slug"]

    def __str__(self):
        return self.slug


class VolumeQuerySet(models.QuerySet):
    def shelf(self):
        """In the order in which books stand on the shelf."""
        return self.select_related("handbook", "language").order_by(
            "handbook__order", "language__order"
        )


class Volume(models.Model):
    """A handbook in one language."""

    PERSONAL = set()
    NOT_PERSONAL = {
        "id",
        "handbook",
        "language",
        "title",
        "subtitle",
        "audience",
        "imprint",
        "is_original",
    }

    handbook = models.ForeignKey(Handbook, models.PROTECT, related_name="volumes")
    language = models.ForeignKey(Language, models.PROTECT, related_name="volumes")
    title = models.CharField(_("title"), max_length=120)
    subtitle = models.CharField(_("subtitle"), max_length=200, blank=True)
    audience = models.CharField(_("who it is for"), max_length=200, blank=True)
    imprint = models.TextField(_("imprint"), max_length=4000, blank=True)
    # The language in which the handbook is written first; the others follow it.
    is_original = models.BooleanField(_("original"), default=False)

    objects = VolumeQuerySet.as_manager()

    class Meta:
        verbose_name = _("volume")
        verbose_name_plural = _("volumes")
        constraints = [
            models.UniqueConstraint(
                fields=["handbook", "language"], name="handbooks_volume_once"
            ),
            models.UniqueConstraint(
                fields=["handbook"],
                condition=Q(is_original=True),
                name="handbooks_volume_one_original",
                violation_error_message=_("A handbook has one original language."),
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.language_id})"
