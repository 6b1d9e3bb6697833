"""What candidates say: interviews with their answers, and stances with their sources."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from volunteers.enums import LANGUAGES, InterviewState, StanceTopic, StanceValue
from volunteers.models.candidacies import Candidacy
from volunteers.models.questions import Question, QuestionSet

ANSWER_LENGTH = 4000
QUOTE_LENGTH = 1000


class Interview(models.Model):
    """A talk with a candidate: a draft that the chapter's people see, then published for good."""

    candidacy = models.ForeignKey(
        Candidacy, models.CASCADE, related_name="interviews", verbose_name=_("candidate")
    )
    question_set = models.ForeignKey(
        QuestionSet, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("questions")
    )
    # The same form sent twice is one interview.
    form_key = models.UUIDField(unique=True, editable=False)
    held_on = models.DateField(_("held on"))
    interviewers = models.CharField(
        _("interviewers’ names"), max_length=200, blank=True, help_text=_("Shown in public; may stay empty.")
    )
    place = models.CharField(_("place or medium"), max_length=120, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=InterviewState, default=InterviewState.DRAFT, editable=False
    )
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name=_("recorded by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("entered"), editable=False)

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=InterviewState.DRAFT, published_at__isnull=True)
                | Q(state=InterviewState.PUBLISHED, published_at__isnull=False),
                name="interview_published_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id} {self.held_on}"


class Answer(models.Model):
    """What was answered to a question, in the language in which it was."""

    interview = models.ForeignKey(
        Interview, models.CASCADE, related_name="answers", verbose_name=_("interview")
    )
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", verbose_name=_("question"))
    text = models.TextField(_("answer"), max_length=ANSWER_LENGTH)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "question"],
                name="answer_one_per_question",
                violation_error_message=_("This question is answered already."),
            ),
            models.CheckConstraint(condition=~Q(text=""), name="answer_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.interview_id} {self.question_id}"


class Stance(models.Model):
    """Where a candidate stands on a fixed question, said in an interview or found elsewhere.

    The newest that is public counts; earlier ones stay as history.
    """

    candidacy = models.ForeignKey(
        Candidacy, models.CASCADE, related_name="stances", verbose_name=_("candidate")
    )
    interview = models.ForeignKey(
        Interview, models.CASCADE, null=True, blank=True, related_name="stances", verbose_name=_("interview")
    )
    topic = models.CharField(_("question"), max_length=10, choices=StanceTopic)
    value = models.CharField(_("stance"), max_length=8, choices=StanceValue)
    quote = models.TextField(_("quotation"), max_length=QUOTE_LENGTH, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    source = models.CharField(_("source"), max_length=200, blank=True)
    source_url = models.CharField(_("address of the source"), max_length=200, blank=True)
    as_of = models.DateField(_("as of"))
    created_at = models.DateTimeField(_("entered"), editable=False)

    class Meta:
        verbose_name = _("stance")
        verbose_name_plural = _("stances")
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "topic"],
                name="stance_one_per_interview",
                violation_error_message=_("This question is answered already."),
            ),
            # The same form sent twice is one stance.
            models.UniqueConstraint(
                fields=["candidacy", "topic", "as_of", "source_url", "value"],
                condition=Q(interview__isnull=True),
                name="stance_once_per_source",
                violation_error_message=_("This stance is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(interview__isnull=False) | (~Q(source="") & Q(source_url__startswith="https://")),
                name="stance_has_a_source",
                violation_error_message=_("Name the source, with an address that begins with https://."),
            ),
            models.CheckConstraint(
                condition=Q(topic__in=StanceTopic.values, value__in=StanceValue.values), name="stance_known"
            ),
        ]
        indexes = [models.Index(fields=["candidacy", "topic", "-as_of"], name="stance_newest")]

    def __str__(self) -> str:
        return f"{self.candidacy_id} {self.topic}: {self.value}"
