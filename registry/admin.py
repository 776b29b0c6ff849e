"""The administration looks; landlords and acts change, where it is audited."""

from django.contrib import admin

from core.admin import Looked
from registry.models import Fee, House, Landlord, Photo, Room


class FeeInline(Looked, admin.TabularInline):
    model = Fee


class RoomInline(Looked, admin.TabularInline):
    model = Room
    fields = ["code", "label", "floor", "area", "rent", "free_from", "withdrawn_at"]
    show_change_link = True


@admin.register(Landlord)
class LandlordAdmin(Looked, admin.ModelAdmin):
    list_display = ["full_name", "phone", "kind", "contact_shown", "created_at"]
    list_filter = ["kind", "contact_shown"]
    search_fields = ["full_name", "phone"]


@admin.register(House)
class HouseAdmin(Looked, admin.ModelAdmin):
    list_display = [
        "number",
        "__str__",
        "commune",
        "landlord",
        "registered_at",
        "withdrawn_at",
    ]
    list_filter = [("commune", admin.RelatedOnlyFieldListFilter), "kind", "gate"]
    list_select_related = ["commune", "landlord"]
    search_fields = ["number", "name", "address", "street", "hamlet"]
    date_hierarchy = "registered_at"
    inlines = [RoomInline, FeeInline]


@admin.register(Room)
class RoomAdmin(Looked, admin.ModelAdmin):
    list_display = ["code", "label", "house", "area", "rent", "free_from"]
    list_filter = ["toilet", "electricity", "water"]
    list_select_related = ["house"]
    search_fields = ["code", "label", "house__number"]


@admin.register(Photo)
class PhotoAdmin(Looked, admin.ModelAdmin):
    list_display = ["id", "house", "room", "caption", "added_at", "added_by"]
    list_select_related = ["house", "room", "added_by"]
    search_fields = ["house__number", "room__code"]
