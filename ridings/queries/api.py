"""Ridings as the JSON API shows them."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation

from campaign.models import Party
from campaign.queries import parties_by_code
from coop4canada.kit.panels import functions_of
from coop4canada.kit.text import slug
from ridings.models import Riding, RidingVerdict
from ridings.queries.charts import ResultChart
from ridings.queries.inputs import live_boundary_set
from ridings.queries.recommended import Recommended, as_json, recommendations
from ridings.queries.riding_page import live_riding, riding_page
from ridings.queries.runs import last_run_on
from ridings.queries.sentences import sentence

LANGUAGES = ("en", "fr")


def riding_items() -> list[dict[str, Any]]:
    """Return every live riding with its class and main reason in both languages, by FED number."""
    boundary_set = live_boundary_set()
    if boundary_set is None:
        return []
    run = last_run_on(boundary_set)
    verdicts = {verdict.riding_id: verdict for verdict in run.verdicts.all()} if run else {}
    parties, recommended = parties_by_code(), recommendations()
    ridings = Riding.objects.filter(boundary_set=boundary_set).order_by("number")
    return [
        _item(riding, verdicts.get(riding.pk), parties, recommended.get(riding.number)) for riding in ridings
    ]


def riding_detail(number: int) -> dict[str, Any] | None:
    """Return one live riding with everything public about it, or None."""
    riding = live_riding(number)
    page = riding_page(number)
    if riding is None or page is None:
        return None
    run = last_run_on(riding.boundary_set)
    verdict = run.verdicts.filter(riding=riding).first() if run else None
    parties = parties_by_code()
    return {
        **_item(riding, verdict, parties, recommendations().get(number)),
        **{f"reasons_{language}": _reasons(verdict, parties, language) for language in LANGUAGES},
        "results": [_result(chart) for chart in (*page.charts, *page.former_charts)],
        "projection": verdict.numbers.get("projected", {}) if verdict else {},
        "candidates": [vars(candidate) for candidate in page.candidates],
        "polls": [poll for polls in functions_of("poll_readers") for poll in polls(riding_number=number)],
        "teams": [team for teams in functions_of("team_readers") for team in teams(riding_number=number)],
    }


def _item(
    riding: Riding,
    verdict: RidingVerdict | None,
    parties: Mapping[str, Party],
    recommended: Recommended | None,
) -> dict[str, Any]:
    reasons = {language: _reasons(verdict, parties, language, most=1) for language in LANGUAGES}
    return {
        "number": riding.number,
        "slug": slug(riding.name_en),
        "name_en": riding.name_en,
        "name_fr": riding.name_fr,
        "province": riding.province,
        "class": verdict.riding_class if verdict else "",
        "reason_en": "".join(reasons["en"]),
        "reason_fr": "".join(reasons["fr"]),
        "longitude": riding.longitude,
        "latitude": riding.latitude,
        "recommendation": as_json(recommended),
    }


def _reasons(
    verdict: RidingVerdict | None, parties: Mapping[str, Party], language: str, most: int | None = None
) -> list[str]:
    if verdict is None:
        return []
    with translation.override(language):
        return [sentence(reason, parties) for reason in verdict.reasons[:most]]


def _result(chart: ResultChart) -> dict[str, Any]:
    return {
        "election": chart.election_number,
        "year": chart.year,
        "basis": chart.basis_code,
        "former_riding": str(chart.former_riding) if chart.former_riding else None,
        "overlap_share": chart.overlap_share,
        "votes": {bar.code: bar.votes for bar in chart.bars},
    }
