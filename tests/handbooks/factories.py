import factory
from django.core.files.base import ContentFile

from accounts.models import Role
from handbooks import actions
from handbooks.models import (
    EditionFile,
    Handbook,
    Language,
    Picture,
    Revision,
    Section,
    Volume,
)
from tests.accounts.factories import UserFactory, staff


def editor():
    return staff(Role.EDITOR)


class VietnameseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Language
        django_get_or_create = ["code"]

    code = "vi"
    name = "Tiếng Việt"
    order = 1


class EnglishFactory(VietnameseFactory):
    code = "en"
    name = "English"
    order = 2


class HandbookFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Handbook
        django_get_or_create = ["slug"]

    slug = "workers"


class VolumeFactory(factory.django.DjangoModelFactory):
    """The workers' handbook in Vietnamese, without sections."""

    class Meta:
        model = Volume
        django_get_or_create = ["handbook", "language"]

    handbook = factory.SubFactory(HandbookFactory)
    language = factory.SubFactory(VietnameseFactory)
    title = "Nhà trọ thử"
    imprint = "Cuốn này để thử.\n"
    is_original = True


class EnglishVolumeFactory(VolumeFactory):
    language = factory.SubFactory(EnglishFactory)
    title = "A test of rooms"
    is_original = False


class SectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Section

    handbook = factory.SubFactory(HandbookFactory)
    slug = factory.Sequence(lambda n: f"muc-{n + 1}")
    order = factory.Sequence(lambda n: n + 1)


class RevisionFactory(factory.django.DjangoModelFactory):
    """The first Vietnamese text of a section, as it was shipped."""

    class Meta:
        model = Revision

    section = factory.SubFactory(SectionFactory)
    language = factory.SubFactory(VietnameseFactory)
    number = 1
    title = "Lối thoát khi cháy"
    summary = "Biết lối ra trước khi ngủ."
    body = "Đi thử hai lối ra ngay hôm dọn đến.\n"


class PictureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Picture

    name = factory.Sequence(lambda n: f"anh-{n + 1}")
    description = {"vi": "Một cánh cửa."}
    sha256 = "a" * 64
    small = factory.django.FileField(data=b"s", filename="s.webp")
    medium = factory.django.FileField(data=b"m", filename="m.webp")
    large = factory.django.FileField(data=b"\xff\xd8l", filename="l.jpg")
    width = 800
    height = 600
    added_by = factory.SubFactory(UserFactory)


def volume_with(*titles, volume=None):
    """A volume with a text for each title; its slugs are muc-1, muc-2, ..."""
    volume = volume or VolumeFactory()
    for order, title in enumerate(titles, start=1):
        section, _ = Section.objects.get_or_create(
            handbook=volume.handbook, slug=f"muc-{order}", defaults={"order": order}
        )
        RevisionFactory(section=section, language=volume.language, title=title)
    return volume


def publish(volume, **changes):
    """The next edition of a volume, by two editors."""
    edition = actions.propose_edition(volume=volume, by=editor(), **changes)
    return actions.publish_edition(edition=edition, by=editor())


def rewrite(volume, slug, body, **changes):
    """Save another text of a section, by somebody."""
    section = Section.objects.get(handbook=volume.handbook, slug=slug)
    base = section.text_in(volume.language)
    words = {"title": base.title, "summary": base.summary, "body": body}
    return actions.save_revision(
        section=section,
        language=volume.language,
        by=editor(),
        base=base,
        **{**words, **changes},
    )


def make_ready(edition, form="a5", content=b"%PDF-1.7 thu nghiem"):
    """As the printing job leaves a file of an edition."""
    file = edition.files.get(format=form)
    file.file.save(f"{edition.code}-{form}.pdf", ContentFile(content), save=False)
    file.state, file.progress = EditionFile.State.READY, 100
    file.sha256, file.bytes, file.pages = "b" * 64, len(content), 48
    file.made_at = edition.prepared_at
    file.save()
    return file
