"""Organizers' pages for gifts: looked at, entered from cheques, confirmed by a second person, given back."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from coop4canada.kit.admin import ReadOnlyAdmin
from coop4canada.kit.clock import now
from polls.admin import gift_moves
from polls.admin.gift_moves import ADD_GIFT, REFUND
from polls.admin.pages import note, organizer_with
from polls.enums import ContributionState, Provider, RefundState
from polls.models import Charge, Contribution, Dispute, Refund
from polls.rules.amounts import write_amount
from polls.services.refunding import NotRefundable, ask_refund


class HeldFilter(admin.SimpleListFilter):
    """Gifts that wait for a person."""

    title = _("waits for")
    parameter_name = "waits"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ANN401
        """Return what a gift may wait for."""
        return [("held", _("a look: held")), ("second", _("a second person")), ("sent", _("being sent back"))]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Contribution]) -> QuerySet[Contribution]:
        """Return those that wait for it."""
        if self.value() == "held":
            return queryset.exclude(held_reason="").exclude(state=ContributionState.LAPSED)
        if self.value() == "second":
            return queryset.filter(provider=Provider.OFFLINE, state=ContributionState.STARTED)
        if self.value() == "sent":
            return queryset.filter(provider=Provider.OFFLINE, refunds__state=RefundState.ASKED)
        return queryset


class ShownInline(admin.TabularInline[Any, Any]):
    """Rows that only the program writes."""

    extra = 0
    can_delete = False

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:  # noqa: ANN401
        """Nobody adds by hand."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:  # noqa: ANN401
        """Nobody changes by hand."""
        return False


class ChargeInline(ShownInline):
    """Tries to charge the card."""

    model = Charge
    fields = ("attempt", "state", "decline_code", "asked_at", "answered_at", "payment_ref")
    readonly_fields = fields


class RefundInline(ShownInline):
    """What went back."""

    model = Refund
    fields = (
        "number",
        "amount_cents",
        "reason",
        "state",
        "error",
        "asked_at",
        "asked_by",
        "confirmed_by",
        "done_at",
    )
    readonly_fields = fields


class DisputeInline(ShownInline):
    """Disputes with the card's bank."""

    model = Dispute
    fields = ("amount_cents", "state", "opened_at", "closed_at", "provider_ref")
    readonly_fields = fields


@admin.register(Contribution)
class ContributionAdmin(ReadOnlyAdmin):
    """Gifts; rows are only shown, every change is a service."""

    list_display = [
        "number", "name", "amount", "state", "project", "provider", "held_reason", "is_anonymous", "created_at",
    ]  # fmt: skip
    list_display_links = ["number", "name"]
    list_filter = [HeldFilter, "state", "provider", "leftover"]
    list_select_related = ["project__riding"]
    search_fields = ["name", "email", "public_id__startswith", "=receipt_number", "=offline_reference"]
    search_help_text = _("A name, an e-mail, a gift’s or a receipt’s number, the number of a cheque.")
    ordering = ["-pk"]
    inlines = [ChargeInline, RefundInline, DisputeInline]
    change_form_template = "admin/polls/contribution/change_form.html"
    exclude = ["supporter", "customer_ref", "method_ref", "form_token", "leased_until", "page_count"]
    actions = ["give_back"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say whether somebody may enter a cheque or transfer."""
        return bool(request.user.has_perm(ADD_GIFT))

    def has_refund_permission(self, request: HttpRequest) -> bool:
        """Giving money back needs a right of its own."""
        return bool(request.user.has_perm(REFUND))

    def add_view(
        self, request: HttpRequest, _form_url: str = "", _extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the form for a cheque or transfer."""
        return gift_moves.enter(request)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Offer what may be done with the gift."""
        row = self.get_object(request, object_id)
        offered = gift_moves.offered(request, row) if isinstance(row, Contribution) else {}
        return super().change_view(request, object_id, form_url, offered | (extra_context or {}))

    @admin.action(description=_("Give back all that is left: the giver asked"), permissions=["refund"])
    def give_back(self, request: HttpRequest, queryset: QuerySet[Contribution]) -> None:
        """Ask for refunds one by one; what cannot go back is said."""
        user = organizer_with(request, REFUND)
        done = 0
        for row in queryset.order_by("pk"):
            try:
                ask_refund(contribution=row, amount_cents=None, reason="request", by=user, now=now())
            except NotRefundable as refused:
                self.message_user(request, f"{row.public_id}: {refused}", messages.WARNING)
            else:
                note(user, row, "refund asked for")
                done += 1
        self.message_user(request, _("Refunds asked for: %d.") % done)

    @admin.display(description=_("number"), ordering="pk")
    def number(self, row: Contribution) -> str:
        """Show the beginning of the number, which is enough to tell gifts apart."""
        return str(row.public_id)[:8]

    @admin.display(description=_("amount"), ordering="amount_cents")
    def amount(self, row: Contribution) -> str:
        """Write the amount in dollars."""
        return write_amount(row.amount_cents, "en")

    def get_urls(self) -> list[URLPattern]:
        """Add what is done with a gift."""
        wrap = self.admin_site.admin_view
        moves = {
            "confirm": gift_moves.confirm,
            "release": gift_moves.let_go,
            "pass": gift_moves.let_pass,
            "sent": gift_moves.sent,
        }
        return [
            *(
                path(f"<int:pk>/{name}/", wrap(require_POST(view)), name=f"polls_contribution_{name}")
                for name, view in moves.items()
            ),
            path("<int:pk>/reject/", wrap(gift_moves.reject), name="polls_contribution_reject"),
            path("<int:pk>/refund/", wrap(gift_moves.refund), name="polls_contribution_refund"),
            *super().get_urls(),
        ]
