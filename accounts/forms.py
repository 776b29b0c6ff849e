"""Forms of sign-in and of the staff list; labels and words of allauth's forms are ours."""

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import rules
from accounts.models import Role
from reference.models import AdministrativeUnit


class PhoneField(forms.CharField):
    """A phone number in any usual spelling; its clean value is E.164."""

    widget = forms.TextInput(
        attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}
    )

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Phone number"))
        kwargs.setdefault("help_text", _("For example 0912 345 678"))
        super().__init__(max_length=24, **kwargs)

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return rules.e164(typed)
        except ValueError as error:
            if rules.has_old_prefix(typed):
                raise ValidationError(
                    _("Write the new number: eleven-digit numbers ended in 2018."),
                    code="old_prefix",
                ) from error
            raise ValidationError(
                _("Write the number with all its digits, for example 0912 345 678."),
                code="invalid_phone",
            ) from error


def password_field(label, autocomplete, help_text=""):
    return forms.CharField(
        label=label,
        help_text=help_text,
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


PASSWORD_HINT = _(
    "At least 12 characters. Four words that only you put together do well."
)


class LoginForm(account_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"] = password_field(_("Password"), "current-password")


class SignupForm(account_forms.SignupForm):
    full_name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["full_name", "phone", "password1"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"] = PhoneField()
        self.fields["password1"] = password_field(
            _("Password"), "new-password", PASSWORD_HINT
        )
        self.order_fields(self.field_order)


class NewPasswordMixin:
    """The new password is asked for once; the browser can show and keep it."""

    def clean_password1(self):
        password = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.user)
        return password


class ChangePasswordForm(NewPasswordMixin, account_forms.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = password_field(
            _("Current password"), "current-password"
        )
        self.fields["password1"] = password_field(
            _("New password"), "new-password", PASSWORD_HINT
        )
        del self.fields["password2"]


class ResetPasswordKeyForm(NewPasswordMixin, account_forms.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"] = password_field(
            _("New password"), "new-password", PASSWORD_HINT
        )
        del self.fields["password2"]


class ReauthenticateForm(account_forms.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"] = password_field(_("Password"), "current-password")


def code_field():
    return forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}
        ),
    )


class AuthenticateForm(mfa_forms.AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field()


class MFAReauthenticateForm(mfa_forms.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field()


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field()


class PlaceForm(forms.Form):
    """A role and where it holds."""

    role = forms.ChoiceField(label=_("Role"), choices=Role)
    everywhere = forms.BooleanField(label=_("In all communes"), required=False)
    communes = forms.ModelMultipleChoiceField(
        label=_("In these communes"),
        queryset=AdministrativeUnit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["communes"].queryset = AdministrativeUnit.objects.pilot()

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("everywhere") and not cleaned.get("communes"):
            self.add_error("communes", _("Choose at least one commune, or all."))
        return cleaned


class InvitationForm(PlaceForm):
    full_name = forms.CharField(label=_("Full name"), max_length=120)
    phone = PhoneField()
    field_order = ["full_name", "phone", "role", "everywhere", "communes"]


class AcceptInvitationForm(forms.Form):
    password1 = password_field(_("Password"), "new-password", PASSWORD_HINT)
    duties = forms.BooleanField(
        label=_("I have read this and will keep to it."),
        error_messages={"required": _("Tick the box if you agree.")},
    )

    def __init__(self, *args, person=None, **kwargs):
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_password1(self):
        password = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.person)
        return password
