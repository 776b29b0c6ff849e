"""Every address of the system. Rooms bring their own lists; this file only mounts them."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("api/v1/", include("config.api_urls")),
]
urlpatterns += i18n_patterns(
    path("", include("accounts.urls")),
    path("admin/", admin.site.urls),
    prefix_default_language=False,
)
