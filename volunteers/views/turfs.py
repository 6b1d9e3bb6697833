"""Turfs as leaders see them: how far they are, who has them, giving them out and taking them back."""

import secrets
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from coop4canada.kit import clock
from ridings.queries.codes import live_ridings
from volunteers.forms.turfs import DescribeForm, GiveForm, MergeForm
from volunteers.models import ContactList, Turf
from volunteers.queries import canvass
from volunteers.queries.outlined import outlined
from volunteers.queries.turf_map import turf_map
from volunteers.rules.checkouts import SHEET_CODE_LENGTH, SHEET_LETTERS
from volunteers.services import checkouts, turfs
from volunteers.services.checkouts import CheckoutRefused, Giving
from volunteers.views.doors import member
from volunteers.views.team_doors import team_or_404
from volunteers.views.turf_doors import back_to_list, back_to_turf, for_leaders, sentence_of


@for_leaders
def overview(request: HttpRequest, number: int) -> HttpResponse:
    """Show the riding's lists of doors with their turfs."""
    team = team_or_404(number)
    context = {"number": number, "team": team, "lists": canvass.door_lists(number), "riding": riding(number)}
    return render(request, "volunteers/canvass/overview.html", context)


@for_leaders
def door_list(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Show a list: how far it is, on the map and in tables, and its turfs."""
    team_or_404(number)
    return _list_page(request, number, canvass.door_list_or_404(number, pk))


@for_leaders
def doors_on_map(_request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Return what the map draws."""
    return JsonResponse(turf_map(canvass.door_list_or_404(number, pk)))


@for_leaders
def merge(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Make one turf of several that nobody walks."""
    contact_list = canvass.door_list_or_404(number, pk)
    team = team_or_404(number)
    form = MergeForm(request.POST, choices=canvass.turf_ids(contact_list, team))
    if request.method != "POST":
        return back_to_list(number, pk)
    if not form.is_valid() or len(set(form.cleaned_data["turfs"])) < 2:  # noqa: PLR2004 — a pair
        return _list_page(request, number, contact_list, problem=_("Choose two turfs or more."))
    try:
        merged = turfs.merge_turfs(turf_ids=form.cleaned_data["turfs"], by=member(request), now=clock.now())
    except turfs.TurfHeld:
        return _list_page(
            request, number, contact_list, problem=_("Somebody walks one of them: take it back first.")
        )
    return back_to_turf(merged)


@for_leaders
def turf(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Show a turf: its doors in the order of the walk, who held it, and what can be done."""
    return _turf_page(request, canvass.turf_or_404(number, pk))


@for_leaders
def describe(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Name a turf, and say whether members may take it."""
    row = canvass.turf_or_404(number, pk)
    if request.method != "POST":
        return back_to_turf(row)
    form = DescribeForm(request.POST)
    if form.is_valid():
        try:
            turfs.describe_turf(turf_id=row.pk, **form.cleaned_data)
        except turfs.NameTaken:
            form.add_error("name", _("There is a turf of this name already."))
        else:
            return back_to_turf(row)
    return _turf_page(request, row, describe_form=form)


@for_leaders
def delete(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Ask, then take a turf apart; its doors become free."""
    row = canvass.turf_or_404(number, pk)
    if request.method != "POST":
        return render(request, "volunteers/canvass/delete.html", {"number": number, "turf": row})
    try:
        turfs.delete_turf(turf_id=row.pk, now=clock.now())
    except turfs.TurfHeld:
        return _turf_page(request, row, problem=_("Somebody walks this turf: take it back first."))
    return back_to_list(number, row.contact_list_id)


@for_leaders
def give(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Give a turf to a member, out of another's hands where somebody holds it."""
    row = canvass.turf_or_404(number, pk)
    if request.method != "POST":
        return back_to_turf(row)
    form = GiveForm(request.POST, members=canvass.may_hold(row.team))
    if form.is_valid():
        try:
            _give(
                request, row, Giving(form.cleaned_data["holder"], member(request), form.cleaned_data["days"])
            )
        except CheckoutRefused as refused:
            form.add_error(None, str(sentence_of(refused)))
        else:
            return back_to_turf(row)
    return _turf_page(request, row, give_form=form)


@for_leaders
def reclaim(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Take a turf back from its holder."""
    checkout = canvass.checkout_or_404(number, pk)
    if request.method == "POST":
        checkouts.reclaim_turf(checkout_id=checkout.pk, now=clock.now())
    return back_to_turf(checkout.turf)


def riding(number: int) -> str:
    """Return the riding's name, else its number."""
    live = live_ridings([number]).get(number)
    return live.name if live else str(number)


def _give(request: HttpRequest, row: Turf, giving: Giving) -> None:
    held = request.POST.get("checkout", "")
    if held.isdecimal():
        checkout = canvass.checkout_or_404(row.team.riding_number or 0, int(held))
        if checkout.turf_id == row.pk:
            checkouts.hand_over_turf(checkout_id=checkout.pk, giving=giving, now=clock.now())
            return
    checkouts.check_out_turf(turf_id=row.pk, giving=giving, now=clock.now())


def _list_page(
    request: HttpRequest, number: int, contact_list: ContactList, problem: str = ""
) -> HttpResponse:
    context = {
        "number": number,
        "row": canvass.list_row(contact_list),
        "problem": problem,
        "now": clock.now(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "volunteers/canvass/list.html", context, status=status)


def _turf_page(request: HttpRequest, row: Turf, problem: str = "", **forms: Any) -> HttpResponse:  # noqa: ANN401
    context = {
        "number": row.team.riding_number,
        "turf": row,
        "row": canvass.turf_row(row),
        "doors": canvass.doors_of(row),
        "outlined": outlined(row),
        "history": canvass.history_of(row),
        "describe_form": DescribeForm(initial=vars(row)),
        "give_form": GiveForm(members=canvass.may_hold(row.team)),
        "code": new_code(),
        "problem": problem,
        "now": clock.now(),
        **forms,
    }
    is_wrong = problem or request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "volunteers/canvass/turf.html", context, status=status)


def new_code() -> str:
    """Return a code for a sheet to be printed."""
    return "".join(secrets.choice(SHEET_LETTERS) for _place in range(SHEET_CODE_LENGTH))
