"""The map's documents as they go over the wire."""

import gzip

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from coop4canada.kit.http import answer_with_etag, public_page
from ridings.queries.documents import ColourDocument, geometry_body

SECONDS_A_YEAR = 31_536_000
SECONDS_COLOURS_FRESH = 15


@public_page
def geometry(request: HttpRequest, digest: str) -> HttpResponse:
    """Serve shapes named by their hash: what is at this address never changes."""
    body = geometry_body(digest)
    if body is None:
        raise Http404
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(body if takes_gzip else gzip.decompress(body), content_type="application/json")
    if takes_gzip:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    patch_cache_control(response, public=True, max_age=SECONDS_A_YEAR, immutable=True)
    response["Access-Control-Allow-Origin"] = "*"
    return answer_with_etag(request, response, digest)


def colours(request: HttpRequest, document: ColourDocument) -> HttpResponse:
    """Serve the published classes; a caller that holds this version gets 304."""
    response = HttpResponse(document.body, content_type="application/json")
    patch_cache_control(response, public=True, max_age=SECONDS_COLOURS_FRESH, stale_while_revalidate=300)
    return answer_with_etag(request, response, document.version)
