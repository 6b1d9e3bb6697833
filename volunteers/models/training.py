"""What somebody learns before the first door or call, and the proof that they did."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaign.models.languages import in_either_language
from volunteers.enums import Channel


class Course(models.Model):
    """One version of the short material with its quiz; what was passed keeps its version.

    A certificate holds while its version is at least `holds_since` of the newest published version of its channel.
    """

    channel = models.CharField(_("for"), max_length=5, choices=Channel)
    version = models.PositiveSmallIntegerField(_("version"), editable=False)
    holds_since = models.PositiveSmallIntegerField(
        _("certificates hold since version"), help_text=_("Those of earlier versions must learn again.")
    )
    title_en = models.CharField(_("title (English)"), max_length=120)
    title_fr = models.CharField(_("title (French)"), max_length=120)
    body_en = models.TextField(_("material (English, Markdown)"), max_length=20_000)
    body_fr = models.TextField(_("material (French, Markdown)"), max_length=20_000)
    created_at = models.DateTimeField(_("written"), editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [
            models.UniqueConstraint(fields=["channel", "version"], name="course_version_once"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="course_channel_known"),
            models.CheckConstraint(
                condition=Q(holds_since__lte=F("version")),
                name="course_holds_since_not_later",
                violation_error_message=_("Certificates cannot hold since a version that is still to come."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.version}"

    @property
    def title(self) -> str:
        """Title in the active language."""
        return in_either_language(self, "title")[0]

    @property
    def body(self) -> str:
        """Markdown in the active language."""
        return in_either_language(self, "body")[0]


class QuizQuestion(models.Model):
    """A question of a course's quiz; at least one of its answers is right."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="quiz", verbose_name=_("course"))
    display_order = models.PositiveSmallIntegerField(_("order"), default=100)
    text_en = models.CharField(_("question (English)"), max_length=300)
    text_fr = models.CharField(_("question (French)"), max_length=300)
    explanation_en = models.CharField(_("explanation (English)"), max_length=500, blank=True)
    explanation_fr = models.CharField(_("explanation (French)"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("quiz question")
        verbose_name_plural = _("quiz questions")

    def __str__(self) -> str:
        return in_either_language(self, "text")[0]


class QuizAnswer(models.Model):
    """One answer that a quiz offers."""

    question = models.ForeignKey(
        QuizQuestion, models.CASCADE, related_name="answers", verbose_name=_("quiz question")
    )
    display_order = models.PositiveSmallIntegerField(_("order"), default=100)
    text_en = models.CharField(_("answer (English)"), max_length=200)
    text_fr = models.CharField(_("answer (French)"), max_length=200)
    is_right = models.BooleanField(_("is right"), default=False)

    class Meta:
        verbose_name = _("quiz answer")
        verbose_name_plural = _("quiz answers")

    def __str__(self) -> str:
        return in_either_language(self, "text")[0]


class Certificate(models.Model):
    """Somebody passed the quiz of a course. Claims of calls and turfs ask for it; see `volunteers.queries.training`."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="certificates", verbose_name=_("account")
    )
    course = models.ForeignKey(Course, models.PROTECT, related_name="certificates", verbose_name=_("course"))
    passed_at = models.DateTimeField(_("passed"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("revoked by")
    )
    revoke_reason = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "course"],
                condition=Q(revoked_at__isnull=True),
                name="certificate_once_while_live",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.course_id}"
