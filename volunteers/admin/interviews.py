"""Interviews and stances in admin."""

from typing import Any
from uuid import uuid4

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from campaign.rules.website import BadWebsite, read_website
from coop4canada.kit.admin import CheckedForm, OrganizerAdmin
from coop4canada.kit.clock import now
from supporters.models import User
from volunteers.enums import InterviewState
from volunteers.models import Answer, Interview, Stance
from volunteers.services import NothingToPublish, publish_interview


class DraftInline(admin.TabularInline[Any, Interview]):
    """What belongs to an interview, while it is a draft."""

    extra = 1

    def _is_draft(self, obj: Interview | None) -> bool:
        return obj is None or obj.state == InterviewState.DRAFT

    def has_add_permission(self, request: HttpRequest, obj: Interview | None = None) -> bool:
        """Drafts only."""
        return self._is_draft(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Interview | None = None) -> bool:
        """Drafts only."""
        return self._is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Interview | None = None) -> bool:
        """Drafts only."""
        return self._is_draft(obj) and super().has_delete_permission(request, obj)


class AnswerInline(DraftInline):
    """Answers to the questions of the set."""

    model = Answer
    raw_id_fields = ["question"]


@admin.register(Interview)
class InterviewAdmin(OrganizerAdmin):
    """Interviews: corrected while they are drafts, published for good."""

    list_display = ["candidacy", "held_on", "state", "published_at", "recorded_by"]
    list_filter = ["state"]
    list_select_related = ["candidacy", "recorded_by"]
    search_fields = ["candidacy__person_name", "=candidacy__riding_number"]
    ordering = ["-held_on", "-pk"]
    raw_id_fields = ["candidacy", "question_set"]
    readonly_fields = ["state", "published_at", "recorded_by", "created_at"]
    inlines = [AnswerInline]
    actions = ["publish"]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """What is public is not rewritten."""
        is_public = isinstance(obj, Interview) and obj.state == InterviewState.PUBLISHED
        return not is_public and super().has_change_permission(request, obj)

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Nothing that was published disappears."""
        return False

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Publishing needs the right to change interviews."""
        return bool(request.user.has_perm("volunteers.change_interview"))

    def save_model(self, request: HttpRequest, obj: Interview, form: Any, change: bool) -> None:  # noqa: ANN401, FBT001
        """Note who wrote it down."""
        if not change:
            obj.form_key, obj.created_at = uuid4(), now()
            obj.recorded_by = request.user if isinstance(request.user, User) else None
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Publish for good"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Interview]) -> None:
        """Publish the drafts that hold something."""
        for interview in queryset:
            try:
                publish_interview(interview_id=interview.pk, now=now())
            except NothingToPublish:
                messages.error(
                    request, _("Nothing is answered in it: %(interview)s") % {"interview": interview}
                )


class StanceForm(CheckedForm):
    """A stance with its source."""

    def clean_source_url(self) -> str:
        """Refuse what we would not link to."""
        typed = self.cleaned_data["source_url"]
        try:
            return read_website(typed) if typed else ""
        except BadWebsite as error:
            raise ValidationError(_("This is no address of a secure site.")) from error


@admin.register(Stance)
class StanceAdmin(OrganizerAdmin):
    """Where candidates stand: added to, never rewritten, so that history stays."""

    form = StanceForm
    list_display = ["candidacy", "topic", "value", "as_of", "source"]
    list_filter = ["topic", "value"]
    list_select_related = ["candidacy"]
    search_fields = ["candidacy__person_name", "=candidacy__riding_number"]
    ordering = ["-as_of", "-pk"]
    raw_id_fields = ["candidacy"]
    fields = ["candidacy", "topic", "value", "quote", "language", "source", "source_url", "as_of"]

    def has_change_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """A newer stance takes the place of an older one."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """History stays."""
        return False

    def save_model(self, request: HttpRequest, obj: Stance, form: Any, change: bool) -> None:  # noqa: ANN401, FBT001
        """Note when it was entered."""
        obj.created_at = now()
        super().save_model(request, obj, form, change)
