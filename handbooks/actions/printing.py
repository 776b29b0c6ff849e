"""The files of a published edition, each made once. Killed in between, it is done again."""

import functools
import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import override

from core import clock, pdf
from core.models import record
from core.press import Broken, Press
from handbooks import facts, printing, ready
from handbooks.models import Edition, EditionFile

FAILURES = (
    printing.Unfit,
    pdf.ForeignAddress,
    pdf.FontsMissing,
    pdf.LettersMissing,
    Broken,
)
EVERY = 5  # pages


def print_edition(*, edition: Edition) -> list[EditionFile]:
    """Make what is not ready yet, one format after the other; returns all of them.

    Whoever does the same at the same time makes the same bytes, and one of the two keeps
    them. Raises what made a format impossible; the others are made all the same.
    """
    order = _order(edition)
    bytes_of: dict[str, bytes] = {}
    failure: Exception | None = None
    with Press() as press:
        for form in printing.FORMATS[order.kind]:
            file, _new = EditionFile.objects.get_or_create(edition=edition, format=form)
            try:
                bytes_of[form] = _ready(file) or _make(file, order, bytes_of, press)
            except FAILURES as error:
                _failed(file, str(error))
                failure = failure or error
            except KeyError as missing:  # the format that this one is laid out from
                _failed(file, f"There is no {missing.args[0]} to make it from.")
    if failure:
        raise failure
    return list(edition.files.all())


def _order(edition: Edition) -> printing.Order:
    return printing.Order(
        html=edition.html,
        kind=edition.volume.handbook.kind,
        language=edition.volume.language_id,
        title=edition.title,
        code=edition.code,
        day=edition.published_on or edition.law_read_on,
        pictures=facts.given_pictures(edition.html),
    )


def _ready(file: EditionFile) -> bytes:
    if file.state != EditionFile.State.READY:
        return b""
    with file.file.open() as stored:
        return stored.read()


def _make(
    file: EditionFile, order: printing.Order, before: dict[str, bytes], press: Press
) -> bytes:
    _told(file, EditionFile.State.BEING_MADE, 10)
    render = functools.partial(press.render, told=PagesTold(file).told)
    with override(order.language):
        content, pages = printing.made(order, file.format, before, render)
    _told(file, EditionFile.State.BEING_MADE, 90)
    _keep(file, order.code, content, pages)
    return content


class PagesTold:
    """Which page is being laid out, told to the office now and then."""

    def __init__(self, file: EditionFile) -> None:
        self.file, self.furthest = file, 0

    def told(self, page: int) -> None:
        # Pages are laid out anew when their number changes; the way back is not told.
        if page >= self.furthest + EVERY:
            self.furthest = page
            # How many there will be nobody knows; a book has a few dozen.
            progress = min(10 + page, 85)
            _told(self.file, EditionFile.State.BEING_MADE, progress, pages=page)


def _told(
    file: EditionFile,
    state: str,
    progress: int,
    problem: str = "",
    pages: int | None = None,
) -> None:
    """For whoever watches: seen at once, outside any transaction of ours."""
    unmade = EditionFile.objects.filter(pk=file.pk).exclude(state=file.State.READY)
    unmade.update(state=state, progress=progress, problem=problem[:300], pages=pages)


def _failed(file: EditionFile, problem: str) -> None:
    _told(file, EditionFile.State.FAILED, 0, problem)


@transaction.atomic
def _keep(file: EditionFile, code: str, content: bytes, pages: int) -> None:
    """First the whole file, then the row that says so: never half a file."""
    file = EditionFile.objects.select_for_update().get(pk=file.pk)
    if file.state == EditionFile.State.READY:
        return
    sha256 = hashlib.sha256(content).hexdigest()
    name = f"{code}-{file.format}-{sha256[:12]}.pdf".lower()
    storage = file.file.storage
    # What a killed worker has left under this name may be half of it.
    storage.delete(file.file.field.generate_filename(file, name))
    file.file.save(name, ContentFile(content), save=False)
    file.sha256, file.bytes, file.pages = sha256, len(content), pages
    file.state, file.progress, file.problem = EditionFile.State.READY, 100, ""
    file.made_at = clock.now()
    file.full_clean()
    file.save()
    record(
        "edition.printed",
        file,
        by=None,
        under=file.edition.volume,
        code=code,
        format=file.format,
        sha256=sha256,
    )
    transaction.on_commit(ready.forget)
