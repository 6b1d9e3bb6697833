"""Chapters, and what of their tasks somebody said is done."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from volunteers.enums import ChapterState, ChapterTask
from volunteers.models.questions import QuestionSet

NOTE_LENGTH = 300


class Chapter(models.Model):
    """The campaign's chapter of a riding. Its liaison to the national team is never shown in public."""

    riding_number = models.PositiveIntegerField(_("riding (FED number)"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=ChapterState, default=ChapterState.FORMING)
    founded_on = models.DateField(_("founded"), null=True, blank=True)
    liaison_name = models.CharField(_("liaison"), max_length=100, blank=True)
    liaison_email = models.EmailField(_("liaison’s e-mail"), max_length=254, blank=True)
    question_set = models.ForeignKey(
        QuestionSet,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("questions it asks"),
    )
    created_at = models.DateTimeField(_("entered"), editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        constraints = [
            models.UniqueConstraint(
                fields=["riding_number"],
                condition=Q(closed_at__isnull=True),
                name="chapter_one_per_riding",
                violation_error_message=_("This riding has a chapter already."),
            ),
            models.CheckConstraint(
                condition=Q(riding_number__range=(10_000, 99_999)),
                name="chapter_riding_five_digits",
                violation_error_message=_("A riding's number has five digits."),
            ),
            models.CheckConstraint(
                condition=Q(state=ChapterState.FORMING)
                | Q(state=ChapterState.FORMED, founded_on__isnull=False),
                name="chapter_formed_on_a_day",
                violation_error_message=_("Say on which day the chapter was founded."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.riding_number)

    def get_absolute_url(self) -> str:
        """Return the address of the public page in the active language."""
        return reverse("chapters:chapter", args=[self.riding_number])


class TaskDone(models.Model):
    """Somebody said that a task is done; tasks that data show need no such row."""

    chapter = models.ForeignKey(Chapter, models.CASCADE, related_name="ticks", verbose_name=_("chapter"))
    task = models.CharField(_("task"), max_length=12, choices=ChapterTask)
    note = models.CharField(_("note"), max_length=NOTE_LENGTH, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("task done")
        verbose_name_plural = _("tasks done")
        constraints = [
            models.UniqueConstraint(
                fields=["chapter", "task"],
                name="taskdone_once",
                violation_error_message=_("This task is done already."),
            ),
            models.CheckConstraint(condition=Q(task__in=ChapterTask.values), name="taskdone_task_known"),
        ]

    def __str__(self) -> str:
        return f"{self.chapter_id} {self.task}"
