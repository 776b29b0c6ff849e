"""What the administration shows of the packages: no secrets, and no acts past the audit."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

admin.site.site_header = admin.site.site_title = _("Safe rooms")

# Its form shows the secret of a colleague's second factor: whoever reads that can sign in
# as two people, and four eyes are two.
admin.site.unregister(Authenticator)
# Roles are memberships, given on the page of a member of staff; nobody has an e-mail.
admin.site.unregister(Group)
admin.site.unregister(EmailAddress)
admin.site.unregister(ProcrastinateJob)


class Looked:
    """Nothing is added, changed or deleted here: acts are done on the staff pages, where
    they are audited.
    """

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(ProcrastinateJob)
class JobAdmin(Looked, admin.ModelAdmin):
    """The package's own page carries styles inside, which no page of ours may."""

    list_display = ["id", "task_name", "status", "attempts", "scheduled_at"]
    list_filter = ["status", "task_name"]
