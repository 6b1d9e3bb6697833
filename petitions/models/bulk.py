"""What organizers do to many signatures at once, and from when on they want to hear of many at once."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from petitions.enums import BulkTarget, TrendKind
from petitions.models.petition import Petition
from supporters.models import User

KEY_LENGTH = 32


class BulkJob(models.Model):
    """Work on many signatures of one petition: previewed, confirmed, then done in the background, batch by batch.

    The row is the truth: after a crash the job goes on behind `reached_id`.
    """

    petition = models.ForeignKey(Petition, models.CASCADE, verbose_name=_("petition"))
    key = models.CharField(
        _("key"),
        max_length=KEY_LENGTH,
        unique=True,
        help_text=_("Of the preview: confirmed twice, done once."),
    )
    requested_by = models.ForeignKey(User, models.PROTECT, verbose_name=_("requested by"))
    created_at = models.DateTimeField(_("requested"))
    last_signature_id = models.BigIntegerField(
        _("signatures up to"), help_text=_("Later ones are left alone, so that the preview holds.")
    )
    expected_count = models.PositiveIntegerField(_("signatures in the preview"))
    reached_id = models.BigIntegerField(_("reached"), default=0)
    changed_count = models.PositiveIntegerField(_("done so far"), default=0)
    done_at = models.DateTimeField(_("done"), null=True)

    class Meta:
        abstract = True

    @property
    def percent(self) -> int:
        """How far it is, 0–100, by what the preview counted."""
        if self.done_at is not None:
            return 100
        return min(99, 100 * self.changed_count // max(1, self.expected_count))


class Invalidation(BulkJob):
    """A decision over many signatures at once, by criteria; can be undone."""

    criteria = models.JSONField(_("criteria"))
    target = models.CharField(_("decision"), max_length=9, choices=BulkTarget, default=BulkTarget.INVALID)
    reason = models.CharField(_("reason"), max_length=300)
    undo_at = models.DateTimeField(_("undoing asked for"), null=True)
    undone_at = models.DateTimeField(_("undone"), null=True)

    class Meta:
        verbose_name = _("bulk decision")
        verbose_name_plural = _("bulk decisions")

    def __str__(self) -> str:
        return f"{self.pk}: {self.reason}"


class Resend(BulkJob):
    """A fresh confirmation link for everybody who has not yet confirmed."""

    class Meta:
        verbose_name = _("reminder to confirm")
        verbose_name_plural = _("reminders to confirm")

    def __str__(self) -> str:
        return f"{self.pk}: {self.petition_id}"


class TrendingThreshold(models.Model):
    """From how many signatures within an hour on organizers are told."""

    kind = models.CharField(_("counted by"), max_length=7, choices=TrendKind, unique=True)
    most_per_hour = models.PositiveIntegerField(_("signatures in an hour, at most"))

    class Meta:
        verbose_name = _("threshold of alerts")
        verbose_name_plural = _("thresholds of alerts")
        constraints = [
            models.CheckConstraint(
                condition=Q(most_per_hour__gte=1),
                name="trendingthreshold_positive",
                violation_error_message=_("A threshold is at least one signature."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.most_per_hour}"
