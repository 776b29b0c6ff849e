from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.models import Verification


class RepairForm(forms.Form):
    """What the landlord shows of a repair. The act says what is no photo."""

    photo = forms.FileField(
        label=_("Photo of the repair"),
        help_text=_(
            "Take it from where the inspector stood. No people and no papers in the"
            " picture, please."
        ),
        required=False,
        # These three make a phone offer its camera beside its pictures.
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    note = forms.CharField(
        label=_("What was done"),
        help_text=_("For example: a new lock, fitted by the locksmith on Tuesday."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    all_optional = True  # one of the two is enough; the hint above says so


class VerificationForm(forms.Form):
    result = forms.ChoiceField(
        label=_("Is it repaired?"),
        choices=Verification.Result.choices,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("What is still missing"),
        help_text=_("The landlord reads it: say kindly what is to be done."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, needs_visit=False, **kwargs):
        super().__init__(*args, **kwargs)
        if needs_visit:
            self.fields["result"].choices = [
                (Verification.Result.NOT_FIXED, Verification.Result.NOT_FIXED.label)
            ]
