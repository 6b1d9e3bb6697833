"""Organizers' pages for poll projects: prepared, opened, on the board, sent to the field, ended."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from coop4canada.kit.admin import OrganizerAdmin
from coop4canada.kit.clock import now
from coop4canada.kit.http import see_other
from polls.admin.pages import note, organizer_with, show
from polls.enums import ProjectState
from polls.models import PollProject, ProjectMove
from polls.queries.pipeline import pipeline
from polls.services import projects

CHANGE_PROJECT = "polls.change_pollproject"
VIEW_PROJECT = "polls.view_pollproject"
# What givers were told; fixed once they could give.
TERMS = ["riding", "pollster", "cost_cents", "goal_cents", "minimum_cents", "deadline_at", "funding_model"]
REFUSALS = {
    "pollster": _("Name the pollster first."),
    "intro": _("Write why this poll, in English and in French, first."),
    "deadline": _("The deadline is over: choose a later one first."),
    "another": _("Another poll of this riding is collecting: it ends first."),
    "no_reason": _("Say why it fails."),
    "spent": _("Money was paid to the pollster: book what comes back of it first."),
}
REFUSED = _("Nothing was changed: the project has moved on meanwhile.")


class MoveInline(admin.TabularInline[Any, Any]):
    """The history; nobody writes it by hand."""

    model = ProjectMove
    extra = 0
    can_delete = False
    fields = ("at", "from_state", "to_state", "reason", "by")
    readonly_fields = fields
    ordering = ["-at", "-pk"]

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:  # noqa: ANN401
        """Nobody adds by hand."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:  # noqa: ANN401
        """Nobody changes by hand."""
        return False


class FailForm(forms.Form):
    """Why a project ends without a poll."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown on the public page of the project, as written: in both languages, please."),
    )


@admin.register(PollProject)
class PollProjectAdmin(OrganizerAdmin):
    """Projects: terms are fixed once people could give; every move is a service and stands in the history."""

    list_display = ["riding", "state", "pollster", "goal_cents", "deadline_at", "funding_model"]
    list_filter = ["state", "funding_model", "is_demonstration"]
    list_select_related = ["riding"]
    search_fields = ["riding__name_en", "riding__name_fr", "=riding__number", "pollster"]
    autocomplete_fields = ["riding"]
    ordering = ["-pk"]
    inlines = [MoveInline]
    change_form_template = "admin/polls/pollproject/change_form.html"
    change_list_template = "admin/polls/pollproject/change_list.html"
    fields = [
        "state", "riding", "pollster", "intro_en", "intro_fr", "cost_cents", "goal_cents", "minimum_cents",
        "deadline_at", "funding_model", "opened_at", "charging_ends_at", "ended_at", "public_page",
    ]  # fmt: skip

    def get_readonly_fields(self, _request: HttpRequest, obj: PollProject | None = None) -> list[str]:
        """Return what is only shown: the state always, the terms once the project is open."""
        fixed = [] if obj is None or obj.state == ProjectState.DRAFT else TERMS
        return ["state", *fixed, "opened_at", "charging_ends_at", "ended_at", "public_page"]

    def has_delete_permission(self, request: HttpRequest, obj: PollProject | None = None) -> bool:
        """Only drafts are deleted."""
        is_draft = obj is not None and obj.state == ProjectState.DRAFT
        return is_draft and super().has_delete_permission(request, obj)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Offer what may be done with the project."""
        row = self.get_object(request, object_id)
        offered = {}
        if isinstance(row, PollProject) and request.user.has_perm(CHANGE_PROJECT):
            offered = {
                "may_open": row.state == ProjectState.DRAFT,
                "may_field": row.state == ProjectState.FUNDED,
                "may_fail": row.state in {ProjectState.FUNDED, ProjectState.IN_FIELD, ProjectState.FUNDING},
                "may_settle": row.state == ProjectState.FAILED,
            }
        return super().change_view(request, object_id, form_url, offered | (extra_context or {}))

    @admin.display(description=_("public page"))
    def public_page(self, row: PollProject) -> str:
        """Link to what the public sees."""
        if row.pk is None or row.state == ProjectState.DRAFT:
            return "—"
        return format_html('<a href="{}">{}</a>', row.get_absolute_url(), _("See it"))

    def get_urls(self) -> list[URLPattern]:
        """Add the board and the moves."""
        wrap = self.admin_site.admin_view
        return [
            path("board/", wrap(board), name="polls_pollproject_board"),
            path("<int:pk>/open/", wrap(require_POST(open_it)), name="polls_pollproject_open"),
            path("<int:pk>/field/", wrap(require_POST(to_field)), name="polls_pollproject_field"),
            path("<int:pk>/fail/", wrap(fail), name="polls_pollproject_fail"),
            path("<int:pk>/settle/", wrap(require_POST(settle)), name="polls_pollproject_settle"),
            *super().get_urls(),
        ]


def board(request: HttpRequest) -> HttpResponse:
    """Show every project in the column of its state."""
    organizer_with(request, VIEW_PROJECT)
    may_change = request.user.has_perm(CHANGE_PROJECT)
    return show(
        request,
        "pollproject/board.html",
        PollProject,
        title=_("Board of poll projects"),
        columns=pipeline(now()),
        may_change=may_change,
    )


def open_it(request: HttpRequest, pk: int) -> HttpResponse:
    """Let people give."""
    return _move(request, pk, projects.open_project, "opened", _("The project is open: people can give now."))


def to_field(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the pollster is asking people."""
    done = _("The poll is in the field; its givers are told by mail.")
    return _move(request, pk, projects.send_to_field, "sent to the field", done)


def fail(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then end a project without a poll."""
    user, row = organizer_with(request, CHANGE_PROJECT), _project(pk)
    form = FailForm(request.POST or None)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        title = _("Mark this project as failed?")
        return show(
            request, "pollproject/fail.html", PollProject, status=status, title=title, row=row, form=form
        )
    try:
        projects.fail_project(project=row, reason=form.cleaned_data["reason"], by=user, now=now())
    except projects.MoveRefused as refused:
        messages.error(request, REFUSALS.get(refused.reason, REFUSED))
        return _back(pk)
    note(user, row, "marked as failed")
    messages.success(request, _("The project has failed; each gift goes back or on as its giver wished."))
    return _back(pk)


def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow every giver's wish of a failed project now, rather than with the next run of the job."""
    user, row = organizer_with(request, CHANGE_PROJECT), _project(pk)
    if row.state != ProjectState.FAILED:
        messages.error(request, REFUSED)
        return _back(pk)
    projects.look_after_project(project_id=pk, now=now())
    note(user, row, "refunds and moves asked for")
    messages.success(request, _("Every gift that can go is on its way back or on."))
    return _back(pk)


def _move(
    request: HttpRequest,
    pk: int,
    move: Callable[..., PollProject],
    what: str,
    done: Any,  # noqa: ANN401 — a lazy text
) -> HttpResponse:
    user, row = organizer_with(request, CHANGE_PROJECT), _project(pk)
    try:
        move(project=row, by=user, now=now())
    except projects.MoveRefused as refused:
        messages.error(request, REFUSALS.get(refused.reason, REFUSED))
        return _back(pk)
    note(user, row, what)
    messages.success(request, done)
    return _back(pk)


def _project(pk: int) -> PollProject:
    row = PollProject.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _back(pk: int) -> HttpResponse:
    return see_other(reverse("admin:polls_pollproject_change", args=[pk]))
