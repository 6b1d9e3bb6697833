"""Public pages about petitions: the list, one petition, where people sign, the letter."""

import csv
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from coop4canada.kit import clock
from coop4canada.kit.http import answer_with_etag, public_page
from petitions import queries
from petitions.forms import SignForm
from petitions.models import Petition
from petitions.views.doors import show, with_petition

# As often as signatures are counted.
SECONDS_FRESH = 10
SECONDS_STALE = 60
SECONDS_STALE_IF_DOWN = 86_400
SECONDS_CARD = 300


@public_page
def petition_list(request: HttpRequest) -> HttpResponse:
    """List the petitions."""
    items = queries.petition_items(clock.now())
    return _fresh(render(request, "petitions/list.html", {"items": items}))


@public_page
@with_petition
def petition_page(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Show a petition with its form; the same for every reader, so that caches may keep it."""
    page = queries.petition_page(petition, clock.now())
    response = show(request, "petitions/petition.html", petition, {"page": page, "form": SignForm()})
    return _with_etag(request, _fresh(response))


@public_page
@with_petition
def ridings_page(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Show how many signed in every riding: a cartogram and a table."""
    page = queries.ridings_page(petition)
    return _fresh(show(request, "petitions/ridings.html", petition, {"page": page}))


@public_page
@with_petition
def letter(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Show the open letter to print: a page for every leader, without a single name."""
    page = queries.petition_page(petition, clock.now())
    return _fresh(show(request, "petitions/letter.html", petition, {"page": page}))


@public_page
@with_petition
def letter_csv(_request: HttpRequest, petition: Petition) -> HttpResponse:
    """Send the counts by riding and province as CSV, without a single name."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{petition.slug}.csv"'
    # Spreadsheets take a file for UTF-8 only if it says so.
    response.write("\N{BYTE ORDER MARK}")
    csv.writer(response).writerows(queries.counts_table(petition))
    return _fresh(response)


@public_page
@with_petition
def card(_request: HttpRequest, petition: Petition) -> HttpResponse:
    """Send the picture that networks show beside a link to the petition."""
    response = HttpResponse(queries.card_of(petition, clock.now()), content_type="image/png")
    patch_cache_control(response, public=True, max_age=SECONDS_CARD, stale_while_revalidate=SECONDS_CARD)
    return response


def _fresh(response: HttpResponse) -> HttpResponse:
    patch_cache_control(
        response,
        public=True,
        max_age=SECONDS_FRESH,
        stale_while_revalidate=SECONDS_STALE,
        stale_if_error=SECONDS_STALE_IF_DOWN,
    )
    return response


def _with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    return answer_with_etag(request, response, sha256(response.content).hexdigest()[:32])
