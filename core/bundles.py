"""What the tablet's app travels as: two scripts a language, and a style.

The first is the service worker's too.
"""

from collections.abc import Callable
from pathlib import Path

import minify
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation.trans_real import DjangoTranslation

from core import inline_style, modules

SCRIPT = "tablet/app.js"
LATER = "tablet/later.js"
WORKER = "tablet/sw.js"
STYLE = "tablet/app.css"
STYLES = [
    f"css/{name}.css" for name in ("tokens", "base", "parts", "components", "tablet")
]


def script(language: str, name: str = SCRIPT) -> str:
    """tablet/app.js -> tablet/app.vi.js"""
    return name.replace(".js", f".{language}.js")


def made(read: Callable[[str], str]) -> dict[str, str]:
    """The texts of these files by name; `read` tells the text of one of ours."""
    first, later = modules.join_app(SCRIPT, LATER, WORKER, read)
    style = inline_style.smaller("".join(read(name) for name in STYLES))
    return {
        STYLE: style,
        **{script(code): _in(code, first) for code, _ in settings.LANGUAGES},
        **{script(code, LATER): _in(code, later) for code, _ in settings.LANGUAGES},
    }


def _in(language: str, app: str) -> str:
    catalogues = Path("LC_MESSAGES/djangojs.mo")
    if language == settings.LANGUAGE_CODE and not any(
        (folder / language / catalogues).exists() for folder in settings.LOCALE_PATHS
    ):
        raise ImproperlyConfigured("Compile the words first: python3 dev.py words")
    said = modules.say(app, DjangoTranslation(language, domain="djangojs"))
    return _small(said)


def _small(script: str) -> str:
    """Without comments and spaces, and with short names for what only it knows."""
    return minify.string("application/javascript", script)
