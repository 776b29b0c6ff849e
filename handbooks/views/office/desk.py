"""What lies before an editor when she opens a section in one language."""

from functools import cached_property

from django.conf import settings
from django.db.models import Q

from core import clock, icons
from handbooks import actions, drawings
from handbooks.alarms import alarms
from handbooks.differences import lines_between
from handbooks.models import Draft, Picture, Revision, Volume
from reference.models import LegalReference


class Desk:
    def __init__(self, volume, section, user):
        self.volume, self.section, self.user = volume, section, user

    csrf_cookie = settings.CSRF_COOKIE_NAME

    # The texts

    @cached_property
    def newest(self):
        return self.section.text_in(self.volume.language_id)

    @cached_property
    def original(self):
        """The original's current text; None at the original itself."""
        if self.volume.is_original:
            return None
        language = Volume.objects.filter(
            handbook=self.volume.handbook_id, is_original=True
        ).values("language")
        texts = self.section.revisions.filter(language__in=language)
        return texts.order_by("-number").first()

    @cached_property
    def drafts(self):
        rows = Draft.objects.filter(section=self.section, language=self.volume.language)
        return list(rows.select_related("person", "base"))

    @property
    def draft(self):
        mine = [one for one in self.drafts if one.person_id == self.user.pk]
        return mine[0] if mine else None

    @property
    def others(self):
        return [one for one in self.drafts if one.person_id != self.user.pk]

    @property
    def is_overtaken(self):
        """Somebody has saved since her draft began."""
        return bool(self.draft and self.draft.base != self.newest)

    @property
    def is_missing(self):
        return self.newest is None

    @property
    def is_behind(self):
        """Written, and the original has moved on since."""
        return bool(
            self.newest and self.original and self.newest.follows_id != self.original.pk
        )

    @property
    def title(self):
        """What the section is called while it has no words of its own in this language."""
        words = self.draft or self.newest or self.original
        return (words and words.title) or self.section.slug

    @cached_property
    def original_changes(self):
        """What the original says otherwise than the text that this one follows."""
        if not (self.is_behind and self.newest.follows_id):
            return []
        return lines_between(self.newest.follows.body, self.original.body)

    @property
    def starts_translation(self):
        """Nothing is written yet and there is an original to translate."""
        return self.is_missing and self.original is not None and not self.draft_body

    @property
    def draft_body(self):
        return self.draft.body.strip() if self.draft else ""

    # The form

    @property
    def initial(self):
        words = self.draft or self.newest or Revision()
        return {
            "title": words.title,
            "summary": words.summary,
            "body": words.body,
            "caught_up": not self.is_behind,
            **self.marks,
        }

    @property
    def marks(self):
        base = self.draft.base if self.draft else self.newest
        return {
            "base": base and base.pk,
            "original": self.original and self.original.pk,
            "kept": self.draft.saved_at.isoformat() if self.draft else "",
        }

    def with_new_time(self, posted):
        """What she sent, with the time of the draft that it has become."""
        data = posted.copy()
        data["kept"] = self.marks["kept"]
        return data

    # What she does

    def keep(self, *, title, summary, body, base, kept):
        words = {"title": title, "summary": summary, "body": body}
        if self.draft and not self._differs(words):
            kept = self.draft.saved_at  # the same words once more: no other window
        draft = actions.save_draft(
            section=self.section,
            language=self.volume.language,
            by=self.user,
            base=self._text(base),
            seen=kept,
            **words,
        )
        self.__dict__.pop("drafts", None)
        return draft

    def save(self, *, title, summary, body, note, base, original, caught_up, kept):
        follows = None
        if self.original:
            says = self.newest and self.newest.follows
            follows = self._follows(original) if caught_up or not says else says
        return actions.save_revision(
            section=self.section,
            language=self.volume.language,
            by=self.user,
            title=title,
            summary=summary,
            body=body,
            note=note,
            base=self._text(base),
            follows=follows,
        )

    def _text(self, pk):
        return self.section.revisions.filter(
            language=self.volume.language_id, pk=pk
        ).first()

    def _follows(self, pk):
        return self.section.revisions.filter(
            language=self.original.language_id, pk=pk
        ).first()

    def overtaken_by(self, mine):
        """The other text, and the marks with which saving again is deliberate."""
        marks = {"base": mine["base"], "kept": self.marks["kept"]}
        if self.draft and self.draft.saved_at != mine["kept"] and self._differs(mine):
            return self.draft, marks
        return self.newest, {**marks, "base": self.newest and self.newest.pk}

    def _differs(self, mine):
        names = ("title", "summary", "body")
        return any(
            getattr(self.draft, name).split() != mine[name].split() for name in names
        )

    # Beside it

    @cached_property
    def comments(self):
        rows = self.section.comments.filter(language=self.volume.language_id)
        return rows.filter(settled_at=None).select_related("by", "revision")

    @cached_property
    def alarms(self):
        lit = alarms(clock.today()).by_text
        return lit.get((self.section.pk, self.volume.language_id), [])

    @cached_property
    def laws(self):
        """What a text may cite: sure, and in force today."""
        rows = LegalReference.objects.sure().in_force_on(clock.today())
        return sorted(rows, key=lambda law: law.citation)

    @cached_property
    def pictures(self):
        """Name and description, as the button puts them into the text."""
        language = self.volume.language_id
        uploads = [
            (picture.name, picture.description.get(language, ""))
            for picture in Picture.objects.all()
        ]
        ours = sorted({*drawings.names(), *icons.names()})
        return uploads + [(name, "") for name in ours]

    @cached_property
    def neighbours(self):
        """The other sections of the book, to lead to."""
        rows = Revision.objects.current().filter(
            ~Q(section=self.section),
            section__handbook=self.volume.handbook_id,
            section__withdrawn_at=None,
            language=self.volume.language_id,
        )
        return rows.order_by("section__order").values_list("section__slug", "title")
