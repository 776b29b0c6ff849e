from django import forms
from django.utils.translation import gettext_lazy as _

from reference.models import LegalReference

_LANGUAGES = ("vi", "en")


class LegalReferenceForm(forms.ModelForm):
    """The texts in both languages, each in its own box."""

    title_vi = forms.CharField(label=_("Title in Vietnamese"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    summary_vi = forms.CharField(
        label=_("One sentence in Vietnamese, in our own words"), widget=forms.Textarea
    )
    summary_en = forms.CharField(label=_("The same in English"), widget=forms.Textarea)

    class Meta:
        model = LegalReference
        fields = [
            "key",
            "act",
            "number",
            "year",
            "article",
            "clause",
            "annex",
            "amended_by",
            "in_force",
            "confidence",
            "source",
            "replaces",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("title", "summary"):
            text = getattr(self.instance, name) or {}
            for language in _LANGUAGES:
                self.initial[f"{name}_{language}"] = text.get(language, "")

    def _post_clean(self):
        for name in ("title", "summary"):
            text = {
                language: self.cleaned_data.get(f"{name}_{language}", "")
                for language in _LANGUAGES
            }
            setattr(self.instance, name, text)
        super()._post_clean()
