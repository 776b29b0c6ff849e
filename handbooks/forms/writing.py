import datetime as dt
import re

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from core import icons
from handbooks.markup import MOST_LETTERS
from handbooks.models import Language, Picture, Volume
from reference.models import AdministrativeUnit

_ITEM = re.compile(r"[A-Z]{2,6}-\d{2,3}")


class ItemsField(forms.CharField):
    """Codes of checklist items, with spaces or commas between."""

    default_error_messages = {
        "item": _("Write codes such as STR-01, with spaces between.")
    }

    def __init__(self, **options):
        super().__init__(
            label=_("Items of the checklist"),
            help_text=_("Codes such as STR-01: findings about them lead here."),
            required=False,
            max_length=200,
            **options,
        )

    def clean(self, value):
        codes = super().clean(value).upper().replace(",", " ").split()
        if not all(_ITEM.fullmatch(code) for code in codes):
            raise forms.ValidationError(self.error_messages["item"], "item")
        return list(dict.fromkeys(codes))

    def prepare_value(self, value):
        return " ".join(value) if isinstance(value, list) else value


class PictogramField(forms.ChoiceField):
    def __init__(self, **options):
        super().__init__(
            label=_("Pictogram"),
            help_text=_("The sign at its head."),
            required=False,
            choices=lambda: [("", "–"), *((name, name) for name in icons.names())],
            **options,
        )


class NewSectionForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    pictogram = PictogramField()
    items = ItemsField()


class SectionForm(forms.Form):
    pictogram = PictogramField()
    items = ItemsField()


class LanguageForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the language"),
        help_text=_("Two or three small letters: km, lo, hmn."),
        max_length=8,
        validators=[
            RegexValidator(
                r"^[a-z]{2,3}(-[a-z]{2,4})?$",
                _("Write two or three small letters, such as km."),
            )
        ],
    )
    name = forms.CharField(
        label=_("Its name in itself"),
        help_text=_("As its readers call it: ភាសាខ្មែរ."),
        max_length=40,
    )
    title = forms.CharField(label=_("Title of the handbook in it"), max_length=120)

    def clean_name(self):
        known = Language.objects.filter(code=self.cleaned_data.get("code", "")).first()
        return known.name if known else self.cleaned_data["name"]


class VolumeForm(forms.ModelForm):
    class Meta:
        model = Volume
        fields = ["title", "subtitle", "audience", "imprint"]
        widgets = {"imprint": forms.Textarea(attrs={"rows": 12})}


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Comment"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(forms.Form):
    because = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class TextForm(forms.Form):
    """A section's text, with what tells whether somebody else has written meanwhile."""

    title = forms.CharField(label=_("Title"), max_length=120)
    summary = forms.CharField(
        label=_("Summary"),
        help_text=_("One sentence: what this section helps with."),
        max_length=300,
        required=False,
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=MOST_LETTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
    )
    note = forms.CharField(
        label=_("What did you change, and why?"), max_length=300, required=False
    )
    caught_up = forms.BooleanField(
        label=_("It now says all that the original says"), required=False
    )
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    original = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # The time of the draft that this page was opened with.
    kept = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean_kept(self):
        text = self.cleaned_data["kept"]
        try:
            return dt.datetime.fromisoformat(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(_("Open the page again.")) from error


class DraftForm(TextForm):
    """The same while it is written: nothing has to be whole yet."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in ("title", "body"):
            self.fields[name].required = False


class InLanguages(forms.Form):
    """Words in every language that handbooks are written in; a box for each."""

    words_label = ""
    required_everywhere = True

    def __init__(self, *args, known=None, **options):
        super().__init__(*args, **options)
        for language in Language.objects.all():
            self.fields[f"words_{language.code}"] = forms.CharField(
                label=f"{self.words_label} ({language.name})",
                max_length=600,
                initial=(known or {}).get(language.code),
                required=self.required_everywhere or language.code == "vi",
                widget=forms.Textarea(attrs={"rows": 3, "lang": language.code}),
            )

    def description(self):
        return {
            name.removeprefix("words_"): words
            for name, words in self.cleaned_data.items()
            if name.startswith("words_") and words
        }


class DescriptionForm(InLanguages):
    words_label = _("What it shows, for who cannot see it")


class PictureForm(DescriptionForm):
    name = forms.SlugField(
        label=_("Name in texts"),
        help_text=_("Small letters and hyphens: the text shows it by this name."),
        max_length=40,
        validators=[
            RegexValidator(
                r"^[a-z0-9]+(-[a-z0-9]+)*$",
                _("Write small letters, digits and hyphens, such as khu-tro-1."),
            )
        ],
    )
    file = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP. Show no face and no paper of a tenant."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )

    def words(self):
        given = {name: self.cleaned_data[name] for name in ("name", "file")}
        return {**given, "description": self.description()}


class CoverForm(InLanguages):
    words_label = _("Whom to call here")
    required_everywhere = False

    commune = forms.ModelChoiceField(
        AdministrativeUnit.objects.communes().pilot().order_by("name"),
        label=_("Commune"),
        empty_label="–",
    )
    logo = forms.ModelChoiceField(
        Picture.objects.all(),
        label=_("Logo"),
        help_text=_("One of the uploaded pictures."),
        empty_label="–",
        required=False,
    )

    def words(self):
        given = {name: self.cleaned_data[name] for name in ("commune", "logo")}
        return {**given, "contacts": self.description()}
