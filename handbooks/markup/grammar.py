"""The Markdown that we read: of CommonMark what we list here, and our blocks.

HTML, pictures, code, quotes and link definitions are no part of it: they stay the letters
that somebody typed.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from handbooks.markup.limits import LONGEST_PARAGRAPH
from handbooks.markup.problems import Problem, problem

BLOCKS = "advice warning law steps tick picture prices example phones words item page"
NAMES = tuple(BLOCKS.split())
LISTS = {"steps", "tick"}  # they may hold other blocks
# Their body is a sentence or a description, not paragraphs.
SENTENCES = {"picture", "prices", "example"}

_FENCE = re.compile(r":::(?!:)[ \t]*(\S*)[ \t]*(.*?)[ \t]*$")
_NUMBER = re.compile("[0-9]{3,12}")
_ENTRY = re.compile(r"[ \t]*[-*][ \t]+(.*\S)[ \t]*$")


@cache
def parser() -> MarkdownIt:
    md = MarkdownIt("zero")
    md.enable(
        ["heading", "list", "table", "newline", "escape", "emphasis", "link"],
    )
    # We judge links ourselves, so that a bad one is said and not left as letters.
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]
    md.block.ruler.before(
        "table", "handbook", _block, {"alt": ["paragraph", "list", "blockquote"]}
    )
    md.core.ruler.before("inline", "long_paragraphs", _long_paragraphs)
    return md


def _fence(state: StateBlock, line: int) -> re.Match[str] | None:
    start = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith(":::", start):
        return None
    return _FENCE.match(state.src, start, state.eMarks[line])


def _block(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """A block of ours, from its fence to the closing one."""
    fence = _fence(state, first)
    if fence is None:
        return False
    if silent:
        return True
    name, arguments = fence[1], fence[2]
    if not name or name not in NAMES:
        return _no_block(state, first, name)
    if name == "page":
        _push(state, "page", first, name, {"arguments": arguments})
        state.line = first + 1
        return True
    last, after = _extent(state, first, end, name)
    meta = {"arguments": arguments}
    _push(state, "block_open", first, name, meta, nesting=1)
    _BODIES.get(name, _paragraphs)(state, first + 1, last)
    _push(state, "block_close", first, name, meta, nesting=-1)
    state.line = after
    return True


def _no_block(state: StateBlock, line: int, name: str) -> bool:
    if name:
        _say(state, line, "unknown_block", name=name[:30], names=", ".join(NAMES))
    else:
        _say(state, line, "block_without_name")
    # What it holds is read as if the fence were not there.
    state.line = line + 1
    return True


def _extent(state: StateBlock, first: int, end: int, name: str) -> tuple[int, int]:
    """The line after the block's body, and the line on which reading goes on."""
    open_within = 0
    for line in range(first + 1, end):
        if not state.isEmpty(line) and state.sCount[line] < state.blkIndent:
            _say(state, first, "unclosed_block")
            return line, line
        fence = _fence(state, line)
        if fence is None or fence[1] == "page":
            continue
        if not fence[1]:
            if not open_within:
                return line, line + 1
            open_within -= 1
        elif name in LISTS:
            open_within += 1
        else:
            _say(state, line, "block_in_block")
            return line, line
    _say(state, first, "unclosed_block")
    return end, end


def _paragraphs(state: StateBlock, first: int, last: int) -> None:
    before = state.lineMax, state.parentType
    state.lineMax, state.parentType = last, "handbook"
    state.md.block.tokenize(state, first, last)
    state.lineMax, state.parentType = before


def _sentence(state: StateBlock, first: int, last: int) -> None:
    if words := _lines(state, first, last).strip():
        _inline(state, first, words)


def _phones(state: StateBlock, first: int, last: int) -> None:
    for line, words in _entries(state, first, last):
        parts = [part.strip() for part in words.split("|")]
        number = re.sub("[ .]", "", parts[0])
        if len(parts) != 3 or not all(parts):
            _say(state, line, "phone_line")
        elif not _NUMBER.fullmatch(number):
            _say(state, line, "phone_number")
        else:
            meta = {"number": number, "shown": parts[0], "who": parts[1]}
            _push(state, "phone_open", line, "phones", meta, nesting=1)
            _inline(state, line, parts[2])
            _push(state, "phone_close", line, "phones", meta, nesting=-1)


def _words(state: StateBlock, first: int, last: int) -> None:
    for line, words in _entries(state, first, last):
        word, _, meaning = words.partition(":")
        if not word.strip() or not meaning.strip():
            _say(state, line, "word_line")
        else:
            meta = {"word": word.strip()}
            _push(state, "word_open", line, "words", meta, nesting=1)
            _inline(state, line, meaning.strip())
            _push(state, "word_close", line, "words", meta, nesting=-1)


def _entries(state: StateBlock, first: int, last: int) -> Iterator[tuple[int, str]]:
    """The lines of a body that has one thing a line, without their dashes."""
    for line in range(first, last):
        if not state.isEmpty(line):
            found = _ENTRY.match(_lines(state, line, line + 1))
            yield line, found[1] if found else ""


def _lines(state: StateBlock, first: int, last: int) -> str:
    return state.getLines(first, last, state.blkIndent, False)


def _inline(state: StateBlock, line: int, words: str) -> None:
    token = state.push("inline", "", 0)
    token.content = words
    token.map = [line, line + 1]
    token.children = []


def _push(
    state: StateBlock, kind: str, line: int, name: str, meta: dict, nesting: Any = 0
) -> None:
    token = state.push(kind, "div", nesting)
    token.block = True
    token.map = [line, state.line]
    token.info = name
    token.meta = meta  # the two ends of a block share it


_BODIES: dict[str, Callable[[StateBlock, int, int], None]] = {
    **dict.fromkeys(SENTENCES, _sentence),
    "phones": _phones,
    "words": _words,
}


def _long_paragraphs(state: StateCore) -> None:
    """What costs more than its length to read is not read."""
    for token in state.tokens:
        if token.type == "inline" and len(token.content) > LONGEST_PARAGRAPH:
            line = (token.map or [0])[0]
            found = problem(line + 1, "long_paragraph", most=LONGEST_PARAGRAPH)
            state.env["problems"].append(found)
            token.content = ""


def _say(state: StateBlock, line: int, code: str, **details: object) -> None:
    problems: list[Problem] = state.env["problems"]
    problems.append(problem(line + 1, code, **details))
