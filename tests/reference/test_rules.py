import pytest

from reference.rules import clauses_vi, english_name, kind_of, search_words, split_name


@pytest.mark.parametrize(
    ("name", "kind", "short", "english"),
    [
        ("Xã Đông Anh", "commune", "Đông Anh", "Dong Anh Commune"),
        ("Phường Yên Hoà", "ward", "Yên Hoà", "Yen Hoa Ward"),
        ("Thị trấn Quang Minh", "town", "Quang Minh", "Quang Minh Town"),
        ("Thành phố Hà Nội", "city", "Hà Nội", "Ha Noi City"),
        ("Tỉnh Đắk Lắk", "province", "Đắk Lắk", "Dak Lak Province"),
        ("Đặc khu Cô Tô", "special_zone", "Cô Tô", "Co To Special Zone"),
        ("Huyện Cồn Cỏ", "district", "Cồn Cỏ", "Con Co District"),
    ],
)
def test_name_is_read(name, kind, short, english):
    assert split_name(name)[1] == short
    assert kind_of(name) == kind
    assert english_name(name) == english


def test_name_without_a_kind_is_a_fault_of_the_file():
    with pytest.raises(ValueError, match="Quang Minh"):
        split_name("Quang Minh")


def test_search_words_hold_the_usual_spellings():
    assert search_words("Thị trấn Quang Minh", "", "Thành phố Hà Nội") == (
        " | thi tran quang minh | tt quang minh | quangminh"
        " | thanh pho ha noi | tp ha noi | hanoi | hn | "
    )


def test_search_words_of_a_province_have_no_abbreviation():
    assert search_words("Tỉnh Cao Bằng") == " | tinh cao bang | caobang | "


@pytest.mark.parametrize(
    ("clauses", "words"),
    [
        ("", []),
        ("3", ["khoản 3"]),
        ("2–4", ["khoản 2–4"]),
        ("3(a)", ["điểm a khoản 3"]),
        ("7, 11(c)", ["khoản 7, điểm c khoản 11"]),
    ],
)
def test_clauses_are_named_as_in_the_law(clauses, words):
    assert clauses_vi(clauses) == words
