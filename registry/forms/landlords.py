from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import PhoneField
from core.templatetags.shown import phone as shown_phone
from registry.models import Landlord


class PersonForm(forms.ModelForm):
    """Who lets the rooms."""

    phone = PhoneField()

    class Meta:
        model = Landlord
        fields = ["full_name", "phone", "kind"]
        widgets = {
            "kind": forms.RadioSelect,
            "full_name": forms.TextInput(attrs={"autocomplete": "name"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["phone"] = shown_phone(self.initial.get("phone"))


class BecomeLandlordForm(PersonForm):
    terms = forms.BooleanField(
        label=_("I have read this and agree."),
        error_messages={"required": _("Tick here if you agree to the terms.")},
    )


class WithdrawalForm(forms.Form):
    because = forms.CharField(
        label=_("Why?"),
        max_length=200,
        help_text=_("A few words. No names of tenants, please."),
    )


class DraftWithdrawalForm(forms.Form):
    """Nobody asks why a draft is dropped."""
