"""What a poll found, with every fact that the law wants beside it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.models import Party, in_language
from polls.enums import Answer, Basis, MailAudience, PollState, SurveyMethod
from polls.models.projects import PollProject
from ridings.models import Riding

# What must be said in words before a poll is shown.
TEXT_FACTS = (
    "sponsor",
    "sponsor_address",
    "firm",
    "firm_address",
    "population_en",
    "population_fr",
    "method",
    "sampling_en",
    "sampling_fr",
    "weighting_en",
    "weighting_fr",
    "undecided_en",
    "undecided_fr",
    "hours_en",
    "hours_fr",
)


class Poll(models.Model):
    """An opinion poll of a riding. A draft may lack facts; `polls.rules.publication` says what must be there to publish.

    Source: Canada Elections Act, S.C. 2000, c. 9, section 326(1)–(3).
    """

    project = models.OneToOneField(
        PollProject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="poll",
        verbose_name=_("poll project"),
    )
    riding = models.ForeignKey(Riding, models.PROTECT, related_name="polls", verbose_name=_("riding"))
    state = models.CharField(
        _("state"), max_length=9, choices=PollState, default=PollState.DRAFT, editable=False
    )

    sponsor = models.CharField(_("sponsor"), max_length=150, blank=True)
    sponsor_address = models.CharField(_("address of the sponsor"), max_length=250, blank=True)
    firm = models.CharField(_("conducted by"), max_length=150, blank=True)
    firm_address = models.CharField(_("address of who conducted it"), max_length=250, blank=True)
    field_starts_on = models.DateField(_("first day in the field"), null=True, blank=True)
    field_ends_on = models.DateField(_("last day in the field"), null=True, blank=True)
    population_en = models.CharField(_("population (English)"), max_length=200, blank=True)
    population_fr = models.CharField(_("population (French)"), max_length=200, blank=True)
    contacted_count = models.PositiveIntegerField(_("people contacted"), null=True, blank=True)
    ineligible_count = models.PositiveIntegerField(_("of them not eligible"), null=True, blank=True)
    refused_count = models.PositiveIntegerField(_("of them refused"), null=True, blank=True)
    sample_size = models.PositiveIntegerField(_("completed interviews"), null=True, blank=True)
    is_probability = models.BooleanField(
        _("based on recognized statistical methods"), null=True, blank=True,
        help_text=_("If not, every page says so."),
    )  # fmt: skip
    margin_of_error = models.FloatField(
        _("margin of error of the firm"),
        null=True,
        blank=True,
        help_text=_("Between 0 and 1, 19 times in 20."),
    )
    method = models.CharField(_("method"), max_length=10, choices=SurveyMethod, blank=True)
    sampling_en = models.TextField(_("how the sample was drawn (English)"), blank=True)
    sampling_fr = models.TextField(_("how the sample was drawn (French)"), blank=True)
    weighting_en = models.TextField(_("weighting (English)"), blank=True)
    weighting_fr = models.TextField(_("weighting (French)"), blank=True)
    undecided_en = models.TextField(
        _("how undecided people were counted (English)"),
        blank=True,
        help_text=_("And those who gave no opinion or left out a question."),
    )
    undecided_fr = models.TextField(_("how undecided people were counted (French)"), blank=True)
    hours_en = models.CharField(_("hours of the interviews (English)"), max_length=200, blank=True)
    hours_fr = models.CharField(_("hours of the interviews (French)"), max_length=200, blank=True)
    report_url = models.URLField(
        _("report"), max_length=500, blank=True, help_text=_("Empty: the poll’s own page is the report.")
    )

    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    retracted_at = models.DateTimeField(_("retracted"), null=True, editable=False)
    retraction_en = models.CharField(
        _("why it is retracted (English)"), max_length=300, blank=True, editable=False
    )
    retraction_fr = models.CharField(
        _("why it is retracted (French)"), max_length=300, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PollState.values), name="poll_state_known"),
            models.CheckConstraint(
                condition=Q(field_ends_on__gte=F("field_starts_on")),
                name="poll_field_in_order",
                violation_error_message=_("The last day in the field comes before the first."),
            ),
            models.CheckConstraint(
                condition=Q(margin_of_error__gt=0, margin_of_error__lt=1),
                name="poll_margin_is_a_fraction",
                violation_error_message=_("Write 0.035 for 3.5 points."),
            ),
            models.CheckConstraint(
                condition=Q(sample_size__lte=F("contacted_count")),
                name="poll_sample_was_contacted",
                violation_error_message=_("More people answered than were contacted."),
            ),
            # The last judge, below every form and command: no row that people see without what the Act wants. A trigger
            # says the same of questions and readings.
            models.CheckConstraint(
                condition=Q(state=PollState.DRAFT)
                | (
                    Q(
                        published_at__isnull=False,
                        field_starts_on__isnull=False,
                        field_ends_on__isnull=False,
                        contacted_count__isnull=False,
                        ineligible_count__isnull=False,
                        refused_count__isnull=False,
                        # Both: a comparison with nothing is neither true nor false, and a check lets that pass.
                        sample_size__isnull=False,
                        sample_size__gte=1,
                        is_probability__isnull=False,
                        # Blank is nothing.
                        **{f"{name}__regex": r"\S" for name in TEXT_FACTS},
                    )
                    & (Q(is_probability=False) | Q(margin_of_error__isnull=False))
                ),
                name="poll_published_with_its_facts",
                violation_error_message=_("Facts that the Canada Elections Act wants are missing."),
            ),
            models.CheckConstraint(
                condition=~Q(state=PollState.RETRACTED)
                | Q(retracted_at__isnull=False, retraction_en__regex=r"\S", retraction_fr__regex=r"\S"),
                name="poll_retracted_with_its_reason",
                violation_error_message=_("Say in both languages why the poll is retracted."),
            ),
        ]
        indexes = [models.Index(fields=["riding", "state", "-field_ends_on"], name="poll_by_riding")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.riding_id}, {self.firm} ({self.state})"

    def get_absolute_url(self) -> str:
        """Return the address of its page, which is its report."""
        return reverse("polls:poll", args=[self.pk])

    @property
    def population(self) -> str:
        """Population in the active language."""
        return in_language(self, "population")

    @property
    def sampling(self) -> str:
        """How the sample was drawn, in the active language."""
        return in_language(self, "sampling")

    @property
    def weighting(self) -> str:
        """Weighting in the active language."""
        return in_language(self, "weighting")

    @property
    def hours(self) -> str:
        """Hours of the interviews in the active language."""
        return in_language(self, "hours")

    @property
    def undecided(self) -> str:
        """How undecided people were counted, in the active language."""
        return in_language(self, "undecided")

    @property
    def retraction(self) -> str:
        """Why it is retracted, in the active language."""
        return in_language(self, "retraction")


class PollQuestion(models.Model):
    """A question as it was asked; the one about the vote feeds the projection."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="questions", verbose_name=_("poll"))
    place = models.PositiveSmallIntegerField(_("order"), default=1)
    wording_en = models.TextField(_("wording (English)"))
    wording_fr = models.TextField(_("wording (French)"))
    is_vote_intention = models.BooleanField(_("asks for whom people would vote"), default=False)

    class Meta:
        verbose_name = _("question of a poll")
        verbose_name_plural = _("questions of polls")
        constraints = [
            models.UniqueConstraint(fields=["poll", "place"], name="pollquestion_place_once"),
            models.UniqueConstraint(
                fields=["poll"],
                condition=Q(is_vote_intention=True),
                name="pollquestion_one_about_the_vote",
                violation_error_message=_("Only one question can be the one about the vote."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}/{self.place}"

    @property
    def wording(self) -> str:
        """Wording in the active language."""
        return in_language(self, "wording")


class PollReading(models.Model):
    """The share of one answer among one group of people: `group` empty is everybody (toplines), else a crosstab.

    An answer is a party or one of `Answer`. Shares are 0–1 of the `basis`; `base_count` is how many people that is.
    """

    question = models.ForeignKey(
        PollQuestion, models.CASCADE, related_name="readings", verbose_name=_("question")
    )
    basis = models.CharField(_("among"), max_length=7, choices=Basis)
    group = models.CharField(
        _("group"), max_length=60, blank=True, help_text=_("E.g. “Women”; empty: everybody.")
    )
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="poll_readings", verbose_name=_("party")
    )
    answer = models.CharField(_("other answer"), max_length=13, choices=Answer, blank=True)
    share = models.FloatField(_("share"))
    base_count = models.PositiveIntegerField(_("people"), null=True, blank=True)

    class Meta:
        verbose_name = _("reading of a poll")
        verbose_name_plural = _("readings of polls")
        constraints = [
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=1),
                name="pollreading_share_range",
                violation_error_message=_("A share lies between 0 and 1: write 0.285 for 28.5 %."),
            ),
            models.CheckConstraint(
                condition=Q(party__isnull=False, answer="") | (Q(party__isnull=True) & ~Q(answer="")),
                name="pollreading_party_or_answer",
                violation_error_message=_("Choose a party or another answer, not both."),
            ),
            models.UniqueConstraint(
                fields=["question", "basis", "group", "party", "answer"],
                nulls_distinct=False,
                name="pollreading_once",
                violation_error_message=_("This answer of this group is there already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.basis} {self.group} {self.party_id or self.answer}"


class PollMove(models.Model):
    """A poll was published or retracted; never changed."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="moves", verbose_name=_("poll"))
    to_state = models.CharField(_("to"), max_length=9, choices=PollState)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("publication of a poll")
        verbose_name_plural = _("publications of polls")

    def __str__(self) -> str:
        return f"{self.poll_id} → {self.to_state}"


class PollMailing(models.Model):
    """How far the mails about a move are queued among one audience, so that they go on where they stopped."""

    move = models.ForeignKey(PollMove, models.PROTECT, related_name="mailings", verbose_name=_("publication"))
    audience = models.CharField(_("to"), max_length=10, choices=MailAudience)
    last_id = models.BigIntegerField(_("queued up to"), default=0)
    queued_count = models.PositiveIntegerField(_("mails"), default=0)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("mails about a poll")
        verbose_name_plural = _("mails about polls")
        constraints = [
            models.UniqueConstraint(fields=["move", "audience"], name="pollmailing_once"),
            models.CheckConstraint(
                condition=Q(audience__in=MailAudience.values), name="pollmailing_audience_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.move_id}: {self.audience}"
