"""The supervisor's live board: who calls, what is in the way, who needs help; for captains of the phone team."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coop4canada.kit import clock
from coop4canada.kit.db import database_now
from coop4canada.kit.http import see_other
from volunteers.enums import ListState
from volunteers.forms.calls import DutyForm
from volunteers.models import ContactList
from volunteers.queries.board import board_page, caller_on_board, list_on_board, own_duty
from volunteers.services import help as helping
from volunteers.services.phone_lists import activate_list, close_list, pause_list
from volunteers.services.supervising import suspend_caller
from volunteers.views.doors import member, status_of
from volunteers.views.phone_doors import for_phone_captain


@for_phone_captain
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show the board."""
    context = {"page": board_page(now=database_now()), "duty": own_duty(member(request)), "form": DutyForm()}
    return render(request, "volunteers/phone/board.html", context)


@for_phone_captain
@require_safe
def board_now(request: HttpRequest) -> HttpResponse:
    """Show the part of the board that moves."""
    context = {"page": board_page(now=database_now()), "can_steer": True}
    return render(request, "volunteers/phone/_board.html", context)


@for_phone_captain
@require_POST
def duty(request: HttpRequest) -> HttpResponse:
    """Begin or end to be at hand for callers."""
    user, form = member(request), DutyForm(request.POST)
    if "end" in request.POST:
        helping.end_duty(trainer=user, now=clock.now())
    elif form.is_valid():
        helping.begin_duty(trainer=user, reach=form.cleaned_data["reach"], now=clock.now())
    else:
        context = {"page": board_page(now=database_now()), "duty": own_duty(user), "form": form}
        return render(request, "volunteers/phone/board.html", context, status=status_of(request))
    return _back()


@for_phone_captain
@require_POST
def steer_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause a list, take it up again, or close it for good."""
    row = list_on_board(pk)
    if row is None or not _is_steered(row, request.POST.get("state", "")):
        raise Http404
    return _back("#lists")


@for_phone_captain
@require_POST
def help_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a call for help, or note that it is done."""
    if "done" in request.POST:
        helping.close_request(request_id=pk, now=clock.now())
    else:
        helping.take_request(request_id=pk, trainer=member(request))
    return _back("#help")


@for_phone_captain
def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take a caller out of the phone team."""
    caller = caller_on_board(pk)
    if caller is None:
        raise Http404
    if request.method != "POST":
        return render(request, "volunteers/phone/suspend.html", {"caller": caller})
    suspend_caller(caller=caller, riding_number=None, by=member(request), now=database_now())
    return _back("#callers")


def _is_steered(row: ContactList, state: str) -> bool:
    if state == ListState.PAUSED:
        pause_list(contact_list=row)
    elif state == ListState.ACTIVE:
        activate_list(contact_list=row)
    elif state == ListState.CLOSED:
        close_list(contact_list=row, now=database_now())
    else:
        return False
    return True


def _back(anchor: str = "") -> HttpResponse:
    return see_other(reverse("phone:board") + anchor)
