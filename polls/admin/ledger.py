"""The ledger for organizers: looked at, never changed by hand; bills are paid and booked back by pages of their own."""

import datetime as dt
from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet, Sum
from django.db.models.functions import Abs
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coop4canada.kit.admin import ReadOnlyAdmin
from coop4canada.kit.clock import now
from coop4canada.kit.http import see_other
from polls.admin.files import send_table
from polls.admin.law_forms import ExpenseForm, ReverseForm
from polls.admin.pages import organizer_with, show
from polls.enums import Account, EntryKind
from polls.exports import trial_balance_rows
from polls.models import LedgerEntry, LedgerLine, ProviderEvent
from polls.queries.accounts import project_accounts, trial_balance
from polls.queries.audit import audit_trail
from polls.queries.limits import limits_at, meters_of
from polls.rules.amounts import write_amount
from polls.services.expenses import NotSpendable, record_expense, reverse_expense

VIEW_LEDGER = "polls.view_ledgerentry"
ADD_ENTRY = "polls.add_ledgerentry"
CASH = (Account.PROVIDER, Account.BANK)


class LineInline(admin.TabularInline[Any, Any]):
    """The lines of an entry, which add up to zero."""

    model = LedgerLine
    fields = ["account", "project", "dollars"]
    readonly_fields = ["account", "project", "dollars"]
    extra = 0
    can_delete = False
    ordering = ["pk"]

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:  # noqa: ANN401
        """Nobody adds by hand."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:  # noqa: ANN401
        """Nobody changes by hand."""
        return False

    @admin.display(description=_("debit (credit is negative)"))
    def dollars(self, line: LedgerLine) -> str:
        """Write the amount."""
        return write_amount(line.amount_cents, "en")


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    """Every movement of money, with the pages that count it."""

    change_list_template = "admin/polls/ledgerentry/change_list.html"
    change_form_template = "admin/polls/ledgerentry/change_form.html"
    list_display = ["at", "kind", "moved", "key", "category", "memo", "by"]
    list_filter = ["kind", "category", "lines__account"]
    list_select_related = ["by"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]
    search_fields = ["key", "memo", "=contribution__public_id"]
    inlines = [LineInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Count what each entry moved: half of its lines without their signs."""
        rows: QuerySet[Any] = super().get_queryset(request)
        turned: QuerySet[Any] = rows.annotate(turned=Sum(Abs("lines__amount_cents"), default=0))
        return turned

    @admin.display(description=_("moved"))
    def moved(self, entry: Any) -> str:  # noqa: ANN401 — annotated
        """Write how much money an entry moved."""
        return write_amount(entry.turned // 2, "en")

    def get_urls(self) -> list[URLPattern]:
        """Add the pages of the ledger."""
        pages = {
            "accounts": require_safe(self.accounts),
            "trial-balance": require_safe(self.trial_balance),
            "expense": self.expense,
            "audit": require_safe(self.audit),
        }
        own = [
            path(
                f"{name}/",
                self.admin_site.admin_view(view),
                name=f"polls_ledgerentry_{name.replace('-', '_')}",
            )
            for name, view in pages.items()
        ]
        reverse_view = self.admin_site.admin_view(self.reverse)
        own.append(path("<int:pk>/reverse/", reverse_view, name="polls_ledgerentry_reverse"))
        return [*own, *super().get_urls()]

    def accounts(self, request: HttpRequest) -> HttpResponse:
        """Show the balance of every account, and of every project."""
        organizer_with(request, VIEW_LEDGER)
        balance = trial_balance()
        cash = sum(row.balance_cents for row in balance.rows if row.account in CASH)
        return self._show(
            request,
            "accounts.html",
            title=_("Accounts"),
            balance=balance,
            cash_cents=cash,
            projects=project_accounts(),
        )

    def trial_balance(self, request: HttpRequest) -> HttpResponseBase:
        """Send the trial balance; it names no people."""
        organizer_with(request, VIEW_LEDGER)
        return send_table(trial_balance_rows(trial_balance()), f"trial-balance-{now():%Y-%m-%d}")

    def expense(self, request: HttpRequest) -> HttpResponse:
        """Pay a bill out of a project."""
        user = organizer_with(request, ADD_ENTRY)
        form = ExpenseForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                is_new = record_expense(expense=form.expense, by=user, now=now())
            except NotSpendable as refusal:
                form.add_error(None, str(refusal))
            else:
                done = _("The bill is booked as paid.") if is_new else _("This bill was booked already.")
                self.message_user(request, done, messages.SUCCESS)
                return see_other(reverse("admin:polls_ledgerentry_accounts"))
        limits = limits_at(now())
        meters = meters_of(limits) if limits else None
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return self._show(
            request,
            "expense.html",
            title=_("Pay a bill"),
            form=form,
            meters=meters,
            projects=project_accounts(),
            status=status,
        )

    def reverse(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Book a bill back."""
        user = organizer_with(request, ADD_ENTRY)
        entry = LedgerEntry.objects.filter(pk=pk, kind=EntryKind.EXPENSE).first()
        if entry is None:
            raise Http404
        form = ReverseForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                reverse_expense(entry=entry, reason=form.cleaned_data["reason"], by=user, now=now())
            except NotSpendable as refusal:
                form.add_error(None, str(refusal))
            else:
                self.message_user(request, _("The bill is booked back."), messages.SUCCESS)
                return see_other(reverse("admin:polls_ledgerentry_accounts"))
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return self._show(
            request, "reverse.html", title=_("Book a bill back"), form=form, entry=entry, status=status
        )

    def audit(self, request: HttpRequest) -> HttpResponse:
        """Show who did what."""
        organizer_with(request, VIEW_LEDGER)
        deeds = audit_trail(before=_moment(request.GET.get("before", "")))
        return self._show(
            request, "audit.html", title=_("Who did what"), deeds=deeds, last=deeds[-1].at if deeds else None
        )

    def _show(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:  # noqa: ANN401
        return show(request, f"ledgerentry/{template}", LedgerEntry, **context)


@admin.register(ProviderEvent)
class ProviderEventAdmin(ReadOnlyAdmin):
    """What providers told us, and whether it was looked after."""

    list_display = ["received_at", "provider", "kind", "object_ref", "done_at", "error"]
    list_filter = ["provider", "kind", ("done_at", admin.EmptyFieldListFilter)]
    date_hierarchy = "received_at"
    ordering = ["-received_at", "-pk"]
    search_fields = ["=event_id", "=object_ref"]


def _moment(text: str) -> dt.datetime | None:
    """Return the moment of an address; None if it is none."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None
