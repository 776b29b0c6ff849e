from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile

from core import modules

JOINED = "tablet/app.js"


class ModuleStaticFilesStorage(ManifestStaticFilesStorage):
    """Hashed names; the tablet's modules travel as one file, under the name of the first.

    In development, without collected files, the same name is the first module itself.
    """

    manifest_strict = True

    def post_process(self, paths, dry_run=False, **options):
        if JOINED in paths and not dry_run:
            source, _ = paths[JOINED]
            text = modules.join(JOINED, lambda name: _read(source, name))
            self.delete(JOINED)
            self._save(JOINED, ContentFile(text.encode()))
            paths = {**paths, JOINED: (self, JOINED)}
        yield from super().post_process(paths, dry_run=dry_run, **options)


def _read(source, name):
    with source.open(name) as file:
        return file.read().decode()
