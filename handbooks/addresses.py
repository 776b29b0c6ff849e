"""Where books stand on the web.

Vietnamese and English have their addresses from the site: /handbooks/workers/ and
/en/handbooks/workers/. A handbook in a further language stands beside them, by its name
with the language behind: /handbooks/workers.km/.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override

OURS = [code for code, _name in settings.LANGUAGES]


class BookConverter:
    """`workers` or `workers.km`, in an address."""

    regex = r"[a-z0-9-]{1,30}(?:\.[a-z-]{2,8})?"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


def name_of(book: str, language: str) -> str:
    return book if language in OURS else f"{book}.{language}"


def asked(name: str) -> tuple[str, str]:
    """The handbook and the language that a name in an address means, on this page."""
    book, _, language = name.partition(".")
    return book, language or get_language() or OURS[0]


def book(book: str, language: str) -> str:
    """The address of a book's contents, whatever language the present page is in."""
    with override(language if language in OURS else OURS[0]):
        return reverse("handbooks:book", args=[name_of(book, language)])


def section(book: str, slug: str, language: str) -> str:
    """The address of a section, whatever language the present page is in."""
    with override(language if language in OURS else OURS[0]):
        return reverse("handbooks:section", args=[name_of(book, language), slug])


def quiz(code: str, language: str) -> str:
    """The address of a quiz, with its frame in the language of its questions."""
    with override(language if language in OURS else OURS[0]):
        return reverse("handbooks:quiz", args=[code])
