"""What a worker can ask for. A wrong value is forgiven: the rest of the search still works."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import nfc
from registry.rules import parse_dong

RENTS = [800_000, 1_000_000, 1_200_000, 1_500_000, 2_000_000, 3_000_000]
SORTS = [
    ("", _("Newest certificate first")),
    ("rent", _("Lowest rent first")),
    ("near", _("Nearest to the gate first")),
]


class RentField(forms.CharField):
    """A sum in đồng: 1500000, 1.500.000, 1,5 triệu."""

    def clean(self, value):
        typed = super().clean(value)
        return parse_dong(typed) if typed else None


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Where"),
        required=False,
        max_length=80,
        widget=forms.TextInput(
            attrs={"placeholder": _("Commune, street, old name"), "type": "search"}
        ),
    )
    near = forms.ChoiceField(label=_("Near which gate"), required=False)
    commune = forms.ChoiceField(label=_("In which commune"), required=False)
    max_rent = RentField(
        label=_("Rent up to, đồng a month"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "list": "rents"}),
    )
    people = forms.IntegerField(
        label=_("For how many"), required=False, min_value=1, max_value=12
    )
    late = forms.BooleanField(label=_("I come home late"), required=False)
    women = forms.BooleanField(
        label=_("With the mark of women's safety"), required=False
    )
    toilet = forms.BooleanField(label=_("Own toilet"), required=False)
    available = forms.BooleanField(label=_("Free now"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)

    def __init__(self, *args, gates=(), communes=(), **kwargs):
        super().__init__(*args, **kwargs)
        anywhere = [("", _("Anywhere"))]
        self.fields["near"].choices = anywhere + list(gates)
        self.fields["commune"].choices = anywhere + list(communes)

    def clean_q(self):
        return nfc(self.cleaned_data["q"])

    @property
    def wishes(self):
        """What was asked for and understood, by field."""
        self.full_clean()
        return {
            name: value
            for name, value in getattr(self, "cleaned_data", {}).items()
            if value not in (None, "", False)
        }


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code on the certificate"),
        help_text=_("8 letters and digits, for example K7M2-9QXT"),
        max_length=400,  # the signed form of the sheet fits too
        widget=forms.TextInput(
            attrs={
                "autocapitalize": "characters",
                "autocomplete": "off",
                "spellcheck": "false",
            }
        ),
    )
