from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import images
from core.errors import Refused
from registry import actions
from registry.forms import PhotosForm
from registry.models import Photo
from registry.permissions import can_manage_house, can_see_photo
from registry.views.base import landlord_only, own_house, own_room
from registry.views.steps import step_context


def photo_response(photo, size, *, public):
    """The bytes of a picture. The caller has asked who may see it.

    Its address changes with its content, so it may be kept for ever: by everybody's
    caches if it is public, by the reader's own otherwise.
    """
    with getattr(photo, size).open("rb") as file:
        response = HttpResponse(file.read(), content_type=images.CONTENT_TYPES[size])
    kept_by = "public" if public else "private"
    response["Cache-Control"] = f"{kept_by}, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    # Should a browser ever show it as a page: nothing in it may run or load.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Content-Disposition"] = "inline"
    return response


@require_safe
def photo(request, pk, key, size):
    """For the landlord and staff; the public has its own address, in the look-up."""
    photo = get_object_or_404(
        Photo.objects.select_related("house__landlord", "house__commune"), pk=pk
    )
    if photo.address_key != key or size not in images.SIZES:
        raise Http404
    if not can_see_photo(request.user, photo):
        raise Http404
    return photo_response(photo, size, public=False)


@landlord_only
def of_house(request, number):
    house = own_house(request, number)
    form = PhotosForm()
    if request.method == "POST":
        form = _received(request, house, None)
        if form is None:
            return redirect("registry:house_photos", house.number)
    context = step_context("photos", house) | {
        "form": form,
        "photos": house.photos.filter(room=None),
    }
    return render(request, "registry/step_photos.html", context)


@landlord_only
def of_room(request, code):
    room = own_room(request, code)
    form = PhotosForm()
    if request.method == "POST":
        form = _received(request, room.house, room)
        if form is None:
            return redirect("registry:room_photos", room.code)
    context = {"room": room, "form": form, "photos": room.photos.all()}
    return render(request, "registry/room_photos.html", context)


def _received(request, house, room):
    """Keep every file that is a photo, say which are not; None when all went well."""
    form = PhotosForm(request.POST, request.FILES)
    if not form.is_valid():
        return form
    kept = 0
    for file in form.cleaned_data["photos"]:
        try:
            actions.add_photo(house=house, room=room, file=file, by=request.user)
            kept += 1
        except ValidationError as error:
            form.add_error("photos", f"{file.name[:60]}: {error.messages[0]}")
        except Refused as refused:
            form.add_error("photos", f"{file.name[:60]}: {refused.message}")
    if kept:
        messages.success(request, _("Saved: %(count)d.") % {"count": kept})
    return form if form.errors else None


def _own_photo(request, pk):
    photo = get_object_or_404(
        Photo.objects.select_related("house__landlord", "room"), pk=pk
    )
    if not can_manage_house(request.user, photo.house):
        raise Http404
    return photo


def _album(photo):
    if photo.room:
        return redirect("registry:room_photos", photo.room.code)
    return redirect("registry:house_photos", photo.house.number)


@landlord_only
def remove(request, pk):
    photo = _own_photo(request, pk)
    back = _album(photo)
    if request.method == "POST":
        try:
            actions.remove_photo(photo=photo, by=request.user)
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("The photo is removed."))
        return back
    context = {"photo": photo, "back": back.url}
    return render(request, "registry/photo_removal.html", context)


@landlord_only
@require_POST
def move(request, pk):
    photo = _own_photo(request, pk)
    to = request.POST.get("to", "")
    if to.isascii() and to.isdigit():
        try:
            actions.move_photo(photo=photo, to=int(to[:3]), by=request.user)
        except Refused as refused:
            messages.error(request, refused.message)
    return _album(photo)
