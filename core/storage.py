import gzip

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile

from core import bundles, compressed


class ModuleStaticFilesStorage(ManifestStaticFilesStorage):
    """Hashed names; the tablet's app travels joined (core/bundles.py), texts compressed too.

    In development, without collected files, its modules and styles travel one by one.
    """

    manifest_strict = True

    def post_process(self, paths, dry_run=False, **options):
        if bundles.SCRIPT in paths and not dry_run:
            made = bundles.made(lambda name: _read(paths[name][0], name))
            for name, text in made.items():
                self.delete(name)
                self._save(name, ContentFile(text.encode()))
            paths = {**paths, **{name: (self, name) for name in made}}
        for name, hashed, done in super().post_process(paths, dry_run, **options):
            if hashed and hashed.endswith((".css", ".js", ".svg")):
                self._compress(hashed)
            yield name, hashed, done

    def _compress(self, name):
        """Beside the file, for who serves it: made once, and the tablet's with patience."""
        with self.open(name) as file:
            text = file.read()
        is_app = name.startswith(("tablet/", "icons/app/"))
        small = compressed.smallest(text) if is_app else gzip.compress(text, 9, mtime=0)
        self.delete(f"{name}.gz")
        if len(small) < len(text):
            self._save(f"{name}.gz", ContentFile(small))


def _read(source, name):
    with source.open(name) as file:
        return file.read().decode()
