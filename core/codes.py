"""Codes that people read aloud, copy from paper and type on a phone.

The alphabet has 31 characters, without the look-alikes 0/O, 1/I/L. 31 is prime, so one
check character (weighted sum modulo 31, distinct weights) catches every single wrong
character and every exchange of any two characters; see ADR "Codes".
"""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def check_character(body: str) -> str:
    """The character that makes the weighted sum a multiple of 31."""
    total = sum(
        weight * ALPHABET.index(character)
        for weight, character in enumerate(body, start=2)
    )
    return ALPHABET[-total % len(ALPHABET)]


def make(length: int) -> str:
    """A random code of `length` characters, the last of them the check character."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return body + check_character(body)


def clean(typed: str) -> str:
    """What somebody typed, in the form that is stored: upper case, no spaces or hyphens."""
    return "".join(c for c in typed.upper() if c.isalnum())


def is_valid(code: str) -> bool:
    """Whether all characters belong to the alphabet and the check character fits."""
    return (
        len(code) > 1
        and set(code) <= set(ALPHABET)
        and check_character(code[:-1]) == code[-1]
    )


def shown(code: str) -> str:
    """The code as it is printed: in groups of four, K7M2-9QXT."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))
