"""Events of a team, their shifts, and who signs up."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaign.models.languages import in_either_language
from volunteers.enums import LANGUAGES, Channel, EventKind, ShiftMail, SignupState, Visibility
from volunteers.models.teams import Team

LONGEST_TEXT = 3000
# So many hours are a shift; a longer one is a slip of the pen.
MOST_HOURS = 24


class Event(models.Model):
    """Something that a team does together, in one place or online; `zone` is the clock its times are shown in."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="events", verbose_name=_("team"))
    kind = models.CharField(_("kind"), max_length=8, choices=EventKind, default=EventKind.CANVASS)
    visibility = models.CharField(_("seen by"), max_length=7, choices=Visibility, default=Visibility.MEMBERS)
    title_en = models.CharField(_("title (English)"), max_length=120, blank=True)
    title_fr = models.CharField(_("title (French)"), max_length=120, blank=True)
    text_en = models.TextField(_("about it (English)"), max_length=LONGEST_TEXT, blank=True)
    text_fr = models.TextField(_("about it (French)"), max_length=LONGEST_TEXT, blank=True)
    place_name = models.CharField(_("place"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    online_link = models.URLField(
        _("link to take part online"),
        max_length=300,
        blank=True,
        help_text=_("Only members who signed up see it."),
    )
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="hosted_events",
        verbose_name=_("host"),
    )  # fmt: skip
    certifies = models.CharField(
        _("teaches"), max_length=5, choices=Channel, blank=True,
        help_text=_("Training only: whoever is checked in gets the certificate."),
    )  # fmt: skip
    zone = models.CharField(_("time zone"), max_length=40)
    created_at = models.DateTimeField(_("written"), editable=False)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, editable=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                condition=~Q(title_en="") | ~Q(title_fr=""),
                name="event_has_a_title",
                violation_error_message=_("Write a title, in one language at least."),
            ),
            models.CheckConstraint(
                condition=Q(certifies="") | Q(kind=EventKind.TRAINING),
                name="event_certifies_in_training",
                violation_error_message=_("Only a training gives a certificate."),
            ),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind_known"),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="event_visibility_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.title}"

    @property
    def title(self) -> str:
        """Title in the active language, else in the other one."""
        return in_either_language(self, "title")[0]

    @property
    def text(self) -> str:
        """What it is about, in the active language, else in the other one."""
        return in_either_language(self, "text")[0]


class Shift(models.Model):
    """A time of an event with its seats. `sequence` grows with every change, for calendar programs."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="shifts", verbose_name=_("event"))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    capacity = models.PositiveSmallIntegerField(_("seats"), default=10)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("changed"), editable=False)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, editable=False)

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="shift_ends_later",
                violation_error_message=_("A shift ends after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__range=(1, 1000)),
                name="shift_capacity_sensible",
                violation_error_message=_("A shift has 1 to 1000 seats."),
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="shift_by_start")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.starts_at:%Y-%m-%d %H:%M}"


class ShiftSignup(models.Model):
    """Somebody and a shift: one row, whatever becomes of it."""

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="signups", verbose_name=_("shift"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="shift_signups", verbose_name=_("account")
    )
    state = models.CharField(_("state"), max_length=10, choices=SignupState)
    language = models.CharField(_("language of mails"), max_length=2, choices=LANGUAGES, default="en")
    signed_up_at = models.DateTimeField(_("signed up"))
    changed_at = models.DateTimeField(_("changed"))
    is_walk_in = models.BooleanField(_("came without signing up"), default=False)
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=2, null=True)
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("checked in by"),
    )

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "user"],
                name="shiftsignup_once",
                violation_error_message=_("This person signed up for the shift already."),
            ),
            models.CheckConstraint(condition=Q(state__in=SignupState.values), name="shiftsignup_state_known"),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(state=SignupState.ATTENDED, hours__range=(0, MOST_HOURS)),
                name="shiftsignup_hours_of_attended",
                violation_error_message=_("Hours are 0 to 24, of people who were there."),
            ),
        ]
        indexes = [models.Index(fields=["user", "state"], name="shiftsignup_of_user")]

    def __str__(self) -> str:
        return f"{self.shift_id} {self.user_id} {self.state}"


class ShiftNotice(models.Model):
    """That a reminder of a shift was queued for somebody: once of a kind for each time the shift had."""

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="notices", verbose_name=_("shift"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("account")
    )
    kind = models.CharField(_("kind"), max_length=5, choices=ShiftMail)
    starts_at = models.DateTimeField(_("begins"))
    queued_at = models.DateTimeField(_("queued"))

    class Meta:
        verbose_name = _("reminder of a shift")
        verbose_name_plural = _("reminders of shifts")
        constraints = [
            models.UniqueConstraint(fields=["shift", "user", "kind", "starts_at"], name="shiftnotice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.shift_id} {self.user_id} {self.kind}"


class CalendarFeed(models.Model):
    """The private address at which a calendar program reads somebody's shifts; renewed, the old one is dead."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed", verbose_name=_("account")
    )
    secret = models.CharField(max_length=43, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return str(self.user_id)
