"""Who pledged to vote together, and how many."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.models import Party
from pledges.enums import VoterStatus
from supporters.enums import EntryState, Method
from supporters.models import Entry, Supporter


class Pledge(Entry):
    """One person's promise to vote together at the coming election.

    A first preference is told to nobody: it is only ever added up, and only where many told theirs. Paper pledges without
    an e-mail address belong to no supporter. A trigger notes every change of the counts in `PledgeChange`.
    """

    supporter = models.OneToOneField(
        Supporter, models.SET_NULL, null=True, related_name="pledge", verbose_name=_("supporter")
    )
    voter_status = models.CharField(_("voting"), max_length=8, choices=VoterStatus, default=VoterStatus.VOTER)
    preference = models.ForeignKey(
        Party,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("first preference"),
    )
    created_at = models.DateTimeField(_("pledged"))

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EntryState.values), name="pledge_state_known"),
            models.CheckConstraint(
                condition=Q(voter_status__in=VoterStatus.values), name="pledge_voter_status_known"
            ),
            # A reviewed paper pledge counts by its signature on paper.
            models.CheckConstraint(
                condition=~Q(state=EntryState.CONFIRMED)
                | Q(confirmed_at__isnull=False)
                | Q(method=Method.PAPER),
                name="pledge_confirmed_when",
            ),
        ]
        indexes = [
            models.Index(fields=["riding_number", "id"], name="pledge_by_riding"),
            models.Index(fields=["state", "id"], name="pledge_by_state"),
            models.Index(
                fields=["referred_by"], name="pledge_referred", condition=Q(referred_by__isnull=False)
            ),
            models.Index(fields=["created_at"], name="pledge_origin_age", condition=~Q(origin="")),
            BrinIndex(fields=["created_at"], name="pledge_created"),
        ]

    def __str__(self) -> str:
        return f"pledge {self.pk}"

    @property
    def is_waiting(self) -> bool:
        """The owner of the address has still to answer, whatever organizers think; also where a paper counts already."""
        return self.confirmed_at is None and self.state != EntryState.WITHDRAWN


class PledgeChange(models.Model):
    """By how much the counts of a riding changed; written by a trigger, taken in by the counting job."""

    riding_number = models.PositiveIntegerField()
    voters = models.IntegerField()
    others = models.IntegerField()
    pending = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.riding_number}: {self.voters:+} {self.others:+} {self.pending:+}"


class PledgeTally(models.Model):
    """How many pledged in a riding, as of the last counting; 0 stands for an unknown riding."""

    riding_number = models.PositiveIntegerField(_("riding (FED number)"), primary_key=True)
    voters = models.IntegerField(_("can vote"), default=0)
    others = models.IntegerField(_("cannot vote yet"), default=0)
    pending = models.IntegerField(_("not yet confirmed"), default=0)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")

    def __str__(self) -> str:
        return f"{self.riding_number}: {self.voters} + {self.others}"


class ReachedMilestone(models.Model):
    """A number of pledges that a riding, or the whole country (0), reached for the first time."""

    riding_number = models.PositiveIntegerField(_("riding (FED number), 0: the country"))
    number = models.PositiveIntegerField(_("pledges"))
    reached_at = models.DateTimeField(_("reached"))

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            models.UniqueConstraint(fields=["riding_number", "number"], name="reachedmilestone_once"),
        ]

    def __str__(self) -> str:
        return f"{self.riding_number}: {self.number}"
