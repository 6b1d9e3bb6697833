"""Transpositions and tidy tables."""

import gzip
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from ridings.models import BoundarySet, Candidate, Election, Result, Riding, Turnout
from tests import make
from tests.ridings.importers import small

pytestmark = pytest.mark.django_db

ON_2023 = ("--boundary-set", "2023", "--basis", "official_transposition")


def votes_of(riding: Riding) -> dict[str, tuple[int, str]]:
    rows = Result.objects.filter(riding=riding).values_list("party__code", "votes", "basis")
    return {code: (votes, basis) for code, votes, basis in rows}


LONG = (
    "FED_NUM,FED_EN,Political_Party_EN,Transposed_Votes,Percent\n"
    "10001,Avalon,Liberal,17916,50.9\n10001,Avalon,Conservative,11636,33.0\n10001,Avalon,Green Party,0,0\n"
    "24038,Lévis--Bellechasse,Bloc Québécois,12,1\n35075,Ottawa South,NDP-New Democratic Party,5,1\n"
)


def test_the_official_long_transposition_is_read(tmp_path: Path, avalon: Riding) -> None:
    small.run("import_results", small.write(tmp_path / "t.csv", LONG), "--election", 44, *ON_2023)

    basis = "official_transposition"
    assert votes_of(avalon) == {"LPC": (17916, basis), "CPC": (11636, basis)}
    assert Election.objects.get().boundary_set.code == "2013"
    assert Election.objects.get().boundary_set.status == "former"
    assert not Candidate.objects.exists()


def test_a_transposition_never_takes_the_place_of_a_count(tmp_path: Path, avalon: Riding) -> None:
    make.results(make.election(avalon.boundary_set), avalon, CPC=3)

    with pytest.raises(
        CommandError, match="its actual count is loaded and is not replaced by a transposition"
    ):
        small.run("import_results", small.write(tmp_path / "t.csv", LONG), "--election", 45, *ON_2023)

    assert votes_of(avalon) == {"CPC": (3, "actual")}


HEADER_2011 = (
    '"\'"\n"Transposition of votes"\n"Voting results - May 2, 2011 general election"\n\n'
    '"Province and territory numeric code","2013 FED Number","2013 FED Name","Population transferred to 2013 FED",'
    '"Electors on lists","All votes","Conservative votes","NDP-New Democratic Party votes","Liberal votes",'
    '"Bloc Québécois votes","Green Party votes","Other votes"\n'
)


def test_the_transposition_of_2011_is_added_up(tmp_path: Path, avalon: Riding) -> None:
    rows = (
        '10,10001,"Avalon",59548,0,14,4,1,9,0,0,0\n10,10001,"Avalon",59548,100,46,18,4,24,0,-0,0\n'
        '24,24038,"Lévis--Bellechasse",1,9,5,0,0,0,5,0,0\n35,35075,"Ottawa South",1,9,5,0,5,0,0,0,0\n'
        '"SVR2: Includes Canadian citizens residing in Canada."\n"Electors on lists are shown as zero."\n'
    )

    small.run(
        "import_results",
        small.write(tmp_path / "t.csv", HEADER_2011 + rows, "cp1252"),
        "--election",
        41,
        *ON_2023,
    )

    basis = "official_transposition"
    assert votes_of(avalon) == {"CPC": (22, basis), "NDP": (5, basis), "LPC": (33, basis)}
    assert Turnout.objects.get(riding=avalon).electors == 100


WIDE = (
    "fed_num,fed_name_en,prov,CPC,LPC,BQ,OTH,valid,rejected,electors\n10001,Avalon,NL,10,20,0,3,33,1,90\n"
    "24038,Lévis—Bellechasse,QC,1,2,3,0,6,0,20\n35075,Ottawa South,ON,5,5,0,0,10,0,50\n"
)


def test_a_wide_table_is_read_by_its_party_columns(tmp_path: Path, avalon: Riding) -> None:
    small.run("import_results", small.write(tmp_path / "w.csv", WIDE), "--election", 44, *ON_2023)

    assert {code: votes for code, (votes, _) in votes_of(avalon).items()} == {"CPC": 10, "LPC": 20, "OTH": 3}
    turnout = Turnout.objects.get(riding=avalon)
    assert (turnout.valid, turnout.rejected, turnout.electors) == (33, 1, 90)


@pytest.mark.parametrize(("valid", "is_accepted"), [(33 + 15, True), (33 + 16, False)])
def test_transposed_votes_may_miss_the_total_by_rounding(
    tmp_path: Path, avalon: Riding, valid: int, is_accepted: bool
) -> None:
    path = small.write(tmp_path / "w.csv", WIDE.replace(",33,1,", f",{valid},1,"))

    if is_accepted:
        small.run("import_results", path, "--election", 44, *ON_2023)
    else:
        with pytest.raises(CommandError, match="add up to 33"):
            small.run("import_results", path, "--election", 44, *ON_2023)

    assert Result.objects.exists() is is_accepted


CANDIDATES = (
    "election,fed_num,fed_name_en,candidate,incumbent,party_code,votes,elected\n"
    "45,10001,Avalon,Paul Connors,1.0,LPC,27563,1\n45,10001,Avalon,Steve Kent,0.0,CPC,16953,0\n"
    "44,10001,Avalon,Someone Else,0.0,CPC,1,1\n45,24038,Lévis—Bellechasse,Ève Roy,,BQ,3,1\n"
    "45,35075,Ottawa South,Di Doe,,NDP,4,1\n"
)
BALLOTS = "election,fed_num,electors,valid,rejected\n45,10001,,44516,389\n45,24038,9.0,3,0\n45,35075,8,4,0\n44,10001,1,1,1\n"


def test_tidy_candidates_of_one_election_are_taken(tmp_path: Path, avalon: Riding) -> None:
    path = tmp_path / "c.csv.gz"
    path.write_bytes(gzip.compress(CANDIDATES.encode()))

    small.run("import_results", path, "--election", 45, "--turnout", small.write(tmp_path / "b.csv", BALLOTS))

    rows = (
        Candidate.objects.filter(riding=avalon)
        .order_by("-votes")
        .values_list("name", "is_incumbent", "is_elected")
    )
    assert list(rows) == [("Paul Connors", True, True), ("Steve Kent", False, False)]
    assert list(Turnout.objects.order_by("riding__number").values_list("electors", "valid")) == [
        (None, 44516), (9, 3), (8, 4)]  # fmt: skip


def test_ballots_given_before_survive_a_file_without_them(tmp_path: Path, ridings: BoundarySet) -> None:
    path, ballots = small.write(tmp_path / "c.csv", CANDIDATES), small.write(tmp_path / "b.csv", BALLOTS)
    small.run("import_results", path, "--election", 45, "--turnout", ballots)

    said = small.run("import_results", path, "--election", 45)

    assert "unchanged" in said
    assert Turnout.objects.get(riding__number=35075).electors == 8


def test_an_election_that_the_file_lacks_is_refused(tmp_path: Path, ridings: BoundarySet) -> None:
    path = small.write(tmp_path / "c.csv", CANDIDATES)

    with pytest.raises(CommandError, match=r"c.csv has no row for election 43\. Nothing was changed"):
        small.run("import_results", path, "--election", 43, "--boundary-set", "2023")


def test_ballots_alone_are_no_results(tmp_path: Path, ridings: BoundarySet) -> None:
    with pytest.raises(CommandError, match="b.csv has ballots but no votes: give it as --turnout"):
        small.run("import_results", small.write(tmp_path / "b.csv", BALLOTS), "--election", 45)


def test_an_unknown_party_code_is_refused(tmp_path: Path, ridings: BoundarySet) -> None:
    text = "fed_num,party_code,votes\n10001,XYZ,1\n"

    with pytest.raises(CommandError, match="party labels not known here: “XYZ”"):
        small.run("import_results", small.write(tmp_path / "l.csv", text), "--election", 45)


def test_a_truncated_archive_is_refused(tmp_path: Path, ridings: BoundarySet) -> None:
    path = tmp_path / "c.csv.gz"
    path.write_bytes(gzip.compress(CANDIDATES.encode())[:60])

    with pytest.raises(CommandError, match="c.csv.gz cannot be read"):
        small.run("import_results", path, "--election", 45)


@pytest.mark.parametrize(
    "text",
    [
        CANDIDATES.replace("Paul Connors", "P" * 200),
        CANDIDATES.replace("27563", "99999999999"),
        CANDIDATES.replace("Steve Kent,0.0,CPC", "Paul Connors,0.0,LPC"),
    ],
)
def test_what_the_database_does_not_take_changes_nothing(
    tmp_path: Path, ridings: BoundarySet, text: str
) -> None:
    with pytest.raises(CommandError, match="a value the database does not take, or a row twice"):
        small.run("import_results", small.write(tmp_path / "c.csv", text), "--election", 45)

    assert (Election.objects.count(), Candidate.objects.count()) == (0, 0)


def test_a_table_that_no_reader_takes_is_refused(tmp_path: Path, ridings: BoundarySet) -> None:
    text = "a,b\n" + "x" * 200_000 + ",1\n"

    with pytest.raises(
        CommandError, match=r"l.csv cannot be read as a table \(field larger than field limit"
    ):
        small.run("import_results", small.write(tmp_path / "l.csv", text), "--election", 45)
