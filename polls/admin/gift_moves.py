"""What organizers do with a gift: entered from a cheque, confirmed, rejected, let pass, let go, given back."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.clock import now
from coop4canada.kit.http import see_other
from polls.admin.pages import note, organizer_with, show
from polls.enums import ContributionState, Provider, RefundReason, RefundState
from polls.forms import OfflineGiftForm, RefundForm, RejectForm
from polls.models import Contribution
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


def offered(request: HttpRequest, row: Contribution) -> dict[str, bool]:
    """Return what whoever asks may do with a gift as it stands."""
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
