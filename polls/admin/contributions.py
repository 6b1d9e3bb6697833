"""Organizers' pages for gifts: looked at, entered from cheques, confirmed by a second person, given back."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from coop4canada.kit.admin import ReadOnlyAdmin
from coop4canada.kit.clock import now
from coop4canada.kit.http import see_other
from polls.admin.pages import note, organizer_with, show
from polls.enums import ContributionState, Provider, RefundReason, RefundState
from polls.forms import OfflineGiftForm, RefundForm, RejectForm
from polls.models import Charge, Contribution, Dispute, Refund
from polls.rules.amounts import write_amount
from polls.services.charging import release
from polls.services.offline import (
    AlreadyEntered,
    NotWaiting,
    SamePerson,
    confirm_gift,
    enter_gift,
    reject_gift,
)
from polls.services.refunding import NotRefundable, ask_refund, confirm_sent
from polls.services.settling import end_hold
from supporters.models import User

ADD_GIFT = "polls.add_contribution"
CHANGE_GIFT = "polls.change_contribution"
REFUND = "polls.add_refund"


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
    fields = readonly_fields = ["attempt", "state", "decline_code", "asked_at", "answered_at", "payment_ref"]


class RefundInline(ShownInline):
    """What went back."""

    model = Refund
    fields = readonly_fields = [
        "number", "amount_cents", "reason", "state", "error", "asked_at", "asked_by", "confirmed_by", "done_at",
    ]  # fmt: skip


class DisputeInline(ShownInline):
    """Disputes with the card's bank."""

    model = Dispute
    fields = readonly_fields = ["amount_cents", "state", "opened_at", "closed_at", "provider_ref"]


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
        return enter(request)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Offer what may be done with the gift."""
        row = self.get_object(request, object_id)
        offered = _offered(request, row) if isinstance(row, Contribution) else {}
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
        moves = {"confirm": confirm, "release": let_go, "pass": let_pass, "sent": sent}
        return [
            *(
                path(f"<int:pk>/{name}/", wrap(require_POST(view)), name=f"polls_contribution_{name}")
                for name, view in moves.items()
            ),
            path("<int:pk>/reject/", wrap(reject), name="polls_contribution_reject"),
            path("<int:pk>/refund/", wrap(refund), name="polls_contribution_refund"),
            *super().get_urls(),
        ]


def _offered(request: HttpRequest, row: Contribution) -> dict[str, bool]:
    user = request.user
    may_change, may_refund = user.has_perm(CHANGE_GIFT), user.has_perm(REFUND)
    is_entered = row.provider == Provider.OFFLINE and row.state == ContributionState.STARTED
    is_promise = row.state in {ContributionState.SAVED, ContributionState.FAILING}
    is_on_its_way = row.provider == Provider.OFFLINE and row.refunds.filter(state=RefundState.ASKED).exists()
    return {
        "may_confirm": may_change and is_entered and row.entered_by_id != user.pk,
        "waits_for_another": may_change and is_entered and row.entered_by_id == user.pk,
        "may_reject": may_change and is_entered,
        "may_refund": may_refund and row.state == ContributionState.SETTLED and not is_on_its_way,
        "may_release": may_change and is_promise,
        "may_pass": may_change and bool(row.held_reason) and row.state != ContributionState.LAPSED,
        "may_note_sent": may_refund and is_on_its_way,
    }


def enter(request: HttpRequest) -> HttpResponse:
    """Write down a cheque or transfer; a second person confirms it."""
    user = organizer_with(request, ADD_GIFT)
    form = OfflineGiftForm(request.POST or None)
    if not form.is_valid():
        return _form(request, "enter.html", form, title=_("Enter a cheque or transfer"))
    values = form.cleaned_data
    try:
        row = enter_gift(
            gift=form.gift(),
            method=values["method"],
            reference=values["reference"],
            received_on=values["received_on"],
            by=user,
            now=now(),
        )
    except AlreadyEntered:
        form.add_error("reference", _("This cheque or transfer is entered already."))
        return _form(request, "enter.html", form, title=_("Enter a cheque or transfer"))
    note(user, row, "entered")
    messages.success(request, _("It is entered. Somebody else must confirm it before it counts."))
    return _back(row.pk)


def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm what somebody else entered."""
    return _do(
        request,
        pk,
        CHANGE_GIFT,
        lambda row, user: confirm_gift(contribution=row, by=user, now=now()),
        "confirmed",
    )


def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a saved card go; it is never charged."""
    return _do(
        request,
        pk,
        CHANGE_GIFT,
        lambda row, _user: release(contribution=row, now=now(), reason=RefundReason.REQUEST),
        "released",
    )


def let_pass(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a held gift was looked at and is all right."""
    return _do(
        request, pk, CHANGE_GIFT, lambda row, _user: end_hold(contribution=row), "looked at and let pass"
    )


def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a cheque or transfer was sent back."""

    def note_sent(row: Contribution, user: User) -> None:
        open_refund = row.refunds.filter(state=RefundState.ASKED).first()
        if open_refund is None:
            raise NotWaiting
        confirm_sent(refund=open_refund, by=user, now=now())

    return _do(request, pk, REFUND, note_sent, "sent back")


def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then note that what was entered is no gift."""
    organizer_with(request, CHANGE_GIFT)
    row, form = _gift(pk), RejectForm(request.POST or None)
    if not form.is_valid():
        return _form(request, "ask.html", form, title=_("Reject what was entered?"), row=row)
    reason = form.cleaned_data["reason"]
    return _do(
        request,
        pk,
        CHANGE_GIFT,
        lambda gift, user: reject_gift(contribution=gift, by=user, reason=reason, now=now()),
        "rejected",
    )


def refund(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask how much and why, then ask for the refund."""
    organizer_with(request, REFUND)
    row, form = _gift(pk), RefundForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _form(request, "ask.html", form, title=_("Give money back"), row=row)
    values = form.cleaned_data

    def ask(gift: Contribution, user: User) -> None:
        ask_refund(
            contribution=gift, amount_cents=values["amount"], reason=values["reason"], by=user, now=now()
        )

    return _do(request, pk, REFUND, ask, "refund asked for")


def _do(
    request: HttpRequest, pk: int, permission: str, act: Callable[[Contribution, User], object], what: str
) -> HttpResponse:
    """Let a service act on a gift; note who did it, or say why nothing was done."""
    user, row = organizer_with(request, permission), _gift(pk)
    try:
        act(row, user)
    except SamePerson:
        messages.error(request, _("Somebody else must confirm what you entered."))
    except NotWaiting:
        messages.error(request, _("Nothing was changed: the gift has moved on meanwhile."))
    except NotRefundable as refused:
        messages.error(request, str(refused))
    else:
        note(user, row, what)
        messages.success(request, _("Done."))
    return _back(pk)


def _form(request: HttpRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:  # noqa: ANN401
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return show(request, f"contribution/{template}", Contribution, status=status, form=form, **context)


def _gift(pk: int) -> Contribution:
    row = Contribution.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _back(pk: int) -> HttpResponse:
    return see_other(reverse("admin:polls_contribution_change", args=[pk]))
