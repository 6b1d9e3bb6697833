"""The door of every page about one petition, and what such a page knows."""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from campaign.enums import ShareTopic
from campaign.models import active_language
from campaign.queries import ShareBox, share_box
from coop4canada.kit import clock
from coop4canada.kit.signing import read_short_code
from coop4canada.templatetags.formats import count as written
from coop4canada.templatetags.formats import full_address
from petitions import queries
from petitions.enums import REFERRAL
from petitions.models import Petition
from petitions.rules.signing import Opening, opening

PetitionView = Callable[[HttpRequest, Petition], HttpResponse]


def with_petition(view: PetitionView) -> Callable[..., HttpResponse]:
    """Hand the view the petition of the address.

    One that is not published is not there, one that was taken back is gone; the slug of the other language leads to the
    right address. A form is always handed on, so that nothing typed is lost.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str) -> HttpResponse:
        petition = queries.petition_at(slug)
        if petition is None:
            raise Http404(_("There is no such petition."))
        if request.method == "POST":
            return view(request, petition)
        if opening(petition.schedule, clock.now()) == Opening.WITHDRAWN:
            return show(request, "petitions/gone.html", petition, status=HTTPStatus.GONE)
        if slug != petition.slug:
            query = f"?r={code}" if (code := referral_code(request)) else ""
            return redirect(path_in(active_language(), request, petition) + query, permanent=True)
        return view(request, petition)

    return wrapped


def show(
    request: HttpRequest,
    template: str,
    petition: Petition,
    context: Mapping[str, object] | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Render a page about a petition: nothing of the address's query is repeated but a genuine code."""
    other = "en" if active_language() == "fr" else "fr"
    code = str((context or {}).get("code", referral_code(request)))
    known = {
        "petition": petition,
        "other_language_path": path_in(other, request, petition),
        "query": f"r={code}" if code else "",
        "code": code,
    }
    return render(request, template, {**known, **(context or {})}, status=status)


def path_in(language: str, request: HttpRequest, petition: Petition) -> str:
    """Return the address of this page in a language: petitions have a slug in each."""
    match = request.resolver_match
    assert match is not None  # noqa: S101 — said for the type checker
    with translation.override(language):
        named = {**match.kwargs, "slug": petition.slug} if "slug" in match.kwargs else match.kwargs
        return reverse(match.view_name, kwargs=named)


def path_to(name: str, petition: Petition) -> str:
    """Return the address of another page about a petition, in the active language."""
    return reverse(f"petitions:{name}", args=[petition.slug])


def share_of(petition: Petition, path: str) -> ShareBox:
    """Return what is passed on about a petition, with a link to a path of ours."""
    number = queries.public_count(petition).number
    return share_box(
        ShareTopic.PETITION, title=petition.title, count=written(number), link=full_address(path)
    )


def referral_code(request: HttpRequest) -> str:
    """Return the code of the supporter's link that led here, if it is a genuine one."""
    code = request.GET.get("r", "")
    return code if read_short_code(REFERRAL, code) is not None else ""
