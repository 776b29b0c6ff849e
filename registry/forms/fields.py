"""Fields that read what people in Ha Noi type on a telephone."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from registry.rules import parse_dong

_COORDINATE = re.compile(r"-?[0-9]{1,3}[.,][0-9]{2,12}", re.ASCII)
_LONGEST = 300  # what is read of a text; a map's link is long
_LARGEST_SUM = 2_000_000_000  # what the column holds


class DongField(forms.CharField):
    """A sum of money in any usual spelling; its clean value is whole đồng or None."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("For example 1.200.000"))
        super().__init__(**kwargs)
        self.validators = [MaxValueValidator(_LARGEST_SUM)]

    def to_python(self, value):
        text = super().to_python(value)
        return parse_dong(text[:_LONGEST]) if text else None

    def prepare_value(self, value):
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


class AreaField(forms.DecimalField):
    """Square metres; 12,5 and 12.5 are the same."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs):
        super().__init__(max_digits=5, decimal_places=1, **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = re.sub(r"\s*m[2²]?$", "", value.strip()).replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value):
        if not isinstance(value, Decimal):
            return value
        return f"{value:f}".removesuffix(".0").replace(
            ".", get_format("DECIMAL_SEPARATOR")
        )


class HourField(forms.TimeField):
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})

    def __init__(self, **kwargs):
        formats = ["%H:%M", "%H:%M:%S", "%Hh%M", "%Hh", "%H.%M", "%H"]
        super().__init__(input_formats=formats, **kwargs)


class PlaceField(forms.CharField):
    """A point as a map shows it, or a link to it; (latitude, longitude) or None."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"})

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.validators = []  # the model checks the point

    def to_python(self, value):
        text = super().to_python(value)[:_LONGEST]
        if not text:
            return None
        found = [Decimal(n.replace(",", ".")) for n in _COORDINATE.findall(text)[:2]]
        if len(found) < 2:
            raise ValidationError(
                _("Copy both numbers from the map, for example 21.1876, 105.7912."),
                "not_a_place",
            )
        latitude, longitude = (number.quantize(Decimal("0.000001")) for number in found)
        if latitude > 90:  # some maps say the longitude first
            latitude, longitude = longitude, latitude
        return latitude, longitude

    def prepare_value(self, value):
        return f"{value[0]}, {value[1]}" if isinstance(value, tuple) else value


class PhotosInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several files at once; which of them are photos is found out one by one."""

    widget = PhotosInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) and data else [None]
        return [super(PhotosField, self).clean(file, initial) for file in files]
