"""Courses and certificates in admin."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.admin import OrganizerAdmin, ReadOnlyAdmin
from coop4canada.kit.clock import now
from volunteers.admin.teams import organizer_of
from volunteers.models import Certificate, Course, QuizAnswer, QuizQuestion
from volunteers.services.training import QuizIncomplete, begin_version, publish_course, revoke_certificate


class DraftOnly:
    """Rows that may be written as long as their course is a draft: what somebody passed keeps its words."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401
        """Only a draft changes."""
        is_draft = obj is None or _course_of(obj).published_at is None
        return is_draft and bool(super().has_change_permission(request, obj))  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401
        """Only from a draft something is taken."""
        is_draft = obj is None or _course_of(obj).published_at is None
        return is_draft and bool(super().has_delete_permission(request, obj))  # type: ignore[misc]


def _course_of(row: Course | QuizQuestion) -> Course:
    return row if isinstance(row, Course) else row.course


class QuestionInline(DraftOnly, admin.StackedInline[QuizQuestion, Course]):
    """The quiz of a course; answers are written on the page of each question."""

    model = QuizQuestion
    extra = 0
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401
        """Only a draft gets more questions."""
        is_draft = obj is None or obj.published_at is None
        return is_draft and bool(super().has_add_permission(request, obj))


@admin.register(Course)
class CourseAdmin(DraftOnly, OrganizerAdmin):
    """Courses: a new version begins as a copy, is written, and is then put in force."""

    list_display = ["channel", "version", "holds_since", "title_en", "published_at"]
    list_filter = ["channel"]
    ordering = ["channel", "-version"]
    fields = [
        "channel", "version", "holds_since", "title_en", "title_fr", "body_en", "body_fr", "created_at",
        "published_at",
    ]  # fmt: skip
    readonly_fields = ["channel", "version", "created_at", "published_at"]
    inlines = [QuestionInline]
    actions = ["begin", "publish"]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """A version begins as a copy of the one before."""
        return False

    def has_write_permission(self, request: HttpRequest) -> bool:
        """Writing and publishing need the right to change courses."""
        return bool(request.user.has_perm("volunteers.change_course"))

    @admin.action(description=_("Write a new version"), permissions=["write"])
    def begin(self, request: HttpRequest, queryset: QuerySet[Course]) -> None:
        """Copy each course as a draft."""
        for course in queryset:
            draft = begin_version(course=course, now=now())
            messages.success(request, _("Version %(version)d is a draft now.") % {"version": draft.version})

    @admin.action(description=_("Put in force"), permissions=["write"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Course]) -> None:
        """Publish drafts whose quiz can be passed."""
        for course in queryset:
            try:
                is_new = publish_course(course=course, now=now())
            except QuizIncomplete:
                messages.error(
                    request, _("%(course)s: every question needs a right answer.") % {"course": course}
                )
                continue
            if is_new:
                messages.success(request, _("%(course)s is in force.") % {"course": course})


class AnswerInline(DraftOnly, admin.TabularInline[QuizAnswer, QuizQuestion]):
    """The answers that a question offers."""

    model = QuizAnswer
    extra = 0
    min_num = 2

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401
        """Only a draft gets more answers."""
        is_draft = obj is None or obj.course.published_at is None
        return is_draft and bool(super().has_add_permission(request, obj))


@admin.register(QuizQuestion)
class QuizQuestionAdmin(DraftOnly, OrganizerAdmin):
    """Questions of quizzes with their answers."""

    list_display = ["text_en", "course", "display_order"]
    list_select_related = ["course"]
    ordering = ["course", "display_order", "pk"]
    fields = ["course", "display_order", "text_en", "text_fr", "explanation_en", "explanation_fr"]
    readonly_fields = ["course"]
    inlines = [AnswerInline]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Questions are added on the page of their course."""
        return False


@admin.register(Certificate)
class CertificateAdmin(ReadOnlyAdmin):
    """Who passed what; a certificate can be revoked."""

    list_display = ["user", "course", "passed_at", "revoked_at", "revoke_reason"]
    list_filter = ["course", ("revoked_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "course"]
    search_fields = ["user__email", "user__name"]
    ordering = ["-pk"]
    actions = ["revoke"]

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        """Revoking needs the right to change certificates."""
        return bool(request.user.has_perm("volunteers.change_certificate"))

    @admin.action(description=_("Revoke: calls under way and turfs end"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Certificate]) -> None:
        """Revoke what is live."""
        by, reason = organizer_of(request), str(_("revoked by an organizer"))
        count = sum(revoke_certificate(certificate=row, reason=reason, by=by, now=now()) for row in queryset)
        messages.success(request, _("Certificates revoked: %(count)d") % {"count": count})
