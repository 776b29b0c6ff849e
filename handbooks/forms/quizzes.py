"""Forms of quizzes and of questions that were asked at events."""

from django import forms
from django.utils.translation import gettext_lazy as _

from handbooks.actions import write_answer
from handbooks.actions.quizzes import HIGHEST_SEED
from handbooks.models import (
    Edition,
    Event,
    Language,
    Question,
    Quiz,
    Section,
    Volume,
)
from handbooks.models.quizzes import FEWEST, MOST
from handbooks.permissions import held_events


class OfHerEvents(forms.Form):
    """A form with one of the events that she may write about."""

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["event"] = forms.ModelChoiceField(
            held_events(user).order_by("-held_on", "-pk"),
            label=_("Event"),
            empty_label=_("of no event"),
            required=False,
        )
        self.fields["event"].label_from_instance = _event_words
        self.order_fields(self.field_order)


def _event_words(event: Event) -> str:
    return f"{event.held_on:%d/%m/%Y} · {event.title}"


def _edition_words(edition: Edition) -> str:
    return f"{edition.title} ({edition.volume.language}), {edition.code}"


class QuizForm(OfHerEvents):
    field_order = ("edition", "kind", "count", "event", "on_paper", "on_phone", "seed")

    edition = forms.ModelChoiceField(
        Edition.objects.none(),
        label=_("Made from"),
        help_text=_("What is published now; words and facts are taken from its text."),
        empty_label=None,
    )
    kind = forms.ChoiceField(
        label=_("Kind of quiz"),
        choices=Quiz.Kind,
        initial=Quiz.Kind.CHOICE,
        widget=forms.RadioSelect,
    )
    count = forms.IntegerField(
        label=_("How many questions"),
        help_text=_("A crossword may have fewer: each word has to cross another."),
        initial=10,
        min_value=FEWEST,
        max_value=MOST,
    )
    on_paper = forms.BooleanField(
        label=_("On paper: a sheet and a key to print"), initial=True, required=False
    )
    on_phone = forms.BooleanField(
        label=_("On the phone: a link and a square to point at"),
        initial=True,
        required=False,
    )
    seed = forms.IntegerField(
        label=_("Number of the sheet"),
        help_text=_(
            "The same number makes the same quiz again. Leave it empty for a new one."
        ),
        min_value=1,
        max_value=HIGHEST_SEED,
        required=False,
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        published = Edition.objects.current().select_related(
            "volume__language", "volume__handbook"
        )
        self.fields["edition"].queryset = published.defer(
            "html", "imprint", "contents"
        ).order_by("volume__handbook__order", "volume__language__order")
        self.fields["edition"].label_from_instance = _edition_words

    def clean(self):
        found = super().clean()
        if not (found.get("on_paper") or found.get("on_phone")):
            self.add_error("on_phone", _("Choose paper, the phone, or both."))
        return found


class SheetsForm(forms.Form):
    """How many sheets of paper came back, and how many had each question right."""

    def __init__(self, *args, items, **options):
        super().__init__(*args, **options)
        self.fields["sheets"] = forms.IntegerField(
            label=_("Sheets that came back"), min_value=1, max_value=5000
        )
        for item in items:
            self.fields[f"known_{item.order}"] = forms.IntegerField(
                label=_("%(number)s right") % {"number": item.order},
                min_value=0,
                max_value=5000,
            )

    def clean(self):
        found = super().clean()
        sheets = found.get("sheets")
        for name, count in list(found.items()):
            if name != "sheets" and sheets and count is not None and count > sheets:
                self.add_error(name, _("Write no more than the number of sheets."))
        return found

    def known(self):
        return {
            int(name.removeprefix("known_")): count
            for name, count in self.cleaned_data.items()
            if name != "sheets"
        }


class QuestionForm(OfHerEvents):
    field_order = ("words", "event", "language")

    words = forms.CharField(
        label=_("What was asked"),
        help_text=_("In the words of who asked. No name, no address, no number."),
        max_length=Question._meta.get_field("words").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    language = forms.ModelChoiceField(
        Language.objects.all(), label=_("Language"), empty_label=None
    )


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=_("The question, as others will read it"),
        help_text=_("Nobody who asked may be recognised by it."),
        max_length=Question._meta.get_field("words").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    answer = forms.CharField(
        label=_("Answer"),
        help_text=_(
            "In the signs of the handbooks. What the law says is cited:"
            " [words](law:law-27-2023-art-163)."
        ),
        max_length=Question._meta.get_field("answer").max_length,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    section = forms.ModelChoiceField(
        Section.objects.none(),
        label=_("Section it belongs to"),
        empty_label=_("to none"),
        required=False,
    )
    is_proposed = forms.BooleanField(
        label=_("For everybody: propose it for the web handbook"), required=False
    )

    def __init__(self, *args, question, **options):
        self.question = question
        super().__init__(*args, **options)
        language = question.language_id
        sections = Section.objects.standing().titled(language).exclude(title=None)
        books = Volume.objects.filter(language=language).values_list(
            "handbook", "title"
        )
        self.books = dict(books)
        self.fields["section"].queryset = sections.order_by("handbook__order", "order")
        self.fields["section"].label_from_instance = self._section_words

    def clean(self):
        found = super().clean()
        if answer := found.get("answer"):
            written = write_answer(self.question, answer, found.get("section"))
            for problem in written.problems:
                self.add_error("answer", str(problem))
        return found

    def _section_words(self, section: Section) -> str:
        book = self.books.get(section.handbook_id, section.handbook_id)
        return f"{book}: {section.title}"
