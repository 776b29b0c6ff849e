"""The outbox of a tablet comes to the office as a file: on a stick, or in a message."""

import functools

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from core.errors import Refused
from inspections import actions
from inspections import pack as packs
from inspections.forms import RescueForm
from inspections.permissions import visible_visits
from inspections.views.office import planners_only, tabs

FORM_ITSELF = 10_000  # bytes of the request that are not the file's
UNREADABLE = {
    "not_rescue": gettext_lazy(
        "Choose another file: this one was not made by a tablet of the registry."
    ),
    "wrong_passphrase": gettext_lazy(
        "Type the passphrase again: it does not open this."
    ),
    "damaged": gettext_lazy(
        "Export the file again on the tablet: this one is damaged and nothing in it can "
        "be read."
    ),
}


class OnTheDisk(FileUploadHandler):
    """Straight to the disk of the packs, not to memory nor to a /tmp that is memory; as a
    file without a name, which is gone however the process ends.
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.file = packs.unnamed_file(self.content_length or 0)

    def receive_data_chunk(self, raw_data, start):
        packs.write_all(self.file, raw_data)

    def file_complete(self, file_size):
        self.file.seek(0)
        return UploadedFile(self.file, self.file_name, self.content_type, file_size)

    def upload_interrupted(self):
        if hasattr(self, "file"):
            self.file.close()


def _not_too_large(view):
    """Asked before the body is read; so the token in it is looked at only after that."""

    @functools.wraps(view)
    def page(request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > packs.LARGEST_RESCUE + FORM_ITSELF:
            return _page(request, RescueForm(), too_large=True, status=413)
        request.upload_handlers = [OnTheDisk(request)]
        try:
            return csrf_protect(view)(request)
        except Refused as refused:  # the disk is full
            form = RescueForm({}, {})
            form.errors.clear()
            form.add_error("file", str(refused.message))
            return _page(request, form, status=refused.status)

    return page


@csrf_exempt
@planners_only
@_not_too_large
def rescue(request):
    form = RescueForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            taken = actions.import_rescue(
                file=file.file,
                size=file.size,
                passphrase=form.cleaned_data["passphrase"],
                by=request.user,
            )
        except packs.Unreadable as unreadable:
            code = str(unreadable)
            where = "passphrase" if code == "wrong_passphrase" else "file"
            form.add_error(where, str(UNREADABLE[code]))
        else:
            return _page(request, RescueForm(), taken=taken)
    return _page(request, form)


def _page(request, form, *, taken=None, too_large=False, status=200):
    ids = [each.submission.visit_id for each in taken or [] if each.submission]
    near = visible_visits(request.user).filter(pk__in=ids).values_list("pk", flat=True)
    context = {
        "form": form,
        "taken": taken,
        "near": set(near) if ids else set(),
        "too_large": too_large and _megabytes(packs.LARGEST_RESCUE),
        "tabs": tabs(request.user, "rescue"),
    }
    return render(request, "inspections/rescue.html", context, status=status)


def _megabytes(size):
    return _("%(count)d MB") % {"count": size // 1_000_000}
