"""In which languages a handbook is written, and what stands on its cover and imprint."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import Refused
from core.models import record
from core.text import nfc
from handbooks import facts, markup
from handbooks.actions.texts import refuse_unseen_signs
from handbooks.models import Handbook, Language, Volume


@transaction.atomic
def add_language(
    *, handbook: Handbook, by: User, code: str, name: str, title: str
) -> Volume:
    """Begin a translation of a handbook; a language that nobody has used yet is made."""
    handbook = Handbook.objects.select_for_update().get(pk=handbook.pk)
    if handbook.volumes.filter(language=code).exists():
        raise Refused("has_language", _("This handbook has this language already."))
    language = Language.objects.filter(code=code).first()
    if language is None:
        last = Language.objects.aggregate(last=Max("order"))["last"] or 0
        language = Language(code=code, name=nfc(name.strip()), order=last + 1)
        language.full_clean()
        language.save()
    volume = Volume(handbook=handbook, language=language, title=nfc(title.strip()))
    volume.full_clean()
    volume.save()
    record("language.added", volume, by=by, under=handbook, language=code)
    return volume


@transaction.atomic
def change_volume(
    *,
    volume: Volume,
    by: User,
    title: str,
    subtitle: str,
    audience: str,
    imprint: str,
) -> Volume:
    """What the next edition has on its cover and imprint; published ones keep theirs."""
    volume = Volume.objects.select_for_update().get(pk=volume.pk)
    volume.title, volume.subtitle = nfc(title.strip()), nfc(subtitle.strip())
    volume.audience = nfc(audience.strip())
    volume.imprint = nfc(imprint).replace("\r\n", "\n").strip() + "\n"
    refuse_unseen_signs(
        title=volume.title, subtitle=volume.subtitle, audience=volume.audience
    )
    volume.full_clean()
    if problems := _problems(volume):
        raise ValidationError({"imprint": [str(problem) for problem in problems]})
    volume.save()
    record("volume.changed", volume, by=by)
    return volume


def _problems(volume: Volume) -> list[markup.Problem]:
    document = markup.read(volume.imprint)
    language, book = volume.language_id, volume.handbook_id
    known = facts.known([document.needs], language=language, day=clock.today())
    written = markup.write(document, known.for_print(book), book=book, slug="imprint")
    return written.problems
