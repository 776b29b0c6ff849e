"""A quiz on paper: the sheet that is handed out, and the key for who reads the answers."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import pdf
from handbooks import addresses
from handbooks.quizzes import grid

LETTERS = "ABCD"
BOX = 9  # millimetres of a box to write a letter in
WIDEST, HIGHEST = 168, 118  # millimetres of a grid that leaves room for its clues


def sheet(quiz, items, *, with_answers: bool = False) -> bytes:
    """A tagged PDF on A4; the same quiz is the same bytes."""
    from handbooks.printing.checking import look_over  # noqa: PLC0415 brings pikepdf
    from handbooks.printing.making import Unfit  # noqa: PLC0415

    with override(quiz.language):
        context, pictures = _parts(quiz, items, with_answers)
        html = render_to_string("handbooks/print/quiz.html", context)
    content = pdf.render(html, pictures=pictures)
    if problems := look_over(content).problems:
        raise Unfit(" ".join(problems))
    return content


def _parts(quiz, items, with_answers):
    pictures, grid_size = {}, None
    if quiz.is_crossword:
        entries = [item.entry for item in items]
        drawn = grid.drawing(entries, filled=with_answers)
        pictures["grid"] = drawn.encode()
        wide, high = grid.size(entries)
        box = min(BOX, WIDEST / wide, HIGHEST / high)
        grid_size = {"wide": f"{wide * box:.1f}", "high": f"{high * box:.1f}"}
    address = settings.SITE_URL + addresses.quiz(quiz.code, quiz.language)
    if quiz.on_phone and not with_answers:
        pictures["qr"] = pdf.qr(address)
    context = {
        "quiz": quiz,
        "language": quiz.language,
        "title": _title(quiz, with_answers),
        "with_answers": with_answers,
        "items": [(item, _options(item)) for item in items],
        "across": [item for item in items if item.place and item.entry.across],
        "down": [item for item in items if item.place and not item.entry.across],
        "grid": grid_size,
        "on_phone": "qr" in pictures,
        "address": address.partition("://")[2],
        "day": quiz.made_at.date(),
    }
    return context, pictures


def _title(quiz, with_answers):
    kind = _("Crossword") if quiz.is_crossword else _("Quiz")
    words = f"{kind}: {quiz.edition.title}"
    return f"{words} – {_('Answers')}" if with_answers else words


def _options(item):
    """(letter, words, whether it is right) of each answer to choose from."""
    return [
        (letter, option, option == item.answer)
        for letter, option in zip(LETTERS, item.options, strict=False)
    ]
