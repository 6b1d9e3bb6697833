"""Organizers look at lines from paper and decide: accept, or refuse with a reason."""

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coop4canada.kit.admin import ReadOnlyAdmin
from coop4canada.kit.clock import now
from pledges.models import PaperLine
from pledges.queries.paper import flag_labels
from pledges.services import accept_lines, refuse_lines

MOST_AT_ONCE = 500


class FlagFilter(admin.SimpleListFilter):
    """Lines with something to look at, or without."""

    title = _("to look at")
    parameter_name = "flagged"

    def lookups(self, _request: HttpRequest, _model_admin: object) -> list[tuple[str, str]]:
        """Return the two choices."""
        return [("yes", str(_("something"))), ("no", str(_("nothing")))]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[PaperLine]) -> QuerySet[PaperLine]:
        """Return the lines chosen."""
        match self.value():
            case "yes":
                return queryset.exclude(flags="")
            case "no":
                return queryset.filter(flags="")
        return queryset


@admin.register(PaperLine)
class PaperLineAdmin(ReadOnlyAdmin):
    """The review queue: nothing is written by hand, the two actions decide."""

    list_display = [
        "sheet",
        "number",
        "name",
        "postal_code",
        "email",
        "voter_status",
        "looks",
        "state",
        "reason",
        "keyed_by",
    ]
    list_select_related = ["sheet", "keyed_by"]
    list_filter = ["state", FlagFilter, "keyed_at"]
    search_fields = ["=sheet__riding_number", "sheet__code", "name"]
    search_help_text = _("A riding’s number, a sheet code, or words of a name.")
    ordering = ["-pk"]
    actions = ["accept", "refuse"]

    @admin.display(description=_("to look at"))
    def looks(self, line: PaperLine) -> str:
        """Say what is odd about a line."""
        return "; ".join(flag_labels(line.flags))

    def has_review_permission(self, request: HttpRequest, _obj: Model | None = None) -> bool:
        """Say who decides: ReadOnlyAdmin lets nobody change by hand, this right is for the actions."""
        return request.user.has_perm("pledges.change_paperline")

    @admin.action(description=_("Accept these lines"), permissions=["review"])
    def accept(self, request: HttpRequest, lines: QuerySet[PaperLine]) -> HttpResponse | None:
        """Show what would be accepted; accept it once that is confirmed."""
        if "decided" not in request.POST:
            return self._preview(request, lines, "accept")
        ids = list(lines.values_list("pk", flat=True)[:MOST_AT_ONCE])
        done = accept_lines(ids=ids, by_id=request.user.pk, now=now())
        words = ngettext("%(number)d line accepted.", "%(number)d lines accepted.", done.accepted)
        messages.success(request, words % {"number": done.accepted})
        if done.doubled:
            words = ngettext(
                "%(number)d line refused: its person has pledged already.",
                "%(number)d lines refused: their people have pledged already.",
                done.doubled,
            )
            messages.warning(request, words % {"number": done.doubled})
        return None

    @admin.action(description=_("Refuse these lines"), permissions=["review"])
    def refuse(self, request: HttpRequest, lines: QuerySet[PaperLine]) -> HttpResponse | None:
        """Ask for the reason; refuse once it is given."""
        reason = request.POST.get("reason", "").strip()
        if "decided" not in request.POST or not reason:
            return self._preview(request, lines, "refuse")
        ids = list(lines.values_list("pk", flat=True)[:MOST_AT_ONCE])
        count = refuse_lines(ids=ids, reason=reason, by_id=request.user.pk, now=now())
        messages.success(
            request,
            ngettext("%(number)d line refused.", "%(number)d lines refused.", count) % {"number": count},
        )
        return None

    def _preview(self, request: HttpRequest, lines: QuerySet[PaperLine], action: str) -> HttpResponse:
        waiting = lines.filter(state="waiting").order_by("sheet", "number").select_related("sheet")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Accept these lines") if action == "accept" else _("Refuse these lines"),
            "lines": [(line, flag_labels(line.flags)) for line in waiting[:MOST_AT_ONCE]],
            "action": action,
            "needs_reason": "decided" in request.POST,
        }
        return render(request, "admin/pledges/paper_review.html", context)
