"""A text as HTML, with what was looked up for it.

The same elements serve web and paper; what differs (addresses, how a picture is shown)
comes in with the facts. Nothing that was typed gets here but through `escape`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.translation import gettext_lazy
from markdown_it.token import Token

from core.text import fold
from handbooks.markup.facts import Facts
from handbooks.markup.links import Link, link_to
from handbooks.markup.problems import Problem, problem
from handbooks.markup.reading import Document, line_of
from handbooks.markup.tables import citations_of, example, prices

_PLAIN = {
    "paragraph_open": "<p>",
    "paragraph_close": "</p>",
    "bullet_list_open": "<ul>",
    "bullet_list_close": "</ul>",
    "ordered_list_close": "</ol>",
    "list_item_open": "<li>",
    "list_item_close": "</li>",
    "table_open": '<table class="table">',
    "table_close": "</table>",
    "thead_open": "<thead>",
    "thead_close": "</thead>",
    "tbody_open": "<tbody>",
    "tbody_close": "</tbody>",
    "tr_open": "<tr>",
    "tr_close": "</tr>",
    "th_open": '<th scope="col">',
    "th_close": "</th>",
    "td_open": "<td>",
    "td_close": "</td>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "em_open": "<em>",
    "em_close": "</em>",
    "softbreak": "\n",
    "hardbreak": "<br>",
    "phone_close": "</span></li>",
    "word_close": "</dd>",
    "page": '<div class="new-page"></div>',
}


@dataclass
class Written:
    html: str
    problems: list[Problem]
    laws: list[str] = field(default_factory=list)  # keys that were cited, once each
    tariffs: list[str] = field(default_factory=list)


def write(document: Document, facts: Facts, *, book: str, slug: str) -> Written:
    """The text of the section `slug` of a book. Its words are in the facts' language.

    Ids in it begin with the slug, so that a whole book on one page has each once.
    """
    writer = _Writer(facts, book, slug, _levels(document.tokens))
    writer.all(document.tokens)
    problems = [*document.problems, *writer.problems]
    return Written(
        html="".join(writer.out),
        problems=sorted(problems, key=lambda found: found.line),
        laws=writer.laws,
        tariffs=writer.tariffs,
    )


def _levels(tokens: list[Token]) -> dict[str, str]:
    """A text with ### only has them as its highest: no level is left out."""
    used = sorted({token.tag for token in tokens if token.type == "heading_open"})
    return dict(zip(used, ("h2", "h3", "h3", "h3", "h3", "h3"), strict=False))


class _Writer:
    def __init__(
        self, facts: Facts, book: str, slug: str, levels: dict[str, str]
    ) -> None:
        self.facts, self.book, self.slug, self.levels = facts, book, slug, levels
        self.out: list[str] = []
        self.problems: list[Problem] = []
        self.laws: list[str] = []
        self.tariffs: list[str] = []
        self.ids: set[str] = set()
        self.links: list[str] = []  # what closes the links that are open
        self.line = 1

    def all(self, tokens: list[Token]) -> None:
        skip_to = -1
        for index, token in enumerate(tokens):
            if index < skip_to:
                continue
            self.line = line_of(token) if token.map else self.line
            if token.type == "block_open" and token.info == "picture":
                skip_to = self._picture(tokens, index)
            elif token.type == "heading_open":
                self._heading(token, tokens[index + 1])
            else:
                self._one(token)

    def _one(self, token: Token) -> None:
        if token.type in _PLAIN:
            self.out.append(_PLAIN[token.type] if not token.hidden else "")
        else:
            _OTHERS[token.type](self, token)

    # Pieces of a line

    def _inline(self, token: Token) -> None:
        for child in token.children or []:
            self._one(child)

    def _text(self, token: Token) -> None:
        self.out.append(escape(token.content))

    def _link_open(self, token: Token) -> None:
        link, _wrong = link_to(str(token.attrs.get("href", "")), self.line)
        opening, closing = self._linked(link) if link else ("", "")
        self.out.append(opening)
        self.links.append(closing)

    def _link_close(self, token: Token) -> None:
        self.out.append(self.links.pop())

    def _linked(self, link: Link) -> tuple[str, str]:
        match link.kind:
            case "law":
                return "", self._cited([link.target], "span")
            case "tel":
                return f'<a class="tel" href="tel:{escape(link.target)}">', "</a>"
            case "site":
                return f'<a class="site" href="{escape(link.target)}">', "</a>"
        address = self.facts.sections.get((link.book or self.book, link.target))
        if address is None:
            self._say("unknown_section", name=link.target)
            return "", ""
        return f'<a class="see" href="{escape(address)}">', "</a>"

    def _cited(self, keys: list[str], tag: str) -> str:
        """Where in the law it stands. A key that is not sure or not in force says nothing."""
        for key in keys:
            if key not in self.facts.laws:
                self._say("unknown_law", key=key)
        known = [key for key in keys if key in self.facts.laws]
        self.laws += [key for key in known if key not in self.laws]
        if not known:
            return ""
        words = escape("; ".join(self.facts.laws[key] for key in known))
        if tag == "span":
            return f' <cite class="law">({words})</cite>'
        return f'<p class="cite"><cite>{words}</cite></p>'

    # Blocks

    def _heading(self, token: Token, inside: Token) -> None:
        level = self.levels[token.tag]
        name = re.sub("[^a-z0-9]+", "-", fold(inside.content))[:60].strip("-")
        self.out.append(f'<{level} id="{self._id(name or "part")}">')

    def _heading_close(self, token: Token) -> None:
        self.out.append(f"</{self.levels[token.tag]}>")

    def _id(self, name: str) -> str:
        wanted, number = f"{self.slug}--{name}", 2
        while wanted in self.ids:
            wanted, number = f"{self.slug}--{name}-{number}", number + 1
        self.ids.add(wanted)
        return wanted

    def _ordered(self, token: Token) -> None:
        start = int(token.attrs.get("start", 1))
        self.out.append("<ol>" if start == 1 else f'<ol start="{start}">')

    def _block_open(self, token: Token) -> None:
        name = token.info
        if name in NOTES:
            self.out.append(self._note(name))
        elif name == "item":
            code = escape(token.meta["arguments"][:12])
            self.out.append(f'<div class="item" id="{self._id(code.lower())}">')
            self.out.append(f'<p class="item-code">{code}</p>')
        else:
            self.out.append(_ENDS[name][0])

    def _note(self, name: str) -> str:
        icon, words = NOTES[name]
        sign = self.facts.icons.get(icon, "")
        return (
            f'<div class="note {name}"><p class="note-name">{sign}{escape(words)}</p>'
        )

    def _block_close(self, token: Token) -> None:
        name = token.info
        if not token.meta.get("wrong"):
            arguments = token.meta["arguments"]
            if name in {"prices", "example"}:
                self.out.append(f"</figcaption>{self._table(name, arguments)}</figure>")
                return
            if name == "law":
                self.out.append(self._cited(arguments.split(), "p"))
        self.out.append(_ENDS[name][1])

    def _table(self, name: str, arguments: str) -> str:
        kind = arguments.split()[0]
        if kind not in self.facts.tariffs:
            self._say("unknown_tariff")
            return ""
        key, tariff = self.facts.tariffs[kind]
        if key not in self.tariffs:
            self.tariffs.append(key)
        if name == "prices":
            table = prices(kind, tariff, self.facts.language)
            return table + self._cited([tariff.citation], "p")
        table = example(kind, arguments, tariff, self.facts)
        return table + self._cited(citations_of(tariff), "p")

    def _picture(self, tokens: list[Token], index: int) -> int:
        """The picture itself; where to read on. Its body is what a reader hears."""
        token, inside = tokens[index], tokens[index + 1]
        name = token.meta["arguments"]
        picture = self.facts.pictures.get(name)
        if picture is None:
            if not token.meta.get("wrong"):
                self._say("unknown_picture", name=name[:40])
        elif inside.type == "inline":
            shown = picture.replace("{alt}", escape(" ".join(inside.content.split())))
            self.out.append(f'<figure class="picture">{shown}</figure>')
        return index + (3 if inside.type == "inline" else 2)

    def _phone(self, token: Token) -> None:
        meta = {name: escape(value) for name, value in token.meta.items()}
        self.out.append(
            f'<li><a class="tel" href="tel:{meta["number"]}">{meta["shown"]}</a> '
            f'<strong>{meta["who"]}</strong> <span class="when">'
        )

    def _word(self, token: Token) -> None:
        self.out.append(f"<dt>{escape(token.meta['word'])}</dt><dd>")

    def _say(self, code: str, **details: object) -> None:
        self.problems.append(problem(self.line, code, **details))


# A sign and a name for what stands out from the text.
NOTES = {
    "advice": ("info", gettext_lazy("Good to know")),
    "warning": ("warning", gettext_lazy("Take care")),
    "law": ("document", gettext_lazy("What the law says")),
}
_ENDS = {
    "advice": ("", "</div>"),
    "warning": ("", "</div>"),
    "law": ("", "</div>"),
    "item": ("", "</div>"),
    "steps": ('<div class="steps">', "</div>"),
    "tick": ('<div class="ticks">', "</div>"),
    "phones": ('<ul class="phones">', "</ul>"),
    "words": ('<dl class="words">', "</dl>"),
    "prices": ('<figure class="prices"><figcaption>', "</figcaption></figure>"),
    "example": ('<figure class="example"><figcaption>', "</figcaption></figure>"),
}
_OTHERS: dict[str, Callable[[_Writer, Token], None]] = {
    "inline": _Writer._inline,
    "text": _Writer._text,
    "link_open": _Writer._link_open,
    "link_close": _Writer._link_close,
    "heading_close": _Writer._heading_close,
    "ordered_list_open": _Writer._ordered,
    "block_open": _Writer._block_open,
    "block_close": _Writer._block_close,
    "phone_open": _Writer._phone,
    "word_open": _Writer._word,
}
