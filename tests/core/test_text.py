import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.text import VnFold, fold, nfc, sort_key

VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợ"
    "pqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
)
ANY_TEXT = st.text(
    st.one_of(
        st.sampled_from(VIETNAMESE + VIETNAMESE.upper()),
        st.sampled_from("0123456789 /-.,'\u0300\u0301\u0323\u0306\u031b\u200b"),
        # Unassigned characters (Cn) may be letters to a server with newer tables.
        st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\x00"),
    ),
    max_size=40,
)


def sql_fold(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT vn_fold(%s)", [text])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường Lê Lợi", "duong le loi"),
        ("TT. Quang Minh", "tt quang minh"),
        ("Hoà Lạc, Thuỷ Nguyên", "hoa lac thuy nguyen"),
        ("Hòa Lạc – Thủy Nguyên", "hoa lac thuy nguyen"),
        ("Số 415/23", "so 415 23"),
        ("  Xóm\t5\n(cũ) ", "xom 5 cu"),
        ("Nghi\u0323\u0302 Đi\u0300nh", "nghi dinh"),
        ("ÐÔNG ANH", "dong anh"),
        ("Ｑｕａｎｇ Ｍｉｎｈ", "quang minh"),
        ("Quang\u200bMinh", "quangminh"),
        ("20 m²", "20 m2"),
        ("", ""),
        ("…", ""),
    ],
)
def test_fold_gives_plain_words(text, folded):
    assert fold(text) == folded


def test_fold_knows_every_vietnamese_letter():
    assert set(fold(VIETNAMESE + VIETNAMESE.upper())) == set(
        "abcdefghijklmnopqrstuvwxyz"
    )


@pytest.mark.django_db
@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ANY_TEXT)
def test_fold_equals_the_database(text):
    assert sql_fold(text) == fold(text)


@given(ANY_TEXT)
def test_fold_is_done_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + " 1/-"), max_size=30))
def test_fold_does_not_depend_on_how_letters_are_composed(text):
    assert fold(nfc(text)) == fold(text)


@pytest.mark.django_db
def test_vn_fold_of_nothing_is_nothing():
    assert sql_fold(None) is None


@pytest.mark.django_db
def test_vn_fold_does_not_depend_on_the_search_path():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path TO pg_catalog")
        cursor.execute("SELECT public.vn_fold('Đông Anh')")

        assert cursor.fetchone() == ("dong anh",)


@pytest.mark.django_db
def test_vn_fold_searches_a_column():
    ContentType.objects.create(app_label="Đông Anh", model="house")

    found = ContentType.objects.annotate(folded=VnFold("app_label")).filter(
        folded="dong anh"
    )

    assert found.count() == 1


@pytest.mark.parametrize(
    "ordered",
    [
        ["a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "â", "b", "c", "d", "đ", "e", "ê"],
        ["i", "ì", "o", "ô", "ơ", "u", "ư", "ỳ"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "Mạ", "mai", "man"],
        ["Cổ Đô", "Cửa Nam", "Dân Hoà", "Dương Nội", "Đa Phúc", "Đan Phượng"],
        ["Ba Vì", "Bạch Mai", "Bát Tràng", "Bình Minh"],
        ["9", "Ban", "Ban A", "Bana"],
    ],
)
def test_sort_key_is_the_order_of_the_dictionary(ordered):
    keys = [sort_key(text) for text in ordered]

    assert keys == sorted(set(keys))


@given(ANY_TEXT)
def test_sort_key_is_plain_ascii_of_any_text(text):
    key = sort_key(text)

    assert key.isascii()
    assert key.isprintable()


def test_nfc_composes_what_telephones_take_apart():
    assert nfc("Đo\u0302ng Anh") == "Đông Anh"
