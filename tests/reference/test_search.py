import pytest

from reference.models import AdministrativeUnit, Workplace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def found(text, count):
    communes = AdministrativeUnit.objects.search(text)[:count]
    return [commune.short_name for commune in communes]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kim Chung", ["Thiên Lộc", "Vĩnh Thanh", "Hoài Đức", "Tây Tựu"]),
        ("kim chung, đông anh", ["Thiên Lộc", "Vĩnh Thanh"]),
        ("dong anh", ["Đông Anh", "Phúc Thịnh", "Thư Lâm", "Mê Linh", "Thiên Lộc"]),
        ("ĐÔNG ANH", ["Đông Anh", "Phúc Thịnh", "Thư Lâm", "Mê Linh", "Thiên Lộc"]),
        ("tt quang minh", ["Quang Minh"]),
        ("TT. Quang Minh", ["Quang Minh"]),
        ("thị trấn Chi Đông", ["Quang Minh"]),
        ("quangminh, hn", ["Quang Minh"]),
        ("Quang Minh, Hà Nội", ["Quang Minh"]),
        ("xã quang minh mê linh", ["Quang Minh"]),
        ("Thư Lâm - Đông Anh", ["Thư Lâm"]),
        ("nội bài", ["Nội Bài"]),
        ("hoà lạc, hà nội", ["Hoà Lạc"]),
        ("hòa lạc, hà nội", ["Hoà Lạc"]),
        ("bạch long vĩ", ["Bạch Long Vĩ"]),
        ("không có ở đâu", []),
        ("  ", []),
        ("!?", []),
        ("100%_", []),
    ],
)
def test_search_finds_communes(text, names):
    assert found(text, 5) == names


def test_search_by_old_district_finds_all_that_came_from_it():
    assert found("huyện Mê Linh", 20) == [
        "Mê Linh",
        "Quang Minh",
        "Thiên Lộc",
        "Tiến Thắng",
        "Yên Lãng",
        "Liên Minh",
    ]


def test_search_finds_what_is_still_being_typed():
    assert found("quang mi", 1) == ["Quang Minh"]
    assert found("quangmi", 1) == ["Quang Minh"]


def test_search_puts_the_pilot_first_among_equals():
    assert AdministrativeUnit.objects.search("xã Tiến Thắng")[0].code == "08995"


def test_search_says_which_former_commune_answered():
    commune = AdministrativeUnit.objects.search("kim chung đông anh")[0]

    assert commune.was == "Xã Kim Chung, Huyện Đông Anh"


def test_search_says_nothing_of_former_communes_when_its_own_name_answers():
    assert AdministrativeUnit.objects.search("Xã Mê Linh")[0].was is None


def test_search_says_only_the_name_of_an_island_district():
    found = AdministrativeUnit.objects.search("huyện Bạch Long Vĩ")

    assert [commune.was for commune in found] == ["Huyện Bạch Long Vĩ"]


def test_search_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        list(AdministrativeUnit.objects.search("dong anh")[:20])


@pytest.mark.parametrize(
    "text", ["thang long", "KCN Bắc Thăng Long", "khu công nghiệp thăng"]
)
def test_workplace_is_found_by_any_of_its_names(text):
    assert [place.key for place in Workplace.objects.search(text)] == ["thang-long"]


def test_workplace_is_not_found_by_nothing():
    assert not Workplace.objects.search(" ").exists()


def test_search_does_not_mind_a_whole_page_of_text():
    assert found("đông anh " * 10_000, 1) == ["Đông Anh"]
