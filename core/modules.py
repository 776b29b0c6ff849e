"""Joins ES modules into one file: a tablet in an alley asks once, and it weighs less.

Not a bundler for any JavaScript, but for ours: an import is one statement at the beginning
of a line that ends with a semicolon, an export is written before what it exports or as a
list, and nobody imports in a circle. What is written otherwise is refused.
"""

import json
import posixpath
import re
from collections.abc import Callable

IMPORT = re.compile(r'^import (?:\* as (\w+)|\{([^}]*)\}) from "([^"]+)";\n', re.M)
EXPORTED = re.compile(r"^export (?:async )?(?:const|function|class) (\w+)", re.M)
EXPORT_LIST = re.compile(r"^export \{([^}]*)\};\n", re.M)
EXPORT = re.compile(r"^export (?=(?:async|const|function|class) )", re.M)
UNREADABLE = re.compile(r"^(?:import|export)\b.*", re.M)
TEXT = r'"((?:[^"\\]|\\.)*)"'
ONE_TEXT = re.compile(rf"(?<![.\w])gettext\(\s*{TEXT},?\s*\)")
TWO_TEXTS = re.compile(rf"(?<![.\w])ngettext\(\s*{TEXT},\s*{TEXT},")


def join(entry: str, read: Callable[[str], str]) -> str:
    """The module `entry` and all that it imports; `read` tells a module's text by name."""
    return "".join(parts(entry, read).values())


def join_two(first: str, second: str, read: Callable[[str], str]) -> tuple[str, str]:
    """Two files: all that `first` imports, and what `second` needs besides.

    The second is run when the first has been; what they share lies in `globalThis.shared`.
    """
    mine, all_of_second = parts(first, read), parts(second, read)
    *modules, body = mine.values()
    rest = {name: all_of_second[name] for name in all_of_second if name not in mine}
    names = ",".join(_variable(name) for name in mine if name != first)
    *_, last = rest
    exports = ",".join(_exported(read(last)))
    shared = f"globalThis.shared={{{names}}};\n"
    return (
        "".join([*modules, shared, body]),
        f"const{{{names}}}=globalThis.shared;\n{''.join(rest.values())}"
        f"export{{{exports}}};\n",
    )


def parts(entry: str, read: Callable[[str], str]) -> dict[str, str]:
    """The same, module by module, each after those that it imports."""
    found: dict[str, str] = {}
    _add(entry, read, found, ())
    return found


def say(script: str, word: Callable[[str], str]) -> str:
    """The script with its words in one language, in the places where they are said."""

    def one(found: re.Match[str]) -> str:
        return _quoted(word(_plain(found[1])))

    def two(found: re.Match[str]) -> str:
        said = [word(_plain(text)) for text in found.groups()]
        # Vietnamese has one form, and it is kept under the first.
        same = said[0] != _plain(found[1]) and said[1] == _plain(found[2])
        return f"ngettext({_quoted(said[0])},{_quoted(said[0 if same else 1])},"

    return TWO_TEXTS.sub(two, ONE_TEXT.sub(one, script))


def _plain(literal: str) -> str:
    return json.loads(f'"{literal}"')


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _add(
    name: str, read: Callable[[str], str], parts: dict[str, str], path: tuple[str, ...]
) -> None:
    if name in path:
        raise ValueError(f"modules import in a circle: {' > '.join((*path, name))}")
    if name in parts:
        return
    text = read(name)
    for found in IMPORT.finditer(text):
        _add(_from(name, found[3]), read, parts, (*path, name))
    parts[name] = _part(name, text, is_entry=not path)


def _part(name: str, text: str, *, is_entry: bool) -> str:
    """The module as a function that runs at once and returns what it exports."""
    body = IMPORT.sub(lambda found: _taken(name, found), text)
    body = EXPORT.sub("", EXPORT_LIST.sub("", body))
    _refuse_unreadable(name, body)
    if is_entry:
        return body
    exports = ",".join(_exported(text))
    return f"const {_variable(name)}=(()=>{{\n{body}return{{{exports}}};\n}})();\n"


def _exported(text: str) -> list[str]:
    listed = ",".join(EXPORT_LIST.findall(text)).split(",")
    return EXPORTED.findall(text) + [each.strip() for each in listed if each.strip()]


def _refuse_unreadable(name: str, body: str) -> None:
    if found := UNREADABLE.findall(body):
        raise ValueError(f"{name}: cannot join {found[0]!r}")


def _taken(name: str, found: re.Match[str]) -> str:
    source = _variable(_from(name, found[3]))
    if found[1]:
        return f"const {found[1]}={source};\n"
    names = " ".join(found[2].split()).replace(" as ", ":").replace(" ", "")
    return f"const{{{names.rstrip(',')}}}={source};\n"


def _from(name: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), address))


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))
