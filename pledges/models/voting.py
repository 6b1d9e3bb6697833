"""When the country votes, how far the reminders of it are, and who told us that they voted."""

from datetime import date

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaign.models import Campaign, in_language
from pledges.enums import VoteReminder
from pledges.models.pledge import Pledge
from pledges.rules.voting import ElectionDays, election_days
from ridings.enums import VotingBand

HTTPS = [URLValidator(schemes=["https"])]


class ElectionCalendar(models.Model):
    """The election that a campaign is about. Nobody is reminded before an organizer has confirmed that it is called.

    The confirmation holds for one polling day: another day has to be confirmed anew.
    """

    campaign = models.OneToOneField(Campaign, models.CASCADE, related_name="+", verbose_name=_("campaign"))
    moved_to = models.DateField(
        _("polling day"), null=True, blank=True, help_text=_("Empty: the campaign's next election.")
    )
    advance_first_on = models.DateField(
        _("first day of advance polls"),
        null=True,
        blank=True,
        help_text=_("Empty: the 10th day before polling day, as the law has it."),
    )
    advance_last_on = models.DateField(
        _("last day of advance polls"),
        null=True,
        blank=True,
        help_text=_("Empty: the 7th day before polling day, as the law has it."),
    )
    advance_hours_en = models.CharField(
        _("hours of advance polls (English)"), max_length=80, default="9 a.m. to 9 p.m."
    )
    advance_hours_fr = models.CharField(
        _("hours of advance polls (French)"), max_length=80, default="de 9 h à 21 h"
    )
    where_url_en = models.URLField(
        _("“Where do I vote?” (English)"),
        max_length=300,
        validators=HTTPS,
        default="https://www.elections.ca/content2.aspx?section=vot&dir=vote&document=index&lang=e",
    )
    where_url_fr = models.URLField(
        _("“Where do I vote?” (French)"),
        max_length=300,
        validators=HTTPS,
        default="https://www.elections.ca/content2.aspx?section=vot&dir=vote&document=index&lang=f",
    )
    proof_url_en = models.URLField(
        _("what to bring (English)"),
        max_length=300,
        validators=HTTPS,
        default="https://www.elections.ca/content2.aspx?section=id&dir=id&document=index&lang=e",
    )
    proof_url_fr = models.URLField(
        _("what to bring (French)"),
        max_length=300,
        validators=HTTPS,
        default="https://www.elections.ca/content2.aspx?section=id&dir=id&document=index&lang=f",
    )
    called_for = models.DateField(_("confirmed for"), null=True, editable=False)
    called_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    paused_at = models.DateTimeField(_("paused"), null=True, editable=False)

    class Meta:
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        constraints = [
            models.CheckConstraint(
                condition=Q(advance_first_on__isnull=True)
                | Q(advance_last_on__isnull=True)
                | Q(advance_first_on__lte=F("advance_last_on")),
                name="electioncalendar_advance_polls_last",
                violation_error_message=_("The first day of advance polls comes before the last one."),
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{field}__startswith": "https://"}),
                    name=f"electioncalendar_{field}_safe",
                    violation_error_message=_("The official page begins with https://."),
                )
                for field in ("where_url_en", "where_url_fr", "proof_url_en", "proof_url_fr")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} {self.polling_on}"

    @property
    def polling_on(self) -> date:
        """The polling day."""
        return self.moved_to or self.campaign.election_on

    @property
    def days(self) -> ElectionDays:
        """The days on which one can vote."""
        return election_days(self.polling_on, self.advance_first_on, self.advance_last_on)

    @property
    def is_called(self) -> bool:
        """An organizer has confirmed this polling day."""
        return self.called_for is not None and self.called_for == self.polling_on

    @property
    def where_url(self) -> str:
        """The official page that says where to vote, in the active language."""
        return in_language(self, "where_url")


class VotingHours(models.Model):
    """When polls open and close on polling day, for the ridings of a band or for one riding by exception."""

    band = models.CharField(_("ridings"), max_length=12, choices=VotingBand, blank=True)
    riding_number = models.PositiveIntegerField(
        _("one riding (FED number)"),
        null=True,
        blank=True,
        help_text=_("An exception, such as a local time that the returning officer determined."),
    )
    in_force_from = models.DateField(_("in force from"))
    opens_at = models.TimeField(_("polls open"))
    closes_at = models.TimeField(_("polls close"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("hours of voting")
        verbose_name_plural = _("hours of voting")
        constraints = [
            models.UniqueConstraint(
                fields=["band", "riding_number", "in_force_from"],
                name="votinghours_once",
                nulls_distinct=False,
                violation_error_message=_("There are hours for these ridings from this day on already."),
            ),
            models.CheckConstraint(
                condition=Q(band__in=VotingBand.values, riding_number__isnull=True)
                | Q(band="", riding_number__range=(10_000, 99_999)),
                name="votinghours_for_band_or_riding",
                violation_error_message=_("Choose a group of ridings, or write the number of one riding."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")),
                name="votinghours_last",
                violation_error_message=_("Polls open before they close."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.band or self.riding_number} {self.in_force_from}: {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"


class VotingRound(models.Model):
    """How far the mails of one reminder are queued in a riding, so that a round goes on where it stopped and ends once."""

    polling_on = models.DateField(_("polling day"))
    riding_number = models.PositiveIntegerField(_("riding (FED number), 0: not known"))
    reminder = models.CharField(_("reminder"), max_length=8, choices=VoteReminder)
    due_at = models.DateTimeField(_("due"))
    last_id = models.BigIntegerField(_("queued up to"), default=0)
    queued = models.PositiveIntegerField(_("mails"), default=0)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("round of reminders to vote")
        verbose_name_plural = _("rounds of reminders to vote")
        constraints = [
            models.UniqueConstraint(
                fields=["polling_on", "riding_number", "reminder"], name="votinground_once"
            ),
            models.CheckConstraint(
                condition=Q(reminder__in=VoteReminder.values), name="votinground_reminder_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.polling_on} {self.riding_number}: {self.reminder}"


class VotingReply(models.Model):
    """What somebody answered to our reminders of an election: “I voted”, or “no more”. Never how they voted."""

    pledge = models.ForeignKey(
        Pledge, models.CASCADE, related_name="voting_replies", verbose_name=_("pledge")
    )
    polling_on = models.DateField(_("polling day"))
    riding_number = models.PositiveIntegerField(_("riding (FED number), 0: not known"))
    voted_at = models.DateTimeField(_("told that they voted"), null=True)
    stopped_at = models.DateTimeField(_("wants no more reminders"), null=True)

    class Meta:
        verbose_name = _("“I voted”")
        verbose_name_plural = _("“I voted”")
        constraints = [
            models.UniqueConstraint(fields=["pledge", "polling_on"], name="votingreply_once"),
        ]
        indexes = [
            # Counting reads nothing else.
            models.Index(
                fields=["polling_on", "riding_number"],
                name="votingreply_voted",
                condition=Q(voted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pledge_id} {self.polling_on}"
