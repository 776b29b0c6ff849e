import re
import unicodedata

from .checklist_v1 import CHECKLIST, ITEMS

# Words that Vietnamese has borrowed and everybody in a rented room says.
BORROWED = {"gas", "aptomat", "camera", "karaoke"}
SYMBOLS = {"m", "m²"}
SYLLABLE = re.compile(
    "(ngh|ng|nh|ch|tr|th|ph|kh|gh|gi|qu|[bcdđghklmnprstvx])?"
    "[aăâeêioôơuưy]{1,3}(ng|nh|ch|[cmnpt])?"
)
OLD_TONE_PLACE = re.compile(r"(?<!q)(?:[óòỏõọ][ae]|[úùủũụ]y)\b")


def texts(node, path=""):
    """Every {"vi", "en"} pair of the document, with the way to it."""
    if isinstance(node, dict) and set(node) == {"vi", "en"}:
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from texts(value, f"{path}.{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            name = value.get("code", number) if isinstance(value, dict) else number
            yield from texts(value, f"{path}.{name}")


PAIRS = dict(texts(CHECKLIST))
SENTENCES = {
    f"{code}.{kind}.{language}": item[kind][language]
    for code, item in ITEMS.items()
    for kind in ("label", "help", "repair")
    for language in ("vi", "en")
}


def without_tone(word):
    """The letters of a Vietnamese word: its vowel marks stay, its tone goes."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    bare = (mark for mark in unicodedata.normalize("NFD", word) if mark not in tones)
    return unicodedata.normalize("NFC", "".join(bare))


def test_every_text_is_clean_in_both_languages():
    unclean = [
        path
        for path, pair in PAIRS.items()
        for text in pair.values()
        if not text or text != unicodedata.normalize("NFC", " ".join(text.split()))
    ]

    assert unclean == []


def test_labels_helps_and_repairs_are_one_sentence():
    more_or_less = [
        path
        for path, text in SENTENCES.items()
        if not text[0].isupper()
        or text[-1] not in ".?"
        or len(re.findall(r"[.?!](?= |$)", text)) != 1
    ]

    assert more_or_less == []


def test_vietnamese_texts_hold_vietnamese_words_only():
    words = {
        word
        for pair in PAIRS.values()
        for word in re.findall(r"[^\W\d_]+", pair["vi"].lower())
    }

    foreign = {word for word in words if not SYLLABLE.fullmatch(without_tone(word))}

    assert foreign == BORROWED | SYMBOLS


def test_vietnamese_texts_place_the_tone_in_one_way():
    old = [
        path
        for path, pair in PAIRS.items()
        if OLD_TONE_PLACE.search(pair["vi"].lower())
    ]

    assert old == []


def test_english_texts_hold_no_vietnamese_letters():
    mixed = [
        path
        for path, pair in PAIRS.items()
        if not pair["en"].replace("²", "").isascii()
    ]

    assert mixed == []


def test_repairs_speak_to_the_landlord_politely():
    rude = [
        code
        for code, item in ITEMS.items()
        if "ông/bà" not in item["repair"]["vi"].lower() and not item["confidential"]
    ]

    assert rude == []
