"""How the phone team calls: what follows each outcome, and the register of numbers called."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from volunteers.enums import CALL_OUTCOMES, ContactState, Outcome
from volunteers.models.scripts import ScriptVersion

_ENDS = {
    ContactState.DONE,
    ContactState.EXHAUSTED,
    ContactState.INVALID,
    ContactState.HELD,
    ContactState.SUPPRESSED,
}
_CHOICES = [(outcome, outcome.label) for outcome in Outcome if outcome in CALL_OUTCOMES]


class RetryRule(models.Model):
    """What follows an outcome of a call; `volunteers.rules.retries` says what each column means."""

    outcome = models.CharField(_("outcome"), max_length=9, choices=_CHOICES, unique=True)
    end_state = models.CharField(
        _("is then"), max_length=10, blank=True,
        choices=[(state, state.label) for state in ContactState if state in _ENDS],
        help_text=_("Empty: is called again."),
    )  # fmt: skip
    retry_after_minutes = models.PositiveIntegerField(_("called again after (minutes)"), default=0)
    other_daypart = models.BooleanField(_("at another time of day"), default=False)
    most_attempts = models.PositiveSmallIntegerField(
        _("most attempts"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    counts = models.BooleanField(_("counts as an attempt"), default=True)
    everywhere = models.BooleanField(_("on every list with this number"), default=False)
    rest_elsewhere_minutes = models.PositiveIntegerField(_("rest on other lists (minutes)"), default=0)
    again_as = models.CharField(
        _("the second time in a row like"), max_length=9, choices=_CHOICES, blank=True,
    )  # fmt: skip

    class Meta:
        verbose_name = _("rule for the next call")
        verbose_name_plural = _("rules for the next call")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=sorted(CALL_OUTCOMES)), name="retryrule_outcome_of_a_call"
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.DO_NOT_CONTACT) | Q(end_state=ContactState.SUPPRESSED),
                name="retryrule_refusal_is_final",
                violation_error_message=_("Whoever wants no contact is never called again."),
            ),
            models.CheckConstraint(
                condition=~Q(end_state="") | Q(retry_after_minutes__gte=1),
                name="retryrule_not_at_once",
                violation_error_message=_("Say after how many minutes somebody is called again."),
            ),
            models.CheckConstraint(
                condition=Q(most_attempts__isnull=True) | Q(most_attempts__gte=1),
                name="retryrule_one_attempt_at_least",
                violation_error_message=_("At least one attempt is made."),
            ),
            models.CheckConstraint(
                condition=~Q(again_as=models.F("outcome")),
                name="retryrule_again_as_another",
                violation_error_message=_("Choose another outcome, or none."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_outcome_display())


class CalledNumber(models.Model):
    """A number that was dialled on a day with a script; outlives the list and an erasure until `kept_until`.

    Source: Canada Elections Act, S.C. 2000, c. 9, section 348.19: whoever calls through own callers keeps each script with
    the dates of its use and the numbers called for one year after the election period.
    """

    e164 = models.CharField(_("phone"), max_length=16)
    called_on = models.DateField(_("called on"), help_text=_("By the voter’s clock."))
    script_version = models.ForeignKey(
        ScriptVersion, models.PROTECT, null=True, related_name="numbers_called",
        verbose_name=_("version of a script"),
    )  # fmt: skip
    riding_number = models.PositiveIntegerField(_("riding (FED number)"))
    kept_until = models.DateField(_("kept until"))

    class Meta:
        verbose_name = _("number called")
        verbose_name_plural = _("numbers called")
        constraints = [
            models.UniqueConstraint(
                fields=["e164", "called_on", "script_version"],
                nulls_distinct=False,
                name="callednumber_once_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["called_on", "riding_number"], name="callednumber_by_day"),
            models.Index(fields=["kept_until"], name="callednumber_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.called_on} {self.pk}"
