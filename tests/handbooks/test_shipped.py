"""Loading what comes with the program."""

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command
from django.db.models.functions import Length

from core.models import Event
from handbooks import facts, markup
from handbooks.actions import load_shipped
from handbooks.actions.shipped import BadFile, files
from handbooks.models import EditionSection, Handbook, Revision, Section, Volume
from tests.handbooks.factories import publish, rewrite
from tests.reference.shipped import load_reference

pytestmark = pytest.mark.django_db
WRITTEN_ON = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "workers").mkdir()
    for language, title in [("vi", "Nhà trọ"), ("en", "A room")]:
        write(tmp_path, f"book.{language}.md", f"title: {title}\n---\nCho bạn.\n")
        write(
            tmp_path,
            f"01-keys.{language}.md",
            f"title: {title} 1\npictogram: key\nitems: SEC-01, SEC-02\n---\nChữ.\n",
        )
    return tmp_path


def write(folder, name, text):
    (folder / "workers" / name).write_text(text, encoding="utf-8")


def test_texts_become_first_revisions(folder):
    counts = load_shipped(folder=folder)

    assert counts == {"sections": 1, "texts": 2, "new": 2}
    section = Section.objects.get()
    assert (section.slug, section.order, section.pictogram) == ("keys", 1, "key")
    assert section.items == ["SEC-01", "SEC-02"]
    original = section.text_in("vi")
    assert (original.number, original.made_by, original.body) == (1, None, "Chữ.\n")
    assert section.text_in("en").follows == original
    volume = Volume.objects.get(language="vi")
    assert (volume.title, volume.imprint, volume.is_original) == (
        "Nhà trọ",
        "Cho bạn.\n",
        True,
    )
    assert Event.objects.filter(kind="revision.shipped", by=None).count() == 2


def test_loading_again_changes_nothing(folder):
    load_shipped(folder=folder)

    assert load_shipped(folder=folder)["new"] == 0
    assert Revision.objects.count() == 2


def test_new_version_brings_its_words(folder):
    load_shipped(folder=folder)
    write(folder, "01-keys.vi.md", "title: Khoá\n---\nMới.\n")

    assert load_shipped(folder=folder)["new"] == 1

    assert Section.objects.get().text_in("vi").title == "Khoá"
    assert Section.objects.get().text_in("en").is_behind


def test_new_version_leaves_alone_what_somebody_has_edited(folder):
    load_shipped(folder=folder)
    rewrite(Volume.objects.get(language="vi"), "keys", "Của xã.\n")
    write(folder, "01-keys.vi.md", "title: Khoá\n---\nMới.\n")

    assert load_shipped(folder=folder)["new"] == 0

    assert Section.objects.get().text_in("vi").body == "Của xã.\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("01-keys.vi.md", "title: Khoá\nChữ.\n"),
        ("01-keys.vi.md", "title Khoá\n---\nChữ.\n"),
        ("01_keys.vi.md", "title: Khoá\n---\nChữ.\n"),
    ],
)
def test_file_in_another_form_is_refused(folder, name, text):
    write(folder, name, text)

    with pytest.raises(BadFile):
        load_shipped(folder=folder)


def test_shipped_files_come_in_pairs():
    found = {(file.book, file.slug, file.language) for file in files()}

    assert {one[:2] for one in found if one[2] == "vi"} == {
        one[:2] for one in found if one[2] == "en"
    }


def test_our_own_texts_have_no_problem_cite_law_in_force_and_weigh_little(client):
    with time_machine.travel(WRITTEN_ON, tick=False):
        load_reference()
        call_command("load_handbooks", verbosity=0)

        problems = [
            f"{text.section} {text.language_id} {problem}"
            for language in ("vi", "en")
            for text, problem in _problems(language)
        ]

        heaviest = _heaviest_page(client)

    assert problems == []
    assert Handbook.objects.count() == 6
    assert heaviest < 40_000


def _heaviest_page(client):
    """Bytes of the longest section's page, as it is before it is packed."""
    for volume in Volume.objects.filter(handbook__kind="book"):
        publish(volume)
    longest = EditionSection.objects.order_by(Length("html").desc()).first()
    edition = longest.edition
    prefix = "/en" if edition.volume.language_id == "en" else ""
    page = client.get(f"{prefix}/handbooks/{edition.book_name}/{longest.slug}/")
    assert page.status_code == 200
    return len(page.content)


def _problems(language):
    texts = Revision.objects.filter(language=language).select_related("section")
    documents = [(text, markup.read(text.body)) for text in texts]
    known = facts.known(
        [document.needs for _, document in documents],
        language=language,
        day=WRITTEN_ON.date(),
    )
    for text, document in documents:
        book = text.section.handbook_id
        for medium in (known.for_web(), known.for_print(book)):
            result = markup.write(document, medium, book=book, slug=text.section.slug)
            yield from ((text, problem) for problem in result.problems)
