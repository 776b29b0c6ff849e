from django.contrib import admin

from accounts.models import Consent, ConsentText, Membership, User
from core.admin import Looked


@admin.register(User)
class UserAdmin(Looked, admin.ModelAdmin):
    list_display = ["full_name", "phone", "is_active", "joined_at"]
    search_fields = ["full_name", "phone"]
    exclude = ["password"]


@admin.register(Membership)
class MembershipAdmin(Looked, admin.ModelAdmin):
    list_display = ["user", "role", "everywhere", "granted_at", "ended_at"]
    list_filter = ["role"]
    list_select_related = ["user"]


@admin.register(ConsentText)
class ConsentTextAdmin(Looked, admin.ModelAdmin):
    list_display = ["kind", "version", "in_force_from"]


@admin.register(Consent)
class ConsentAdmin(Looked, admin.ModelAdmin):
    list_display = ["user", "text", "given_at", "withdrawn_at"]
    list_select_related = ["user", "text"]
