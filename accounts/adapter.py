"""What sign-in does with our phone numbers; hooks of django-allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth import get_user_model
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.forms import PhoneField
from core import clock
from core.client import address


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask your coordinator."),
        "enter_current_password": _("Write your current password."),
        "incorrect_code": _("Write the code again: this one is not right."),
        "incorrect_password": _("Write the password again: this one is not right."),
        "invalid_password_reset": _(
            "Ask for a new link: this one was used or is too old."
        ),
        "phone_password_mismatch": _(
            "Check both again: phone number and password do not belong together."
        ),
        "invalid_login": _(
            "Check both again: phone number and password do not belong together."
        ),
        "phone_taken": _(
            "Sign in with this number: an account with it exists already."
        ),
        "rate_limited": _("Wait a minute, then try again."),
        "too_many_login_attempts": _(
            "Wait 15 minutes, then try again: there were too many wrong tries."
        ),
    }

    def phone_form_field(self, **kwargs):
        return PhoneField(**kwargs)

    def get_client_ip(self, request):
        return address(request)

    def save_user(self, request, user, form, commit=True):
        user.full_name = form.cleaned_data["full_name"]
        user.language = get_language() or "vi"
        user.phone = form.cleaned_data["phone"]
        return super().save_user(request, user, form, commit=commit)

    def set_phone(self, user, phone, verified):
        user.phone = phone
        user.phone_verified_at = clock.now() if verified else None
        user.save(update_fields=["phone", "phone_verified_at"])

    def get_phone(self, user):
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def set_phone_verified(self, user, phone):
        self.set_phone(user, phone, verified=True)

    def get_user_by_phone(self, phone):
        return get_user_model().objects.filter(phone=phone).first()

    def send_verification_code_sms(self, user, phone, code, **kwargs):
        """No SMS is sent: verification by SMS is switched off in the settings."""
        raise NotImplementedError


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Write the code again: this one is not right."),
    }

    def get_totp_label(self, user):
        return user.phone

    def get_totp_issuer(self):
        return str(_("Safe rented rooms"))
