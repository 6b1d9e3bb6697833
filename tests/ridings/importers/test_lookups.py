"""Postal codes, places, candidates and polls."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from campaign.models import Party
from ridings.models import BoundarySet, Candidate, Place, PlaceRiding, PollingAverage, PostalCode, Riding
from tests import make
from tests.ridings.importers import small

pytestmark = pytest.mark.django_db

CODES = "postal_code,fed_num,share\nK1A 0B1,35075,0.6\nk1a0b1,24038,0.4\nA1A-1A1,10001,1\n"


def codes() -> list[tuple[str, int, float]]:
    rows = PostalCode.objects.order_by("code", "riding__number")
    return list(rows.values_list("code", "riding__number", "share"))


def test_full_codes_are_loaded_with_their_shares(tmp_path: Path, ridings: BoundarySet) -> None:
    said = small.run("import_postal_codes", small.write(tmp_path / "c.csv", CODES))

    assert said == "Postal codes: 2 codes, 3 rows on boundaries 2023.\n"
    assert codes() == [("A1A1A1", 10001, 1.0), ("K1A0B1", 24038, 0.4), ("K1A0B1", 35075, 0.6)]


def test_areas_and_full_codes_live_side_by_side(tmp_path: Path, ridings: BoundarySet) -> None:
    small.run("import_postal_codes", small.write(tmp_path / "c.csv", CODES))

    small.run("import_postal_codes", small.write(tmp_path / "f.csv", "fsa,fed_num,share\nK1A,35075,1\n"))
    small.run("import_postal_codes", small.write(tmp_path / "f.csv", "fsa,fed_num,share\nA1A,10001,1\n"))

    assert [code for code, _, _ in codes()] == ["A1A", "A1A1A1", "K1A0B1", "K1A0B1"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("D1A 1A1,35075,1", "line 2: “D1A 1A1” is not a postal code like K1A 0B1"),
        ("W1A 1A1,35075,1", "is not a postal code"),
        ("K1A OB1,35075,1", "Did you mean K1A0B1"),
        ("K1A,35075,1", "“K1A” is not a postal code like K1A 0B1"),
        ("K1A 0B1,35076,1", "riding 35076 is not in boundary set 2023"),
        ("K1A 0B1,99001,1", "99001 is not a FED number"),
        ("K1A 0B1,35075,0", "“0” is not a share"),
        ("K1A 0B1,35075,1.2", "“1.2” is not a share"),
        ("K1A 0B1,35075,nan", "“nan” is not a share"),
        ("K1A 0B1,35075,0.5", "the shares of K1A0B1 add up to 0.500"),
        ("K1A 0B1,35075,0.5\nK1A0B1,35075,0.5", "riding 35075 stands there twice for K1A0B1"),
    ],
)
def test_a_wrong_row_of_codes_changes_nothing(
    tmp_path: Path, ridings: BoundarySet, rows: str, sentence: str
) -> None:
    small.run("import_postal_codes", small.write(tmp_path / "c.csv", CODES))

    with pytest.raises(CommandError, match=sentence):
        small.run(
            "import_postal_codes", small.write(tmp_path / "c.csv", f"postal_code,fed_num,share\n{rows}\n")
        )

    assert len(codes()) == 3


def test_shares_may_miss_one_by_rounding(tmp_path: Path, ridings: BoundarySet) -> None:
    text = "fsa,fed_num,share\nK1A,35075,0.66\nK1A,24038,0.33\n"

    small.run("import_postal_codes", small.write(tmp_path / "f.csv", text))

    assert len(codes()) == 2


@pytest.mark.parametrize("command", ["import_postal_codes", "import_places"])
def test_another_table_is_refused(tmp_path: Path, ridings: BoundarySet, command: str) -> None:
    with pytest.raises(CommandError, match="its header needs"):
        small.run(command, small.write(tmp_path / "x.csv", "a,b\n1,2\n"))


def test_codes_need_their_boundaries(tmp_path: Path, ridings: BoundarySet) -> None:
    with pytest.raises(CommandError, match="Boundary set 2013 is not loaded"):
        small.run("import_postal_codes", small.write(tmp_path / "c.csv", CODES), "--boundary-set", "2013")


PLACES = "name,province,weight,number,share\nGatineau,QC,90,24038,0.75\nGatineau,QC,90,35075,0.25\nBurin,NL,3,10001,1\n"


def test_places_are_replaced(tmp_path: Path, ridings: BoundarySet) -> None:
    small.run("import_places", small.write(tmp_path / "p.csv", PLACES.replace("Burin", "Old Name")))

    small.run("import_places", small.write(tmp_path / "p.csv", PLACES))

    assert list(Place.objects.order_by("name").values_list("name", "weight")) == [
        ("Burin", 3),
        ("Gatineau", 90),
    ]
    assert sorted(PlaceRiding.objects.values_list("riding__number", "share")) == [
        (10001, 1.0), (24038, 0.75), (35075, 0.25)]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (",QC,1,24038,1", "a place needs a name"),
        ("Hull,Quebec,1,24038,1", "a province of two letters"),
        ("Hull,QC,many,24038,1", "a whole number as weight"),
        ("Hull,QC,1,24039,1", "riding 24039 is not in boundary set 2023"),
    ],
)
def test_a_wrong_place_changes_nothing(tmp_path: Path, ridings: BoundarySet, row: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        small.run("import_places", small.write(tmp_path / "p.csv", PLACES + row + "\n"))

    assert not Place.objects.exists()


PEOPLE = (
    "fed_num,family_name,middle_name,given_name,party_code,party_en,party_fr\n"
    "10001,Connors,,Paul,LPC,Liberal,Libéral\n10001,Kent,J.,Steve,,Conservative,Conservateur\n"
)


def test_candidates_of_a_coming_election_are_loaded(tmp_path: Path, avalon: Riding) -> None:
    path = small.write(tmp_path / "c.csv", PEOPLE)

    said = small.run(
        "import_candidates", path, "--election", 46, "--boundary-set", "2023", "--held-on", "2029-10-15"
    )

    assert said == "Candidates of election 46: 2 in 1 ridings.\n"
    rows = Candidate.objects.order_by("name").values_list("name", "party__code", "votes", "is_elected")
    assert list(rows) == [("Paul Connors", "LPC", None, False), ("Steve J. Kent", "CPC", None, False)]


def test_counted_candidates_stay(tmp_path: Path, avalon: Riding) -> None:
    election = make.election(avalon.boundary_set)
    party = Party.objects.get(code="LPC")
    Candidate.objects.create(election=election, riding=avalon, party=party, name="Paul Connors", votes=9)

    said = small.run("import_candidates", small.write(tmp_path / "c.csv", PEOPLE), "--election", 45)

    assert said == "Candidates of election 45: counted already, their votes stay.\n"
    assert Candidate.objects.get().votes == 9


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (PEOPLE.replace("10001,Kent", "10002,Kent"), "line 3: riding “10002” is not in boundary set 2023"),
        (PEOPLE.replace("Kent,J.,Steve", ",,"), "line 3: the candidate has no name"),
        (PEOPLE.replace("Conservative", "Moon"), "party labels not known here: “Moon/Conservateur”"),
        ("name,party\nA,B\n", "is no list of candidates: it has no riding numbers"),
    ],
)
def test_a_wrong_list_of_candidates_is_refused(
    tmp_path: Path, avalon: Riding, text: str, sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        small.run("import_candidates", small.write(tmp_path / "c.csv", text), "--election", 45)

    assert not Candidate.objects.exists()


POLLS = (
    "end_date,pollster,region,LPC,CPC,NDP,BQ,sample_size,source\n"
    "2026-01-01,Old Firm,ON,10,80,5,,1000,x\n"
    "2026-04-01,Léger,ON,40.0,42.0,10.0,,1500.0,x\n"
    "2026-04-01,Leger Marketing,ON,41.0,41.0,10.0,,1500.0,y\n"
    "2026-04-05,Nanos,ON,44,40,10,,,x\n"
    "2026-03-30,Nanos,QC,40,20,8,28,900,x\n"
)


def test_polls_become_one_average_a_region(tmp_path: Path, ridings: BoundarySet) -> None:
    said = small.run("import_polling", small.write(tmp_path / "p.csv", POLLS))

    ontario = PollingAverage.objects.filter(region="ON").order_by("-share")
    assert said == "Polling: 9 averages, regions ON, QC.\n"
    assert {row.as_of for row in ontario} == {dt.date(2026, 4, 5)}
    assert [row.party.code for row in ontario.select_related("party")] == ["LPC", "CPC", "NDP", "OTH"]
    assert sum(row.share for row in ontario) == pytest.approx(1, abs=1e-5)
    assert {(row.poll_count, row.source.partition("; collected")[0]) for row in ontario} == {
        (2, "2 polls: Léger, Nanos; 2026-04-01 to 2026-04-05")}  # fmt: skip


def test_ready_averages_in_percent_are_taken_day_by_day(tmp_path: Path, ridings: BoundarySet) -> None:
    text = "date,region,BQ,CPC,LPC,OTH\n2015-07-14,AB,0,47.6,50,2.4\n2015-07-15,AB,0,40,50,2\n"

    small.run("import_polling", small.write(tmp_path / "p.csv", text))

    shares = (
        PollingAverage.objects.filter(party__code="OTH").order_by("as_of").values_list("share", flat=True)
    )
    assert list(shares) == [pytest.approx(0.024), pytest.approx(0.1)]


def test_the_organizers_table_is_taken_as_it_is(tmp_path: Path, ridings: BoundarySet) -> None:
    text = "region,party,as_of,share,source\nBC,LPC,2026-09-01,0.41,Abacus\n"

    small.run("import_polling", small.write(tmp_path / "p.csv", text))

    row = PollingAverage.objects.get()
    assert (row.region, row.party.code, row.share, row.source) == ("BC", "LPC", 0.41, "Abacus")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (POLLS.replace("Nanos,ON,44", "Nanos,ON,many"), "line 5: “many” of LPC is not a percentage"),
        (POLLS.replace("Nanos,ON,44", "Nanos,ON,144"), "144 % of LPC lies outside 0 to 100"),
        (POLLS.replace("Nanos,ON,44", "Nanos,ON,94"), "the shares add up to 144.0%"),
        (POLLS.replace("Nanos,ON", "Nanos,Ontario"), "region “Ontario” is not one of Atlantic"),
        (POLLS.replace("2026-04-05", "5 April"), "“5 April” is not a date"),
        ("region,party,as_of,share,source\nON,XYZ,2026-09-01,0.4,x\n", "p.csv: Line 2"),
        ("a,b\n1,2\n", "is no table of polls: its header needs region,party,as_of,share,source"),
    ],
)
def test_wrong_polls_change_nothing(tmp_path: Path, ridings: BoundarySet, text: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        small.run("import_polling", small.write(tmp_path / "p.csv", text))

    assert not PollingAverage.objects.exists()
