"""A poll of one riding that people pay for together."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.models import in_language
from polls.enums import FundingModel, ProjectState
from ridings.models import Riding


class PollProject(models.Model):
    """A poll to be paid for: what it costs, by when, and where it stands. What came in stands in the ledger alone."""

    riding = models.ForeignKey(Riding, models.PROTECT, related_name="poll_projects", verbose_name=_("riding"))
    state = models.CharField(_("state"), max_length=10, choices=ProjectState, default=ProjectState.DRAFT)
    pollster = models.CharField(_("pollster"), max_length=120)
    intro_en = models.TextField(_("why this poll (English)"), blank=True)
    intro_fr = models.TextField(_("why this poll (French)"), blank=True)
    cost_cents = models.PositiveIntegerField(
        _("cost (cents)"), help_text=_("What the pollster asks, taxes included.")
    )
    goal_cents = models.PositiveIntegerField(_("goal (cents)"))
    minimum_cents = models.PositiveIntegerField(
        _("least that is needed (cents)"),
        help_text=_("At the deadline the poll is commissioned from this sum on."),
    )
    deadline_at = models.DateTimeField(_("deadline"))
    funding_model = models.CharField(
        _("funding"), max_length=14, choices=FundingModel, default=FundingModel.ALL_OR_NOTHING
    )
    is_demonstration = models.BooleanField(
        _("made up, to show what a project looks like"), default=False, editable=False
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    opened_at = models.DateTimeField(_("opened"), null=True, editable=False)
    charging_ends_at = models.DateTimeField(
        _("cards are tried until"), null=True, editable=False,
        help_text=_("While cards are charged: the project succeeds or fails at that moment at the latest."),
    )  # fmt: skip
    ended_at = models.DateTimeField(_("funded or failed"), null=True, editable=False)

    class Meta:
        verbose_name = _("poll project")
        verbose_name_plural = _("poll projects")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ProjectState.values), name="pollproject_state_known"
            ),
            models.CheckConstraint(
                condition=Q(goal_cents__gte=F("cost_cents")) & Q(cost_cents__gte=1),
                name="pollproject_goal_pays_the_cost",
                violation_error_message=_("The goal must pay the cost."),
            ),
            models.CheckConstraint(
                condition=Q(minimum_cents__lte=F("goal_cents")) & Q(minimum_cents__gte=1),
                name="pollproject_minimum_below_goal",
                violation_error_message=_("What is needed at least cannot be more than the goal."),
            ),
            models.UniqueConstraint(
                fields=["riding"],
                condition=Q(state__in=[ProjectState.FUNDING, ProjectState.CONFIRMING]),
                name="pollproject_one_funding_per_riding",
                violation_error_message=_("A poll of this riding is being paid for already."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "deadline_at"], name="pollproject_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.riding_id} ({self.state})"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("polls:project", args=[self.pk])

    @property
    def intro(self) -> str:
        """Why this poll, in the active language."""
        return in_language(self, "intro")


class ProjectMove(models.Model):
    """A project went from one state to another; never changed."""

    project = models.ForeignKey(
        PollProject, models.PROTECT, related_name="moves", verbose_name=_("poll project")
    )
    from_state = models.CharField(_("from"), max_length=10, choices=ProjectState)
    to_state = models.CharField(_("to"), max_length=10, choices=ProjectState)
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"),
        help_text=_("Empty: the platform, by the rules."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("move of a poll project")
        verbose_name_plural = _("moves of poll projects")
        indexes = [models.Index(fields=["project", "at"], name="projectmove_by_project")]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.from_state} → {self.to_state}"
