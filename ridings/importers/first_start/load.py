"""The first load of a new site: words, then the country from the best source at hand, then into force."""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from coop4canada.kit.panels import functions_of
from ridings.enums import BoundaryStatus, ResultBasis
from ridings.importers.first_start import fixtures
from ridings.importers.first_start.directory import (
    LIVE,
    OGL,
    SOURCES,
    Step,
    country_steps,
    is_country,
    lookup_steps,
    places_step,
)
from ridings.importers.first_start.official import SourceFailed, try_source
from ridings.importers.load_boundaries import BoundaryOptions, load_boundaries
from ridings.importers.polling import load_polling
from ridings.importers.progress import Progress
from ridings.importers.results.load import ResultOptions, load_results
from ridings.models import BoundarySet, PollingAverage
from ridings.services.loading import set_live

Report = Callable[[str], None]

NO_BOUNDARIES = (
    "The map's boundaries are not loaded: search by name, the cartogram and riding pages work; look-up by "
    "point does "
    "not. Load the official file with: manage.py import_boundaries FILE --boundary-set 2023"
)


def is_loaded() -> bool:
    """Say whether a boundary set is in force, which the first load does last of all."""
    return BoundarySet.objects.filter(status=BoundaryStatus.LIVE).exists()


def load_everything(*, fixtures_only: bool, report: Report, progress: Progress) -> None:
    """Load what a new site needs; a load that was interrupted goes on where it stopped.

    Raises: FileRefused if a file of the data directory cannot be loaded.
    """
    run(_word_steps(), report, progress)
    folder = Path(settings.DATA_DIR)
    if fixtures_only:
        run([*_fixture_steps(), places_step()], report, progress)
    elif is_country(folder):
        report(f"Loading the country from {folder}.")
        # The steps for elections depend on which boundaries are there: boundaries first, then look again.
        boundaries = [step for step in country_steps(folder, progress) if step.title.startswith("boundaries")]
        run(boundaries, report, progress)
        run([step for step in country_steps(folder, progress) if step not in boundaries], report, progress)
    else:
        report(f"No data directory at {folder}: trying the official addresses.")
        _try_official(report, progress)
        run([*_fixture_steps(), *lookup_steps(folder)], report, progress)
    with transaction.atomic():
        if not is_loaded():
            report(f"{set_live(code=LIVE)} is in force.")
    if BoundarySet.objects.filter(status=BoundaryStatus.LIVE, shapes_version="").exists():
        report(NO_BOUNDARIES)


def run(steps: Iterable[Step], report: Report, progress: Progress) -> None:
    """Do the steps that are not done, each in a transaction of its own."""
    steps = list(steps)
    for number, step in enumerate(steps):
        progress.show(step.title, number, len(steps))
        if not step.is_done():
            with transaction.atomic():
                report(step.do())
    progress.show("done", len(steps), len(steps))


def _never() -> bool:
    return False


def _word_steps() -> list[Step]:
    """Return the campaign's words and those of the apps above, which say what they install themselves."""
    installers = functions_of("first_words")
    return [
        Step("campaign", _never, fixtures.install_words),
        *(Step("words", _never, install) for install in installers),
    ]


def _fixture_steps() -> list[Step]:
    averages = settings.FIXTURES_DIR / "polling_averages.csv"
    return [
        Step("ridings", _never, fixtures.install_ridings),
        Step("last results", _never, fixtures.install_last_results),
        Step("polling averages", PollingAverage.objects.exists, lambda: load_polling(averages)),
    ]


def _try_official(report: Report, progress: Progress) -> None:
    """Load what the official addresses give; the fixtures fill in the rest."""

    def boundaries(path: Path) -> str:
        how = BoundaryOptions(code=LIVE, source=SOURCES[LIVE], licence=OGL)
        return load_boundaries(path, how, report=report, progress=progress)

    def results(path: Path) -> str:
        return load_results(path, ResultOptions(election=45), report=report)

    def transposition(path: Path) -> str:
        how = ResultOptions(election=44, boundary_set=LIVE, basis=ResultBasis.OFFICIAL)
        return load_results(path, how, report=report)

    for what, load in (("boundaries", boundaries), ("results", results), ("transposition", transposition)):
        try:
            if what != "boundaries":
                # Votes need ridings: those of the fixtures where the boundaries could not be fetched.
                with transaction.atomic():
                    fixtures.install_ridings()
            with transaction.atomic():
                report(try_source(what, load))
        except SourceFailed as error:
            report(str(error))
