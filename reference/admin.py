from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import record
from core.text import fold, sort_key
from reference.forms import LegalReferenceForm
from reference.models import (
    AdministrativeUnit,
    FormerUnit,
    Gate,
    LegalReference,
    Succession,
    Tariff,
    TariffTier,
    Workplace,
)


class RecordedAdmin(admin.ModelAdmin):
    """Every change leaves an audit line in its transaction; nothing is deleted."""

    def log_addition(self, request, obj, message):
        self._record("added", request, obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self._record("changed", request, obj, message)
        return super().log_change(request, obj, message)

    def _record(self, what, request, obj, message):
        kind = f"{obj._meta.model_name}.{what}"
        record(kind, obj, by=request.user, changes=message)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        """A key is cited elsewhere: it is given once."""
        key = [obj._meta.pk.name] if obj else []
        return [*super().get_readonly_fields(request, obj), *key]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "in_force":
            kwargs["help_text"] = _(
                "The first day, and the first day on which it no longer holds "
                "(empty: no end is known)."
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class FromFiles:
    """What comes from the files of the program is not added by hand."""

    def has_add_permission(self, request, obj=None):
        return False


class SuccessionInline(FromFiles, admin.TabularInline):
    model = Succession
    extra = 0
    fields = readonly_fields = ["former", "successor", "extent"]
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("former", "successor")


@admin.register(AdministrativeUnit)
class AdministrativeUnitAdmin(FromFiles, RecordedAdmin):
    """Only the pilot mark is changed here; the rest comes with the program."""

    list_display = ["code", "name", "parent", "pilot"]
    list_filter = ["pilot", "level", "kind"]
    list_select_related = ["parent"]
    fields = [
        "code",
        "name",
        "name_en",
        "kind",
        "parent",
        "latitude",
        "longitude",
        "in_force",
        "pilot",
    ]
    readonly_fields = fields[:-1]
    search_fields = ["search_text"]
    inlines = [SuccessionInline]

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(search_text__contains=fold(search_term)), False


@admin.register(FormerUnit)
class FormerUnitAdmin(FromFiles, RecordedAdmin):
    list_display = ["code", "name", "district", "province"]
    fields = readonly_fields = ["code", "name", "kind", "district", "province"]
    search_fields = ["search_text"]
    inlines = [SuccessionInline]

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(search_text__contains=fold(search_term)), False


class GateInline(admin.TabularInline):
    model = Gate
    extra = 0


@admin.register(Workplace)
class WorkplaceAdmin(RecordedAdmin):
    list_display = ["name", "commune"]
    list_select_related = ["commune"]
    fields = ["key", "name", "name_en", "commune"]
    autocomplete_fields = ["commune"]
    inlines = [GateInline]

    def save_model(self, request, obj, form, change):
        obj.search_text = f" {fold(f'{obj.name} {obj.name_en} kcn')} "
        obj.sort_key = sort_key(obj.name)
        super().save_model(request, obj, form, change)


@admin.register(LegalReference)
class LegalReferenceAdmin(RecordedAdmin):
    form = LegalReferenceForm
    list_display = ["key", "number", "confidence", "confirmed_on"]
    list_filter = ["confidence", "act"]
    search_fields = ["key", "number"]
    autocomplete_fields = ["replaces"]

    def save_model(self, request, obj, form, change):
        # Who saves it has just looked; files of an earlier day will not undo it.
        obj.confirmed_on = clock.today()
        super().save_model(request, obj, form, change)


class TariffTierInline(admin.TabularInline):
    model = TariffTier
    extra = 0


@admin.register(Tariff)
class TariffAdmin(RecordedAdmin):
    list_display = ["key", "kind", "place", "in_force"]
    list_filter = ["kind"]
    list_select_related = ["place"]
    autocomplete_fields = ["place", "reference", "tenant_reference"]
    inlines = [TariffTierInline]
