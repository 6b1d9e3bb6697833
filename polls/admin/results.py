"""Organizers' pages for polls: facts, questions and readings are entered, checked, published, retracted."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from coop4canada.kit.admin import CheckedForm, OrganizerAdmin
from coop4canada.kit.clock import now
from polls.admin import result_moves
from polls.admin.result_forms import PollForm, QuestionFormSet, ReadingForm, ReadingFormSet
from polls.enums import PollState
from polls.models import Poll, PollQuestion, PollReading
from polls.queries.gate import gate_of


def is_open(poll: Poll | None) -> bool:
    """Say whether a poll can be changed: what the public sees is retracted first."""
    return poll is None or poll.state != PollState.PUBLISHED


def locked(rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Hold the polls that a form is about to change, so that none is published meanwhile."""
    return rows.select_for_update(of=("self",), no_key=True) if request.method == "POST" else rows


class UnpublishedInline:
    """Rows that are fixed while the public sees their poll."""

    extra = 1

    def poll_of(self, obj: Any) -> Poll | None:  # noqa: ANN401 — a poll or a question
        """Return the poll of a page's subject."""
        return obj.poll if isinstance(obj, PollQuestion) else obj

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401
        """Nothing is added to what is published."""
        return is_open(self.poll_of(obj)) and request.user.has_perm("polls.change_poll")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401
        """Nothing of what is published changes."""
        return is_open(self.poll_of(obj)) and request.user.has_perm("polls.change_poll")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401
        """Nothing of what is published goes."""
        return is_open(self.poll_of(obj)) and request.user.has_perm("polls.change_poll")

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:  # noqa: ANN401
        """Whoever sees polls sees what belongs to them."""
        return request.user.has_perm("polls.view_poll") or request.user.has_perm("polls.change_poll")


class QuestionInline(UnpublishedInline, admin.StackedInline[PollQuestion, Poll]):
    """The questions, each with a link to its readings."""

    model = PollQuestion
    form = CheckedForm
    formset = QuestionFormSet  # type: ignore[assignment]  # of forms that say more
    fields = [("place", "is_vote_intention"), "wording_en", "wording_fr"]
    show_change_link = True


class ReadingInline(UnpublishedInline, admin.TabularInline[PollReading, PollQuestion]):
    """The readings of a question."""

    model = PollReading
    form = ReadingForm
    formset = ReadingFormSet  # type: ignore[assignment]  # of forms that say more
    fields = ["basis", "group", "party", "answer", "share", "base_count"]
    extra = 5
    ordering = ["pk"]


@admin.register(Poll)
class PollAdmin(OrganizerAdmin):
    """Polls: drafts are filled in; what is published is only looked at, and retracted."""

    form = PollForm
    list_display = ["riding", "firm", "state", "field_ends_on", "sample_size", "published_at"]
    list_filter = ["state", "method"]
    list_select_related = ["riding"]
    search_fields = ["riding__name_en", "riding__name_fr", "=riding__number", "firm"]
    ordering = ["-pk"]
    inlines = [QuestionInline]
    autocomplete_fields = ["riding"]
    change_form_template = "admin/polls/poll/change_form.html"
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    readonly_fields = ["state", "published_at", "retracted_at", "retraction_en", "retraction_fr"]
    fieldsets = [
        (None, {"fields": ["riding", "project", "state"]}),
        (_("Who"), {"fields": ["sponsor", "sponsor_address", "firm", "firm_address"]}),
        (_("When"), {"fields": [("field_starts_on", "field_ends_on"), "hours_en", "hours_fr"]}),
        (
            _("Whom"),
            {
                "fields": [
                    "population_en",
                    "population_fr",
                    ("contacted_count", "sample_size"),
                    ("refused_count", "ineligible_count"),
                    "is_probability",
                    "margin_of_error",
                ]
            },
        ),
        (
            _("How"),
            {
                "fields": [
                    "method",
                    "sampling_en",
                    "sampling_fr",
                    "weighting_en",
                    "weighting_fr",
                    "undecided_en",
                    "undecided_fr",
                    "report_url",
                ]
            },
        ),
        (
            _("Publication"),
            {"fields": ["published_at", "retracted_at", "retraction_en", "retraction_fr"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Poll]:
        """Read the riding with its clock, and the project, with the poll."""
        return super().get_queryset(request).select_related("riding__boundary_set", "project")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Poll | None:
        """Hold the poll while a form changes it."""
        if request.method == "POST" and object_id.isdigit():
            locked(Poll.objects.filter(pk=int(object_id)), request).first()
        found: Poll | None = super().get_object(request, object_id, from_field)
        return found

    def has_change_permission(self, request: HttpRequest, obj: Poll | None = None) -> bool:
        """What is published is only looked at."""
        return is_open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Poll | None = None) -> bool:
        """Only drafts are deleted."""
        return (obj is None or obj.state == PollState.DRAFT) and super().has_delete_permission(request, obj)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show what is missing for publication, and offer what may be done."""
        poll = self.get_queryset(request).filter(pk=int(object_id)).first() if object_id.isdigit() else None
        more: dict[str, Any] = {}
        if poll is not None and request.user.has_perm("polls.change_poll"):
            more = {
                "gate": gate_of(poll, now()) if is_open(poll) else None,
                "is_published": poll.state == PollState.PUBLISHED,
            }
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))

    def get_urls(self) -> list[URLPattern]:
        """Add what is done with a poll."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/publish/", wrap(require_POST(result_moves.publish)), name="polls_poll_publish"),
            path("<int:pk>/retract/", wrap(result_moves.retract), name="polls_poll_retract"),
            path("<int:pk>/import/", wrap(result_moves.import_table), name="polls_poll_import"),
            path("<int:pk>/template/", wrap(result_moves.template), name="polls_poll_template"),
            *super().get_urls(),
        ]


@admin.register(PollQuestion)
class PollQuestionAdmin(OrganizerAdmin):
    """One question with its readings; questions are made with their poll."""

    form = CheckedForm
    list_display = ["poll", "place", "is_vote_intention"]
    list_select_related = ["poll"]
    search_fields = ["=poll__id", "wording_en", "wording_fr"]
    ordering = ["-poll", "place"]
    inlines = [ReadingInline]
    readonly_fields = ["poll"]
    fields = ["poll", "place", "is_vote_intention", "wording_en", "wording_fr"]

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> PollQuestion | None:
        """Hold the poll while a form changes its question."""
        if request.method == "POST" and object_id.isdigit():
            locked(Poll.objects.filter(questions=int(object_id)), request).first()
        found: PollQuestion | None = super().get_object(request, object_id, from_field)
        return found

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Questions are added on the page of their poll."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: PollQuestion | None = None) -> bool:
        """What is published is only looked at."""
        return is_open(obj.poll if obj else None) and request.user.has_perm("polls.change_poll")

    def has_delete_permission(self, request: HttpRequest, obj: PollQuestion | None = None) -> bool:
        """Questions of what is published stay."""
        return is_open(obj.poll if obj else None) and request.user.has_perm("polls.change_poll")

    def has_view_permission(self, request: HttpRequest, _obj: PollQuestion | None = None) -> bool:
        """Whoever sees polls sees their questions."""
        return request.user.has_perm("polls.view_poll") or request.user.has_perm("polls.change_poll")
