from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.forms import AcceptInvitationForm, InvitationForm, PlaceForm
from accounts.models import ConsentText, Invitation, Membership, Role, User
from accounts.permissions import can_manage_people, has_role, is_staff_member
from core import clock
from core.errors import Refused


@login_required
def home(request):
    """Send everybody to the page that her work begins with, in her language."""
    with translation.override(request.user.language):
        prefix = "" if request.user.language == "vi" else f"/{request.user.language}"
        return redirect(prefix + _home_address(request.user))


def _home_address(user):
    if not is_staff_member(user):
        return "/landlord/"
    if has_role(user, Role.COORDINATOR) or has_role(user, Role.REVIEWER):
        return "/office/"
    if has_role(user, Role.INSPECTOR):
        return "/tablet/"
    return "/office/"


def manager_only(view):
    def closed(request, *args, **kwargs):
        if not can_manage_people(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return login_required(never_cache(closed))


@manager_only
def people(request):
    in_force = Membership.objects.filter(ended_at=None).prefetch_related("communes")
    staff = (
        User.objects.filter(memberships__isnull=False)
        .distinct()
        .order_by("full_name")
        .prefetch_related(Prefetch("memberships", in_force, to_attr="in_force"))
    )
    waiting = Invitation.objects.filter(
        accepted_at=None, expires_at__gt=clock.now()
    ).order_by("-invited_at")
    return render(
        request, "accounts/people.html", {"people": staff, "invitations": waiting}
    )


@manager_only
def invite(request):
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation, token = actions.invite(by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("phone", refused.message)
        else:
            link = request.build_absolute_uri(reverse("accounts:accept", args=[token]))
            context = {"invitation": invitation, "link": link}
            return render(request, "accounts/invited.html", context)
    return render(request, "accounts/invite.html", {"form": form})


@manager_only
def person(request, pk):
    someone = get_object_or_404(User, pk=pk)
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.give_role(user=someone, by=request.user, **form.cleaned_data)
        messages.success(request, _("The role is given."))
        return redirect("accounts:person", pk=pk)
    context = {
        "person": someone,
        "form": form,
        "memberships": someone.memberships.filter(ended_at=None).prefetch_related(
            "communes"
        ),
    }
    return render(request, "accounts/person.html", context)


@manager_only
@require_POST
def end_role(request, pk):
    membership = get_object_or_404(Membership, pk=pk)
    try:
        actions.end_role(membership=membership, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The role has ended."))
    return redirect("accounts:person", pk=membership.user_id)


@manager_only
@require_POST
def access(request, pk):
    """Close or open an account."""
    someone = get_object_or_404(User, pk=pk)
    try:
        if someone.is_active:
            because = request.POST.get("because", "")
            actions.suspend(user=someone, because=because, by=request.user)
            messages.success(request, _("The account is closed."))
        else:
            actions.readmit(user=someone, by=request.user)
            messages.success(request, _("The account is open again."))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("accounts:person", pk=pk)


@manager_only
@require_POST
def password_link(request, pk):
    someone = get_object_or_404(User, pk=pk)
    uidb36, key = actions.new_password_key(user=someone, by=request.user)
    link = request.build_absolute_uri(
        reverse("account_reset_password_from_key", args=[uidb36, key])
    )
    return render(
        request, "accounts/password_link.html", {"person": someone, "link": link}
    )


@never_cache
def accept(request, token):
    """The invited person chooses a password and agrees to the duties."""
    invitation = Invitation.objects.filter(
        token_hash=actions.hashed(token), accepted_at=None, expires_at__gt=clock.now()
    ).first()
    if invitation is None:
        return render(request, "accounts/invitation_over.html", status=410)
    person = User(phone=invitation.phone, full_name=invitation.full_name)
    form = AcceptInvitationForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        user = actions.accept_invitation(
            token=token,
            password=form.cleaned_data["password1"],
            language=get_language() or "vi",
        )
        login(request, user, "allauth.account.auth_backends.AuthenticationBackend")
        return redirect("home")
    duties = ConsentText.objects.filter(
        kind=ConsentText.Kind.STAFF_DUTIES, in_force_from__lte=clock.today()
    ).latest("version")
    context = {
        "form": form,
        "invitation": invitation,
        "duties": duties.text[get_language() or "vi"],
    }
    return render(request, "accounts/accept.html", context)


def forgotten(request):
    """Nobody is sent a code: the page says whom to ask."""
    return render(request, "account/password_reset.html")
