"""Every address of the system. Rooms bring their own lists; this file only mounts them."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from core.views import styleguide
from core.views.health import health
from inspections.urls import pictures_of_visits
from inspections.views import tablet
from registry.urls import pictures

admin.site.login = secure_admin_login(admin.site.login)
handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.permission_denied"
handler404 = "core.views.errors.not_found"
handler500 = "core.views.errors.server_error"

urlpatterns = [
    path("healthz", health),
    path("api/v1/", include("config.api_urls")),
    *pictures,
    *pictures_of_visits,
]
urlpatterns += i18n_patterns(
    path("", include("lookup.urls")),
    path("", include("handbooks.urls")),
    path("", include("accounts.urls")),
    path("", include("desks.urls")),
    path("", include("inspections.urls")),
    path("landlord/", include("registry.urls")),
    path("tablet/", tablet.shell, name="tablet"),
    path("tablet/sw.js", tablet.worker),
    path("tablet/app.webmanifest", tablet.manifest, name="tablet-manifest"),
    path("tablet/words.js", tablet.words, name="tablet-words"),
    path("", include("certificates.urls")),
    path("admin/", admin.site.urls),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("styleguide/office/", styleguide.office),
    path("styleguide/public/", styleguide.public),
    path("styleguide/check/", styleguide.check),
    prefix_default_language=False,
)
