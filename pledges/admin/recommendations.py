"""Organizers' pages for recommendation rounds: prepared, announced, called off. Ballots are shown to nobody."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from coop4canada.kit.admin import CheckedForm, OrganizerAdmin
from coop4canada.kit.clock import now
from coop4canada.kit.http import see_other
from pledges import queries, services
from pledges.enums import RoundState
from pledges.models import RecommendationRound, RoundEvidence, RoundOption
from supporters.models import User

CHANGE_ROUND = "pledges.change_recommendationround"
REFUSALS = {
    "no_options": _("Nobody stands on the ballot: add at least one candidate first."),
    "over": _("This round would be closed already: change its dates first."),
    "another_live": _("Another round of this riding is under way: it ends first."),
    "not_announced": _("Nothing was changed: the round is not under way."),
}
REFUSED = _("Nothing was changed: the round has moved on meanwhile.")


class DraftOnlyInline(admin.TabularInline[Any, Any]):
    """Rows that are fixed once the round is announced."""

    extra = 0

    def has_add_permission(self, _request: HttpRequest, obj: RecommendationRound | None = None) -> bool:
        """Only drafts grow."""
        return _is_draft(obj)

    def has_change_permission(self, _request: HttpRequest, obj: RecommendationRound | None = None) -> bool:
        """Only drafts change."""
        return _is_draft(obj)

    def has_delete_permission(self, _request: HttpRequest, obj: RecommendationRound | None = None) -> bool:
        """Only drafts shrink."""
        return _is_draft(obj)


class OptionInline(DraftOnlyInline):
    """The candidates."""

    model = RoundOption
    form = CheckedForm
    fields = ["name", "party", "key"]
    autocomplete_fields = ["party"]

    def get_prepopulated_fields(
        self, _request: HttpRequest, obj: RecommendationRound | None = None
    ) -> dict[str, Sequence[str]]:
        """Write the short name out of the name while it can be written at all."""
        return {"key": ["name"]} if _is_draft(obj) else {}


class EvidenceInline(DraftOnlyInline):
    """What to read before voting."""

    model = RoundEvidence
    form = CheckedForm
    fields = ["title_en", "title_fr", "url"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


class CancelForm(forms.Form):
    """Why a round ends without a result."""

    because_en = forms.CharField(label=_("Why, in English"), max_length=300)
    because_fr = forms.CharField(label=_("Why, in French"), max_length=300)


def _is_draft(row: RecommendationRound | None) -> bool:
    return row is None or row.state == RoundState.DRAFT


@admin.register(RecommendationRound)
class RecommendationRoundAdmin(OrganizerAdmin):
    """Rounds: everything is fixed from the announcement on, and no vote is shown before the public sees it."""

    list_display = ["riding_number", "election_en", "state", "method", "opens_at", "closes_at"]
    list_filter = ["state", "method"]
    search_fields = ["=riding_number", "election_en", "election_fr"]
    ordering = ["-pk"]
    inlines = [OptionInline, EvidenceInline]
    change_form_template = "admin/pledges/recommendationround/change_form.html"
    exclude = ["cancelled_because_en", "cancelled_because_fr"]
    readonly_fields = ["state", "so_far", "opened_at", "closed_at", "published_at"]

    def has_change_permission(self, request: HttpRequest, obj: RecommendationRound | None = None) -> bool:
        """What is announced is only looked at."""
        return _is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: RecommendationRound | None = None) -> bool:
        """Only drafts are deleted."""
        return obj is not None and _is_draft(obj) and super().has_delete_permission(request, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: ANN401, FBT001
        """Put the cooperating parties' candidates on a ballot that is still empty."""
        super().save_related(request, form, formsets, change)
        number = services.propose_options(round_id=form.instance.pk, today=now().date())
        if number:
            messages.info(
                request,
                _(
                    "The cooperating parties’ candidates stand on the ballot now: check them before announcing."
                ),
            )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Offer what may be done with the round."""
        row = self.get_object(request, object_id)
        more: dict[str, Any] = {}
        if isinstance(row, RecommendationRound) and request.user.has_perm(CHANGE_ROUND):
            more = {
                "may_announce": row.state == RoundState.DRAFT,
                "may_cancel": row.state in {RoundState.DRAFT, RoundState.ANNOUNCED, RoundState.OPEN},
                "candidates": []
                if row.state in {RoundState.DRAFT, RoundState.CANCELLED}
                else queries.options_of(row),
            }
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))

    @admin.display(description=_("so far"))
    def so_far(self, row: RecommendationRound) -> str:
        """Say how many may vote and, once they are enough to hide in, how many have."""
        if row.pk is None or row.state in {RoundState.DRAFT, RoundState.ANNOUNCED}:
            return "—"
        if row.state == RoundState.PUBLISHED:
            return format_html('<a href="{}">{}</a>', row.get_absolute_url(), _("See the result"))
        on_roll, ballots = queries.round_facts(row)
        came = ballots if ballots is not None else _("fewer than are ever shown")
        return _("on the roll: %(on_roll)s; ballots: %(ballots)s") % {"on_roll": on_roll, "ballots": came}

    def get_urls(self) -> list[URLPattern]:
        """Add the moves of a round."""
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/announce/",
                wrap(require_POST(announce)),
                name="pledges_recommendationround_announce",
            ),
            path("<int:pk>/cancel/", wrap(cancel), name="pledges_recommendationround_cancel"),
            path(
                "<int:pk>/withdraw/<int:option>/",
                wrap(withdraw),
                name="pledges_recommendationround_withdraw",
            ),
            *super().get_urls(),
        ]


def _organizer(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not request.user.has_perm(CHANGE_ROUND):
        raise PermissionDenied
    return request.user


def _round(pk: int) -> RecommendationRound:
    row = RecommendationRound.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _note(user: User, row: RecommendationRound, what: str) -> None:
    LogEntry.objects.create(
        user=user, action_flag=CHANGE, object_id=str(row.pk), object_repr=str(row)[:200], change_message=what
    )


def _back(pk: int) -> HttpResponse:
    return see_other(reverse("admin:pledges_recommendationround_change", args=[pk]))


def _page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:  # noqa: ANN401
    frame = {
        **admin.site.each_context(request),
        "opts": RecommendationRound._meta,  # noqa: SLF001 — as every page of admin
    }
    return render(request, f"admin/pledges/recommendationround/{template}", frame | context)


def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Fix a round and show it."""
    user, row = _organizer(request), _round(pk)
    try:
        services.announce_round(round_id=pk, now=now())
    except services.RoundRefused as refused:
        messages.error(request, REFUSALS.get(refused.reason, REFUSED))
        return _back(pk)
    _note(user, row, "announced")
    messages.success(request, _("The round is announced; it opens at its time by itself."))
    return _back(pk)


def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then end a round without a result."""
    user, row = _organizer(request), _round(pk)
    form = CancelForm(request.POST or None)
    if not form.is_valid():
        return _page(request, "cancel.html", title=_("Cancel this round?"), row=row, form=form)
    try:
        services.cancel_round(round_id=pk, **form.cleaned_data)
    except services.RoundRefused:
        messages.error(request, REFUSED)
        return _back(pk)
    _note(user, row, "cancelled")
    messages.success(request, _("The round is cancelled."))
    return _back(pk)


def withdraw(request: HttpRequest, pk: int, option: int) -> HttpResponse:
    """Ask, then note that a candidate withdrew."""
    user, row = _organizer(request), _round(pk)
    candidate = row.options.filter(pk=option).first()
    if candidate is None:
        raise Http404
    if request.method != "POST":
        return _page(request, "withdraw.html", title=_("This candidate withdrew?"), row=row, option=candidate)
    try:
        services.withdraw_option(option_id=option, now=now())
    except services.RoundRefused:
        messages.error(request, REFUSED)
        return _back(pk)
    _note(user, row, f"withdrew: {candidate.key}")
    messages.success(request, _("The withdrawal is noted."))
    return _back(pk)
