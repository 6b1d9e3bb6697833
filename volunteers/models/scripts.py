"""What is said at the door and on the phone, question by question."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.models.languages import in_either_language
from volunteers.enums import Channel, Effect, QuestionKind, ScriptPurpose


class Script(models.Model):
    """A script over all its versions."""

    name = models.CharField(_("name"), max_length=120)
    channel = models.CharField(_("for"), max_length=5, choices=Channel)
    purpose = models.CharField(_("purpose"), max_length=12, choices=ScriptPurpose)
    riding_number = models.PositiveIntegerField(
        _("riding (FED number)"), null=True, blank=True, help_text=_("Empty: for every riding.")
    )
    created_at = models.DateTimeField(_("written"), editable=False)

    class Meta:
        verbose_name = _("script")
        verbose_name_plural = _("scripts")
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=ScriptPurpose.values) & Q(channel__in=Channel.values),
                name="script_purpose_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ScriptVersion(models.Model):
    """A version that, once published, is never rewritten: attempts and the register of scripts point at it.

    `opening` is the block that must be said: who calls, on whose behalf, and a number to reach us.
    Source: Canada Elections Act, S.C. 2000, c. 9, section 348.19: each script and the dates of its use are kept.
    """

    script = models.ForeignKey(Script, models.PROTECT, related_name="versions", verbose_name=_("script"))
    version = models.PositiveSmallIntegerField(_("version"), editable=False)
    opening_en = models.TextField(_("opening (English)"), max_length=2000)
    opening_fr = models.TextField(_("opening (French)"), max_length=2000)
    content_hash = models.CharField(_("hash"), max_length=64, editable=False, blank=True)
    created_at = models.DateTimeField(_("written"), editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    retired_at = models.DateTimeField(_("retired"), null=True, editable=False)

    class Meta:
        verbose_name = _("version of a script")
        verbose_name_plural = _("versions of scripts")
        constraints = [
            models.UniqueConstraint(fields=["script", "version"], name="scriptversion_once"),
            models.UniqueConstraint(
                fields=["script"],
                condition=Q(published_at__isnull=False, retired_at__isnull=True),
                name="scriptversion_one_in_use",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(content_hash=""),
                name="scriptversion_published_has_a_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.script_id} · {self.version}"

    @property
    def opening(self) -> str:
        """What must be said first, in the active language."""
        return in_either_language(self, "opening")[0]


class ScriptQuestion(models.Model):
    """One step of a script, said or asked. Steps follow each other by order unless an answer leads elsewhere."""

    version = models.ForeignKey(
        ScriptVersion, models.CASCADE, related_name="questions", verbose_name=_("version")
    )
    key = models.SlugField(
        _("key"), max_length=40, help_text=_("The same key in two versions is the same question.")
    )
    display_order = models.PositiveSmallIntegerField(_("order"), default=100)
    kind = models.CharField(_("kind"), max_length=4, choices=QuestionKind)
    text_en = models.TextField(_("text (English)"), max_length=2000)
    text_fr = models.TextField(_("text (French)"), max_length=2000)

    class Meta:
        verbose_name = _("question of a script")
        verbose_name_plural = _("questions of scripts")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"],
                name="scriptquestion_key_once",
                violation_error_message=_("Two questions have this key."),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def text(self) -> str:
        """Text in the active language."""
        return in_either_language(self, "text")[0]


class ScriptOption(models.Model):
    """An answer that can be chosen, what it does, and which question comes then (empty: the next by order)."""

    question = models.ForeignKey(
        ScriptQuestion, models.CASCADE, related_name="options", verbose_name=_("question of a script")
    )
    key = models.SlugField(_("key"), max_length=40)
    display_order = models.PositiveSmallIntegerField(_("order"), default=100)
    label_en = models.CharField(_("answer (English)"), max_length=120)
    label_fr = models.CharField(_("answer (French)"), max_length=120)
    effect = models.CharField(_("effect"), max_length=7, choices=Effect, default=Effect.NONE, blank=True)
    leads_to = models.SlugField(_("leads to the question"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("answer of a script")
        verbose_name_plural = _("answers of scripts")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "key"],
                name="scriptoption_key_once",
                violation_error_message=_("Two answers have this key."),
            ),
            models.CheckConstraint(condition=Q(effect__in=Effect.values), name="scriptoption_effect_known"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def label(self) -> str:
        """Answer in the active language."""
        return in_either_language(self, "label")[0]
