"""The steps that load a country from a data directory; a step already done is passed over."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from ridings.enums import ResultBasis
from ridings.importers.load_boundaries import BoundaryOptions, load_boundaries
from ridings.importers.places import load_places
from ridings.importers.polling import load_polling
from ridings.importers.postal_codes import load_postal_codes
from ridings.importers.progress import Progress
from ridings.importers.results.load import ResultOptions, load_results
from ridings.models import BoundarySet, Candidate, Place, PollingAverage, PostalCode, Result
from ridings.rules.elections import GENERAL_ELECTIONS
from ridings.services.loading import retire

LIVE = "2023"
FORMER = ("2013", "2003")
OGL = "Contains information licensed under the Open Government Licence – Canada"
SOURCES = {
    "2023": "Elections Canada, federal electoral districts, Representation Order of 2023",
    "2013": "Natural Resources Canada, federal electoral districts, Representation Order of 2013",
    "2003": "Natural Resources Canada, federal electoral districts, Representation Order of 2003",
}
BOUNDARIES = "boundaries/boundaries_{}.geojson.gz"
CANDIDATES = "results/results_candidates.csv.gz"
TURNOUT = "results/results_ridings.csv"
TRANSPOSITIONS = (
    (44, "2023", "ge44_votes_on_2023_boundaries.csv"),
    (41, "2013", "ge41_votes_on_2013_boundaries.csv"),
)
POLLS = {"ON": "polls/regional_polls_2025_2026.csv", "Canada": "polls/national_polls_2015_2026.csv"}
# Averages before the vote of 2015: with them the map of that campaign can be computed anew.
AVERAGES_OF_2015 = "polls/regional_poll_averages_2015.csv"
AREAS = "lookup/fsa_ridings_2023.csv"


@dataclass(frozen=True)
class Step:
    """A piece of the first load: what it is, whether it is done already, and how to do it."""

    title: str
    is_done: Callable[[], bool]
    do: Callable[[], str]


def _silent(_: str) -> None:
    """Repairs of shapes are of no interest on a first start."""


def is_country(folder: Path) -> bool:
    """Say whether the folder holds the files that a country needs."""
    return (folder / BOUNDARIES.format(LIVE)).is_file() and (folder / CANDIDATES).is_file()


def country_steps(folder: Path, progress: Progress) -> Iterator[Step]:
    """Yield the steps in their order; files that the folder lacks are left out."""
    for code in (LIVE, *FORMER):
        if (folder / BOUNDARIES.format(code)).is_file():
            yield _boundaries(folder, code, progress)
    for election, (_, code) in sorted(GENERAL_ELECTIONS.items(), reverse=True):
        if BoundarySet.objects.filter(code=code, ridings__isnull=False).exists():
            yield _results(folder, election, code)
    for election, code, name in TRANSPOSITIONS:
        if (folder / "transpositions" / name).is_file():
            yield _transposition(folder / "transpositions" / name, election, code)
    yield from lookup_steps(folder)


def lookup_steps(folder: Path) -> Iterator[Step]:
    """Yield the steps for polls, postal codes and places."""
    for region, name in POLLS.items():
        if (folder / name).is_file():
            yield _polls(folder / name, region)
    if (folder / AVERAGES_OF_2015).is_file():
        there = PollingAverage.objects.filter(as_of__year=2015)
        yield Step("polls of 2015", there.exists, lambda: load_polling(folder / AVERAGES_OF_2015))
    if (folder / AREAS).is_file():
        yield Step(
            "postal codes", PostalCode.objects.exists, lambda: load_postal_codes(folder / AREAS, code=LIVE)
        )
    yield places_step()


def places_step() -> Step:
    """Return the step that loads places, which come with the program."""
    places = settings.FIXTURES_DIR / "places.csv"
    return Step("places", Place.objects.exists, lambda: load_places(places, code=LIVE))


def _boundaries(folder: Path, code: str, progress: Progress) -> Step:
    def do() -> str:
        options = BoundaryOptions(code=code, source=SOURCES[code], licence=OGL)
        sentence = load_boundaries(
            folder / BOUNDARIES.format(code), options, report=_silent, progress=progress
        )
        if code in FORMER:
            retire(code=code)
        return sentence

    loaded = BoundarySet.objects.filter(code=code).exclude(shapes_version="")
    return Step(f"boundaries {code}", loaded.exists, do)


def _results(folder: Path, election: int, code: str) -> Step:
    turnout = folder / TURNOUT
    options = ResultOptions(election=election, turnout=turnout if turnout.is_file() else None)
    there = Candidate.objects.filter(election__number=election, riding__boundary_set__code=code)
    return Step(
        f"election {election}",
        there.exists,
        lambda: load_results(folder / CANDIDATES, options, report=_silent),
    )


def _transposition(path: Path, election: int, code: str) -> Step:
    options = ResultOptions(election=election, boundary_set=code, basis=ResultBasis.OFFICIAL)
    there = Result.objects.filter(election__number=election, riding__boundary_set__code=code)
    title = f"election {election} on {code}"
    return Step(title, there.exists, lambda: load_results(path, options, report=_silent))


def _polls(path: Path, region: str) -> Step:
    there = PollingAverage.objects.filter(region=region)
    return Step(f"polls {region}", there.exists, lambda: load_polling(path))
