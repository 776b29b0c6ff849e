from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core import clock, codes
from core.models import paired
from handbooks.models.editions import Edition
from handbooks.models.events import Event
from handbooks.models.frozen import EditionSection
from handbooks.quizzes import Entry

CODE = 8  # characters of a quiz's address, the last of them its check character
FEWEST, MOST = 3, 20  # questions


class Right(models.TextChoices):
    """What a question is about: a right, or what one has to know to use it."""

    WAY_OUT = "way_out", _("A way out in a fire")
    POWER = "power", _("Safe electricity and gas")
    PRICES = "prices", _("Fair prices of electricity and water")
    PRIVACY = "privacy", _("Privacy, coming and going")
    RESPECT = "respect", _("No harassment, no violence")
    LEASE = "lease", _("A lease on paper")
    DEPOSIT = "deposit", _("The deposit")
    REPAIRS = "repairs", _("Repairs and help")
    RESIDENCE = "residence", _("Stay notice and residence")
    PAPERS = "papers", _("Papers in one's own hand")
    CHILDREN = "children", _("Safety of children")
    DATA = "data", _("Consent and certificates")
    WORDS = "words", _("Words of papers")


def new_code():
    return codes.make(CODE)


class QuizQuerySet(models.QuerySet):
    def with_edition(self):
        rows = self.select_related("edition__volume", "event")
        return rows.defer("edition__html", "edition__imprint", "edition__contents")

    def listed(self):
        """The newest first, with what they are made of and how many questions they have."""
        rows = self.with_edition().annotate(count=models.Count("items"))
        return rows.order_by("-made_at", "-pk")

    def played_by_event(self, events):
        """Rows of event and how many sheets of its quizzes were handed in."""
        rows = self.filter(event__in=events).order_by()
        return rows.values_list("event").annotate(Sum("played"))

    def to_play(self):
        return self.with_edition().filter(on_phone=True)


class Quiz(models.Model):
    """Questions made from an edition, frozen (trigger). Who answers is nobody to it."""

    class Kind(models.TextChoices):
        CHOICE = "choice", _("multiple choice")
        CROSSWORD = "crossword", _("crossword")

    PERSONAL = {"made_by", "closed_by"}
    NOT_PERSONAL = {
        "id",
        "code",
        "edition",
        "event",
        "kind",
        "seed",
        "on_paper",
        "on_phone",
        "played",
        "made_at",
        "closed_at",
    }

    code = models.CharField(max_length=CODE, unique=True, default=new_code)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="quizzes")
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="quizzes",
        verbose_name=_("event"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    # The same edition, kind, length and number make the same quiz.
    seed = models.PositiveIntegerField(_("number of the sheet"))
    on_paper = models.BooleanField(_("on paper"), default=True)
    on_phone = models.BooleanField(_("on the phone"), default=True)
    # Sheets that were handed in; who did is not kept, nor from where.
    played = models.PositiveIntegerField(_("handed in"), default=0)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = QuizQuerySet.as_manager()

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="handbooks_quiz_is_played_somewhere",
                condition=Q(on_paper=True) | Q(on_phone=True),
                violation_error_message=_("Choose paper, the phone, or both."),
            ),
            models.CheckConstraint(
                name="handbooks_quiz_closed_at_and_by",
                condition=paired("closed_at", "closed_by"),
            ),
        ]

    def __str__(self):
        return codes.shown(self.code)

    @property
    def shown_code(self):
        return codes.shown(self.code)

    @property
    def language(self):
        return self.edition.volume.language_id

    @property
    def state(self):
        """A key of core/states.py."""
        return "quiz_over" if self.closed_at else "quiz_open"

    @property
    def is_crossword(self):
        return self.kind == self.Kind.CROSSWORD


class QuizItemQuerySet(models.QuerySet):
    def with_sections(self):
        rows = self.select_related("section")
        return rows.defer("section__html", "section__plain", "section__search_text")

    def by_right(self):
        """(right, times known, times missed) of what somebody has answered."""
        rows = self.filter(Q(known__gt=0) | Q(missed__gt=0)).order_by()
        rows = rows.values_list("right").annotate(Sum("known"), Sum("missed"))
        return rows.order_by("right")


class QuizItem(models.Model):
    """One question, with its right answer and how often it was known."""

    PERSONAL = set()
    NOT_PERSONAL = {
        "id",
        "quiz",
        "order",
        "key",
        "right",
        "section",
        "ask",
        "options",
        "answer",
        "why",
        "place",
        "known",
        "missed",
    }

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=80)
    right = models.CharField(max_length=10, choices=Right)
    section = models.ForeignKey(EditionSection, models.PROTECT, related_name="+")
    ask = models.CharField(max_length=600)
    options = models.JSONField(default=list)  # of a crossword none
    answer = models.CharField(max_length=200)
    why = models.CharField(max_length=700)
    # In a crossword: [letters, row, column, across, number], see quizzes/crossword.py.
    place = models.JSONField(null=True, blank=True)
    known = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)

    objects = QuizItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("question of a quiz")
        verbose_name_plural = _("questions of quizzes")
        ordering = ["quiz", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "order"], name="handbooks_quizitem_order"
            ),
            models.UniqueConstraint(
                fields=["quiz", "key"], name="handbooks_quizitem_once"
            ),
            models.CheckConstraint(
                name="handbooks_quizitem_choice_or_boxes",
                condition=Q(options=[], place__isnull=False)
                | (~Q(options=[]) & Q(place=None)),
            ),
        ]

    def __str__(self):
        return self.ask[:60]

    @cached_property
    def entry(self):
        return Entry(*self.place) if self.place else None

    @property
    def answered(self):
        return self.known + self.missed

    @property
    def boxes(self):
        """How many letters a word of a crossword has."""
        return len(self.entry.letters)
