"""Ridings and places by name, with typos and without accents: trigrams on plain text."""

from typing import Any, TypeVar

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, F, FloatField, QuerySet, Value, When

from ridings.enums import BoundaryStatus
from ridings.models import Place, PlaceRiding, Riding

Row = TypeVar("Row", Riding, Place)

# Below this likeness a name is not what was meant: "monteral" ~ "montreal" is 0.44, unrelated names stay below.
LEAST_LIKENESS = 0.4
# Names this close to the best one are shown with it.
TIE = 0.06
# The very name beats a longer one that contains it: “Montréal” before “Montréal-Nord”.
EXACT = 1.2
MOST_RIDINGS = 12
MOST_PLACES = 3
# A large city reaches into many ridings, and the person must find theirs among them.
MOST_RIDINGS_OF_PLACES = 60


def ridings_like(words: str) -> list[Riding]:
    """Return the live ridings whose name resembles the plain words, likest first."""
    if not words:
        return []
    live = Riding.objects.filter(boundary_set__status=BoundaryStatus.LIVE)
    if words.isdigit():
        return list(live.filter(number=int(words))[:1]) if len(words) <= 5 else []  # noqa: PLR2004 — FED numbers
    ridings = _liked(live, words, MOST_RIDINGS)
    return [riding for riding in ridings if riding.likeness >= ridings[0].likeness - TIE]  # type: ignore[attr-defined]


def places_like(words: str) -> list[tuple[Riding, float]]:
    """Return the ridings of the places whose name resembles the plain words, with the share of the place."""
    if not words or words.isdigit():
        return []
    places = _liked(Place.objects.all(), words, MOST_PLACES, F("weight").desc())
    best = [place for place in places if place.likeness >= places[0].likeness - TIE]  # type: ignore[attr-defined]
    rows = (
        PlaceRiding.objects.filter(place__in=best, riding__boundary_set__status=BoundaryStatus.LIVE)
        .select_related("riding")
        .order_by("-share", "riding__number")
    )
    return [(row.riding, row.share) for row in rows[:MOST_RIDINGS_OF_PLACES]]


def _liked(rows: "QuerySet[Row]", words: str, most: int, *then: Any) -> "list[Row]":  # noqa: ANN401 — any ordering
    # A few thousand rows: reading them all takes milliseconds and needs no index.
    likeness = Case(
        When(search_text=words, then=Value(EXACT)),
        When(search_text__contains=words, then=Value(1.0)),
        default=TrigramWordSimilarity(words, "search_text"),
        output_field=FloatField(),
    )
    liked = rows.annotate(likeness=likeness).filter(likeness__gte=LEAST_LIKENESS)
    return list(liked.order_by("-likeness", *then, "pk")[:most])
