import pytest

from accounts.rules import e164, has_old_prefix


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "(091) 234-5678",
        "+84912345678",
        "+84 912 345 678",
        "84912345678",
        "  0912345678 ",
    ],
)
def test_phone_in_any_usual_spelling_is_one_number(typed):
    assert e164(typed) == "+84912345678"


@pytest.mark.parametrize(
    "typed", ["", "114", "091234567", "09123456789", "không nhớ", "0212345678901"]
)
def test_phone_that_is_none_is_refused(typed):
    with pytest.raises(ValueError, match=r".*"):
        e164(typed)


@pytest.mark.parametrize("typed", ["01691234567", "+841691234567", "0121 234 5678"])
def test_old_eleven_digit_number_is_recognised(typed):
    assert has_old_prefix(typed) is True


def test_new_number_has_no_old_prefix():
    assert has_old_prefix("0912345678") is False
