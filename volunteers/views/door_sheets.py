"""Keying in printed sheets: whoever carried one, and leaders of the team."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coop4canada.kit import clock
from coop4canada.kit.http import see_other
from supporters import second_factor
from supporters.doors import signed_in
from volunteers.forms.sheets import CodeForm, SheetLinesForm
from volunteers.queries.door_sheets import SheetPage, sheet_for, sheet_page
from volunteers.services.sheets import KeyedSheet, key_sheet
from volunteers.views.doors import member, status_of

_COUNTS = ("new", "same", "replaced", "refused")


@signed_in
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a sheet."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        sheet = sheet_for(member(request), form.cleaned_data["code"])
        if sheet is not None:
            return see_other(reverse("doors:sheet", args=[sheet.code]))
        form.add_error("code", _("There is no sheet of yours with this code: look at its top again."))
    return render(request, "volunteers/doors/sheets.html", {"form": form}, status=status_of(request))


@signed_in
def key(request: HttpRequest, code: str) -> HttpResponse:
    """Key in the lines of a sheet; where another entry stands, show it first."""
    now = clock.now()
    sheet = sheet_for(member(request), code)
    if sheet is None:
        raise Http404
    if sheet.checkout.holder_id != request.user.pk and second_factor.is_missing(request):
        return second_factor.ask_for_it(request)
    page = sheet_page(sheet, now)
    if request.method != "POST":
        form = SheetLinesForm(rows=page.rows, initial={"visited_on": sheet.printed_at.date()})
        return _show(request, page, form, keyed=None, status=HTTPStatus.OK)
    form = SheetLinesForm(request.POST, rows=page.rows)
    if not form.is_valid():
        return _show(request, page, form, keyed=None, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    keyed = key_sheet(
        sheet=sheet,
        outcomes=form.outcomes(),
        replacing=form.replacing(),
        visited_at=form.visited_at(),
        now=now,
    )
    if keyed.differing:
        return _show(request, page, form, keyed=keyed, status=HTTPStatus.CONFLICT)
    told = "&".join(f"{name}={getattr(keyed, name)}" for name in _COUNTS)
    return see_other(f"{request.path}?{told}")


def _show(
    request: HttpRequest,
    page: SheetPage,
    form: SheetLinesForm,
    *,
    keyed: KeyedSheet | None,
    status: HTTPStatus,
) -> HttpResponse:
    told: dict[str, Any] = {name: _whole(request.GET.get(name, "")) for name in _COUNTS}
    context = {
        "page": page,
        "form": form,
        "told": told if "new" in request.GET else None,
        "differing": keyed.differing if keyed else (),
    }
    return render(request, "volunteers/doors/sheet.html", context, status=status)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0  # noqa: PLR2004
