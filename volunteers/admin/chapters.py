"""Chapters and questions in admin."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.admin import CheckedForm, OrganizerAdmin
from coop4canada.kit.clock import now
from ridings.queries.codes import live_ridings
from volunteers.admin.closable import ClosableAdmin
from volunteers.models import Chapter, Question, QuestionSet, TaskDone
from volunteers.services import close_chapter


class RidingForm(CheckedForm):
    """Whatever belongs to a riding: its number has to be one in force."""

    def clean_riding_number(self) -> int | None:
        """Refuse a number that is no riding's."""
        number: int | None = self.cleaned_data["riding_number"]
        if number is not None and number not in live_ridings([number]):
            raise ValidationError(_("There is no riding with this number."))
        return number


class TaskInline(admin.TabularInline[TaskDone, Chapter]):
    """Tasks that somebody said are done."""

    model = TaskDone
    fields = ["task", "note", "by", "at"]
    readonly_fields = ["task", "note", "by", "at"]
    extra = 0
    can_delete = False

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:  # noqa: ANN401
        """Leads tick tasks in their workspace."""
        return False


@admin.register(Chapter)
class ChapterAdmin(ClosableAdmin):
    """Chapters; entered here, or when the first lead is named."""

    form = RidingForm
    list_display = ["riding_number", "name", "state", "founded_on", "liaison_name", "closed_at"]
    list_filter = ["state", ("closed_at", admin.EmptyFieldListFilter)]
    search_fields = ["=riding_number", "name", "liaison_name", "liaison_email"]
    ordering = ["riding_number", "pk"]
    fields = [
        "riding_number", "name", "state", "founded_on", "liaison_name", "liaison_email", "question_set",
        "created_at", "closed_at",
    ]  # fmt: skip
    inlines = [TaskInline]

    @admin.action(description=_("Close: take it out of the site"), permissions=["close"])
    def close(self, request: HttpRequest, queryset: QuerySet[Chapter]) -> None:
        """Close what is live."""
        closed = sum(close_chapter(chapter=chapter, now=now()) for chapter in queryset)
        messages.success(request, _("Chapters closed: %(count)d") % {"count": closed})


class QuestionInline(admin.TabularInline[Question, QuestionSet]):
    """The questions, while the set is being written."""

    model = Question
    extra = 8

    def has_change_permission(self, _request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401
        """What may have been answered keeps its words."""
        return obj is None

    def has_add_permission(self, _request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401
        """A written set is not added to; write a new one."""
        return obj is None

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:  # noqa: ANN401
        """Nor taken from."""
        return False


@admin.register(QuestionSet)
class QuestionSetAdmin(OrganizerAdmin):
    """Sets of questions: written once, offered or not."""

    form = RidingForm
    list_display = ["__str__", "riding_number", "is_offered", "created_at"]
    list_filter = ["is_offered"]
    search_fields = ["name_en", "name_fr", "=riding_number"]
    ordering = ["riding_number", "-pk"]
    fields = ["riding_number", "name_en", "name_fr", "is_offered"]
    inlines = [QuestionInline]

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Interviews keep their questions."""
        return False

    def save_model(self, request: HttpRequest, obj: QuestionSet, form: Any, change: bool) -> None:  # noqa: ANN401, FBT001
        """Note when it was written."""
        if not change:
            obj.created_at = now()
        super().save_model(request, obj, form, change)
