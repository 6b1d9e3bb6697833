"""What the phone team's desk keeps: facts on record, election periods and the filing they ask for, help wanted and at hand."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from volunteers.models.calling import Lease

REACH_LENGTH = 200
HELP_LENGTH = 300


class CallingFacts(models.Model):
    """What the rules ask to be on record before anybody calls. Only added to: the latest row holds.

    Source: CRTC, Unsolicited Telecommunications Rules, Part II, sections 4 to 7, and Part III, section 17, 2024.
    """

    number = models.CharField(
        _("number to reach us"), max_length=30,
        help_text=_("Said at the beginning of every call; somebody or a message answers there."),
    )  # fmt: skip
    registration = models.CharField(
        _("registration with the National Do Not Call List"), max_length=60, blank=True,
        help_text=_("Only for asking for money."),
    )  # fmt: skip
    subscribed_until = models.DateField(_("subscription until"), null=True, blank=True)
    scrubbed_on = models.DateField(
        _("numbers last compared on"), null=True, blank=True,
        help_text=_("When our lists were last cleared of the numbers of the National Do Not Call List."),
    )  # fmt: skip
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("recorded by"),
    )  # fmt: skip
    recorded_at = models.DateTimeField(_("recorded"), editable=False)

    class Meta:
        verbose_name = _("facts on record for calls")
        verbose_name_plural = _("facts on record for calls")
        constraints = [
            models.CheckConstraint(
                condition=~Q(number=""),
                name="callingfacts_have_a_number",
                violation_error_message=_("Write the number at which we are reached."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.recorded_at:%Y-%m-%d %H:%M:%S}"


class ElectionPeriod(models.Model):
    """From the day the writ is issued to polling day: rules about calls hold then that do not hold otherwise.

    Source: Canada Elections Act, S.C. 2000, c. 9, section 2, "election period", and Division 1.1 of Part 16.1.
    """

    name = models.CharField(_("name"), max_length=120)
    begins_on = models.DateField(_("writ issued on"))
    polling_on = models.DateField(_("polling day"))

    class Meta:
        verbose_name = _("election period")
        verbose_name_plural = _("election periods")
        constraints = [
            models.UniqueConstraint(
                fields=["begins_on"],
                name="electionperiod_begins_once",
                violation_error_message=_("A period that begins on this day is there already."),
            ),
            models.CheckConstraint(
                condition=Q(polling_on__gt=F("begins_on")),
                name="electionperiod_polls_later",
                violation_error_message=_("Polling day comes after the day of the writ."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.begins_on})"


class RegistryFiling(models.Model):
    """The notice to the Voter Contact Registry that the first call of an election period makes due.

    Source: Canada Elections Act, S.C. 2000, c. 9, sections 348.06 to 348.09: within 48 hours of the first call.
    """

    period = models.OneToOneField(
        ElectionPeriod, models.PROTECT, related_name="filing", verbose_name=_("election period")
    )
    first_call_at = models.DateTimeField(_("first call"))
    due_at = models.DateTimeField(_("due"))
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    number = models.CharField(_("registry’s number"), max_length=60, blank=True)
    representative = models.CharField(_("official representative"), max_length=120, blank=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("recorded by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("filing with the Voter Contact Registry")
        verbose_name_plural = _("filings with the Voter Contact Registry")
        constraints = [
            models.CheckConstraint(
                condition=Q(filed_on__isnull=True) | (~Q(number="") & ~Q(representative="")),
                name="registryfiling_is_complete",
                violation_error_message=_(
                    "Write the registry’s number and who is the official representative."
                ),
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("first_call_at")), name="registryfiling_due_after_call"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.due_at:%Y-%m-%d %H:%M}"


class TrainerDuty(models.Model):
    """A captain of the phone team who is at hand for callers now, and how they are reached."""

    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="trainer_duties", verbose_name=_("trainer")
    )
    reach = models.CharField(_("how callers reach you"), max_length=REACH_LENGTH)
    began_at = models.DateTimeField(_("on duty since"))
    ended_at = models.DateTimeField(_("until"), null=True)

    class Meta:
        verbose_name = _("trainer on duty")
        verbose_name_plural = _("trainers on duty")
        constraints = [
            models.UniqueConstraint(
                fields=["trainer"], condition=Q(ended_at__isnull=True), name="trainerduty_once_while_live"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainer_id} {self.began_at:%Y-%m-%d %H:%M}"


class HelpRequest(models.Model):
    """A caller asks for somebody at their side."""

    caller = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="help_requests", verbose_name=_("caller")
    )
    lease = models.ForeignKey(
        Lease, models.SET_NULL, null=True, related_name="+", verbose_name=_("call under way")
    )
    message = models.CharField(_("what about"), max_length=HELP_LENGTH, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("taken by")
    )
    closed_at = models.DateTimeField(_("done"), null=True)

    class Meta:
        verbose_name = _("call for help")
        verbose_name_plural = _("calls for help")
        constraints = [
            models.UniqueConstraint(
                fields=["caller"], condition=Q(closed_at__isnull=True), name="helprequest_once_while_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.caller_id} {self.asked_at:%Y-%m-%d %H:%M}"
