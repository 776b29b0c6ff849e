"""Read only: texts and editions change by acts, which leave their line in the audit."""

from django.contrib import admin

from core.admin import Looked
from handbooks.models import (
    Comment,
    Cover,
    Edition,
    EditionFile,
    Event,
    Handbook,
    Language,
    Movement,
    Picture,
    PrintRun,
    Question,
    Quiz,
    ReturnedEdition,
    Revision,
    Section,
    Stock,
    StorePlace,
    Volume,
)


@admin.register(Language)
class LanguageAdmin(Looked, admin.ModelAdmin):
    list_display = ["code", "name", "order"]


@admin.register(Handbook)
class HandbookAdmin(Looked, admin.ModelAdmin):
    list_display = ["slug", "kind", "order"]


@admin.register(Volume)
class VolumeAdmin(Looked, admin.ModelAdmin):
    list_display = ["title", "handbook", "language", "is_original"]
    list_select_related = ["handbook", "language"]


@admin.register(Section)
class SectionAdmin(Looked, admin.ModelAdmin):
    list_display = ["slug", "handbook", "order", "withdrawn_at"]
    list_filter = ["handbook"]
    search_fields = ["slug"]


@admin.register(Revision)
class RevisionAdmin(Looked, admin.ModelAdmin):
    list_display = ["title", "section", "language", "number", "made_at", "made_by"]
    list_filter = ["language", "section__handbook"]
    list_select_related = ["section", "language", "made_by"]
    search_fields = ["title", "section__slug"]


@admin.register(Comment)
class CommentAdmin(Looked, admin.ModelAdmin):
    list_display = ["text", "section", "language", "at", "by", "settled_at"]
    list_select_related = ["section", "language", "by"]


@admin.register(Picture)
class PictureAdmin(Looked, admin.ModelAdmin):
    list_display = ["name", "width", "height", "added_at"]


@admin.register(Cover)
class CoverAdmin(Looked, admin.ModelAdmin):
    list_display = ["commune", "in_force"]
    list_select_related = ["commune"]


@admin.register(Edition)
class EditionAdmin(Looked, admin.ModelAdmin):
    list_display = ["code", "state", "published_on", "prepared_by", "approved_by"]
    list_filter = ["state", "volume__handbook"]
    list_select_related = ["prepared_by", "approved_by"]
    search_fields = ["code"]


@admin.register(EditionFile)
class EditionFileAdmin(Looked, admin.ModelAdmin):
    list_display = ["edition", "format", "state", "progress", "bytes", "pages"]
    list_filter = ["state", "format"]
    list_select_related = ["edition"]


@admin.register(ReturnedEdition)
class ReturnedEditionAdmin(Looked, admin.ModelAdmin):
    list_display = ["code", "returned_at", "prepared_by", "returned_by"]
    list_select_related = ["prepared_by", "returned_by"]


@admin.register(Event)
class EventAdmin(Looked, admin.ModelAdmin):
    list_display = ["title", "held_on", "commune", "women", "men", "not_said"]
    list_select_related = ["commune"]


@admin.register(StorePlace)
class StorePlaceAdmin(Looked, admin.ModelAdmin):
    list_display = ["name", "commune", "where", "closed_on"]
    list_select_related = ["commune"]


@admin.register(PrintRun)
class PrintRunAdmin(Looked, admin.ModelAdmin):
    list_display = ["number", "copies", "ordered_at", "ordered_by", "cancelled_at"]
    list_select_related = ["ordered_by"]
    search_fields = ["number"]


@admin.register(Stock)
class StockAdmin(Looked, admin.ModelAdmin):
    list_display = ["run", "place", "copies"]
    list_select_related = ["run", "place"]


@admin.register(Movement)
class MovementAdmin(Looked, admin.ModelAdmin):
    list_display = ["run", "kind", "copies", "from_place", "to_place", "at", "by"]
    list_filter = ["kind"]
    list_select_related = ["run", "from_place", "to_place", "by"]


@admin.register(Quiz)
class QuizAdmin(Looked, admin.ModelAdmin):
    list_display = ["code", "kind", "edition", "event", "played", "made_at"]
    list_filter = ["kind"]
    list_select_related = ["edition", "event"]


@admin.register(Question)
class QuestionAdmin(Looked, admin.ModelAdmin):
    list_display = ["words", "event", "language", "answered_by", "approved_by"]
    list_select_related = ["event", "language", "answered_by", "approved_by"]
