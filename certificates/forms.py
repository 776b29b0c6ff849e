from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.permissions import memberships_of
from certificates import rules
from certificates.models import Decision, Status
from reference.models import AdministrativeUnit

SHOWN_STATUSES = [choice for choice in Status.choices if choice[0] != Status.UNKNOWN]


def communes_of(user, roles):
    """The communes that a member of staff may choose among; everywhere means the pilot."""
    held = [m for m in memberships_of(user) if m.role in roles]
    if any(membership.everywhere for membership in held):
        return AdministrativeUnit.objects.pilot()
    codes = {unit.pk for membership in held for unit in membership.communes.all()}
    return AdministrativeUnit.objects.filter(pk__in=codes)


class QueueFilter(forms.Form):
    all_optional = True
    commune = forms.ModelChoiceField(
        AdministrativeUnit.objects.none(),
        label=_("Commune"),
        required=False,
        empty_label=_("All"),
    )
    q = forms.CharField(label=_("House number or address"), required=False)
    urgent = forms.BooleanField(label=_("Urgent only"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["commune"].queryset = communes_of(user, {Role.REVIEWER})


class CertificateFilter(forms.Form):
    all_optional = True
    ENDING = [("", _("Whenever")), ("30", _("In 30 days")), ("60", _("In 60 days"))]

    q = forms.CharField(label=_("Number, code or house"), required=False)
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *SHOWN_STATUSES], required=False
    )
    commune = forms.ModelChoiceField(
        AdministrativeUnit.objects.none(),
        label=_("Commune"),
        required=False,
        empty_label=_("All"),
    )
    ending = forms.ChoiceField(label=_("Ends"), choices=ENDING, required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        readers = {Role.REVIEWER, Role.COORDINATOR, Role.ADMINISTRATOR}
        self.fields["commune"].queryset = communes_of(user, readers)


class RoomDecisionForm(forms.Form):
    """One room's decision; left alone, the room waits."""

    all_optional = True
    LATER = ("", _("Later"))

    outcome = forms.ChoiceField(
        label=_("Decision"), required=False, widget=forms.RadioSelect
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, result, **kwargs):
        super().__init__(*args, prefix=f"room-{result.room.code}", **kwargs)
        self.result = result
        allowed = rules.allowed_outcomes(result.outcome)
        words = dict(Decision.Outcome.choices)
        self.fields["outcome"].choices = [
            self.LATER,
            *((value, words[value]) for value in allowed),
        ]


class SettlingForm(forms.Form):
    """For each line on which two records differ: which of them is right, and why."""

    SIDES = {
        "first": _("the first record"),
        "second": _("the second record"),
        "both": _("both"),
    }

    because = forms.CharField(
        label=_("Why these"),
        help_text=_("Whom you asked, or what you see on the photos."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.paths = [row.path for row in rows]
        for row in rows:
            self.fields[row.path] = forms.ChoiceField(
                label=row.label,
                choices=[(name, self.SIDES[name]) for name in row.choices],
                error_messages={"required": _("Choose one of the two.")},
            )

    def choices(self):
        return {path: self.cleaned_data[path] for path in self.paths}


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("What the inspector has to do"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class BecauseForm(forms.Form):
    because = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
