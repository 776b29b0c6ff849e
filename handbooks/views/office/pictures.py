from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from handbooks import actions
from handbooks.forms import DescriptionForm, PictureForm
from handbooks.models import Language, Picture
from handbooks.views.office.base import editors_only, in_order, tabs


@editors_only
def pictures(request):
    """What was uploaded; and, posted, one more."""
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_picture(by=request.user, **form.words())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The picture is kept."))
            return redirect("handbooks:pictures")
    languages = list(Language.objects.all())
    rows = Picture.objects.select_related("added_by")
    context = {
        "pictures": [(one, in_order(one.description, languages)) for one in rows],
        "form": form,
        "tabs": tabs("pictures"),
    }
    return render(request, "handbooks/office/pictures.html", context)


@editors_only
def description(request, name):
    picture = get_object_or_404(Picture, name=name)
    form = DescriptionForm(request.POST or None, known=picture.description)
    if request.method == "POST" and form.is_valid():
        actions.describe_picture(
            picture=picture, by=request.user, description=form.description()
        )
        messages.success(request, _("Kept."))
        return redirect("handbooks:pictures")
    context = {"picture": picture, "form": form}
    return render(request, "handbooks/office/description.html", context)
