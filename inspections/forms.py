import json

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.permissions import memberships_of
from core import clock
from core.forms import DayField
from inspections.models import Finding, Tie, Verification
from inspections.permissions import READERS, can_inspect, can_plan, can_plan_somewhere
from reference.models import AdministrativeUnit
from registry.models import House

MOST_BYTES = 1_000_000  # of a checklist document


def communes_of(user, roles):
    """Those in which the user holds one of the roles; the pilot's if everywhere."""
    held = [each for each in memberships_of(user) if each.role in roles]
    communes = AdministrativeUnit.objects.communes()
    if any(membership.everywhere for membership in held):
        return communes.filter(Q(pilot=True) | Q(houses__isnull=False)).distinct()
    return communes.filter(pk__in={c.pk for each in held for c in each.communes.all()})


def inspectors_of(communes):
    """People who inspect in one of the communes."""
    return User.objects.filter(
        Q(memberships__everywhere=True) | Q(memberships__communes__in=communes),
        is_active=True,
        memberships__role=Role.INSPECTOR,
        memberships__ended_at=None,
    ).distinct()


class RescueForm(forms.Form):
    file = forms.FileField(
        label=_("Rescue file"),
        help_text=_(
            "Made on the tablet under “Outbox”; its name begins with safe-rooms."
        ),
    )
    passphrase = forms.CharField(
        label=_("Passphrase"),
        help_text=_("The one that was chosen on the tablet when the file was made."),
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("House"),
        help_text=_("Registration number, name, street, hamlet or landlord"),
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class FilterForm(forms.Form):
    """Wishes in the address of a list; every one may be left out."""

    all_optional = True

    q = forms.CharField(
        label=_("House"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    commune = forms.ModelChoiceField(
        label=_("Commune"),
        queryset=AdministrativeUnit.objects.none(),
        required=False,
        empty_label=_("All"),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["commune"].queryset = communes_of(user, READERS)


class VisitFilter(FilterForm):
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("planned", _("Planned")),
            ("received", _("Received by the registry")),
            ("returned", _("Sent back")),
            ("withdrawn", _("Withdrawn")),
        ],
    )
    inspector = forms.ModelChoiceField(
        label=_("Inspector"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("All"),
    )
    planned_from = DayField(label=_("From"), required=False)
    planned_to = DayField(label=_("To"), required=False)

    field_order = ["q", "state", "commune", "inspector", "planned_from", "planned_to"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        communes = self.fields["commune"].queryset
        self.fields["inspector"].queryset = inspectors_of(communes)


class FindingFilter(FilterForm):
    status = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("Not yet settled")),
            ("overdue", _("Overdue")),
            ("repair_claimed", _("Repair reported")),
            ("fixed", _("Repaired")),
            ("waived", _("No longer asked for")),
            ("corrected", _("Corrected")),
            ("all", _("All")),
        ],
    )
    severity = forms.ChoiceField(
        label=_("Severity"),
        required=False,
        choices=[("", _("All")), *Finding.Severity.choices],
    )

    field_order = ["q", "status", "severity", "commune"]


class PlanForm(forms.Form):
    inspector = forms.ModelChoiceField(
        label=_("Inspector"),
        help_text=_("Those who inspect in this commune and are not tied to the house"),
        queryset=User.objects.none(),
    )
    planned_for = DayField(label=_("Day of the visit"))

    def __init__(self, *args, house, **kwargs):
        super().__init__(*args, initial={"planned_for": clock.today()}, **kwargs)
        free = inspectors_of([house.commune]).exclude(ties__house=house)
        self.fields["inspector"].queryset = free.order_by("full_name")


class WithdrawalForm(forms.Form):
    because = forms.CharField(
        label=_("Why"),
        help_text=_("The inspector reads it on her tablet."),
        max_length=200,
    )


class WaiverForm(forms.Form):
    because = forms.CharField(
        label=_("Why it is no longer asked for"),
        help_text=_("For example: the well is filled in. The landlord reads it."),
        max_length=200,
    )


class DraftForm(forms.Form):
    file = forms.FileField(
        label=_("Checklist document"),
        help_text=_("A JSON file as the reference “checklist-format” describes it"),
        widget=forms.FileInput(attrs={"accept": "application/json"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Choose a smaller file: at most 1 MB."))
        try:
            document = json.loads(file.read())
        except (ValueError, RecursionError):
            document = None
        # PostgreSQL holds no NUL.
        if not isinstance(document, dict) or "\\u0000" in json.dumps(document):
            raise forms.ValidationError(_("Choose a JSON file: this is none."))
        return document


class TieForm(forms.Form):
    house = forms.CharField(label=_("Registration number of the house"), max_length=12)
    inspector = forms.ModelChoiceField(
        label=_("Inspector"), queryset=User.objects.none()
    )
    kind = forms.ChoiceField(label=_("What ties her to the house"), choices=Tie.Kind)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        if can_plan_somewhere(user):
            people = inspectors_of(communes_of(user, [Role.COORDINATOR]))
            self.fields["inspector"].queryset = people.order_by("full_name")
        else:
            del self.fields["inspector"]

    def clean_house(self):
        number = "".join(filter(str.isalnum, self.cleaned_data["house"].upper()))
        house = House.objects.registered().filter(number=number).first()
        if house is None or not self._may_tie(house):
            raise forms.ValidationError(
                _("Look at the number again: no such house in your communes.")
            )
        return house

    def _may_tie(self, house):
        return can_plan(self.user, house) or can_inspect(self.user, house)

    def clean(self):
        return {"inspector": self.user, **super().clean()}


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
