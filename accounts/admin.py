from django.contrib import admin

from accounts.models import Consent, ConsentText, Membership, User


class ReadOnly(admin.ModelAdmin):
    """The administration looks; acts are done on the staff pages, where they are audited."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(User)
class UserAdmin(ReadOnly):
    list_display = ["full_name", "phone", "is_active", "joined_at"]
    search_fields = ["full_name", "phone"]
    exclude = ["password"]


@admin.register(Membership)
class MembershipAdmin(ReadOnly):
    list_display = ["user", "role", "everywhere", "granted_at", "ended_at"]
    list_filter = ["role"]
    list_select_related = ["user"]


@admin.register(ConsentText)
class ConsentTextAdmin(ReadOnly):
    list_display = ["kind", "version", "in_force_from"]


@admin.register(Consent)
class ConsentAdmin(ReadOnly):
    list_display = ["user", "text", "given_at", "withdrawn_at"]
    list_select_related = ["user", "text"]
