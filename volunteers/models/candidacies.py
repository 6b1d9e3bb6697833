"""Candidates that a chapter looks at, and the trace of what it decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.models import Party
from campaign.models.languages import in_either_language
from ridings.models import Candidate, Election
from volunteers.enums import CandidacyState

NAME_LENGTH = 150
REASON_LENGTH = 1500
INTEREST_LENGTH = 600


class Candidacy(models.Model):
    """Somebody who stands, or may stand, in a riding, as the chapter there sees them.

    The riding is its FED number, as of a chapter. The state is that of the last move.
    """

    riding_number = models.PositiveIntegerField(_("riding (FED number)"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("party"))
    person_name = models.CharField(_("name"), max_length=NAME_LENGTH)
    election = models.ForeignKey(
        Election, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("election"),
        help_text=_("Empty: the next one, not called yet."),
    )  # fmt: skip
    candidate = models.ForeignKey(
        Candidate,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("official candidate"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=CandidacyState, default=CandidacyState.CONSIDERED, editable=False
    )
    created_at = models.DateTimeField(_("entered"), editable=False)

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        constraints = [
            models.UniqueConstraint(
                fields=["riding_number", "election"],
                condition=Q(state=CandidacyState.UNITY),
                nulls_distinct=False,
                name="candidacy_one_unity_candidate",
                violation_error_message=_("This riding has a unity candidate for this election already."),
            ),
            models.UniqueConstraint(
                fields=["riding_number", "election", "party", "person_name"],
                condition=~Q(state__in=[CandidacyState.DECLINED, CandidacyState.WITHDRAWN]),
                nulls_distinct=False,
                name="candidacy_once_while_running",
                violation_error_message=_("This person is on the list already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=CandidacyState.values), name="candidacy_state_known"
            ),
            models.CheckConstraint(
                condition=Q(riding_number__range=(10_000, 99_999)),
                name="candidacy_riding_five_digits",
                violation_error_message=_("A riding's number has five digits."),
            ),
        ]
        indexes = [models.Index(fields=["riding_number", "state"], name="candidacy_by_riding")]

    def __str__(self) -> str:
        return f"{self.person_name} ({self.riding_number})"


class CandidacyMove(models.Model):
    """One decision about a candidate, with its public reason; only added to. Who clicked is never shown in public."""

    candidacy = models.ForeignKey(
        Candidacy, models.CASCADE, related_name="moves", verbose_name=_("candidate")
    )
    from_state = models.CharField(_("from"), max_length=10, choices=CandidacyState)
    to_state = models.CharField(_("to"), max_length=10, choices=CandidacyState)
    reason_en = models.TextField(_("public reason (English)"), max_length=REASON_LENGTH, blank=True)
    reason_fr = models.TextField(_("public reason (French)"), max_length=REASON_LENGTH, blank=True)
    interest = models.TextField(
        _("interest declared"),
        max_length=INTEREST_LENGTH,
        blank=True,
        help_text=_("Ties of those who decided to the candidate or the party; shown in public."),
    )
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("decision about a candidate")
        verbose_name_plural = _("decisions about candidates")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason_en="", reason_fr=""),
                name="candidacymove_has_a_reason",
                violation_error_message=_("Write the public reason in English or French."),
            ),
            models.CheckConstraint(
                condition=Q(from_state__in=CandidacyState.values, to_state__in=CandidacyState.values)
                & ~Q(from_state=models.F("to_state")),
                name="candidacymove_states_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id}: {self.from_state} → {self.to_state}"

    @property
    def reason(self) -> str:
        """Reason in the active language, else in the other one."""
        return in_either_language(self, "reason")[0]

    @property
    def reason_language(self) -> str:
        """Language in which `reason` is."""
        return in_either_language(self, "reason")[1]
