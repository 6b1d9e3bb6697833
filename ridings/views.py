"""Pages about ridings: the map, the search, a riding."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from coop4canada.kit.http import public_page
from coop4canada.kit.panels import panels_for
from ridings import queries
from ridings.forms import FindForm, MapFilterForm


@public_page
def ridings_map(request: HttpRequest) -> HttpResponse:
    """Show every riding with its class: a map, a cartogram and a table."""
    form = MapFilterForm(request.GET)
    page = queries.map_page(form.map_filter())
    return render(request, "ridings/map.html", {"page": page, "form": form})


@public_page
def find(request: HttpRequest) -> HttpResponse:
    """Answer a search: every riding that may be meant, never a silent guess."""
    form = FindForm(request.GET)
    finding = queries.find_riding(form.place()) if form.is_valid() else None
    is_refused = bool(request.GET) and finding is None
    response = render(
        request, "ridings/find.html", {"form": form, "finding": finding}, status=422 if is_refused else 200
    )
    if request.GET:
        # What a person types here says where they live: no shared cache keeps it.
        patch_cache_control(response, private=True, no_store=True)
    return response


@public_page
def riding_page(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """Show one riding: its class and why, past results, candidates, positions, panels of other apps."""
    page = queries.riding_page(number)
    if page is None:
        raise Http404(_("There is no riding with this number."))
    if slug != page.riding.slug:
        return redirect(page.riding, permanent=True)
    panels = panels_for("riding_panels", page=page)
    return render(request, "ridings/riding.html", {"page": page, "panels": panels})
