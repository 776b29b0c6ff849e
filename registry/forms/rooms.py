from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from registry.forms.fields import AreaField, DongField, PhotosField
from registry.models import Room

_RADIO = ("electricity", "water", "toilet")
_WITHOUT_PRICE = {"state_price", "included"}


class RoomFields(forms.ModelForm):
    """What one room and a run of rooms have in common."""

    area = AreaField(label=_("Area, m²"), help_text=_("The floor, without the loft"))
    rent = DongField(label=_("Rent, đồng a month"))
    deposit = DongField(
        label=_("Deposit, đồng"), required=False, help_text=_("Empty: no deposit")
    )
    electricity_price = DongField(
        label=_("Price of electricity, đồng"),
        required=False,
        help_text=_("For a kWh, a person or the room, as chosen above"),
    )
    water_price = DongField(
        label=_("Price of water, đồng"),
        required=False,
        help_text=_("For a m³, a person or the room, as chosen above"),
    )
    free_from = DayField(
        label=_("Free from"), required=False, help_text=_("Empty: the room is full")
    )

    class Meta:
        model = Room
        fields = [
            "area",
            "max_people",
            "rent",
            "deposit",
            "electricity",
            "electricity_price",
            "water",
            "water_price",
            "toilet",
            "has_loft",
            "free_from",
        ]
        widgets = dict.fromkeys(_RADIO, forms.RadioSelect) | {
            "max_people": forms.NumberInput(attrs={"min": 1, "max": 40}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in _RADIO:
            field = self.fields[name]
            field.choices = [choice for choice in field.choices if choice[0]]
            field.error_messages["required"] = _("Choose one.")

    def clean_deposit(self):
        return self.cleaned_data["deposit"] or 0

    def clean(self):
        cleaned = super().clean()
        for name in ("electricity", "water"):
            self._clean_price(cleaned, name, f"{name}_price")
        return cleaned

    def _clean_price(self, cleaned, way, price):
        """A way that needs no price has none; the others ask for it."""
        if cleaned.get(way) in _WITHOUT_PRICE:
            cleaned[price] = None
        elif cleaned.get(way) and not cleaned.get(price) and price not in self.errors:
            self.add_error(price, _("Write the price."))


class RoomForm(RoomFields):
    field_order = ["label", "floor"]

    class Meta(RoomFields.Meta):
        fields = ["label", "floor", *RoomFields.Meta.fields]
        widgets = RoomFields.Meta.widgets | {
            "label": forms.TextInput(attrs={"autocomplete": "off"}),
            "floor": forms.NumberInput(attrs={"min": 0, "max": 50}),
        }


class RunForm(RoomFields):
    run = forms.CharField(
        label=_("Room numbers"),
        max_length=300,
        help_text=_("For example 101-112, or P1-P8, or 201, 203, 205-208"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["run"]


class RentForm(forms.ModelForm):
    rent = DongField(label=_("Rent, đồng a month"))

    class Meta:
        model = Room
        fields = ["rent"]


class FreeFromForm(forms.Form):
    free_from = DayField(label=_("Free from"))


class PhotosForm(forms.Form):
    photos = PhotosField(
        label=_("Choose photos"),
        help_text=_(
            "JPEG, PNG or WebP, up to 12 MB each. The place where a photo was taken "
            "is removed from it."
        ),
    )


class CostForm(forms.Form):
    """With what use the true cost is shown."""

    kwh = forms.IntegerField(
        label=_("kWh for each person"), min_value=0, max_value=1000, required=False
    )
    m3 = forms.IntegerField(
        label=_("m³ of water for each person"),
        min_value=0,
        max_value=100,
        required=False,
    )
    undeclared = forms.BooleanField(
        label=_("The number of people is not declared to the electricity company"),
        required=False,
    )
    all_optional = True
