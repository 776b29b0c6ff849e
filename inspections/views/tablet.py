"""The tablet's app: its page, its worker, its manifest. What it shows is in static/tablet."""

import base64
import functools
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import DjangoTranslation
from django.views.i18n import JavaScriptCatalog

from core import bundles, compressed, modules
from core.public import public_page

NO_CACHE = {"Cache-Control": "no-cache"}  # but asked with an ETag
BRAND = "#0b474b"
ICON = "icons/app/icon-192.png"  # the installed app's and the page's: one file
ICONS = [
    "arrow-left",
    "arrow-right",
    "calendar",
    "camera",
    "certificate",
    "check",
    "clock",
    "cross",
    "document",
    "door",
    "flame",
    "house",
    "info",
    "lock",
    "map-pin",
    "pencil",
    "person",
    "plus",
    "print",
    "search",
    "share",
    "sync",
    "tablet",
    "warning",
    "woman-shield",
]


@dataclass(frozen=True)
class App:
    """What a tablet keeps of the app in one language, by address."""

    version: str
    page: bytes
    files: dict[str, bytes]
    worker: str

    @property
    def shell(self) -> str:
        """The worker's list: an address, and the hash of what has to be there."""
        page = reverse("tablet")
        kept = {page: self.page, **self.files}
        told = {
            "version": self.version,
            "language": get_language(),
            "page": page,
            "files": [[each, _integrity(text)] for each, text in kept.items()],
        }
        return json.dumps(told, separators=(",", ":"))


@public_page()
def shell(request):
    """The same bytes for everybody: who may use it, the API says."""
    return compressed.answer(request, _app().page, "text/html; charset=utf-8", NO_CACHE)


@public_page()
def worker(request):
    app = _app()
    text = f"self.shell={app.shell};\n{app.worker}".encode()
    return compressed.answer(request, text, "text/javascript", NO_CACHE)


@public_page()
def manifest(request):
    return compressed.answer(
        request, _manifest(), "application/manifest+json", NO_CACHE
    )


@public_page()
def words(request):
    """In development, where the app's words are not yet in their places."""
    return compressed.answer(request, _words(), "text/javascript", NO_CACHE)


def _app() -> App:
    make = _make if settings.DEBUG else _made
    return make(get_language())


def _make(language: str) -> App:
    scripts, styles = _sources(language)
    names = [*scripts, *styles, ICON]
    files = {static(name): _bytes(name) for name in names}
    files[reverse("tablet-manifest")] = _manifest()
    if settings.DEBUG:
        files[reverse("tablet-words")] = _words()
    worker = _worker(scripts[0])
    page = _page(scripts, styles, version="")
    everything = b"\0".join([page, *files.values(), worker.encode()])
    version = hashlib.sha256(everything).hexdigest()[:12]
    return App(version, _page(scripts, styles, version), files, worker)


_made = functools.cache(_make)


def _sources(language: str) -> tuple[list[str], list[str]]:
    """Scripts, the two that are asked for first, and styles; in development each by itself."""
    if not settings.DEBUG:
        later = bundles.script(language, bundles.LATER)
        return [bundles.script(language), later], [bundles.STYLE]
    names = [bundles.SCRIPT, bundles.LATER]
    both = modules.Modules(_source, *names)
    needed = [each for name in names for each in both.needed(name)]
    return list(dict.fromkeys([*names, *needed])), bundles.STYLES


def _worker(script: str) -> str:
    """In the app's own script; in development joined for itself."""
    if settings.DEBUG:
        return modules.join(bundles.WORKER, _source)
    return f"importScripts({json.dumps(static(script))});"


def _bytes(name: str) -> bytes:
    if settings.DEBUG:
        return Path(finders.find(name)).read_bytes()
    with staticfiles_storage.open(staticfiles_storage.stored_name(name)) as file:
        return file.read()


def _source(name: str) -> str:
    return Path(finders.find(name)).read_text()


def _page(scripts: list[str], styles: list[str], version: str) -> bytes:
    context = {
        "brand": BRAND,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "has_words": settings.DEBUG,
        "icon": ICON,
        "icons": ICONS,
        "script": scripts[0],
        "later": scripts[1],
        "styles": styles,
        "version": version,
    }
    return render_to_string("inspections/tablet.html", context).encode()


def _manifest() -> bytes:
    sizes = {ICON: "192x192", "icons/app/icon-512.png": "512x512"}
    told = {
        "id": reverse("tablet"),
        "name": _("Visits: registry of safe rented rooms"),
        "short_name": _("Visits"),
        "lang": get_language(),
        "start_url": reverse("tablet"),
        "scope": reverse("tablet"),
        "display": "standalone",
        "background_color": BRAND,
        "theme_color": BRAND,
        "icons": [
            {
                "src": static(name),
                "sizes": size,
                "type": "image/png",
                "purpose": "any maskable",
            }
            for name, size in sizes.items()
        ],
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _words() -> bytes:
    catalogue = JavaScriptCatalog()
    folders = [settings.BASE_DIR / "inspections" / "locale"]
    catalogue.translation = DjangoTranslation(get_language(), "djangojs", folders)
    told = json.dumps(catalogue.get_catalog(), ensure_ascii=False)
    return f"globalThis.catalogue={told}".encode()


def _integrity(text: bytes) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}"
