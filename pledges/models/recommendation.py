"""Rounds in which a riding's pledgers decide whom the campaign recommends there; their results."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, RegexValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.models import Party, in_language
from pledges.enums import LEAST_BALLOTS_SHOWN, BallotMethod, ResultReason, RoundMail, RoundState
from pledges.rules.counting import NOBODY
from pledges.rules.outcome import Terms
from pledges.rules.roll import RollTerms
from pledges.rules.round_states import LIVE
from ridings.models import Candidate

PERCENT = [MaxValueValidator(100)]


class RecommendationRound(models.Model):
    """One vote of a riding's pledgers; dates, terms and options are fixed from its announcement on."""

    riding_number = models.PositiveIntegerField(_("riding (FED number)"))
    election_en = models.CharField(
        _("election (English)"), max_length=120, help_text=_("As in “the general election of 2029”.")
    )
    election_fr = models.CharField(_("election (French)"), max_length=120)
    election_on = models.DateField(
        _("polling day"), help_text=_("From the day after it the recommendation stands no longer.")
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    publishes_at = models.DateTimeField(
        _("result is published"),
        null=True,
        blank=True,
        help_text=_(
            "Empty: at once after closing. Later gives candidates time to withdraw before it is out."
        ),
    )
    pledged_before = models.DateTimeField(
        _("pledged before"), help_text=_("Who pledged from this moment on does not vote in this round.")
    )
    includes_future_voters = models.BooleanField(
        _("also those who cannot vote yet"),
        default=True,
        help_text=_("Pledgers under 18 and newcomers: it is their riding too."),
    )
    method = models.CharField(_("method"), max_length=8, choices=BallotMethod, default=BallotMethod.RANKED)
    quorum_ballots = models.PositiveIntegerField(_("quorum: ballots"), default=20)
    quorum_percent = models.PositiveSmallIntegerField(
        _("quorum: percent of those eligible"), default=20, validators=PERCENT
    )
    threshold_percent = models.PositiveSmallIntegerField(
        _("threshold: percent of the valid ballots"), default=50, validators=PERCENT
    )
    minimum_ballots = models.PositiveIntegerField(
        _("fewest ballots that are shown"),
        default=10,
        help_text=_("Below it no tally is ever shown or kept, so that nobody learns who chose what."),
    )
    interest_en = models.TextField(
        _("interests declared (English)"),
        blank=True,
        help_text=_("Ties of organizers to a candidate or party; “none” is worth saying too."),
    )
    interest_fr = models.TextField(_("interests declared (French)"), blank=True)
    cancelled_because_en = models.CharField(_("why it was cancelled (English)"), max_length=300, blank=True)
    cancelled_because_fr = models.CharField(_("why it was cancelled (French)"), max_length=300, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=RoundState, default=RoundState.DRAFT, editable=False
    )
    opened_at = models.DateTimeField(_("opened"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)

    class Meta:
        verbose_name = _("recommendation round")
        verbose_name_plural = _("recommendation rounds")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RoundState.values), name="recommendationround_state_known"
            ),
            models.CheckConstraint(
                condition=Q(method__in=BallotMethod.values), name="recommendationround_method_known"
            ),
            models.CheckConstraint(
                condition=Q(riding_number__range=(10_000, 99_999)),
                name="recommendationround_riding_five_digits",
                violation_error_message=_("A riding's number has five digits."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")),
                name="recommendationround_opens_before_it_closes",
                violation_error_message=_("A round opens before it closes."),
            ),
            models.CheckConstraint(
                condition=Q(pledged_before__lte=F("opens_at")),
                name="recommendationround_cut_off_before_opening",
                violation_error_message=_("“Pledged before” is not after the opening."),
            ),
            models.CheckConstraint(
                condition=Q(publishes_at__isnull=True) | Q(publishes_at__gte=F("closes_at")),
                name="recommendationround_published_after_closing",
                violation_error_message=_("The result is published after closing."),
            ),
            models.CheckConstraint(
                condition=Q(quorum_percent__lte=100, threshold_percent__lte=100),
                name="recommendationround_percents",
                violation_error_message=_("A percentage is 100 at most."),
            ),
            models.CheckConstraint(
                condition=Q(minimum_ballots__gte=LEAST_BALLOTS_SHOWN),
                name="recommendationround_few_never_shown",
                violation_error_message=_("Fewer than five ballots are never shown: write 5 or more."),
            ),
            models.CheckConstraint(
                condition=~Q(state=RoundState.CANCELLED)
                | (~Q(cancelled_because_en="") & ~Q(cancelled_because_fr="")),
                name="recommendationround_cancelled_for_a_reason",
                violation_error_message=_("Say in both languages why the round is cancelled."),
            ),
            models.UniqueConstraint(
                fields=["riding_number"],
                condition=Q(state__in=LIVE),
                name="recommendationround_one_live",
                violation_error_message=_("Another round of this riding is under way."),
            ),
        ]
        indexes = [
            models.Index(fields=["riding_number", "-id"], name="recommendationround_riding"),
            models.Index(fields=["state", "closes_at"], name="recommendationround_due"),
        ]

    def __str__(self) -> str:
        return f"{self.riding_number}: {self.election} ({self.pk})"

    def get_absolute_url(self) -> str:
        """Return the public page of the riding's rounds in the active language."""
        return reverse("recommendations:page", args=[self.riding_number])

    @property
    def election(self) -> str:
        """Name of the election in the active language."""
        return in_language(self, "election")

    @property
    def interest(self) -> str:
        """Interests declared, in the active language."""
        return in_language(self, "interest")

    @property
    def cancelled_because(self) -> str:
        """Why it was cancelled, in the active language."""
        return in_language(self, "cancelled_because")

    @property
    def terms(self) -> Terms:
        """What the count is measured by."""
        return Terms(self.quorum_ballots, self.quorum_percent, self.threshold_percent, self.minimum_ballots)

    @property
    def roll_terms(self) -> RollTerms:
        """What is asked of a pledge."""
        return RollTerms(self.riding_number, self.pledged_before, self.includes_future_voters)


class RoundOption(models.Model):
    """A candidate on the ballot; “no recommendation yet” is on every ballot and needs no row.

    It keeps the name itself, for lists of candidates are loaded anew.
    """

    round = models.ForeignKey(
        RecommendationRound, models.CASCADE, related_name="options", verbose_name=_("round")
    )
    key = models.CharField(
        _("short name"),
        max_length=40,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and hyphens."))],
        help_text=_("Stands for the candidate in the ballot file: small letters, digits and hyphens."),
    )
    name = models.CharField(_("candidate"), max_length=150)
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("party"))
    candidate = models.ForeignKey(
        Candidate, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    withdrawn_at = models.DateTimeField(_("withdrew"), null=True, editable=False)

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "key"],
                name="roundoption_key_unique",
                violation_error_message=_("Two candidates of a round cannot share a short name."),
            ),
            models.CheckConstraint(
                condition=~Q(key=NOBODY),
                name="roundoption_is_somebody",
                violation_error_message=_("“none” stands for “no recommendation yet” and is always there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"


class RoundEvidence(models.Model):
    """Something to read before voting: a poll, interviews with the candidates, an article."""

    round = models.ForeignKey(
        RecommendationRound, models.CASCADE, related_name="evidence", verbose_name=_("round")
    )
    title_en = models.CharField(_("title (English)"), max_length=160)
    title_fr = models.CharField(_("title (French)"), max_length=160)
    url = models.URLField(_("address"), max_length=300, validators=[URLValidator(schemes=["https"])])

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(
                condition=Q(url__startswith="https://"),
                name="roundevidence_link_is_safe",
                violation_error_message=_("The address begins with https://."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.pk})"

    @property
    def title(self) -> str:
        """Title in the active language."""
        return in_language(self, "title")


class RoundResult(models.Model):
    """What was counted, once it may be known; where votes may not be shown, none are kept.

    `rounds` is the record of the count, `file` the gzip-compressed ballot file, `file_digest` the SHA-256 of its content.
    """

    round = models.OneToOneField(
        RecommendationRound, models.CASCADE, related_name="result", primary_key=True, verbose_name=_("round")
    )
    reason = models.CharField(_("reason"), max_length=20, choices=ResultReason)
    option = models.ForeignKey(
        RoundOption, models.PROTECT, null=True, related_name="+", verbose_name=_("recommended")
    )
    eligible = models.PositiveIntegerField(_("eligible"))
    cast = models.PositiveIntegerField(_("ballots cast"))
    valid = models.PositiveIntegerField(_("valid ballots"), null=True)
    leader = models.CharField(_("most votes"), max_length=40, blank=True)
    tied = ArrayField(models.CharField(max_length=40), default=list, verbose_name=_("level"))
    rounds = models.JSONField(_("rounds of the count"), default=list)
    file = models.BinaryField(_("ballot file"), null=True)
    file_digest = models.CharField(_("SHA-256 of the ballot file"), max_length=64, blank=True)
    counted_at = models.DateTimeField(_("counted"))
    lifted_at = models.DateTimeField(_("lifted"), null=True)

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.CheckConstraint(condition=Q(cast__lte=F("eligible")), name="roundresult_cast_by_eligible"),
            models.CheckConstraint(
                condition=Q(reason__in=ResultReason.values), name="roundresult_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(reason=ResultReason.RECOMMENDED, option__isnull=False)
                | (~Q(reason=ResultReason.RECOMMENDED) & Q(option__isnull=True)),
                name="roundresult_recommends_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.reason}"


class RoundMailing(models.Model):
    """How far the mails of one kind are queued, so that they go on where they stopped and each is queued once."""

    round = models.ForeignKey(
        RecommendationRound, models.CASCADE, related_name="mailings", verbose_name=_("round")
    )
    kind = models.CharField(_("what about"), max_length=24, choices=RoundMail)
    about = models.CharField(_("candidate"), max_length=40, blank=True)
    last_id = models.BigIntegerField(_("queued up to"), default=0)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("mails about a round")
        verbose_name_plural = _("mails about rounds")
        constraints = [
            models.UniqueConstraint(fields=["round", "kind", "about"], name="roundmailing_once"),
            models.CheckConstraint(condition=Q(kind__in=RoundMail.values), name="roundmailing_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.kind}"
