"""How ridings are classified, and the runs that did it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.models import in_language
from ridings.enums import Method, RidingClass
from ridings.models.geography import BoundarySet, Riding
from ridings.models.votes import Election


class Preset(models.Model):
    """A method of classification with its parameters; one is active."""

    method = models.CharField(_("method"), max_length=24, choices=Method, unique=True)
    parameters = models.JSONField(
        _("parameters"), default=dict, blank=True, help_text=_("What differs from the method's own values.")
    )
    is_active = models.BooleanField(_("active"), default=False)

    class Meta:
        verbose_name = _("preset")
        verbose_name_plural = _("presets")
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"],
                condition=Q(is_active=True),
                name="preset_one_active",
                violation_error_message=_("Another preset is active: deactivate it first."),
            ),
        ]

    def __str__(self) -> str:
        return self.method


class ClassificationRun(models.Model):
    """One computation of all classes, with what it used and what it changed; never edited."""

    created_at = models.DateTimeField(_("computed"))
    published_at = models.DateTimeField(_("published"), null=True, help_text=_("Empty if no class changed."))
    cause = models.CharField(_("cause"), max_length=300)
    boundary_set = models.ForeignKey(BoundarySet, models.PROTECT, verbose_name=_("boundary set"))
    election = models.ForeignKey(Election, models.PROTECT, verbose_name=_("base election"))
    method = models.CharField(_("method"), max_length=24, choices=Method)
    method_version = models.PositiveSmallIntegerField(_("method version"))
    parameters = models.JSONField(_("parameters"))
    polls_as_of = models.DateField(_("polls as of"), null=True)
    inputs_digest = models.CharField(_("digest of the inputs"), max_length=64)
    damped_digest = models.CharField(
        _("digest of the inputs that damping counts"), max_length=64, blank=True,
        help_text=_("All inputs but the local polls."),
    )  # fmt: skip
    counts = models.JSONField(_("ridings by class"))
    diff = models.JSONField(_("changes"), default=list)
    document = models.TextField(_("colour document"), blank=True)
    document_version = models.CharField(_("version of the document"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("classification run")
        verbose_name_plural = _("classification runs")
        indexes = [
            models.Index(
                fields=["-published_at"],
                name="classificationrun_published",
                condition=Q(published_at__isnull=False),
            ),
            models.Index(fields=["-created_at"], name="classificationrun_created"),
        ]

    def __str__(self) -> str:
        return f"Run {self.pk} of {self.created_at:%Y-%m-%d %H:%M}"


class RidingVerdict(models.Model):
    """Class of a riding in a run, the reasons for it and the numbers behind them."""

    run = models.ForeignKey(ClassificationRun, models.CASCADE, related_name="verdicts")
    riding = models.ForeignKey(Riding, models.CASCADE, related_name="verdicts")
    riding_class = models.CharField(_("class"), max_length=8, choices=RidingClass)
    computed_class = models.CharField(
        _("class by the numbers alone"),
        max_length=8,
        choices=RidingClass,
        help_text=_("Before damping and overrides."),
    )
    reasons = models.JSONField(
        _("reasons"), help_text=_("Codes with their values; words are made when shown.")
    )
    numbers = models.JSONField(_("numbers"))

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        constraints = [models.UniqueConstraint(fields=["run", "riding"], name="ridingverdict_unique")]

    def __str__(self) -> str:
        return f"{self.riding_id}: {self.riding_class}"


class ClassOverride(models.Model):
    """An organizer's decision that a riding has another class than the numbers say."""

    riding = models.ForeignKey(Riding, models.CASCADE, related_name="overrides", verbose_name=_("riding"))
    riding_class = models.CharField(_("class"), max_length=8, choices=RidingClass)
    reason_en = models.CharField(_("reason shown in public (English)"), max_length=300)
    reason_fr = models.CharField(_("reason shown in public (French)"), max_length=300)
    expires_at = models.DateTimeField(_("expires"), help_text=_("From then on the numbers decide again."))
    created_at = models.DateTimeField(_("decided"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, verbose_name=_("decided by")
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("override of a class")
        verbose_name_plural = _("overrides of classes")
        constraints = [
            models.UniqueConstraint(
                fields=["riding"],
                condition=Q(ended_at__isnull=True),
                name="classoverride_one_per_riding",
                violation_error_message=_("This riding is overridden already: end that override first."),
            ),
            models.CheckConstraint(
                condition=Q(riding_class__in=RidingClass.values), name="classoverride_class_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.riding_id} → {self.riding_class}"

    @property
    def reason(self) -> str:
        """Reason in the active language."""
        return in_language(self, "reason")


class RecomputeRequest(models.Model):
    """Someone changed an input: the map must be computed anew. Done when a run has taken it up."""

    created_at = models.DateTimeField(auto_now_add=True)
    cause = models.CharField(max_length=300)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recompute request")
        verbose_name_plural = _("recompute requests")
        indexes = [
            models.Index(
                fields=["created_at"], name="recomputerequest_pending", condition=Q(done_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.cause
