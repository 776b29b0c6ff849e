"""In which forms each kind of handbook is printed, and in which order they are made."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """`style` is a template; `pages` is how many it has to have, 0 for any number."""

    style: str
    pages: int = 0
    imposed_from: str = ""  # the format whose pages it puts on sheets


INSTRUCTIONS = "instructions"
FORMATS: dict[str, dict[str, Form]] = {
    "book": {
        "a5": Form("_book_a5.css"),
        "a4": Form("_book_a4.css"),
        "large": Form("_book_large.css"),
        "booklet": Form("", imposed_from="a5"),
        INSTRUCTIONS: Form("instructions.html", pages=1),
    },
    "leaflet": {
        "a5": Form("_leaflet.css", pages=4),
        "large": Form("_leaflet_large.css"),
        "booklet": Form("", pages=2, imposed_from="a5"),
        INSTRUCTIONS: Form("instructions.html", pages=1),
    },
    "poster": {
        "a3": Form("_poster_a3.css", pages=1),
        "a4": Form("_poster_a4.css", pages=1),
    },
    "card": {
        "card": Form("_card.css", pages=2),
        "a4": Form("", pages=2, imposed_from="card"),
    },
}
