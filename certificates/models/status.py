import datetime as dt

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.models.suspensions import Suspension
from core import clock
from inspections.models import Finding


class Status(models.TextChoices):
    """What a certificate is worth at a moment. The first that fits, from the top."""

    REVOKED = "revoked", _("Revoked")
    SUPERSEDED = "superseded", _("Replaced by a newer one")
    WITHDRAWN = "withdrawn", _("No longer let")
    NOT_YET_VALID = "not_yet_valid", _("Not yet valid")
    EXPIRED = "expired", _("Expired")
    SUSPENDED = "suspended", _("Suspended")
    CONDITIONAL = "conditional", _("Valid with conditions")
    VALID = "valid", _("Valid")
    UNKNOWN = "unknown", _("Does not exist")


def _resting(moment):
    """A person's suspension that covers the moment."""
    return Suspension.objects.filter(
        certificate=OuterRef("pk"), period__contains=moment
    )


def _dangers(at):
    """Critical findings on the room or its house that are open (at a moment, or now).

    What is open now is asked in the words of the partial index on open findings.
    """
    if at is None:
        is_open = Q(closed_at=None)
    else:
        is_open = Q(opened_at__lte=at) & (Q(closed_at=None) | Q(closed_at__gt=at))
    return Finding.objects.filter(
        is_open,
        Q(room=None) | Q(room=OuterRef("room")),
        house=OuterRef("room__house"),
        critical=True,
        public_task=False,
    )


class CertificateQuerySet(models.QuerySet):
    def with_status(self, at=None):
        """Adds `status` and `suspended_since`, asked of the facts in the same query.

        Precedence, the final first: revoked, superseded, withdrawn (the room or its house
        is no longer let), not_yet_valid, expired, suspended (by a person, or by an open
        critical finding on the room or its house), conditional, valid. `at` is a moment;
        without it the present one. `suspended_since` is only to be read beside
        `suspended`. That a code is `unknown` no row can say.
        """
        moment = at or clock.now()
        day = timezone.localdate(moment)
        withdrawn = Q(room__withdrawn_at__lte=moment) | Q(
            room__house__withdrawn_at__lte=moment
        )
        return self.annotate(
            suspended_since=Least(
                Subquery(
                    _dangers(at).order_by("opened_at").values("opened_at")[:1],
                ),
                Subquery(_resting(moment).values("period__startswith")[:1]),
            ),
            status=Case(
                When(revoked_at__lte=moment, then=Value(Status.REVOKED)),
                When(superseded_at__lte=moment, then=Value(Status.SUPERSEDED)),
                When(withdrawn, then=Value(Status.WITHDRAWN)),
                When(period__startswith__gt=day, then=Value(Status.NOT_YET_VALID)),
                When(period__endswith__lte=day, then=Value(Status.EXPIRED)),
                When(Exists(_resting(moment)), then=Value(Status.SUSPENDED)),
                When(Exists(_dangers(at)), then=Value(Status.SUSPENDED)),
                When(conditional=True, then=Value(Status.CONDITIONAL)),
                default=Value(Status.VALID),
                output_field=models.CharField(),
            ),
        )

    def current(self):
        """Neither revoked nor replaced: at most one for a room and a day."""
        return self.filter(revoked_at=None, superseded_at=None)

    def standing(self, at=None):
        """Exactly those whose status is valid or conditional, in words an index knows."""
        moment = at or clock.now()
        return self.filter(
            Q(revoked_at=None) | Q(revoked_at__gt=moment),
            Q(superseded_at=None) | Q(superseded_at__gt=moment),
            Q(room__withdrawn_at=None) | Q(room__withdrawn_at__gt=moment),
            Q(room__house__withdrawn_at=None) | Q(room__house__withdrawn_at__gt=moment),
            ~Exists(_resting(moment)),
            ~Exists(_dangers(at)),
            period__contains=timezone.localdate(moment),
        )

    def valid_on(self, day):
        """Those that stand on a day: today now, any other day at its end."""
        if day == clock.today():
            return self.standing()
        midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min)
        last_moment = timezone.make_aware(midnight) - dt.timedelta(microseconds=1)
        return self.standing(last_moment)

    def ending_within(self, days):
        """Those in force that end within so many days, so that a visit can be planned."""
        today = clock.today()
        return self.current().filter(
            period__contains=today,
            period__endswith__lte=today + dt.timedelta(days=days + 1),
        )

    def of(self, user):
        """A landlord's own."""
        return self.filter(room__house__landlord__user=user)

    def for_public(self):
        """What the world may know of certificates; other columns are not even read."""
        return (
            self.with_status()
            .select_related("room__house__commune")
            .only(
                *self.model.PUBLIC,
                "room__code",
                "room__label",
                "room__house__number",
                "room__house__name",
                "room__house__address",
                "room__house__street",
                "room__house__hamlet",
                "room__house__commune",
            )
        )
