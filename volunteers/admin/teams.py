"""Teams and memberships in admin; what happens to people goes through services."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coop4canada.kit.admin import ReadOnlyAdmin
from coop4canada.kit.clock import now
from supporters.models import User
from volunteers.admin.chapters import RidingForm
from volunteers.admin.closable import ClosableAdmin
from volunteers.enums import MembershipState
from volunteers.models import Membership, Team
from volunteers.queries.leaders import leaderless_count, with_leaders, without_leader
from volunteers.services.handing_over import appoint_captain
from volunteers.services.memberships import LeaderStays, decide_membership, remove_member
from volunteers.services.teams import close_team


class LeaderFilter(admin.SimpleListFilter):
    """Whether somebody leads the team."""

    title = _("leader")
    parameter_name = "leader"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ANN401
        """Offer the one question that matters."""
        return [("none", _("nobody leads it"))]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Team]) -> QuerySet[Team]:
        """Narrow the list."""
        return without_leader(queryset.filter(closed_at__isnull=True)) if self.value() == "none" else queryset


@admin.register(Team)
class TeamAdmin(ClosableAdmin):
    """Teams; formed here, by the first who asks, or with the first captain."""

    form = RidingForm
    list_display = ["riding_number", "name", "leaders", "join_mode", "created_at", "closed_at"]
    list_filter = [LeaderFilter, "join_mode", ("closed_at", admin.EmptyFieldListFilter)]
    search_fields = ["=riding_number", "name_en", "name_fr"]
    ordering = ["riding_number", "pk"]
    fields = [
        "riding_number", "name_en", "name_fr", "welcome_en", "welcome_fr", "join_mode", "shows_leaderboard",
        "created_at", "closed_at",
    ]  # fmt: skip

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:  # noqa: ANN401
        """Warn of teams that nobody leads: their members wait."""
        count = leaderless_count()
        if count and "leader" not in request.GET:
            text = ngettext(
                "%(count)d team has nobody who leads it: filter the list by “leader”.",
                "%(count)d teams have nobody who leads them: filter the list by “leader”.",
                count,
            )
            messages.warning(request, text % {"count": count})
        return super().changelist_view(request, extra_context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Team]:
        """Ask for who leads them together with them."""
        return with_leaders(super().get_queryset(request))

    @admin.display(description=_("led by"))
    def leaders(self, team: Any) -> str:  # noqa: ANN401 — a team with who leads it
        """Return who leads it."""
        return ", ".join(dict.fromkeys(team.leader_emails)) or "–"

    @admin.action(description=_("Close: end memberships, events, calls and turfs"), permissions=["close"])
    def close(self, request: HttpRequest, queryset: QuerySet[Team]) -> None:
        """Close what is live."""
        closed = sum(close_team(team=team, now=now()) for team in queryset)
        messages.success(request, _("Teams closed: %(count)d") % {"count": closed})


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """Memberships; decided and ended by actions, so that what hangs on them ends too."""

    list_display = ["user", "team", "state", "asked_at", "joined_at", "ended_at", "end_reason"]
    list_filter = ["state", "end_reason"]
    list_select_related = ["user", "team"]
    search_fields = ["user__email", "user__name", "=team__riding_number"]
    ordering = ["-pk"]
    actions = ["approve", "decline", "remove", "make_captain"]

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Deciding needs the right to change memberships."""
        return bool(request.user.has_perm("volunteers.change_membership"))

    @admin.action(description=_("Let in"), permissions=["decide"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Let in who asked."""
        self._decide(request, queryset, lets_in=True)

    @admin.action(description=_("Decline"), permissions=["decide"])
    def decline(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Do not let in who asked."""
        self._decide(request, queryset, lets_in=False)

    @admin.action(description=_("Remove from the team, with calls and turfs"), permissions=["decide"])
    def remove(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Remove members; who leads the team stays until the role is ended."""
        removed, leaders = 0, 0
        for row in queryset:
            try:
                removed += remove_member(membership=row, by=organizer_of(request), now=now())
            except LeaderStays:
                leaders += 1
        messages.success(request, _("Removed: %(count)d") % {"count": removed})
        if leaders:
            messages.warning(
                request, _("%(count)d lead their team: end the role first.") % {"count": leaders}
            )

    @admin.action(description=_("Make captain of the team"), permissions=["decide"])
    def make_captain(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Appoint members; others are passed over."""
        active = list(queryset.filter(state=MembershipState.ACTIVE).select_related("team", "user"))
        for row in active:
            appoint_captain(team=row.team, user=row.user, by=organizer_of(request), now=now())
        messages.success(request, _("Captains appointed: %(count)d") % {"count": len(active)})

    def _decide(self, request: HttpRequest, queryset: QuerySet[Membership], *, lets_in: bool) -> None:
        by = organizer_of(request)
        decided = sum(
            decide_membership(membership=row, lets_in=lets_in, by=by, now=now()) for row in queryset
        )
        messages.success(request, _("Decided: %(count)d") % {"count": decided})


def organizer_of(request: HttpRequest) -> User:
    """Return the account of whoever works in admin."""
    assert isinstance(request.user, User)  # noqa: S101 — admin lets nobody else in
    return request.user
