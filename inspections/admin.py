"""The administration looks; the office's pages act, where it is audited."""

from django.contrib import admin

from core.admin import Looked
from inspections.models import ChecklistVersion, Finding, Submission, Tie, Visit


@admin.register(ChecklistVersion)
class ChecklistVersionAdmin(Looked, admin.ModelAdmin):
    list_display = ["__str__", "state", "published_at", "retired_at"]
    exclude = ["document"]


@admin.register(Visit)
class VisitAdmin(Looked, admin.ModelAdmin):
    list_display = ["house", "inspector", "planned_for", "received_at", "withdrawn_at"]
    list_select_related = ["house", "inspector"]
    search_fields = ["house__number"]
    date_hierarchy = "planned_for"


@admin.register(Submission)
class SubmissionAdmin(Looked, admin.ModelAdmin):
    """Without the answers: some were given in private."""

    list_display = ["visit", "revision", "accepted", "receipt", "received_at"]
    list_select_related = ["visit__house"]
    search_fields = ["receipt", "sha256"]
    exclude = ["document", "merged"]


@admin.register(Finding)
class FindingAdmin(Looked, admin.ModelAdmin):
    list_display = ["item", "severity", "house", "room", "due_at", "closed_how"]
    list_select_related = ["house", "room"]
    list_filter = ["severity", "closed_how"]
    search_fields = ["house__number", "item"]


@admin.register(Tie)
class TieAdmin(Looked, admin.ModelAdmin):
    list_display = ["inspector", "house", "kind", "declared_at"]
    list_select_related = ["inspector", "house"]
