from django.conf import settings
from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock


class UserManager(BaseUserManager):
    def create_user(self, phone, password=None, **fields):
        """Keep a new account; `phone` in E.164 (+84912345678)."""
        user = self.model(phone=phone, **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        return user

    def create_superuser(self, phone, password=None, **fields):
        return self.create_user(
            phone, password, is_staff=True, is_superuser=True, **fields
        )


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in: staff or landlord. Workers need no account."""

    PERSONAL = {"phone", "full_name", "email", "last_login"}
    NOT_PERSONAL = {
        "id",
        "password",
        "language",
        "phone_verified_at",
        "is_active",
        "is_staff",
        "is_superuser",
        "groups",
        "user_permissions",
        "joined_at",
    }

    phone = models.CharField(
        _("phone number"),
        max_length=16,
        unique=True,
        error_messages={
            "unique": _("Sign in with this number: an account with it exists already.")
        },
    )
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    full_name = models.CharField(_("full name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="vi"
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may enter the administration"), default=False)
    joined_at = models.DateTimeField(default=clock.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "phone"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                name="accounts_user_phone_e164",
                condition=Q(phone__regex=r"^\+[1-9][0-9]{7,14}$"),
                violation_error_message=_(
                    "Write the phone number with all its digits."
                ),
            )
        ]

    def __str__(self):
        return self.full_name

    def get_short_name(self):
        """The given name: the last word of a Vietnamese full name."""
        return self.full_name.split()[-1] if self.full_name.strip() else ""


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    COORDINATOR = "coordinator", _("Coordinator")
    INSPECTOR = "inspector", _("Inspector")
    REVIEWER = "reviewer", _("Reviewer")
    EDITOR = "editor", _("Handbook editor")
    PRINT_OFFICER = "print_officer", _("Print officer")
    CASE_WORKER = "case_worker", _("Case worker")
    ANALYST = "analyst", _("Analyst")


class Membership(models.Model):
    """A role of a member of staff, within some communes or everywhere."""

    PERSONAL = {"user"}
    NOT_PERSONAL = {
        "id",
        "role",
        "everywhere",
        "communes",
        "granted_at",
        "granted_by",
        "ended_at",
        "ended_by",
    }

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    everywhere = models.BooleanField(_("everywhere"), default=False)
    communes = models.ManyToManyField(
        "reference.AdministrativeUnit",
        verbose_name=_("communes"),
        blank=True,
        related_name="+",
    )
    granted_at = models.DateTimeField(default=clock.now, editable=False)
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ended_at=None),
                name="accounts_membership_one_per_role",
                violation_error_message=_("This person has this role already."),
            ),
            models.CheckConstraint(
                name="accounts_membership_ended_at_and_by",
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"


class ConsentText(models.Model):
    """A version of what somebody agrees to. Never changed once somebody has agreed."""

    class Kind(models.TextChoices):
        LANDLORD_TERMS = "landlord_terms", _("Terms for landlords")
        CONTACT_SHOWN = "contact_shown", _("Showing the landlord's contact")
        STAFF_DUTIES = "staff_duties", _("Duties of staff")

    NOT_PERSONAL = {"id", "kind", "version", "text", "in_force_from"}
    PERSONAL = set()

    kind = models.CharField(max_length=20, choices=Kind)
    version = models.PositiveSmallIntegerField()
    text = models.JSONField()  # {"vi": ..., "en": ...}
    in_force_from = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "version"], name="accounts_consent_text_version"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.version}"


class Consent(models.Model):
    """That a person agreed to one version of a text, or withdrew it."""

    PERSONAL = {"user"}
    NOT_PERSONAL = {"id", "text", "language", "given_at", "withdrawn_at"}

    user = models.ForeignKey(User, models.PROTECT, related_name="consents")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents")
    language = models.CharField(max_length=5)
    given_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "text"],
                condition=Q(withdrawn_at=None),
                name="accounts_consent_once",
            )
        ]

    def __str__(self):
        return f"{self.user_id}: {self.text_id}"


class Invitation(models.Model):
    """A staff member's way in: a secret link, used once, within a week."""

    PERSONAL = {"phone", "full_name"}
    NOT_PERSONAL = {
        "id",
        "token_hash",
        "role",
        "everywhere",
        "communes",
        "invited_by",
        "invited_at",
        "expires_at",
        "accepted_at",
        "accepted_by",
    }

    token_hash = models.CharField(max_length=64, unique=True)
    phone = models.CharField(_("phone number"), max_length=16)
    full_name = models.CharField(_("full name"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    everywhere = models.BooleanField(_("everywhere"), default=False)
    communes = models.ManyToManyField(
        "reference.AdministrativeUnit",
        verbose_name=_("communes"),
        blank=True,
        related_name="+",
    )
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, related_name="invitation"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_invitation_accepted_at_and_by",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.full_name}: {self.get_role_display()}"


class TabletKey(models.Model):
    """What opens a person's work on one tablet when she has forgotten her PIN.

    Of no use without that tablet: docs/adr/0015.
    """

    PERSONAL = {"user", "tablet", "key"}
    NOT_PERSONAL = {"id", "kept_at"}

    user = models.ForeignKey(User, models.CASCADE, related_name="tablet_keys")
    tablet = models.UUIDField()
    key = models.BinaryField(max_length=32)
    kept_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "tablet"], name="accounts_tablet_key_once"
            )
        ]

    def __str__(self):
        return f"{self.user_id}: {self.tablet}"
