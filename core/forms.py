from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Every form looks like our component, without its author asking for it."""

    form_template_name = "components/_form.html"
    field_template_name = "components/_field.html"


class DayField(forms.DateField):
    """Picked, or typed as people in Viet Nam write it: 15/11/2026, also in English."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"], **kwargs)
