from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import paired
from handbooks.models.books import Language
from handbooks.models.editions import Edition
from handbooks.models.events import Event
from handbooks.models.frozen import EditionSection
from handbooks.models.sections import Section
from reference.models.base import has_words

MOST_SHOWN = 10  # at the end of a section


def with_questions(sections, language):
    """Adds to sections of an edition `questions`: (key, words) of those about them."""
    about = Question.objects.published(language).filter(section=OuterRef("section"))
    shown = about.values(asked=JSONObject(pk="pk", words="words"))[:MOST_SHOWN]
    return sections.annotate(questions=ArraySubquery(shown))


class QuestionQuerySet(models.QuerySet):
    def published(self, language):
        """What stands in the web handbook in a language, the newest first."""
        rows = self.filter(language=language, approved_at__isnull=False)
        return rows.order_by("-approved_at", "-pk")

    def having(self, words):
        return self.filter(has_words(" ".join(words))) if words else self

    def with_section(self):
        """Adds `section_title`: what the section is called where it is published."""
        current = Edition.objects.current().filter(
            volume__language=OuterRef(OuterRef("language"))
        )
        shown = EditionSection.objects.filter(
            section=OuterRef("section"), edition__in=current
        )
        rows = self.select_related("section")
        return rows.annotate(section_title=Subquery(shown.values("title")[:1]))

    def listed(self):
        """For the office: what waits first (no answer, then no second person)."""
        rows = self.select_related("event", "section", "answered_by")
        return rows.order_by(
            F("approved_at").desc(nulls_first=True),
            F("answered_at").asc(nulls_first=True),
            "-asked_at",
            "-pk",
        )

    def by_event(self, events):
        """Rows of event and how many questions were asked there."""
        rows = self.filter(event__in=events).order_by()
        return rows.values_list("event").annotate(models.Count("pk"))

    def to_do(self, editor):
        """Without an answer, or waiting for a second person, who she can be."""
        to_approve = Q(is_proposed=True, approved_at=None) & ~Q(answered_by=editor)
        return self.filter(Q(answered_at=None) | to_approve)


class Question(models.Model):
    """What somebody asked at an event, without who it was; and what staff answered.

    Approved by a second person it stands in the web handbook, and is frozen (trigger)
    until it is taken out again.
    """

    PERSONAL = {"kept_by", "answered_by", "approved_by"}
    NOT_PERSONAL = {
        "id",
        "event",
        "language",
        "section",
        "words",
        "asked_at",
        "answer",
        "html",
        "laws",
        "search_text",
        "answered_at",
        "is_proposed",
        "approved_at",
    }

    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("event"),
    )
    language = models.ForeignKey(
        Language, models.PROTECT, related_name="+", verbose_name=_("language")
    )
    section = models.ForeignKey(
        Section,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("section"),
    )
    words = models.CharField(_("what was asked"), max_length=400)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    answer = models.TextField(_("answer"), max_length=3000, blank=True)
    # Made by our markup when it was answered, with the law of that day.
    html = models.TextField(blank=True)
    laws = models.JSONField(default=list, blank=True)  # keys that it cites
    search_text = models.TextField(blank=True)  # folded, with a space on both ends
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    is_proposed = models.BooleanField(_("for the web handbook"), default=False)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="handbooks_question_says_something", condition=~Q(words="")
            ),
            models.CheckConstraint(
                name="handbooks_question_answered_at_and_by",
                condition=paired("answered_at", "answered_by"),
            ),
            models.CheckConstraint(
                name="handbooks_question_answered_with_words",
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="handbooks_question_approved_at_and_by",
                condition=paired("approved_at", "approved_by"),
            ),
            models.CheckConstraint(
                name="handbooks_question_proposed_with_answer",
                condition=Q(is_proposed=False) | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="handbooks_question_approved_as_proposed",
                condition=Q(approved_at=None) | Q(is_proposed=True),
            ),
            models.CheckConstraint(
                name="handbooks_question_four_eyes",
                condition=Q(approved_by=None) | ~Q(approved_by=F("answered_by")),
                violation_error_message=_(
                    "Ask a colleague: who answered it cannot approve it."
                ),
            ),
        ]

    def __str__(self):
        return self.words[:60]

    @property
    def state(self):
        """A key of core/states.py."""
        if self.approved_at:
            return "in_handbook"
        if self.is_proposed:
            return "prepared"
        return "answered" if self.answered_at else "asked"
