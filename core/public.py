"""What a page for everybody needs: it is the same for all, so it may be kept by caches."""

import functools

from django.utils.cache import patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe


def public_page(seconds: int = 60):
    """A view that reads no session and no user: cached for `seconds`, compressed, with ETag.

    Compression is safe here: the page holds no secret next to what the reader typed.
    """

    def decorate(view):
        @functools.wraps(view)
        def page(request, *args, **kwargs):
            response = view(request, *args, **kwargs)
            if not response.has_header("Cache-Control"):
                patch_cache_control(response, public=True, max_age=seconds)
            return response

        return require_safe(gzip_page(conditional_page(page)))

    return decorate
