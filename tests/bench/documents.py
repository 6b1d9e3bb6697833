"""Sizes of what the browser fetches for the map, and the count that the campaign of 2015 published."""

import gzip
import io
import json
from collections.abc import Iterator

from django.core.management import call_command
from django.test import Client

from ridings.enums import GeometryLevel
from ridings.models import GeometryDocument
from ridings.queries.documents import published_colours


def measure() -> Iterator[tuple[str, float, str]]:
    """Weigh the documents as they are sent."""
    documents = GeometryDocument.objects.filter(boundary_set__status="live")
    national = documents.get(level=GeometryLevel.NATIONAL)
    yield "geometry_of_canada", len(national.body) / 1000, "kB gzip"
    finest = max(len(document.body) for document in documents.filter(level=GeometryLevel.PROVINCE))
    yield "largest_fine_geometry", finest / 1000, "kB gzip"
    colours = published_colours()
    assert colours is not None
    yield "colour_document", len(gzip.compress(colours.body.encode(), mtime=0)) / 1000, "kB gzip"
    client = Client(SERVER_NAME="localhost")
    first = client.get("/api/v1/map/colours")
    again = client.get("/api/v1/map/colours", headers={"If-None-Match": first["ETag"]})
    yield "colour_document_asked_again", again.status_code, "HTTP status"
    yield "swing_ridings_2011_votes_on_2013_boundaries", _swing_ridings_of_2015(), "ridings"


def _swing_ridings_of_2015() -> int:
    printed = io.StringIO()
    options = {"preset": "vote-together-2015", "election": 41, "boundary_set": "2013", "format": "json"}
    call_command("classify", stdout=printed, **options)
    return list(json.loads(printed.getvalue()).values()).count("swing")
