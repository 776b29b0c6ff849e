"""Writing a section: nothing that was typed is lost, whoever else writes."""

import pytest
from django.urls import reverse

from handbooks import actions
from handbooks.models import Comment, Draft, Revision, Section
from tests.handbooks.factories import (
    EnglishVolumeFactory,
    RevisionFactory,
    editor,
    rewrite,
    volume_with,
)

pytestmark = pytest.mark.django_db

SECTION = ["workers", "vi", "muc-1"]


def address(name, *more):
    return reverse(f"handbooks:{name}", args=[*SECTION, *more])


def opened(client):
    """The hidden marks of the page, and its words, as a browser would send them."""
    form = client.get(address("edit")).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


@pytest.fixture
def section(client):
    volume_with("Khoá và chìa")
    client.force_login(editor())
    return Section.objects.get()


def test_saved_text_is_a_revision_with_its_note(client, section):
    words = opened(client) | {"body": "Thử khoá\r\n", "note": "Ngắn hơn"}

    response = client.post(address("edit"), words)

    newest = section.text_in("vi")
    assert response.url == address("edit")
    assert (newest.number, newest.body, newest.note) == (2, "Thử khoá\n", "Ngắn hơn")
    assert not Draft.objects.exists()


def test_text_with_a_wrong_line_is_kept_as_a_draft_and_shown(client, section):
    words = opened(client) | {"body": "Được.\n\n::: picture nothing-such\nCửa\n:::\n"}

    response = client.post(address("edit"), words)

    problems = response.context["preview"].problems
    assert [(found.line, found.code) for found in problems] == [(3, "unknown_picture")]
    assert list(response.context["form"].errors) == ["body"]
    assert Draft.objects.get().body == words["body"]
    assert section.revisions.count() == 1


def test_draft_is_kept_at_each_pause(client, section):
    words = opened(client) | {"body": "Thử"}

    first = client.post(address("draft"), words).json()
    second = client.post(
        address("draft"), words | {"body": "Thử khoá", "kept": first["kept"]}
    )

    assert second.status_code == 200
    assert Draft.objects.get().body == "Thử khoá"
    assert opened(client)["body"] == "Thử khoá"


def test_second_window_does_not_wipe_out_the_first(client, section):
    first = opened(client) | {"body": "Ở cửa sổ một"}
    second = opened(client) | {"body": "Ở cửa sổ hai"}
    client.post(address("draft"), first)

    answer = client.post(address("draft"), second)
    page = client.post(address("edit"), second)

    assert (answer.status_code, answer.json()["code"]) == (409, "other_tab")
    assert page.status_code == 409
    assert page.context["theirs"].body == "Ở cửa sổ một"
    assert page.context["form"].initial["body"] == "Ở cửa sổ hai"
    assert Draft.objects.get().body == "Ở cửa sổ một"


def test_words_of_two_windows_are_saved_after_comparing(client, section):
    first, second = opened(client), opened(client)
    client.post(address("draft"), first | {"body": "Một"})
    page = client.post(address("edit"), second | {"body": "Hai"})
    form = page.context["form"]
    both = {name: form[name].value() or "" for name in form.fields}

    client.post(address("edit"), both | {"body": "Một và hai"})

    assert section.text_in("vi").body == "Một và hai\n"


def test_two_people_see_both_texts(client, section):
    mine = opened(client) | {"body": "Lời của tôi"}
    rewrite(section.handbook.volumes.get(), "muc-1", "Lời của chị ấy.\n")

    page = client.post(address("edit"), mine)

    assert page.status_code == 409
    assert page.context["theirs"] == section.text_in("vi")
    assert "Lời của chị ấy." in page.content.decode()
    assert "Lời của tôi" in page.content.decode()
    assert Draft.objects.get().body == "Lời của tôi"


def test_who_has_seen_both_texts_may_save(client, section):
    mine = opened(client) | {"body": "Lời của tôi"}
    rewrite(section.handbook.volumes.get(), "muc-1", "Lời của chị ấy.\n")
    form = client.post(address("edit"), mine).context["form"]
    both = {name: form[name].value() or "" for name in form.fields}

    response = client.post(address("edit"), both)

    newest = section.text_in("vi")
    assert response.status_code == 302
    assert (newest.number, newest.body) == (3, "Lời của tôi\n")


def test_draft_is_discarded_only_on_request(client, section):
    client.post(address("draft"), opened(client) | {"body": "Bỏ đi"})

    shown = client.get(address("discard")).content.decode()
    client.post(address("discard"))

    assert "Bỏ đi" in shown
    assert not Draft.objects.exists()


def test_preview_shows_the_page_and_its_problems(client, section):
    body = "## Khoá\n\n::: advice\nThử khoá.\n:::\n\n# Sai\n"

    answer = client.post(address("preview"), {"body": body}).json()

    assert "Thử khoá." in answer["html"]
    assert [problem["line"] for problem in answer["problems"]] == [7]
    assert not Draft.objects.exists()


def test_hostile_preview_runs_nothing(client, section):
    body = "<script>alert(1)</script>\n\n[a](javascript:alert(1))\n\0"

    answer = client.post(address("preview"), {"body": body}).json()

    assert "<script" not in answer["html"]
    assert "javascript:" not in answer["html"]


def test_paper_is_a_picture_of_the_pages(client, section):
    words = {"title": "Khoá", "body": "::: picture key\nMột chìa khoá.\n:::\n"}

    response = client.post(address("paper"), words)

    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")


def test_preview_without_a_script_keeps_the_draft(client, section):
    words = opened(client) | {"body": "Thử", "preview": "1"}

    response = client.post(address("edit"), words)
    form = response.context["form"]

    assert response.context["paper"].startswith("data:image/png;base64,")
    assert form["body"].value() == "Thử"
    assert form["kept"].value() == Draft.objects.get().saved_at.isoformat()


def test_translation_says_which_original_it_follows(client, section):
    volume = section.handbook.volumes.get()
    english = EnglishVolumeFactory(handbook=volume.handbook)
    first = section.text_in("vi")
    RevisionFactory(section=section, language=english.language, follows=first)
    rewrite(volume, "muc-1", "Lời mới.\n")
    there = reverse("handbooks:edit", args=["workers", "en", "muc-1"])
    page = client.get(there)
    form = page.context["form"]
    words = {name: form[name].value() or "" for name in form.fields}

    words.pop("caught_up")
    client.post(there, words | {"body": "A typing mistake mended."})
    before = section.text_in("en").follows
    form = client.get(there).context["form"]
    words = {name: form[name].value() or "" for name in form.fields}
    client.post(there, words | {"body": "New words.", "caught_up": "on"})

    assert page.context["desk"].original_changes
    assert before == first
    assert section.text_in("en").follows == section.text_in("vi")


def test_translation_that_is_not_begun_is_not_behind(client, section):
    EnglishVolumeFactory(handbook=section.handbook)

    page = client.get(reverse("handbooks:edit", args=["workers", "en", "muc-1"]))

    desk = page.context["desk"]
    assert (desk.is_missing, desk.is_behind, desk.starts_translation) == (
        True,
        False,
        True,
    )
    assert "<h1>Khoá và chìa</h1>" in page.content.decode()


def test_earlier_text_comes_back_as_a_new_one(client, section):
    old = section.text_in("vi").body
    rewrite(section.handbook.volumes.get(), "muc-1", "Lời mới.\n")

    client.post(address("restoration", 1), {"newest": "2"})

    assert section.text_in("vi").number == 3
    assert section.text_in("vi").body == old


def test_earlier_text_does_not_come_back_over_one_that_was_not_seen(client, section):
    rewrite(section.handbook.volumes.get(), "muc-1", "Lời mới.\n")

    client.post(address("restoration", 1), {"newest": "1"})

    assert section.revisions.count() == 2


def test_difference_is_shown_word_by_word(client, section):
    rewrite(section.handbook.volumes.get(), "muc-1", "Đi thử ba lối ra.\n")

    page = client.get(address("difference", 2)).content.decode()

    assert "<del>" in page
    assert "ba </ins>" in page


def test_comment_is_made_and_settled(client, section):
    client.post(address("comments"), {"text": "Ai trả tiền?"})
    said = Comment.objects.get()

    client.post(address("settlement", said.pk))
    said.refresh_from_db()

    assert (said.text, said.revision) == ("Ai trả tiền?", section.text_in("vi"))
    assert said.settled_by == said.by
    assert "Ai trả tiền?" in client.get(address("history")).content.decode()


def test_pictogram_and_items_change_without_a_revision(client, section):
    client.post(address("facts"), {"pictogram": "key", "items": "SEC-01"})
    section.refresh_from_db()

    assert (section.pictogram, section.items) == ("key", ["SEC-01"])
    assert Revision.objects.count() == 1


def test_draft_of_a_colleague_is_hers(client, section):
    actions.save_draft(
        section=section,
        language=section.handbook.volumes.get().language,
        by=editor(),
        title="Khác",
        summary="",
        body="Của chị ấy",
        base=None,
    )

    assert opened(client)["body"] == section.text_in("vi").body
    assert client.get(address("discard")).status_code == 404
