"""Who joined a party, and who wants to be reminded of its dates."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pledges.enums import Reminder, Suspicion
from pledges.models.drive import PartyMembershipDrive
from supporters.models import Supporter


class Asked(models.Model):
    """What both have in common: a form that anybody could fill in, and the mails that follow."""

    suspicion = models.CharField(_("why it is looked at"), max_length=10, choices=Suspicion, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    mailed_at = models.DateTimeField(_("last mail"), null=True)
    mail_count = models.PositiveSmallIntegerField(_("mails"), default=0)

    class Meta:
        abstract = True


class MembershipReport(Asked):
    """Somebody says that they joined; it counts once the owner of the address confirms it, unless it is suspicious.

    An erased person leaves the row without a name, so that the count holds.
    """

    drive = models.ForeignKey(
        PartyMembershipDrive,
        models.PROTECT,
        related_name="reports",
        db_index=False,
        verbose_name=_("membership drive"),
    )
    supporter = models.ForeignKey(
        Supporter,
        models.SET_NULL,
        null=True,
        related_name="membership_reports",
        db_index=False,
        verbose_name=_("supporter"),
    )
    reported_at = models.DateTimeField(_("told"))

    class Meta:
        verbose_name = _("“I joined”")
        verbose_name_plural = _("“I joined”")
        constraints = [
            models.UniqueConstraint(
                fields=["supporter", "drive"],
                name="membershipreport_one_per_person",
                violation_error_message=_("This person has told us already."),
            ),
        ]
        indexes = [
            # Counting reads nothing else.
            models.Index(
                fields=["drive"],
                name="membershipreport_counted",
                condition=Q(confirmed_at__isnull=False, suspicion=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.drive_id}/{self.supporter_id}"


class DriveReminder(Asked):
    """Somebody wants mails before the last day to join and at the vote; it holds once confirmed, until withdrawn."""

    drive = models.ForeignKey(
        PartyMembershipDrive,
        models.PROTECT,
        related_name="reminders",
        db_index=False,
        verbose_name=_("membership drive"),
    )
    supporter = models.ForeignKey(
        Supporter,
        models.CASCADE,
        related_name="drive_reminders",
        db_index=False,
        verbose_name=_("supporter"),
    )
    asked_at = models.DateTimeField(_("asked"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["supporter", "drive"],
                name="drivereminder_one_per_person",
                violation_error_message=_("This person has asked already."),
            ),
        ]
        indexes = [
            # The rounds go through those who want mails, in order.
            models.Index(
                fields=["drive", "id"],
                name="drivereminder_wanted",
                condition=Q(confirmed_at__isnull=False, withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.drive_id}/{self.supporter_id}"


class ReminderRound(models.Model):
    """How far the mails of one reminder are queued, so that a round goes on where it stopped and ends once."""

    drive = models.ForeignKey(
        PartyMembershipDrive, models.CASCADE, related_name="rounds", verbose_name=_("membership drive")
    )
    reminder = models.CharField(_("reminder"), max_length=10, choices=Reminder)
    due_at = models.DateTimeField(
        _("due"), help_text=_("Moved with the drive's dates, the round begins anew.")
    )
    last_id = models.BigIntegerField(_("queued up to"), default=0)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("round of reminders")
        verbose_name_plural = _("rounds of reminders")
        constraints = [
            models.UniqueConstraint(fields=["drive", "reminder"], name="reminderround_once"),
            models.CheckConstraint(
                condition=Q(reminder__in=Reminder.values), name="reminderround_reminder_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.drive_id}: {self.reminder}"
