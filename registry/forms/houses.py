from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reference.models import AdministrativeUnit
from registry.forms.fields import DongField, HourField, PlaceField
from registry.models import Fee, House
from registry.rules import tidy

MOST_COMMUNES = 8  # as many as a telephone shows
MOST_FEES = 12


class CommuneChoice(forms.ModelChoiceField):
    def clean(self, value):
        """Nothing chosen may still be right: the form looks whether only one was found."""
        return super().clean(value) if value else None

    def label_from_instance(self, unit):
        if was := getattr(unit, "was", None):
            return _("%(name)s (formerly %(was)s)") % {"name": unit, "was": was}
        return str(unit)


class AddressForm(forms.ModelForm):
    """The commune is searched in any spelling, then chosen; without a script in two steps."""

    commune_search = forms.CharField(
        label=_("Commune or ward"),
        max_length=80,
        error_messages={"required": _("Write the commune or ward.")},
        help_text=_("The old name will do too, for example: Thanh Lâm, huyện Mê Linh"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )
    commune = CommuneChoice(
        AdministrativeUnit.objects.communes(),
        label=_("Which one is it?"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    # The likely duplicates that were on the page when it was sent.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = [
        "commune_search",
        "commune",
        "hamlet",
        "street",
        "address",
        "landmark",
        "name",
        "seen",
    ]

    class Meta:
        model = House
        fields = ["commune", "hamlet", "street", "address", "landmark", "name"]
        help_texts = {
            "hamlet": _("For example: thôn Ấp Tre, tổ dân phố số 3"),
            "address": _("For example: số 5, ngách 12/3, ngõ 12"),
            "landmark": _("What everybody knows nearby: a market, a school, a gate"),
            "name": _("If the house has one"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("hamlet", "street", "address", "landmark", "name"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.found = self._found()
        self.fields["commune"].choices = [
            (unit.pk, self.fields["commune"].label_from_instance(unit))
            for unit in self.found
        ]

    def _found(self):
        typed = self["commune_search"].value()
        if typed:
            units = AdministrativeUnit.objects.search(str(typed))
            return list(units[:MOST_COMMUNES])
        chosen = self["commune"].value()
        return list(AdministrativeUnit.objects.communes().filter(pk=chosen or None))

    def full_clean(self):
        """Who has still to write where is not told to choose as well."""
        super().full_clean()
        if "commune_search" in self._errors:
            self._errors.pop("commune", None)

    def clean(self):
        cleaned = super().clean()
        if "commune" in self.errors or "commune_search" in self.errors:
            return cleaned
        if cleaned.get("commune") not in self.found:
            # None chosen yet, or one of an earlier search.
            cleaned["commune"] = self._only_commune()
        return cleaned

    def _only_commune(self):
        if len(self.found) == 1:
            return self.found[0]
        self._ask_for_commune()
        return None

    def _ask_for_commune(self):
        if self.found:
            self.add_error("commune", _("Choose the commune or ward from the list."))
        else:
            self.add_error(
                "commune_search",
                _("Write the name of the commune or ward in another way."),
            )

    def house_fields(self):
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class PlaceForm(forms.Form):
    place = PlaceField(
        label=_("Place on the map"),
        required=False,
        help_text=_("Two numbers or a link from a map, for example 21.1876, 105.7912"),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    all_optional = True

    def __init__(self, *args, house, **kwargs):
        self.house = house
        if house.latitude is not None:
            kwargs["initial"] = {"place": (house.latitude, house.longitude)}
        super().__init__(*args, **kwargs)

    def clean_place(self):
        place = self.cleaned_data["place"]
        self.house.latitude, self.house.longitude = place or (None, None)
        try:
            self.house.full_clean()
        except ValidationError as error:
            raise ValidationError(error.messages) from None
        return place

    def house_fields(self):
        latitude, longitude = self.cleaned_data["place"] or (None, None)
        return {"latitude": latitude, "longitude": longitude}


class FactsForm(forms.ModelForm):
    """What a draft may lack and a registered house may not."""

    gate_closes = HourField(
        label=_("The gate closes at"),
        required=False,
        help_text=_("Only if it is closed at night"),
    )
    gate_opens = HourField(label=_("The gate opens at"), required=False)

    class Meta:
        model = House
        fields = [
            "kind",
            "floors",
            "gate",
            "gate_closes",
            "gate_opens",
            "parking",
            "water",
            "has_cameras",
            "has_children",
        ]
        widgets = dict.fromkeys(
            ("kind", "gate", "parking", "water"), forms.RadioSelect
        ) | {"floors": forms.NumberInput(attrs={"min": 1, "max": 50})}
        help_texts = {
            "gate": _("Who works nights looks for a room that she can come home to.")
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("kind", "gate", "parking", "water"):
            field = self.fields[name]
            field.required = True
            field.choices = [choice for choice in field.choices if choice[0]]
            field.error_messages["required"] = _("Choose one.")

    def clean(self):
        cleaned = super().clean()
        gate = cleaned.get("gate")
        if gate == House.Gate.ALWAYS_OPEN:
            cleaned["gate_closes"] = cleaned["gate_opens"] = None
        elif gate:
            for name in ("gate_closes", "gate_opens"):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, _("Give the hour, for example 22:30."))
        return cleaned


class FeeForm(forms.Form):
    name = forms.CharField(label=_("What for"), max_length=60, required=False)
    amount = DongField(label=_("Đồng a month"), required=False, help_text="")
    per = forms.ChoiceField(label=_("For each"), choices=Fee.Per, required=False)
    all_optional = True

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("name") and not cleaned.get("amount"):
            if "amount" not in self.errors:
                self.add_error("amount", _("Write how much."))
        elif cleaned.get("amount") and not cleaned.get("name"):
            self.add_error("name", _("Write what for."))
        return cleaned


class BaseFeeFormSet(forms.BaseFormSet):
    def clean(self):
        names = [fee["name"] for fee in self.fees()]
        if len(set(names)) < len(names):
            raise ValidationError(_("Write each fee only once."), "fee_twice")

    def fees(self):
        """The rows that say something; an emptied row is a fee that is gone."""
        rows = (form.cleaned_data for form in self.forms if form.is_valid())
        return [row | {"name": tidy(row["name"])} for row in rows if row.get("name")]


FeeFormSet = forms.formset_factory(
    FeeForm,
    formset=BaseFeeFormSet,
    extra=3,
    max_num=MOST_FEES,
    absolute_max=MOST_FEES,
    validate_max=True,
)
