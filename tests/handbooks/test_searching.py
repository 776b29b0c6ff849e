import pytest

from handbooks import rules
from tests.handbooks.factories import (
    EnglishFactory,
    EnglishVolumeFactory,
    publish,
    rewrite,
    volume_with,
)
from tests.handbooks.test_questions import address, answer, in_handbook, keep

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    volume = volume_with("Tiền điện", "Đặt cọc", "Gọi ai")
    rewrite(volume, "muc-2", "Trả tiền thì xin biên nhận. Xem cả **điện**.\n")
    return publish(volume)


def found(client, asked, language=""):
    page = client.get(f"{language}/handbooks/search/", {"q": asked}).content.decode()
    return [
        part.split("/")[0] for part in page.split(f"{language}/handbooks/workers/")[1:]
    ]


@pytest.mark.parametrize("asked", ["tiền điện", "TIEN DIEN", "dien tien", " tiền điệ "])
def test_words_are_found_with_or_without_accents_title_first(client, edition, asked):
    assert found(client, asked) == ["muc-1", "muc-2"]


def test_every_word_has_to_be_there(client, edition):
    assert found(client, "biên nhận") == ["muc-2"]
    assert found(client, "biên lai") == []


def test_words_found_are_marked(client, edition):
    page = client.get("/handbooks/search/?q=bien+nhan").content.decode()

    assert "<mark>biên</mark> <mark>nhận</mark>" in page


def test_search_keeps_to_the_language(client, edition):
    volume = volume_with("Electricity", volume=EnglishVolumeFactory())
    publish(volume)

    assert found(client, "electricity") == []
    assert found(client, "electricity", "/en") == ["muc-1"]


def test_search_keeps_to_what_is_current(client, edition):
    rewrite(edition.volume, "muc-2", "Khác hẳn.\n")
    publish(edition.volume)

    assert found(client, "biên nhận") == []


@pytest.mark.parametrize("asked", ["", "  ", "…", "\0", "%", "_"])
def test_nothing_asked_asks_nothing(client, edition, asked, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/handbooks/search/", {"q": asked})

    assert response.status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_search_is_two_queries(client, edition, number, django_assert_num_queries):
    for place in range(number):
        in_handbook(f"Tiền điện tháng {place} ai trả?")

    with django_assert_num_queries(2):
        page = client.get("/handbooks/search/?q=dien")

    assert page.content.decode().count("/handbooks/questions/") == number
    assert len(page.content) < 40_000


def test_answers_are_found_and_marked_without_accents(client, edition):
    question = in_handbook()

    page = client.get("/handbooks/search/?q=giu+the").content.decode()

    assert "Chủ nhà <mark>giữ</mark> <mark>thẻ</mark> của tôi" in page
    assert f'href="{address("question", question.pk)}"' in page
    assert "Chưa có" not in page


def test_answers_are_found_by_their_own_words(client, edition):
    in_handbook()

    page = client.get("/handbooks/search/?q=co+nguoi+di+cung").content.decode()

    assert "<mark>có</mark> <mark>người</mark> <mark>đi</mark>" in page


def test_only_answers_that_two_people_gave_are_found(client, edition):
    keep("Ai giữ thẻ?")
    answer(keep("Thẻ của tôi đâu?"))

    page = client.get("/handbooks/search/?q=the").content.decode()

    assert "Hỏi – đáp" not in page
    assert "Chưa có mục nào nói về điều này" in page


def test_answers_keep_to_the_language(client, edition):
    in_handbook("Who keeps my card?", language=EnglishFactory())

    here = client.get("/handbooks/search/?q=card").content.decode()
    there = client.get("/en/handbooks/search/?q=card").content.decode()

    assert "my <mark>card</mark>" not in here
    assert "my <mark>card</mark>" in there


def test_many_answers_are_cut_and_lead_to_the_rest(client, edition, monkeypatch):
    monkeypatch.setattr("handbooks.views.searching.MOST_ANSWERS", 2)
    in_handbook("Bao giờ trả cọc?", "Khi trả thẻ phòng.\n")
    for number in range(2):
        in_handbook(f"Câu {number} về thẻ?")

    page = client.get("/handbooks/search/?q=thẻ").content.decode()

    assert page.count("<mark>thẻ</mark>?") == 2
    assert "Bao giờ" not in page
    assert 'href="/handbooks/questions/?q=th%E1%BA%BB"' in page


def test_sections_lead_down_to_the_answers(client, edition):
    in_handbook("Tiền điện ai trả?")

    both = client.get("/handbooks/search/?q=dien").content.decode()
    answers = client.get("/handbooks/search/?q=dien+ai").content.decode()

    assert ('href="#answers"' in both, 'href="#answers"' in answers) == (True, False)
    assert 'id="answers"' in answers


def test_what_was_typed_is_not_trusted(client, edition):
    page = client.get("/handbooks/search/", {"q": "<b>'\"" + "x" * 500}).content

    assert b"<b>'" not in page


def test_nothing_found_says_what_to_do(client, edition):
    in_handbook()

    page = client.get("/handbooks/search/?q=zzz").content.decode()

    assert "Chưa có mục nào nói về điều này" in page
    assert "Hãy thử một từ thôi" in page


def test_excerpt_is_cut_between_words_around_the_first_found():
    text = " ".join(f"từ{number}" for number in range(200))

    said = rules.excerpt(text, ["tu150"])

    assert said.startswith("… từ")
    assert said.endswith(" …")
    assert "từ150" in said
    assert len(said) < rules.EXCERPT + 5


def test_words_together_go_before_words_apart():
    assert rules.rank("x", "y", " a tien dien b ", ["tien", "dien"]) == 2
    assert rules.rank("x", "y", " tien a dien b ", ["tien", "dien"]) == 3
    text = "Tiền một. " + "x " * 200 + "Giá tiền điện hai."

    assert "Giá tiền điện hai." in rules.excerpt(text, ["tien", "dien"])


def test_excerpt_of_a_short_text_is_all_of_it():
    assert rules.excerpt("Một hai.", ["hai"]) == "Một hai."
    assert rules.excerpt("Một hai.", ["ba"]) == "Một hai."


def test_excerpt_of_one_endless_word_ends():
    assert len(rules.excerpt("x" * 999, ["x"])) < rules.EXCERPT + 5


def test_marks_leave_other_signs_escaped():
    assert rules.marked("<Điện> & nước", ["dien"]) == (
        "&lt;<mark>Điện</mark>&gt; &amp; nước"
    )
