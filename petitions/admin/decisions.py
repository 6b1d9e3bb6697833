"""Decisions over many signatures: described, previewed, confirmed, watched, undone."""

from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from coop4canada.kit.admin import ReadOnlyAdmin
from coop4canada.kit.clock import now
from coop4canada.kit.http import see_other
from petitions.admin.access import CHANGE_SIGNATURE, organizer_with
from petitions.admin.choices import BadChoice, read_choice, seal_choice
from petitions.admin.forms import BulkForm
from petitions.admin.pages import refuse_choice, show
from petitions.enums import BulkTarget
from petitions.models import Invalidation
from petitions.queries.matching import preview_of
from petitions.rules.criteria import Criteria
from petitions.services import Proposal, decide_in_bulk, undo_decision
from ridings.queries.codes import live_ridings
from supporters.enums import EntryState
from supporters.models import User

BULK = "bulk"


@admin.register(Invalidation)
class InvalidationAdmin(ReadOnlyAdmin):
    """Bulk decisions with their progress."""

    list_display = [
        "__str__",
        "petition",
        "target",
        "changed_count",
        "progress",
        "requested_by",
        "created_at",
    ]
    list_select_related = ["petition", "requested_by"]
    ordering = ["-pk"]
    change_form_template = "admin/petitions/invalidation/change_form.html"
    fieldsets = [
        (None, {"fields": ["petition", "target", "criteria_in_words", "reason"]}),
        (_("Carried out"), {"fields": ["progress", "expected_count", "changed_count", "last_signature_id"]}),
        (
            _("When and by whom"),
            {"fields": ["requested_by", "created_at", "done_at", "undo_at", "undone_at"]},
        ),
    ]
    readonly_fields = ["progress", "criteria_in_words"]

    def get_urls(self) -> list[URLPattern]:
        """Add confirming and undoing."""
        wrap = self.admin_site.admin_view
        return [
            path("confirm/", wrap(require_POST(confirm)), name="petitions_invalidation_confirm"),
            path("<int:pk>/undo/", wrap(require_POST(undo)), name="petitions_invalidation_undo"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may decide about one signature may propose to decide about many."""
        return bool(request.user.has_perm(CHANGE_SIGNATURE))

    def add_view(
        self, request: HttpRequest, _form_url: str = "", _extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the form; once it is filled in, the preview."""
        return propose(request)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Offer to undo it."""
        may = {"may_decide": request.user.has_perm(CHANGE_SIGNATURE)}
        return super().change_view(request, object_id, form_url, {**may, **(extra_context or {})})

    @admin.display(description=_("progress"))
    def progress(self, decision: Invalidation) -> str:
        """Say how far it is."""
        if decision.undone_at is not None:
            return str(_("undone"))
        if decision.undo_at is not None:
            return str(_("being undone"))
        return str(_("done")) if decision.done_at is not None else f"{decision.percent} %"

    @admin.display(description=_("criteria"))
    def criteria_in_words(self, decision: Invalidation) -> str:
        """Say what was asked."""
        return ", ".join(
            f"{label}: {value}" for label, value in criteria_words(Criteria.from_json(decision.criteria))
        )


def criteria_words(criteria: Criteria) -> list[tuple[str, str]]:
    """Return every criterion with its label."""
    labels = {name: str(field.label) for name, field in BulkForm.base_fields.items()}
    words = {name: str(value) for name, value in criteria.as_json().items()}
    if criteria.state:
        words["state"] = str(EntryState(criteria.state).label)
    return [(labels[name], value) for name, value in words.items()]


def propose(request: HttpRequest) -> HttpResponse:
    """Show the form; once it is filled in, the preview with a button that confirms exactly it."""
    user = organizer_with(request, CHANGE_SIGNATURE)
    form = BulkForm(request.POST) if request.method == "POST" else BulkForm.begun_from(request.GET)
    if form.is_bound and form.is_valid():
        return _preview(request, form, user)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return show(
        request, "invalidation/form.html", Invalidation, form=form, title=_("Decide over many"), status=status
    )


def _preview(request: HttpRequest, form: BulkForm, user: User) -> HttpResponse:
    values = form.cleaned_data
    petition, target = values["petition"], values["target"]
    preview = preview_of(petition_id=petition.pk, criteria=form.criteria, target=target)
    token = seal_choice(
        BULK,
        user,
        petition=petition.pk,
        criteria=form.criteria.as_json(),
        target=target,
        reason=values["reason"],
        last=preview.last_signature_id,
        count=preview.count,
        key=uuid4().hex,
    )
    states = dict(EntryState.choices)
    ridings = live_ridings({number for number, _count in preview.by_riding if number})
    context = {
        "title": BulkTarget(target).label,
        "petition": petition,
        "preview": preview,
        "words": criteria_words(form.criteria),
        "reason": values["reason"],
        "form": form,
        "token": token,
        "by_state": [(states[state], count) for state, count in preview.by_state],
        "by_riding": [
            (ridings.get(number or 0, number or "—"), count) for number, count in preview.by_riding
        ],
    }
    return show(request, "invalidation/preview.html", Invalidation, **context)


def confirm(request: HttpRequest) -> HttpResponse:
    """Take down what was previewed; the worker carries it out."""
    user = organizer_with(request, CHANGE_SIGNATURE)
    try:
        choice = read_choice(BULK, user, request.POST.get("token", ""))
    except BadChoice:
        return refuse_choice(request, Invalidation)
    proposal = Proposal(
        petition_id=choice["petition"],
        criteria=Criteria.from_json(choice["criteria"]),
        target=choice["target"],
        reason=choice["reason"],
        last_signature_id=choice["last"],
        expected_count=choice["count"],
        key=choice["key"],
    )
    decision = decide_in_bulk(proposal=proposal, user=user, now=now())
    messages.success(request, _("It is being carried out in the background; this page shows how far it is."))
    return see_other(reverse("admin:petitions_invalidation_change", args=[decision.pk]))


def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a decision to be undone."""
    user = organizer_with(request, CHANGE_SIGNATURE)
    if not Invalidation.objects.filter(pk=pk).exists():
        raise Http404
    undo_decision(decision_id=pk, user=user, now=now())
    messages.success(request, _("It is being undone in the background."))
    return see_other(reverse("admin:petitions_invalidation_change", args=[pk]))
