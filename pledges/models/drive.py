"""What a party decides, until when one may join it, and when it votes."""

from urllib.parse import urlsplit

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.models import Party, in_language
from pledges.enums import Zone
from pledges.rules.deadlines import Dates


class PartyMembershipDrive(models.Model):
    """A vote inside a party, and the time in which one can still join to take part in it."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="drives", verbose_name=_("party"))
    slug_en = models.SlugField(_("address (English)"), max_length=80, unique=True)
    slug_fr = models.SlugField(_("address (French)"), max_length=80, unique=True)
    title_en = models.CharField(_("title (English)"), max_length=120)
    title_fr = models.CharField(_("title (French)"), max_length=120)
    decision_en = models.TextField(
        _("what is decided, and why join (English)"), help_text=_("An empty line begins a paragraph.")
    )
    decision_fr = models.TextField(_("what is decided, and why join (French)"))
    eligibility_en = models.TextField(_("who may join (English)"))
    eligibility_fr = models.TextField(_("who may join (French)"))
    fee_en = models.CharField(_("what it costs (English)"), max_length=160)
    fee_fr = models.CharField(_("what it costs (French)"), max_length=160)
    steps_en = models.TextField(_("steps (English)"), help_text=_("One step on each line."))
    steps_fr = models.TextField(_("steps (French)"), help_text=_("One step on each line."))
    join_url = models.URLField(
        _("the party's page to join"),
        max_length=300,
        validators=[URLValidator(schemes=["https"])],
        help_text=_("An https:// address; it opens on the party's own site and gets no data from us."),
    )
    opens_on = models.DateField(
        _("first day to join"), null=True, blank=True, help_text=_("Empty: the party takes members already.")
    )
    joins_by = models.DateField(
        _("last day to join"), help_text=_("The whole day counts, by the clock below.")
    )
    vote_opens_on = models.DateField(_("first day of the vote"))
    vote_closes_on = models.DateField(_("last day of the vote"))
    zone = models.CharField(_("clock"), max_length=40, choices=Zone, default=Zone.EASTERN)
    is_published = models.BooleanField(_("published"), default=False)
    is_demonstration = models.BooleanField(
        _("demonstration"),
        default=False,
        help_text=_("Says on every page that the vote and its dates are made up."),
    )
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("membership drive")
        verbose_name_plural = _("membership drives")
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(opens_on__lte=F("joins_by")),
                name="partymembershipdrive_opens_before_it_ends",
                violation_error_message=_("The first day to join comes before the last one."),
            ),
            models.CheckConstraint(
                condition=Q(joins_by__lte=F("vote_opens_on")),
                name="partymembershipdrive_join_before_vote",
                violation_error_message=_("The last day to join is not after the first day of the vote."),
            ),
            models.CheckConstraint(
                condition=Q(vote_opens_on__lte=F("vote_closes_on")),
                name="partymembershipdrive_vote_lasts",
                violation_error_message=_("A vote closes on the day it opens, or later."),
            ),
            models.CheckConstraint(
                condition=Q(join_url__startswith="https://"),
                name="partymembershipdrive_link_is_safe",
                violation_error_message=_("The party's page begins with https://."),
            ),
            models.CheckConstraint(
                condition=Q(zone__in=Zone.values),
                name="partymembershipdrive_clock_known",
                violation_error_message=_("Choose a clock from the list."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.slug})"

    def get_absolute_url(self) -> str:
        """Return the public page in the active language."""
        return reverse("pledges:drive-page", args=[self.slug])

    @property
    def slug(self) -> str:
        """Last part of the address in the active language."""
        return in_language(self, "slug")

    @property
    def title(self) -> str:
        """Title in the active language."""
        return in_language(self, "title")

    @property
    def decision(self) -> str:
        """What is decided and why to join, in the active language."""
        return in_language(self, "decision")

    @property
    def eligibility(self) -> str:
        """Who may join, in the active language."""
        return in_language(self, "eligibility")

    @property
    def fee(self) -> str:
        """What it costs, in the active language."""
        return in_language(self, "fee")

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps in the active language."""
        lines = (line.strip() for line in in_language(self, "steps").splitlines())
        return tuple(line for line in lines if line)

    @property
    def join_host(self) -> str:
        """Whose site the link to join leads to."""
        return (urlsplit(self.join_url).hostname or "").removeprefix("www.")

    @property
    def dates(self) -> Dates:
        """What decides where the drive stands."""
        return Dates(self.opens_on, self.joins_by, self.vote_opens_on, self.vote_closes_on, self.zone)


class DriveCount(models.Model):
    """How many told us that they joined, as of the last counting: no request ever touches it."""

    drive = models.OneToOneField(
        PartyMembershipDrive,
        models.CASCADE,
        related_name="count",
        primary_key=True,
        verbose_name=_("membership drive"),
    )
    joined = models.PositiveIntegerField(_("joined"), default=0)
    counted_at = models.DateTimeField(_("counted"))

    class Meta:
        verbose_name = _("count")
        verbose_name_plural = _("counts")

    def __str__(self) -> str:
        return f"{self.drive_id}: {self.joined}"
