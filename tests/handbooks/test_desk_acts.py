"""Comments, pictures, covers and languages: what is kept, what is refused, who is named."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from PIL import Image

from core.errors import Refused
from core.models import Event
from handbooks import actions
from handbooks.models import Comment, Cover, Language, Picture, Section, Volume
from tests.handbooks.factories import (
    PictureFactory,
    VolumeFactory,
    editor,
    publish,
    rewrite,
    volume_with,
)
from tests.reference.factories import PilotCommuneFactory

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 3, tzinfo=dt.UTC)
TUESDAY = MONDAY + dt.timedelta(days=1)


def told(kind):
    return list(Event.objects.filter(kind=kind).values_list("by", flat=True))


def said(volume, text="Câu này dài quá."):
    section = Section.objects.get(slug="muc-1")
    return actions.comment(
        section=section, language=volume.language, by=editor(), text=text
    )


def test_comment_stays_with_the_text_that_it_is_about():
    volume = volume_with("Khoá")
    comment = said(volume, "  Câu này dài quá.\n")
    rewrite(volume, "muc-1", "Ngắn hơn.\n")

    comment.refresh_from_db()

    assert (comment.text, comment.revision.number) == ("Câu này dài quá.", 1)
    assert told("comment.made") == [comment.by_id]


@pytest.mark.parametrize("text", ["", "   \n", "x" * 1001])
def test_comment_has_words_and_not_too_many(text):
    volume = volume_with("Khoá")

    with pytest.raises(ValidationError):
        said(volume, text)

    assert not Comment.objects.exists()


def test_comment_is_settled_once():
    comment, hoa, lan = said(volume_with("Khoá")), editor(), editor()
    actions.settle_comment(comment=comment, by=hoa)

    with pytest.raises(Refused) as refused:
        actions.settle_comment(comment=comment, by=lan)

    comment.refresh_from_db()
    assert (refused.value.code, comment.settled_by) == ("settled", hoa)
    assert told("comment.settled") == [hoa.pk]


def png(kind="PNG", **options):
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, kind, **options)
    return file.getvalue()


def add_picture(**changes):
    given = {
        "name": "khu-tro",
        "file": png(),
        "description": {"vi": " Một dãy phòng. "},
        "by": editor(),
    }
    return actions.add_picture(**{**given, **changes})


def test_picture_is_kept_in_three_sizes_with_its_words():
    hoa = editor()

    picture = add_picture(by=hoa)

    assert picture.description == {"vi": "Một dãy phòng."}
    assert (picture.width, picture.height) == (40, 30)
    names = [getattr(picture, size).name for size in ("small", "medium", "large")]
    assert [name.rpartition(".")[2] for name in names] == ["webp", "webp", "jpg"]
    assert all(picture.sha256[:12] in name for name in names)
    assert told("picture.added") == [hoa.pk]


@pytest.mark.parametrize("description", [{}, {"vi": " "}, {"en": "A row of rooms."}])
def test_picture_without_vietnamese_words_is_refused(description):
    with pytest.raises(ValidationError):
        add_picture(description=description)

    assert not Picture.objects.exists()


def test_picture_has_a_name_of_its_own():
    add_picture()

    with pytest.raises(ValidationError) as error:
        add_picture()

    assert list(error.value.message_dict) == ["name"]


def test_picture_that_a_text_shows_may_get_other_words():
    hoa, picture = editor(), PictureFactory(name="khu-tro")

    actions.describe_picture(
        picture=picture, description={"vi": "Hai dãy phòng.", "en": ""}, by=hoa
    )

    picture.refresh_from_db()
    assert picture.description == {"vi": "Hai dãy phòng."}
    assert told("picture.described") == [hoa.pk]


def keep_cover(commune, words="Hội Phụ nữ: 024 1", **changes):
    given = {"logo": None, "contacts": {"vi": words, "en": ""}, "by": editor()}
    return actions.keep_cover(commune=commune, **{**given, **changes})


def test_newer_cover_ends_the_one_before():
    commune = PilotCommuneFactory()
    with time_machine.travel(MONDAY, tick=False):
        old = keep_cover(commune, "Một")
    with time_machine.travel(TUESDAY, tick=False):
        new = keep_cover(commune, "Hai")

    old.refresh_from_db()

    assert old.in_force.upper == new.in_force.lower == TUESDAY.date()
    assert new.contacts == {"vi": "Hai"}
    assert len(told("cover.kept")) == 2


def test_cover_that_an_edition_has_is_not_changed_on_its_day():
    volume, commune = volume_with("Khoá"), PilotCommuneFactory()
    with time_machine.travel(MONDAY, tick=False):
        publish(volume)
        publish(volume, cover=keep_cover(commune, "Một"))

        with pytest.raises(Refused) as refused:
            keep_cover(commune, "Hai")

    assert refused.value.code == "in_use"
    assert Cover.objects.get().contacts == {"vi": "Một"}


def test_cover_needs_vietnamese_contacts():
    with pytest.raises(ValidationError):
        keep_cover(PilotCommuneFactory(), " ")

    assert not Cover.objects.exists()


def test_cover_ends_once():
    with time_machine.travel(MONDAY, tick=False):
        cover = keep_cover(PilotCommuneFactory())
        actions.end_cover(cover=cover, by=editor())
    with (
        time_machine.travel(TUESDAY, tick=False),
        pytest.raises(Refused) as refused,
    ):
        actions.end_cover(cover=cover, by=editor())

    assert refused.value.code == "ended"
    assert len(told("cover.ended")) == 1


def test_one_cover_a_day_is_the_databases_rule():
    cover = keep_cover(PilotCommuneFactory())

    with pytest.raises(IntegrityError):
        Cover.objects.create(
            commune=cover.commune, contacts={"vi": "Hai"}, in_force=cover.in_force
        )


def add_language(volume, **changes):
    given = {"code": "km", "name": " ភាសាខ្មែរ ", "title": "បន្ទប់", "by": editor()}
    return actions.add_language(handbook=volume.handbook, **{**given, **changes})


def test_new_language_comes_last_and_follows_the_original():
    volume = volume_with("Khoá")

    added = add_language(volume)

    assert (added.is_original, added.title) == (False, "បន្ទប់")
    assert list(Language.objects.values_list("code", flat=True)) == ["vi", "km"]
    assert added.language.name == "ភាសាខ្មែរ"
    assert len(told("language.added")) == 1


def test_language_is_added_to_a_handbook_once():
    volume = volume_with("Khoá")
    add_language(volume)

    with pytest.raises(Refused) as refused:
        add_language(volume)

    assert refused.value.code == "has_language"
    assert Volume.objects.filter(language="km").count() == 1


def test_second_handbook_shares_the_language():
    add_language(volume_with("Khoá"))

    other = add_language(VolumeFactory(handbook__slug="leaflet"), name="Khác")

    assert other.language.name == "ភាសាខ្មែរ"
    assert Language.objects.filter(code="km").count() == 1
