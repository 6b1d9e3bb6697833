"""Questions to candidates."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.models.languages import in_either_language
from volunteers.rules.questions import QUESTION_LENGTH

NAME_LENGTH = 120


class QuestionSet(models.Model):
    """Questions that are asked together. A set that was written is not rewritten: what was answered keeps its question.

    The two fixed questions about cooperation and electoral reform stand in every interview and in no set.
    """

    riding_number = models.PositiveIntegerField(
        _("riding (FED number)"), null=True, blank=True, help_text=_("Empty: for every chapter to choose.")
    )
    name_en = models.CharField(_("name (English)"), max_length=NAME_LENGTH, blank=True)
    name_fr = models.CharField(_("name (French)"), max_length=NAME_LENGTH, blank=True)
    is_offered = models.BooleanField(_("offered to chapters"), default=True)
    created_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("set of questions")
        verbose_name_plural = _("sets of questions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_en="", name_fr=""),
                name="questionset_has_a_name",
                violation_error_message=_("Write a name in English or French."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Name in the active language, else in the other one."""
        return in_either_language(self, "name")[0]


class Question(models.Model):
    """One question of a set."""

    question_set = models.ForeignKey(
        QuestionSet, models.CASCADE, related_name="questions", verbose_name=_("set of questions")
    )
    text_en = models.CharField(_("question (English)"), max_length=QUESTION_LENGTH, blank=True)
    text_fr = models.CharField(_("question (French)"), max_length=QUESTION_LENGTH, blank=True)
    display_order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text_en="", text_fr=""),
                name="question_has_a_text",
                violation_error_message=_("Write the question in English or French."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """Question in the active language, else in the other one."""
        return in_either_language(self, "text")[0]

    @property
    def text_language(self) -> str:
        """Language in which `text` is."""
        return in_either_language(self, "text")[1]
