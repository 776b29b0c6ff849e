from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reference.models import AdministrativeUnit


class StorePlaceQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(closed_on=None)

    def holding(self, run):
        return self.filter(stock__run=run, stock__copies__gt=0)


class StorePlace(models.Model):
    """Where printed copies lie: an office, a commune's house, a factory's reading room."""

    PERSONAL = set()
    NOT_PERSONAL = {"id", "name", "commune", "where", "closed_on"}

    name = models.CharField(
        _("name"),
        max_length=80,
        unique=True,
        error_messages={"unique": _("There is a place with this name already.")},
    )
    commune = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune"),
    )
    where = models.CharField(_("address"), max_length=200, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = StorePlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place of stock")
        verbose_name_plural = _("places of stock")
        ordering = ["name"]

    def __str__(self):
        return self.name


class StockQuerySet(models.QuerySet):
    def there(self):
        """What lies somewhere, with all that its row of a list says."""
        rows = self.filter(copies__gt=0).select_related(
            "place__commune",
            "run__source__edition__volume__handbook",
            "run__source__edition__volume__language",
        )
        return rows.defer(
            "run__source__edition__html",
            "run__source__edition__imprint",
            "run__source__edition__contents",
        )

    def by_place(self):
        """Rows of run, place and how many copies of it lie there."""
        rows = self.filter(copies__gt=0).order_by("place__name")
        return rows.values_list("run", "place__name", "copies")


class Stock(models.Model):
    """How many copies of a run lie at a place: the sum of its movements (trigger)."""

    PERSONAL = set()
    NOT_PERSONAL = {"id", "run", "place", "copies"}

    run = models.ForeignKey("handbooks.PrintRun", models.PROTECT, related_name="stock")
    place = models.ForeignKey(StorePlace, models.PROTECT, related_name="stock")
    copies = models.IntegerField(_("copies"), default=0)

    objects = StockQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock")
        verbose_name_plural = _("stock")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "place"], name="handbooks_stock_once"
            ),
            models.CheckConstraint(
                name="handbooks_stock_never_negative",
                condition=Q(copies__gte=0),
                violation_error_message=_("There are not so many copies there."),
            ),
        ]

    def __str__(self):
        return f"{self.run_id} {self.place_id}: {self.copies}"
