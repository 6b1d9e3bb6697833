"""Whether a hundred thousand pledges make the home page or a riding's page any slower."""

import statistics
import time
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaign.models import Party
from coop4canada.kit.clock import now
from coop4canada.kit.memory import forget_everything
from pledges.models import RecommendationRound, RoundResult
from pledges.services import count_pledges
from ridings.enums import BoundaryStatus
from ridings.models import Riding
from tests.crowd_of_pledges import make_pledges
from tests.pledges import build_rounds
from volunteers.models import Candidacy, Chapter

FEW, MANY = 1_000, 100_000
ANSWERS = 60


def measure() -> Iterator[tuple[str, float, str]]:
    """Ask for pages, uncached and with nothing remembered, with a thousand pledges and with a hundred thousand more.

    Django's debugging is on, which notes every query: production is a little faster.
    """
    settings.ALLOWED_HOSTS = ["testserver"]
    _fill_panels()
    live = Riding.objects.filter(boundary_set__status=BoundaryStatus.LIVE).order_by("number")
    paths = [riding.get_absolute_url() for riding in live]
    before = _with(FEW, paths)
    after = _with(MANY, paths)
    for name, value in after.items():
        yield f"{name}_with_{MANY}", value, "queries" if name.endswith("queries") else "ms"
        if not name.endswith("queries"):
            yield f"{name}_many_to_few", value / before[name], "ratio"


def _fill_panels() -> None:
    """Give every riding a chapter with its unity candidate and a published recommendation, so that its panels speak."""
    party, moment = Party.objects.get(code="NDP"), now()
    for riding in Riding.objects.filter(boundary_set__status=BoundaryStatus.LIVE).order_by("number"):
        Chapter.objects.create(riding_number=riding.number, created_at=moment)
        Candidacy.objects.create(
            riding_number=riding.number,
            party=party,
            person_name="Ana Silva",
            state="unity",
            created_at=moment,
        )
        row = build_rounds.draft(riding_number=riding.number, options={"ada": "NDP"}, state="published")
        RecommendationRound.objects.filter(pk=row.pk).update(published_at=moment)
        RoundResult.objects.create(
            round=row,
            reason="recommended",
            option=row.options.get(),
            eligible=20,
            cast=12,
            counted_at=moment,
        )


def _with(count: int, paths: list[str]) -> dict[str, float]:
    make_pledges(count)
    count_pledges(now=now())
    spread = paths[:: max(1, len(paths) // ANSWERS)]
    times = {
        "home": [_seconds("/") for _answer in range(ANSWERS // 4)],
        "riding_page": [statistics.median(_seconds(path) for _answer in range(3)) for path in spread],
        "interface": [_seconds("/api/v1/pledges") for _answer in range(ANSWERS)],
    }
    medians = {name: statistics.median(values) * 1000 for name, values in times.items()}
    medians["riding_page_slowest"] = max(times["riding_page"]) * 1000
    return medians | {"riding_page_most_queries": max(_queries(path) for path in spread)}


def _seconds(path: str) -> float:
    client = Client()
    forget_everything()
    begun = time.perf_counter()
    answer = client.get(path)
    seconds = time.perf_counter() - begun
    assert answer.status_code == 200, (path, answer.status_code)
    return seconds


def _queries(path: str) -> int:
    forget_everything()
    with CaptureQueriesContext(connection) as captured:
        Client().get(path)
    return len(captured)
