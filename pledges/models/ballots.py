"""Who may vote, and what was voted: nothing here joins the two. How and why: docs/algorithms/ballot-secrecy.md."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from pledges.models.pledge import Pledge
from pledges.models.recommendation import RecommendationRound


class RollEntry(models.Model):
    """One pledge that gives a vote in a round; the roll is made at opening and never changes.

    It says nothing of whether somebody voted. Where a pledge goes, its place stays, so that no more ballots are counted
    than people were eligible.
    """

    round = models.ForeignKey(
        RecommendationRound, models.CASCADE, related_name="roll", verbose_name=_("round"), db_index=False
    )
    pledge = models.ForeignKey(
        Pledge, models.SET_NULL, null=True, related_name="roll_entries", verbose_name=_("pledge")
    )

    class Meta:
        verbose_name = _("place on the roll")
        verbose_name_plural = _("roll")
        constraints = [
            models.UniqueConstraint(fields=["round", "pledge"], name="rollentry_one_per_pledge"),
        ]
        indexes = [models.Index(fields=["round", "id"], name="rollentry_in_order")]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.pk}"


class BallotSecret(models.Model):
    """What hides whose ballot is whose while a round is open; destroyed at closing."""

    round = models.OneToOneField(
        RecommendationRound, models.CASCADE, related_name="+", primary_key=True, verbose_name=_("round")
    )
    value = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"secret of round {self.round_id}"


class Ballot(models.Model):
    """One ballot: no person, no time, no number in a sequence.

    While the round is open the key is a hash that only the server can make of a place on the roll, so that a second
    ballot replaces the first. At closing every ballot is written anew under a random key, and counted ballots are deleted.
    """

    key = models.CharField(max_length=64, primary_key=True)
    round = models.ForeignKey(
        RecommendationRound, models.CASCADE, related_name="ballots", verbose_name=_("round")
    )
    marks = ArrayField(models.CharField(max_length=40))

    def __str__(self) -> str:
        return "a ballot"
