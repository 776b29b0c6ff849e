import string

from hypothesis import given
from hypothesis import strategies as st

from core import codes

characters = st.sampled_from(codes.ALPHABET)


def bodies(length):
    return st.text(characters, min_size=length - 1, max_size=length - 1)


def whole(body):
    return body + codes.check_character(body)


lengths = st.sampled_from([7, 8])
made = lengths.flatmap(bodies).map(whole)


def test_alphabet_has_no_look_alikes():
    assert sorted(codes.ALPHABET) == sorted(
        set(string.digits + string.ascii_uppercase) - set("01ILO")
    )


def test_weights_differ_modulo_the_alphabet_up_to_the_longest_code():
    weights = [weight % len(codes.ALPHABET) for weight in range(2, 2 + 12)]

    assert 0 not in weights
    assert len(set(weights)) == len(weights)
    # The check character's own weight is 1, so an exchange with it is caught too.
    assert 1 not in weights


@given(made)
def test_made_code_is_valid(code):
    assert codes.is_valid(code)


@given(made, st.data())
def test_every_wrong_character_is_caught(code, data):
    place = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(characters.filter(lambda c: c != code[place]))

    typed = code[:place] + wrong + code[place + 1 :]

    assert not codes.is_valid(typed)


def test_every_wrong_character_of_one_code_is_caught():
    code = whole("K7M29QX")

    typed = [
        code[:place] + wrong + code[place + 1 :]
        for place in range(len(code))
        for wrong in codes.ALPHABET
        if wrong != code[place]
    ]

    assert len(typed) == 8 * 30
    assert not any(codes.is_valid(text) for text in typed)


@given(made)
def test_every_exchange_of_two_characters_is_caught(code):
    for first in range(len(code)):
        for second in range(first + 1, len(code)):
            if code[first] == code[second]:
                continue
            typed = list(code)
            typed[first], typed[second] = typed[second], typed[first]

            assert not codes.is_valid("".join(typed))


@given(made)
def test_code_is_read_as_it_is_printed(code):
    assert codes.clean(codes.shown(code)) == code
    assert codes.clean(f" {codes.shown(code).lower()} ") == code


def test_foreign_characters_are_no_code():
    assert not codes.is_valid("")
    assert not codes.is_valid("O")
    assert not codes.is_valid("K7M2-9QX")
    assert not codes.is_valid("ＡＢＣＤＥＦＧ２")
