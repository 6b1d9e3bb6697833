"""Public pages about petitions: the list, one petition, where people sign, the letter."""

import csv
from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from campaign.models import active_language
from coop4canada.kit import clock
from coop4canada.kit.http import answer_with_etag, public_page
from coop4canada.kit.memory import ShortMemory
from petitions import queries
from petitions.forms import SignForm
from petitions.models import Petition
from petitions.views.doors import referral_code, show, with_petition

# As often as signatures are counted.
SECONDS_FRESH = 10
SECONDS_STALE = 60
SECONDS_STALE_IF_DOWN = 86_400
SECONDS_CARD = 300

CODE_HERE = "code-of-the-link-that-led-here"
_pages: ShortMemory[bytes] = ShortMemory(timedelta(seconds=5))


@public_page
def petition_list(request: HttpRequest) -> HttpResponse:
    """List the petitions."""
    items = queries.petition_items(clock.now())
    return _fresh(render(request, "petitions/list.html", {"items": items}))


@public_page
def petition_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a petition with its form; the same for every reader, so that caches may keep it.

    A link that goes viral makes a new address, which no cache holds, out of everyone's code: so we remember the page
    ourselves for some seconds, with a place for the code.
    """
    now, code = clock.now(), referral_code(request)
    key = (slug, active_language(), bool(code))
    content = _pages.known(key, now=now)
    if content is None:
        response = _petition_page(request, slug=slug)
        if response.status_code != HTTPStatus.OK:
            return response
        content = response.content
        _pages.keep(key, content, now=now)
    response = HttpResponse(content.replace(CODE_HERE.encode(), code.encode()))
    return answer_with_etag(request, _fresh(response), sha256(response.content).hexdigest()[:32])


@with_petition
def _petition_page(request: HttpRequest, petition: Petition) -> HttpResponse:
    page = queries.petition_page(petition, clock.now())
    context = {"page": page, "form": SignForm(), "code": CODE_HERE if referral_code(request) else ""}
    return show(request, "petitions/petition.html", petition, context)


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
