"""Elections, their results, and polls."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.models import Party
from ridings.enums import PollRegion, ResultBasis
from ridings.models.geography import BoundarySet, Riding


class Election(models.Model):
    """A general election, by its ordinal number."""

    number = models.PositiveSmallIntegerField(
        _("number"), unique=True, help_text=_("45 is the 45th general election.")
    )
    held_on = models.DateField(_("polling day"))
    boundary_set = models.ForeignKey(
        BoundarySet, models.PROTECT, related_name="elections", verbose_name=_("boundaries it was held on")
    )

    class Meta:
        verbose_name = _("election")
        verbose_name_plural = _("elections")

    def __str__(self) -> str:
        return f"General election {self.number} ({self.held_on:%Y})"

    @property
    def year(self) -> int:
        """Year of polling day."""
        return self.held_on.year


class Result(models.Model):
    """Votes for a party in a riding, on the boundaries of that riding's set."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="results", verbose_name=_("election"))
    riding = models.ForeignKey(Riding, models.CASCADE, related_name="results", verbose_name=_("riding"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="results", verbose_name=_("party"))
    votes = models.PositiveIntegerField(_("votes"))
    basis = models.CharField(_("basis"), max_length=24, choices=ResultBasis, default=ResultBasis.ACTUAL)

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.UniqueConstraint(
                fields=["election", "riding", "party"],
                name="result_unique",
                violation_error_message=_("This party's votes are there already."),
            ),
            models.CheckConstraint(condition=Q(basis__in=ResultBasis.values), name="result_basis_known"),
        ]

    def __str__(self) -> str:
        return f"{self.election_id}/{self.riding_id}/{self.party_id}: {self.votes}"


class Turnout(models.Model):
    """Ballots of a riding in an election; unknown figures are NULL."""

    election = models.ForeignKey(
        Election, models.CASCADE, related_name="turnouts", verbose_name=_("election")
    )
    riding = models.ForeignKey(Riding, models.CASCADE, related_name="turnouts", verbose_name=_("riding"))
    electors = models.PositiveIntegerField(_("electors on lists"), null=True, blank=True)
    valid = models.PositiveIntegerField(_("valid ballots"))
    rejected = models.PositiveIntegerField(_("rejected ballots"), null=True, blank=True)

    class Meta:
        verbose_name = _("turnout")
        verbose_name_plural = _("turnouts")
        constraints = [models.UniqueConstraint(fields=["election", "riding"], name="turnout_unique")]

    def __str__(self) -> str:
        return f"{self.election_id}/{self.riding_id}"


class Candidate(models.Model):
    """A person on the ballot of a riding."""

    election = models.ForeignKey(
        Election, models.CASCADE, related_name="candidates", verbose_name=_("election")
    )
    riding = models.ForeignKey(Riding, models.CASCADE, related_name="candidates", verbose_name=_("riding"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="candidates", verbose_name=_("party"))
    name = models.CharField(_("name"), max_length=150)
    votes = models.PositiveIntegerField(_("votes"), null=True, blank=True, help_text=_("Empty if acclaimed."))
    is_incumbent = models.BooleanField(_("incumbent"), default=False)
    is_elected = models.BooleanField(_("elected"), default=False)

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        constraints = [
            models.UniqueConstraint(fields=["election", "riding", "name", "party"], name="candidate_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.party_id}, {self.riding_id})"

    @property
    def is_acclaimed(self) -> bool:
        """Elected without a vote."""
        return self.is_elected and self.votes is None


class PollingAverage(models.Model):
    """Average of opinion polls for a party in a region on a day."""

    region = models.CharField(_("region"), max_length=10, choices=PollRegion)
    party = models.ForeignKey(Party, models.PROTECT, related_name="polling_averages", verbose_name=_("party"))
    as_of = models.DateField(_("as of"))
    share = models.FloatField(
        _("share"),
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("Between 0 and 1: write 0.285 for 28.5 %."),
    )
    poll_count = models.PositiveSmallIntegerField(_("number of polls"), default=1)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("polling average")
        verbose_name_plural = _("polling averages")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "party", "as_of"],
                name="pollingaverage_unique",
                violation_error_message=_("There is an average of this party, region and day already."),
            ),
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=1),
                name="pollingaverage_share_range",
                violation_error_message=_("A share lies between 0 and 1: write 0.285 for 28.5 %."),
            ),
            models.CheckConstraint(
                condition=Q(region__in=PollRegion.values), name="pollingaverage_region_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.as_of} party {self.party_id}: {self.share:.1%}"


class LocalPoll(models.Model):
    """A poll of one riding that enters its projection; `key` is whose it is, so that it is stored once."""

    key = models.CharField(_("key"), max_length=80, unique=True)
    riding = models.ForeignKey(Riding, models.CASCADE, related_name="local_polls", verbose_name=_("riding"))
    field_starts_on = models.DateField(_("first day in the field"))
    field_ends_on = models.DateField(_("last day in the field"))
    sample_size = models.PositiveIntegerField(
        _("sample"), help_text=_("Decided and leaning voters: the people whom the shares speak of.")
    )
    firm = models.CharField(_("firm"), max_length=150)
    url = models.CharField(_("address of its report"), max_length=300, blank=True)
    stored_at = models.DateTimeField(_("stored"))

    class Meta:
        verbose_name = _("local poll")
        verbose_name_plural = _("local polls")
        constraints = [
            models.CheckConstraint(
                condition=Q(field_ends_on__gte=models.F("field_starts_on")), name="localpoll_field_in_order"
            ),
            models.CheckConstraint(condition=Q(sample_size__gte=1), name="localpoll_sample_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.firm}, {self.field_ends_on} ({self.riding_id})"


class LocalPollShare(models.Model):
    """A party's share 0–1 of the decided and leaning voters of a local poll."""

    poll = models.ForeignKey(LocalPoll, models.CASCADE, related_name="shares", verbose_name=_("local poll"))
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="local_poll_shares", verbose_name=_("party")
    )
    share = models.FloatField(_("share"))

    class Meta:
        verbose_name = _("share in a local poll")
        verbose_name_plural = _("shares in local polls")
        constraints = [
            models.UniqueConstraint(fields=["poll", "party"], name="localpollshare_once"),
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=1), name="localpollshare_share_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}/{self.party_id}: {self.share:.1%}"
