"""The classes of every loaded election against the rule worked out anew from the raw tables."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from ridings.models import BoundarySet
from tests import make

DATA = Path(settings.DATA_DIR)
PARTNERS = {"LPC", "NDP", "GPC"}
ORDERS = {38: 2003, 39: 2003, 40: 2003, 41: 2003, 42: 2013, 43: 2013, 44: 2013, 45: 2023}


def classify(election: int, boundary_set: int | str, preset: str = "vote-together-2015") -> dict[str, str]:
    printed = io.StringIO()
    call_command(
        "classify",
        preset=preset,
        election=election,
        boundary_set=str(boundary_set),
        format="json",
        stdout=printed,
    )
    answer: dict[str, str] = json.loads(printed.getvalue())
    return answer


def is_swing(votes: dict[str, int]) -> bool:
    """The published rule in other words: order the parties, look at the first two, compare whole numbers."""
    total = sum(votes.values())
    (first, most), (second, next_most) = sorted(votes.items(), key=lambda pair: pair[1], reverse=True)[:2]
    lead = Fraction(100 * (most - next_most), total)
    return (first == "CPC" and second in PARTNERS and lead < 15) or (
        first in PARTNERS and second == "CPC" and lead < 5
    )


def tidy_rows(name: str) -> Iterator[dict[str, str]]:
    path = DATA / name
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from csv.DictReader(io.StringIO(text.decode("utf-8")))


def actual_votes(election: int) -> dict[str, dict[str, int]]:
    """Return {riding: {candidate's party: votes}} straight from the candidates' table; independents stay apart."""
    votes: dict[str, dict[str, int]] = {}
    for row in tidy_rows("results/results_candidates.csv.gz"):
        if int(row["election"]) == election:
            key = row["party_code"] if row["party_code"] in {*PARTNERS, "CPC"} else row["candidate"]
            votes.setdefault(row["fed_num"], {})[key] = int(row["votes"])
    return votes


def transposed_votes(name: str, parties: tuple[str, ...]) -> dict[str, dict[str, int]]:
    return {row["fed_num"]: {party: int(row[party]) for party in parties} for row in tidy_rows(name)}


@pytest.mark.country
def test_the_official_2011_votes_on_the_2013_boundaries_give_the_72_of_the_campaign(
    country: BoundarySet,
) -> None:
    classes = classify(41, 2013)

    assert len(classes) == 338
    assert sum(kind == "swing" for kind in classes.values()) == 72
    votes = transposed_votes(
        "transpositions/ge41_votes_on_2013_boundaries.csv", ("CPC", "NDP", "LPC", "BQ", "GPC", "OTH")
    )
    assert {number for number, kind in classes.items() if kind == "swing"} == {
        number for number, counts in votes.items() if is_swing(counts)
    }


@pytest.mark.country
@pytest.mark.parametrize("election", sorted(ORDERS))
def test_every_other_election_agrees_with_the_rule_worked_out_independently(
    country: BoundarySet, election: int
) -> None:
    classes = classify(election, ORDERS[election])

    votes = actual_votes(election)
    assert classes.keys() == votes.keys()
    assert {number for number, kind in classes.items() if kind == "swing"} == {
        number for number, counts in votes.items() if is_swing(counts)
    }


@pytest.mark.country
def test_the_2021_votes_on_todays_boundaries_agree_too(country: BoundarySet) -> None:
    classes = classify(44, 2023)

    votes = transposed_votes(
        "transpositions/ge44_votes_on_2023_boundaries.csv",
        ("CPC", "LPC", "NDP", "BQ", "GPC", "PPC", "IND", "OTH"),
    )
    assert {number for number, kind in classes.items() if kind == "swing"} == {
        number for number, counts in votes.items() if is_swing(counts)
    }


@pytest.mark.country
def test_emerging_ridings_are_the_target_partys_own_that_fall_far_enough(country: BoundarySet) -> None:
    """2015's own map: swing of the regional averages of October 2015 on the transposed 2011 votes, by hand."""
    classes = classify(41, 2013)

    assert {number for number, kind in classes.items() if kind == "emerging"} == emerging_of_2015(classes)


def emerging_of_2015(classes: dict[str, str]) -> set[str]:
    parties = ("CPC", "NDP", "LPC", "BQ", "GPC")
    votes = transposed_votes("transpositions/ge41_votes_on_2013_boundaries.csv", (*parties, "OTH"))
    polls = polls_of_2015(parties)
    regions: dict[str, dict[str, int]] = {}
    for number, counts in votes.items():
        for region in {region_of(number), "Canada"}:
            totals = regions.setdefault(region, dict.fromkeys((*parties, "OTH"), 0))
            for party, count in counts.items():
                totals[party] += count
    emerging = set()
    for number, counts in votes.items():
        total, region = sum(counts.values()), region_of(number)
        region = region if region in polls else "Canada"
        swung = {
            party: max(0.0, count / total + polls.get(region, {}).get(party, old) - old)
            for party, count in counts.items()
            if count
            for old in [regions[region][party] / sum(regions[region].values())]
        }
        whole = sum(swung.values())
        now = {party: share / whole for party, share in swung.items()}
        fell = counts["CPC"] / total - now.get("CPC", 0.0)
        lead = now.get("CPC", 0.0) - max(now[party] for party in PARTNERS if party in now)
        if (
            classes[number] != "swing"
            and max(counts, key=counts.__getitem__) == "CPC"
            and fell >= 0.05
            and lead < 0.15
        ):
            emerging.add(number)
    return emerging


def polls_of_2015(parties: tuple[str, ...]) -> dict[str, dict[str, float]]:
    rows = list(tidy_rows("polls/regional_poll_averages_2015.csv"))
    last = max(row["date"] for row in rows)
    names = {"ATL": "Atlantic", "QC": "QC", "ON": "ON", "SK_MB": "MB_SK", "MB_SK": "MB_SK", "MBSK": "MB_SK"}
    polls: dict[str, dict[str, float]] = {}
    for row in rows:
        if row["date"] == last:
            region = names.get(row["region"], row["region"])
            polls[region] = {party: float(row[party]) / 100 for party in (*parties, "OTH")}
    return polls


def region_of(number: str) -> str:
    regions = {"1": "Atlantic", "24": "QC", "35": "ON", "46": "MB_SK", "47": "MB_SK", "48": "AB", "59": "BC"}
    return regions.get(number[:2], regions.get(number[:1], "Canada"))


@pytest.mark.parametrize(
    ("election", "boundary_set", "sentence"),
    [
        (45, "1987", "boundary set 1987 is not loaded"),
        (12, "2023", "election 12 is not loaded"),
        (44, "2023", "election 44 has no votes on boundary set 2023"),
    ],
)
def test_what_is_not_loaded_is_named(
    no_country: None, election: int, boundary_set: str, sentence: str
) -> None:
    small: dict[str, Any] = make.small_country()
    make.election(small["boundary_set"], 44, "2021-09-20")

    with pytest.raises(CommandError, match=sentence):
        classify(election, boundary_set)
