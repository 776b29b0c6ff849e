from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.templatetags.shown import count
from handbooks.models import EditionFile, Event, PrintRun, StorePlace
from reference.models import AdministrativeUnit

MOST = 1_000_000


class FileField(forms.ModelChoiceField):
    """A file to be printed: which book, edition, format and cover it is."""

    def label_from_instance(self, file):
        edition = file.edition
        name = gettext("%(title)s (%(language)s), edition %(number)d: %(format)s") % {
            "title": edition.title,
            "language": edition.volume.language.name,
            "number": edition.number,
            "format": file.get_format_display(),
        }
        return f"{name} · {edition.cover.commune}" if edition.cover else name


class OrderForm(forms.ModelForm):
    source = FileField(EditionFile.objects.none(), label=_("What to print"))
    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=MOST)

    class Meta:
        model = PrintRun
        fields = ["source", "copies", "commune", "event", "note"]
        help_texts = {
            "commune": _("Or an event, or neither: then it is for the store."),
            "note": _("For the printer: paper, colour, when it is needed."),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["source"].queryset = EditionFile.objects.to_order()
        communes = AdministrativeUnit.objects.communes().pilot()
        self.fields["commune"].queryset = communes.order_by("name")
        events = Event.objects.select_related("commune").order_by("-held_on", "-pk")
        self.fields["event"].queryset = events


class PlaceForm(forms.ModelForm):
    class Meta:
        model = StorePlace
        fields = ["name", "commune", "where"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        communes = AdministrativeUnit.objects.communes().pilot()
        self.fields["commune"].queryset = communes.order_by("name")


class CopiesForm(forms.Form):
    """Some copies of one run; each form of a page has its own prefix."""

    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=MOST)


class ReceiptForm(CopiesForm):
    place = forms.ModelChoiceField(
        StorePlace.objects.in_use(), label=_("Where they lie")
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class FromStockForm(CopiesForm):
    """Copies that leave one of the places where the run lies."""

    from_place = forms.ModelChoiceField(
        StorePlace.objects.none(), label=_("From the place")
    )

    def __init__(self, *args, run, **options):
        super().__init__(*args, **options)
        self.fields["from_place"].queryset = StorePlace.objects.holding(run)


class MoveForm(FromStockForm):
    to_place = forms.ModelChoiceField(
        StorePlace.objects.in_use(), label=_("To the place")
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    field_order = ["from_place", "to_place", "copies", "note"]


class WriteOffForm(FromStockForm):
    note = forms.CharField(
        label=_("Reason"), help_text=_("Wet, lost, outdated…"), max_length=200
    )

    field_order = ["from_place", "copies", "note"]


class StockField(forms.ModelChoiceField):
    """Copies of a run at a place."""

    def label_from_instance(self, stock):
        edition = stock.run.edition
        return gettext(
            "%(title)s, edition %(number)d, %(format)s · %(batch)s · %(place)s: %(copies)s"
        ) % {
            "title": edition.title,
            "number": edition.number,
            "format": stock.run.source.get_format_display(),
            "batch": stock.run.shown_number,
            "place": stock.place,
            "copies": count(stock.copies),
        }


class HandOutForm(CopiesForm):
    stock = StockField(None, label=_("From the stock"))

    field_order = ["stock", "copies"]

    def __init__(self, *args, stock, **options):
        super().__init__(*args, **options)
        self.fields["stock"].queryset = stock


class BringBackForm(CopiesForm):
    run = forms.ModelChoiceField(PrintRun.objects.none(), label=_("Batch"))
    to_place = forms.ModelChoiceField(
        StorePlace.objects.in_use(), label=_("To the place")
    )

    field_order = ["run", "to_place", "copies"]

    def __init__(self, *args, event, **options):
        super().__init__(*args, **options)
        runs = PrintRun.objects.with_edition().filter(movements__event=event)
        self.fields["run"].queryset = runs.distinct().order_by("pk")
