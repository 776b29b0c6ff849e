from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import DayField
from handbooks.models import Event


class SeasonForm(forms.Form):
    """From which day to which; either may be left out."""

    all_optional = True

    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)

    def clean(self):
        words = super().clean()
        since, until = words.get("since"), words.get("until")
        if since and until and until < since:
            self.add_error("until", _("Choose a day that is not before the first."))
        return words


class EventForm(forms.ModelForm):
    """Where and when, with whom, and how many people came. Nobody's name."""

    class Meta:
        model = Event
        fields = [
            "held_on",
            "title",
            "commune",
            "place",
            "partners",
            "women",
            "men",
            "not_said",
            "note",
        ]
        field_classes = {"held_on": DayField}
        widgets = {
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "place": _("In words: a house of culture, a factory gate, a row of rooms."),
            "partners": _("Organisations, with commas between."),
            "women": _(
                "Counted by eye, or as people say. Leave all three empty until then."
            ),
            "note": _("What to do better next time. No names of people."),
        }

    def __init__(self, *args, communes, **options):
        super().__init__(*args, **options)
        self.fields["commune"].queryset = communes

    def clean(self):
        words = super().clean()
        day = words.get("held_on")
        counted = [words.get(name) for name in ("women", "men", "not_said")]
        if day and day > clock.today() and any(counted):
            raise forms.ValidationError(
                {"women": _("Count the people when the event has been held.")}
            )
        return words
