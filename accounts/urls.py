"""Sign-in by allauth's views, only those that we use, and the staff list."""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as totp_views
from django.urls import include, path, re_path

from accounts import views

account = [
    path("login/", account_views.login, name="account_login"),
    path("logout/", account_views.logout, name="account_logout"),
    path("inactive/", account_views.account_inactive, name="account_inactive"),
    path("signup/", account_views.signup, name="account_signup"),
    path("confirm/", account_views.reauthenticate, name="account_reauthenticate"),
    path(
        "password/change/",
        account_views.password_change,
        name="account_change_password",
    ),
    path("password/forgotten/", views.forgotten, name="account_reset_password"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/done/",
        account_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", mfa_views.index, name="mfa_index"),
    path("2fa/code/", mfa_views.authenticate, name="mfa_authenticate"),
    path("2fa/confirm/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/on/", totp_views.activate_totp, name="mfa_activate_totp"),
    path("2fa/off/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "2fa/recovery/", code_views.view_recovery_codes, name="mfa_view_recovery_codes"
    ),
    path(
        "2fa/recovery/new/",
        code_views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery/download/",
        code_views.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
staff = [
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite, name="invite"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/access/", views.access, name="access"),
    path("people/<int:pk>/password-link/", views.password_link, name="password_link"),
    path("people/roles/<int:pk>/end/", views.end_role, name="end_role"),
]
urlpatterns = [
    path("home/", views.home, name="home"),
    path("account/", include(account)),
    path(
        "",
        include(
            (
                [
                    path("office/", include(staff)),
                    path("join/<str:token>/", views.accept, name="accept"),
                ],
                "accounts",
            )
        ),
    ),
]
