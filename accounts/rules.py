"""Phone numbers as people write them. No database, no request."""

import phonenumbers


def e164(typed: str) -> str:
    """The number in the stored form: `0912 345 678` and `+84 912.345.678` become +84912345678.

    Raises ValueError if it is no possible number of Viet Nam or, with a leading +, of
    another country.
    """
    try:
        number = phonenumbers.parse(typed, "VN")
    except phonenumbers.NumberParseException as error:
        raise ValueError(typed) from error
    if not phonenumbers.is_valid_number(number):
        raise ValueError(typed)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def has_old_prefix(typed: str) -> bool:
    """Whether it is one of the eleven-digit mobile numbers that ended in 2018."""
    digits = "".join(c for c in typed if c.isdigit())
    digits = digits.removeprefix("84") if typed.strip().startswith("+84") else digits
    digits = digits.removeprefix("0")
    return len(digits) == 10 and digits.startswith(("12", "16", "18", "19"))
