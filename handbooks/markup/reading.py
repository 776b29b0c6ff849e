"""A text taken apart: what it says, what it needs, what is wrong with it as it stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from core.text import nfc
from handbooks.markup.arguments import problem_of
from handbooks.markup.grammar import LISTS, parser
from handbooks.markup.limits import DEEPEST, problems_of_size
from handbooks.markup.links import link_to
from handbooks.markup.problems import Problem, problem


@dataclass
class Needs:
    """The names of what a text shows or refers to."""

    laws: list[str] = field(default_factory=list)
    tariffs: list[str] = field(default_factory=list)  # electricity, water
    sections: list[tuple[str, str]] = field(
        default_factory=list
    )  # book ("": own), slug
    pictures: list[str] = field(default_factory=list)


@dataclass
class Document:
    tokens: list[Token]
    needs: Needs
    problems: list[Problem]


def read(text: str) -> Document:
    text = nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
    if problems := problems_of_size(text):
        return Document([], Needs(), problems)
    env: dict = {"problems": problems}
    tokens = parser().parse(text, env)
    reader = _Reader(problems)
    reader.look_at(tokens)
    return Document(tokens, reader.needs, reader.problems)


class _Reader:
    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.needs = Needs()

    def look_at(self, tokens: list[Token]) -> None:
        for index, token in enumerate(tokens):
            line = line_of(token)
            if token.level > DEEPEST:
                self._say_once(line, "too_deep")
            elif token.type == "heading_open" and token.tag not in {"h2", "h3"}:
                self._say_once(line, "heading_level")
            elif token.type == "block_open":
                self._block(token, tokens[index + 1], line)
            elif token.type == "inline":
                self._inline(token, line)
        self.problems.sort(key=lambda found: found.line)

    def _block(self, token: Token, inside: Token, line: int) -> None:
        name, arguments = token.info, token.meta["arguments"]
        if wrong := problem_of(name, arguments, line):
            self.problems.append(wrong)
            # Nothing is looked up by a wrong name, and nothing is shown of it.
            token.meta["wrong"] = True
            return
        self._need(name, arguments)
        if inside.type == "block_close":
            code = "picture_description" if name == "picture" else "empty_block"
            self.problems.append(problem(line, code))
        elif name in LISTS and not inside.type.endswith("_list_open"):
            self.problems.append(problem(line, "empty_list"))

    def _need(self, name: str, arguments: str) -> None:
        words = arguments.split()
        match name:
            case "law":
                _add(self.needs.laws, *words)
            case "picture":
                _add(self.needs.pictures, *words)
            case "prices" | "example":
                _add(self.needs.tariffs, words[0])

    def _inline(self, token: Token, line: int) -> None:
        for address, with_mark in _links(token.children or []):
            link, wrong = link_to(address, line)
            if with_mark:
                wrong = problem(line, "picture_markdown")
            if wrong:
                self.problems.append(wrong)
            elif link and link.kind == "law":
                _add(self.needs.laws, link.target)
            elif link and link.kind == "section":
                _add(self.needs.sections, (link.book, link.target))

    def _say_once(self, line: int, code: str) -> None:
        if not any(found.code == code for found in self.problems):
            self.problems.append(problem(line, code))


def _links(children: list[Token]) -> Iterator[tuple[str, bool]]:
    """The address of each link, and whether somebody meant a picture by it."""
    before = None
    for child in children:
        if child.type == "link_open":
            meant_picture = bool(before and before.content.endswith("!"))
            yield str(child.attrs.get("href", "")), meant_picture
        before = child if child.type == "text" else None


def line_of(token: Token) -> int:
    return (token.map or [0])[0] + 1


def _add(names: list, *more: object) -> None:
    names.extend(name for name in more if name not in names)
