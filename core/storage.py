from django.contrib.staticfiles.storage import (
    HashedFilesMixin,
    ManifestStaticFilesStorage,
)


class ModuleStaticFilesStorage(ManifestStaticFilesStorage):
    """Hashed names, and hashed imports between our own ES modules.

    Django's rewriter is a set of regular expressions over every *.js; packages' files trip
    it, so it is narrowed to our folder. An import needs its closing semicolon to be seen.
    """

    manifest_strict = True
    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (
        "tablet/*.js",
        HashedFilesMixin._js_module_import_aggregation_patterns[1],
    )
