from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Every form looks like our component, without its author asking for it."""

    form_template_name = "components/_form.html"
    field_template_name = "components/_field.html"
