"""Making lists, and what becomes of them."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coop4canada.kit import clock
from coop4canada.kit.http import see_other
from ridings.queries.codes import live_ridings
from volunteers.enums import Channel, ListState
from volunteers.forms.lists import ListForm, first_day
from volunteers.models import ContactList
from volunteers.queries.lists import list_cards, list_page
from volunteers.rules.lists import Obstacle
from volunteers.services.lists import ListMoveRefused, change_list, make_list, move_list, size_of
from volunteers.services.purging import purge_list
from volunteers.views.list_doors import account, for_leaders, list_or_404


@for_leaders
def index(request: HttpRequest, number: int | None) -> HttpResponse:
    """Show the lists of a team."""
    context = {"number": number, "riding": riding_name(number), "lists": list_cards(number)}
    return render(request, "volunteers/lists/index.html", context)


@for_leaders
def make(request: HttpRequest, number: int | None) -> HttpResponse:
    """Begin a list."""
    today = clock.now().date()
    form = _form(request, number, today, {"purge_on": first_day(today)})
    if form.is_valid():
        made = make_list(
            channel=_channel(number), details=form.details(), by=account(request), now=clock.now()
        )
        return back_to(number, made.pk)
    return _show_form(request, number, form, None)


@for_leaders
def edit(request: HttpRequest, number: int | None, pk: int) -> HttpResponse:
    """Change what is said about a list."""
    row = list_or_404(number, pk)
    if row.purged_at is not None:
        raise Http404
    form = _form(request, number, row.created_at.date(), _said(row))
    if form.is_valid():
        change_list(contact_list=row, details=form.details())
        return back_to(number, pk)
    return _show_form(request, number, form, row)


@for_leaders
def page(request: HttpRequest, number: int | None, pk: int) -> HttpResponse:
    """Show a list, its imports, and what may become of it."""
    return _show(request, number, list_or_404(number, pk))


@for_leaders
def move(request: HttpRequest, number: int | None, pk: int) -> HttpResponse:
    """Put a list to work, pause it, close it."""
    row = list_or_404(number, pk)
    target = request.POST.get("state", "")
    if request.method != "POST":
        return back_to(number, pk)
    if target not in ListState.values:
        raise Http404
    try:
        move_list(contact_list=row, target=ListState(target), now=clock.now())
    except ListMoveRefused as error:
        sentence = _sentence(error.obstacle)
        return _show(request, number, row, sentence, status=HTTPStatus.CONFLICT)
    return back_to(number, pk)


@for_leaders
def purge(request: HttpRequest, number: int | None, pk: int) -> HttpResponse:
    """Ask, then delete what the list holds."""
    row = list_or_404(number, pk)
    if request.method == "POST":
        purge_list(contact_list=row, by=account(request), now=clock.now())
        return back_to(number, pk)
    context = {"number": number, "list": list_page(row, size_of(row))}
    return render(request, "volunteers/lists/purge.html", context)


def back_to(number: int | None, pk: int) -> HttpResponse:
    """Lead to a list's page."""
    return see_other(reverse("lists:page", args=[number, pk]))


def riding_name(number: int | None) -> str:
    """Return the name of a team's riding; empty for the phone team."""
    return live_ridings([number])[number].name if number is not None else ""


def _channel(number: int | None) -> Channel:
    return Channel.PHONE if number is None else Channel.DOOR


def _form(request: HttpRequest, number: int | None, made_on: Any, initial: dict[str, Any]) -> ListForm:  # noqa: ANN401
    typed = request.POST if request.method == "POST" else None
    return ListForm(typed, channel=_channel(number), number=number, made_on=made_on, initial=initial)


def _show_form(
    request: HttpRequest, number: int | None, form: ListForm, row: ContactList | None
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"number": number, "riding": riding_name(number), "form": form, "list": row}
    return render(request, "volunteers/lists/form.html", context, status=status)


def _show(
    request: HttpRequest,
    number: int | None,
    row: ContactList,
    refused: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {"number": number, "list": list_page(row, size_of(row)), "refused": refused}
    return render(request, "volunteers/lists/page.html", context, status=status)


def _said(row: ContactList) -> dict[str, Any]:
    return {
        "name": row.name,
        "source": row.source,
        "basis": row.basis,
        "purge_on": row.purge_on,
        "riding": row.riding_number or "",
        "least_need": row.least_need,
        "script": row.script_id or "",
    }


def _sentence(obstacle: Obstacle) -> str:
    return {
        Obstacle.NO_SUCH_MOVE: _("The list is in another state by now, from which this is not possible."),
        Obstacle.EMPTY: _("Nothing is in the list yet: import a file first."),
        Obstacle.PAST_ITS_DAY: _("The day has come on which the list is deleted."),
    }[obstacle]
