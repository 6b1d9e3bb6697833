"""Organizers' pages for pledges to vote together: who is held, how many there are; nobody's first preference."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coop4canada.kit.admin import BigTableAdmin, ReadOnlyAdmin
from coop4canada.kit.paging import Search
from pledges.models import Pledge, PledgeTally
from pledges.queries.people import people_found
from pledges.queries.pledges import told_preferences
from pledges.services.pledge_review import decide_pledges
from supporters.enums import Suspicion
from supporters.models import User
from supporters.services.reviewing import Verdict


@admin.register(Pledge)
class PledgeAdmin(BigTableAdmin):
    """Pledges; rows are only shown, decisions are services, and what somebody prefers is shown to nobody."""

    list_display = ["person", "riding_number", "state", "voter_status", "reasons", "method", "created_at"]
    list_display_links = ["person"]
    list_filter = ["state", "voter_status", "method"]
    list_select_related = ["supporter"]
    search_help_text = _("An e-mail, a riding’s number, or words of a name.")
    exclude = ["preference"]
    actions = ["accept", "invalidate", "hold"]

    def search_for(self, typed: str) -> Search:
        """Return what a typed text stands for."""
        text = typed.strip()
        if text.isascii() and text.isdigit() and len(text) <= len("99999"):
            return Search(Q(riding_number=int(text)))
        return Search(Q(supporter__in=people_found(text)))

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Decisions need the right to change."""
        return bool(request.user.has_perm("pledges.change_pledge"))

    @admin.action(description=_("Accept: count it once its owner has confirmed"), permissions=["decide"])
    def accept(self, request: HttpRequest, queryset: QuerySet[Pledge]) -> None:
        """Let held pledges count."""
        _decide(self, request, queryset, Verdict.ACCEPT)

    @admin.action(description=_("Do not count; whoever pledged is not told"), permissions=["decide"])
    def invalidate(self, request: HttpRequest, queryset: QuerySet[Pledge]) -> None:
        """Let pledges not count."""
        _decide(self, request, queryset, Verdict.INVALIDATE)

    @admin.action(description=_("Hold for review"), permissions=["decide"])
    def hold(self, request: HttpRequest, queryset: QuerySet[Pledge]) -> None:
        """Hold pledges."""
        _decide(self, request, queryset, Verdict.HOLD)

    @admin.display(description=_("e-mail"))
    def person(self, pledge: Pledge) -> str:
        """Show the address."""
        return pledge.supporter.email if pledge.supporter else "—"

    @admin.display(description=_("why it is looked at"))
    def reasons(self, pledge: Pledge) -> str:
        """Say the reasons in words."""
        labels = dict(Suspicion.choices)
        return ", ".join(str(labels.get(word, word)) for word in pledge.suspicion.split()) or "—"


@admin.register(PledgeTally)
class PledgeTallyAdmin(ReadOnlyAdmin):
    """How many pledged in each riding, and their first preferences added up where many told theirs."""

    list_display = ["riding_number", "voters", "others", "pending"]
    search_fields = ["=riding_number"]
    ordering = ["-voters", "riding_number"]
    readonly_fields = ["preferences"]

    @admin.display(description=_("first preferences"))
    def preferences(self, tally: PledgeTally) -> str:
        """Add up what pledgers told, only where so many did that nobody can be made out."""
        told = told_preferences(tally.riding_number)
        if not told:
            return str(_("too few have told theirs"))
        return ", ".join(f"{party} {count}" for party, count in told)


def _decide(
    page: admin.ModelAdmin[Any], request: HttpRequest, chosen: QuerySet[Pledge], verdict: Verdict
) -> None:
    assert isinstance(request.user, User)  # noqa: S101 — admin lets nobody else in
    ids = list(chosen.values_list("pk", flat=True))
    decided = decide_pledges(pledge_ids=ids, verdict=verdict, user=request.user)
    text = ngettext("%d pledge was changed.", "%d pledges were changed.", decided.changed)
    page.message_user(request, text % decided.changed)
    if decided.left:
        text = ngettext("%d was left as it is.", "%d were left as they are.", decided.left)
        page.message_user(request, text % decided.left, messages.WARNING)
