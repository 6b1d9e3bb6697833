"""Cutting a list of doors automatically, or by drawing on the map."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from coop4canada.kit import clock
from volunteers.forms.turfs import CutForm, DrawForm, OutlineForm, SizeForm
from volunteers.models import ContactList
from volunteers.queries import canvass
from volunteers.queries.turf_plans import planned_turfs
from volunteers.rules.outlines import BadOutline
from volunteers.services import turfs
from volunteers.services.turfs import NameTaken, PlanChanged, Wanted
from volunteers.views.doors import member, status_of
from volunteers.views.team_doors import team_or_404
from volunteers.views.turf_doors import back_to_list, back_to_turf, for_leaders


@for_leaders
def cut(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Show what cutting by size would make; cut what was shown."""
    team, contact_list = team_or_404(number), canvass.door_list_or_404(number, pk)
    if request.method != "POST":
        form = SizeForm(request.GET if "size" in request.GET else None)
        return _cut_page(request, number, contact_list, form)
    form = CutForm(request.POST)
    if not form.is_valid():
        return _cut_page(request, number, contact_list, form)
    typed = form.cleaned_data
    wanted = Wanted(contact_list, team, member(request), is_open=typed["is_open"])
    try:
        turfs.cut_turfs(wanted=wanted, size=typed["size"], fingerprint=typed["fingerprint"], now=clock.now())
    except PlanChanged as changed:
        if changed.plan.turfs:
            return _cut_page(request, number, contact_list, form, has_changed=True)
    return back_to_list(number, pk)


@for_leaders
def draw(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Make a turf of the free doors in an outline."""
    team, contact_list = team_or_404(number), canvass.door_list_or_404(number, pk)
    form = DrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        wanted = Wanted(contact_list, team, member(request), is_open=typed["is_open"])
        try:
            drawn = turfs.draw_turf(
                wanted=wanted, name=typed["name"], outline=typed["outline"], now=clock.now()
            )
        except BadOutline as bad:
            form.add_error("outline", str(bad.fault.label))
        except NameTaken:
            form.add_error("name", _("There is a turf of this name already."))
        else:
            return back_to_turf(drawn.turf)
    context = {"number": number, "contact_list": contact_list, "form": form, "turf": None}
    return render(request, "volunteers/canvass/draw.html", context, status=status_of(request))


@for_leaders
def redraw(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Give a turf another outline."""
    row = canvass.turf_or_404(number, pk)
    form = OutlineForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            drawn = turfs.redraw_turf(turf_id=row.pk, outline=form.cleaned_data["outline"])
        except BadOutline as bad:
            form.add_error("outline", str(bad.fault.label))
        else:
            return back_to_turf(drawn.turf)
    context = {"number": number, "contact_list": row.contact_list, "form": form, "turf": row}
    return render(request, "volunteers/canvass/draw.html", context, status=status_of(request))


def _cut_page(
    request: HttpRequest, number: int, contact_list: ContactList, form: SizeForm, *, has_changed: bool = False
) -> HttpResponse:
    size = form.cleaned_data.get("size") if form.is_bound and (form.is_valid() or has_changed) else None
    context = {
        "number": number,
        "contact_list": contact_list,
        "form": form,
        "plan": planned_turfs(contact_list, size) if size else None,
        "has_changed": has_changed,
    }
    is_wrong = has_changed or (form.is_bound and not form.is_valid())
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "volunteers/canvass/cut.html", context, status=status)
