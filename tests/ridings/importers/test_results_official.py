"""Elections Canada's own result tables, with their quirks."""

from pathlib import Path

import pytest
from django.core.management.base import CommandError

from ridings.models import BoundarySet, Candidate, Election, RecomputeRequest, Result, Riding, Turnout
from tests.ridings.importers import small

pytestmark = pytest.mark.django_db

BILINGUAL = (
    "Province,Electoral District Name/Nom de circonscription,Electoral District Number/Numéro de circonscription,"
    "Candidate/Candidat,Candidate Residence/Résidence du candidat,Candidate Occupation/Profession du candidat,"
    "Votes Obtained/Votes obtenus,Percentage of Votes Obtained /Pourcentage des votes obtenus,Majority/Majorité,"
    "Majority Percentage/Pourcentage de majorité\n"
)
AVALON = "Newfoundland and Labrador/Terre-Neuve-et-Labrador,Avalon,10001"
OTTAWA = "Ontario,Ottawa South/Ottawa-Sud,35075"
LEVIS = "Quebec/Québec,Lévis--Bellechasse,24038"
ROWS = (
    f'{AVALON},"Scott Andrews ** Liberal/Libéral","Conception Bay South, N.L./T.-N.-L.",Parliamentarian/,14866,45.28,'
    "      3324,  10.1\n"
    f"{AVALON},Fabian Manning Conservative/conservateur,St. Bride's,,11542,35.2,,\n"
    f"{AVALON},Ann  O'Neill Independent/Indépendant(e),,,100,.3,,\n"
    f"{AVALON},Bob Ray Independent/Indépendant(e),,,50,.2,,\n"
    f"{OTTAWA},Cy Fox Green Party/Parti Vert,,,10,1,,\n"
    f"{OTTAWA},Di Doe NDP-New Democratic Party/NPD-Nouveau Parti démocratique,,,20,2,10,1\n"
    f"{LEVIS},Ève Roy Bloc Québécois/Bloc Québécois,,,30,3,5,1\n"
    f"{LEVIS},Max Animal Alliance/Environment Voters/Animal Alliance/Environment Voters,,,25,3\n"
    "\n"
)


def load(folder: Path, text: str, *options: object, encoding: str = "utf-8") -> str:
    return small.run(
        "import_results", small.write(folder / "table.csv", text, encoding), "--election", 45, *options
    )


def refused(folder: Path, text: str, sentence: str, *options: object) -> None:
    """Check that a file is refused with a sentence and that nothing is there afterwards."""
    with pytest.raises(CommandError, match=sentence) as error:
        load(folder, text, *options)

    assert str(error.value).endswith("Nothing was changed.")
    assert (Election.objects.count(), Result.objects.count(), Candidate.objects.count()) == (0, 0, 0)
    assert (Turnout.objects.count(), RecomputeRequest.objects.count()) == (0, 0)


def votes_of(riding: Riding) -> dict[str, int]:
    return dict(Result.objects.filter(riding=riding).values_list("party__code", "votes"))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_table_12_is_read_in_each_of_its_encodings(
    tmp_path: Path, ridings: BoundarySet, encoding: str
) -> None:
    said = load(tmp_path, BILINGUAL + ROWS, encoding=encoding)

    assert said == "Election 45 on boundaries 2023: 3 ridings, 26,643 votes.\n"
    assert votes_of(ridings.ridings.get(number=24038)) == {"BQ": 30, "APP": 25}
    assert Candidate.objects.get(party__code="BQ").name == "Ève Roy"


def test_marks_and_labels_are_taken_off_the_name(tmp_path: Path, avalon: Riding) -> None:
    load(tmp_path, BILINGUAL + ROWS)

    people = Candidate.objects.filter(riding=avalon).order_by("-votes")
    assert [(row.name, row.is_incumbent, row.is_elected) for row in people] == [
        ("Scott Andrews", True, True),
        ("Fabian Manning", False, False),
        ("Ann O'Neill", False, False),
        ("Bob Ray", False, False),
    ]


def test_independents_add_up_in_the_result_and_stay_apart_as_candidates(
    tmp_path: Path, avalon: Riding
) -> None:
    load(tmp_path, BILINGUAL + ROWS)

    assert votes_of(avalon) == {"LPC": 14866, "CPC": 11542, "IND": 150}
    assert Candidate.objects.filter(riding=avalon, party__code="IND").count() == 2


def test_the_election_is_recorded_with_its_day_and_boundaries(tmp_path: Path, ridings: BoundarySet) -> None:
    load(tmp_path, BILINGUAL + ROWS)

    election = Election.objects.get()
    assert (election.number, str(election.held_on), election.boundary_set) == (45, "2025-04-28", ridings)


def test_the_same_file_again_changes_nothing(tmp_path: Path, ridings: BoundarySet) -> None:
    load(tmp_path, BILINGUAL + ROWS)
    before = list(Result.objects.order_by("pk").values_list("pk", "votes"))
    RecomputeRequest.objects.all().delete()

    said = load(tmp_path, BILINGUAL + ROWS)

    assert said == "Election 45 on boundaries 2023: 3 ridings, 26,643 votes, unchanged.\n"
    assert list(Result.objects.order_by("pk").values_list("pk", "votes")) == before
    assert RecomputeRequest.objects.count() == 0


def test_tables_without_numbers_find_ridings_by_name_within_the_province(
    tmp_path: Path, ridings: BoundarySet
) -> None:
    header = "Province,District,Candidate,Residence,Occupation,Number of Votes,Number of Votes Percent,Number Majority,X\n"
    rows = ROWS.replace(",10001,", ",").replace(",35075,", ",").replace(",24038,", ",")

    load(tmp_path, header + rows, encoding="cp1252")

    assert votes_of(ridings.ridings.get(number=24038)) == {"BQ": 30, "APP": 25}
    assert votes_of(ridings.ridings.get(number=35075)) == {"GPC": 10, "NDP": 20}


@pytest.mark.parametrize("votes", ["acclaimed/élu(e) par acclamation", "Acclamation", ""])
def test_an_acclaimed_candidate_is_elected_without_votes(tmp_path: Path, avalon: Riding, votes: str) -> None:
    rows = [row for row in ROWS.splitlines() if "Avalon" not in row]
    rows.insert(0, f"{AVALON},Scott Andrews ** Liberal/Libéral,,,{votes},,{'' if votes else 'acclaimed'},")

    load(tmp_path, BILINGUAL + "\n".join(rows))

    candidate = Candidate.objects.get(riding=avalon)
    assert (candidate.votes, candidate.is_elected, candidate.is_acclaimed) == (None, True, True)
    assert votes_of(avalon) == {}
    assert Turnout.objects.get(riding=avalon).valid == 0


def test_a_renamed_riding_is_accepted_by_number(tmp_path: Path, ridings: BoundarySet) -> None:
    load(tmp_path, BILINGUAL + ROWS.replace("Lévis--Bellechasse", "Lévis--Les Etchemins"))

    renamed = ridings.ridings.get(number=24038)
    assert renamed.other_names == ["Lévis—Les Etchemins"]
    assert renamed.search_text == "levis bellechasse | levis les etchemins | 24038"
    assert ridings.ridings.get(number=35075).other_names == []


def test_an_unknown_riding_refuses_the_whole_file(tmp_path: Path, ridings: BoundarySet) -> None:
    text = BILINGUAL + ROWS.replace("24038", "24039")

    refused(
        tmp_path, text, r"table.csv, line 8: riding “24039 Lévis--Bellechasse” is not in boundary set 2023"
    )


def test_an_unknown_name_refuses_the_whole_file(tmp_path: Path, ridings: BoundarySet) -> None:
    header = "Province,District,Candidate,Residence,Occupation,Number of Votes,P,Number Majority,X\n"

    refused(tmp_path, header + "Ontario,Avalon,Al Doe Liberal/Libéral,,,1,,1,\n", "riding “Avalon” is not in")


@pytest.mark.parametrize("votes", ["-5", "many", "1.5", "", "12e3"])
def test_votes_that_are_no_count_refuse_the_whole_file(
    tmp_path: Path, ridings: BoundarySet, votes: str
) -> None:
    text = BILINGUAL + ROWS.replace(",,,25,3", f",,,{votes},3")

    refused(tmp_path, text, f"line 9: “{votes}” is not a number of votes")


def test_an_unknown_party_refuses_the_whole_file(tmp_path: Path, ridings: BoundarySet) -> None:
    text = BILINGUAL + ROWS.replace("Green Party/Parti Vert", "Moon Party/Parti Lune")

    refused(
        tmp_path, text, r"party labels not known here: “Moon Party/Parti Lune” \(1 rows\).*--create-parties"
    )


def test_create_parties_makes_the_unknown_ones(tmp_path: Path, ridings: BoundarySet) -> None:
    said = load(
        tmp_path,
        BILINGUAL + ROWS.replace("Green Party/Parti Vert", "Moon Party/Parti Lune"),
        "--create-parties",
    )

    assert said.startswith("Parties created, to be completed in the admin: MOONPA.")
    assert votes_of(ridings.ridings.get(number=35075)) == {"MOONPA": 10, "NDP": 20}


def test_a_file_that_lacks_ridings_is_refused(tmp_path: Path, ridings: BoundarySet) -> None:
    rows = "".join(row + "\n" for row in ROWS.splitlines() if "Ottawa" not in row)

    refused(tmp_path, BILINGUAL + rows, r"has 2 of the 3 ridings of boundary set 2023; missing are \[35075\]")


def test_partial_loads_only_the_ridings_of_the_file(tmp_path: Path, ridings: BoundarySet) -> None:
    load(tmp_path, BILINGUAL + ROWS)
    rows = f"{OTTAWA},Di Doe Liberal/Libéral,,,40,2,10,1\n"

    load(tmp_path, BILINGUAL + rows, "--partial")

    assert votes_of(ridings.ridings.get(number=35075)) == {"LPC": 40}
    assert votes_of(ridings.ridings.get(number=24038)) == {"BQ": 30, "APP": 25}


def test_a_row_with_too_many_cells_is_refused(tmp_path: Path, ridings: BoundarySet) -> None:
    refused(
        tmp_path,
        BILINGUAL + f"{AVALON},A, B, Liberal/Libéral,x,y,1,2,3,4,5,6\n",
        "line 2: 14 cells under 10 columns",
    )


@pytest.mark.parametrize("text", ["", "\n\n", "a,b\n1,2\n", "<html><body>Not found</body></html>"])
def test_a_file_of_something_else_is_refused(tmp_path: Path, ridings: BoundarySet, text: str) -> None:
    refused(tmp_path, text, "table.csv (has no header line|is no result table known here)")


def test_a_missing_file_is_refused(tmp_path: Path, ridings: BoundarySet) -> None:
    with pytest.raises(CommandError, match=r"no.csv cannot be read .* check the path"):
        small.run("import_results", tmp_path / "no.csv", "--election", 45)


def test_an_unknown_election_needs_its_day(tmp_path: Path, ridings: BoundarySet) -> None:
    path = small.write(tmp_path / "t.csv", BILINGUAL + ROWS)

    with pytest.raises(
        CommandError, match="When election 46 was held is not known here: say it with --held-on"
    ):
        small.run("import_results", path, "--election", 46, "--boundary-set", "2023")
    small.run("import_results", path, "--election", 46, "--boundary-set", "2023", "--held-on", "2029-10-15")

    assert str(Election.objects.get().held_on) == "2029-10-15"


def test_boundaries_must_be_there_first(tmp_path: Path, ridings: BoundarySet) -> None:
    refused(tmp_path, BILINGUAL + ROWS, "Boundary set 2013 is not loaded", "--boundary-set", "2013")


TABLE_11 = (
    "Province,Electoral District Name/Nom de circonscription,Electoral District Number/Numéro de circonscription,"
    "Population,Electors/Électeurs,Polling Stations/Bureaux de scrutin,Valid Ballots/Bulletins valides,"
    "Percentage of Valid Ballots /P,Rejected Ballots/Bulletins rejetés\n"
    f"{AVALON},1,60000,2,26558,99,262\n{OTTAWA},1,50,2,30,99,1\n{LEVIS},1,60,2,55,99,0\n"
)


def test_table_11_gives_electors_and_ballots(tmp_path: Path, avalon: Riding) -> None:
    load(tmp_path, BILINGUAL + ROWS, "--turnout", small.write(tmp_path / "11.csv", TABLE_11))

    turnout = Turnout.objects.get(riding=avalon)
    assert (turnout.electors, turnout.valid, turnout.rejected) == (60000, 26558, 262)


def test_votes_that_do_not_add_up_to_the_valid_ballots_are_refused(
    tmp_path: Path, ridings: BoundarySet
) -> None:
    path = small.write(tmp_path / "11.csv", TABLE_11.replace("26558", "26559"))

    refused(tmp_path, BILINGUAL + ROWS, r"11.csv, line 2: the votes of riding 10001 Avalon add up to 26,558, not to "
            "the 26,559 valid ballots", "--turnout", path)  # fmt: skip


SERVICE = (
    "These results were downloaded on June 13, 2025.\t\t\t\t\t\t\t\t\t\t\t\t\t\n"
    "Electoral district number - Numéro de la circonscription\tElectoral district name\tNom de la circonscription\t"
    "Type of results*\tType de résultats**\tSurname - Nom de famille\tMiddle name(s) - Autre(s) prénom(s)\t"
    "Given name - Prénom\tPolitical affiliation\tAppartenance politique\tVotes obtained - Votes obtenus\t% Votes\t"
    "Rejected ballots - Bulletins rejetés***\tTotal number of ballots cast - Nombre total de votes déposés\n"
)


def service_rows(kind: str, liberal: int, conservative: int) -> str:
    rest = f"{kind}\tx"
    return (
        f"10001\tAvalon\tAvalon\t{rest}\tConnors\tJ.\tPaul\tLiberal\tLibéral\t{liberal}\t5\t7\t{liberal + conservative + 7}\n"
        f"10001\tAvalon\tAvalon\t{rest}\tKent\t\tSteve\tConservative\tConservateur\t{conservative}\t5\t7\t"
        f"{liberal + conservative + 7}\n"
    )


def test_the_results_service_counts_the_most_final_count(tmp_path: Path, avalon: Riding) -> None:
    text = service_rows("judicially certified", 99, 100) + service_rows("preliminary", 90, 80)
    text = SERVICE + text + service_rows("validated", 101, 100) + "*Type of results: notes\t\n"

    load(tmp_path, text, "--partial")

    assert votes_of(avalon) == {"LPC": 99, "CPC": 100}
    assert Candidate.objects.get(is_elected=True).name == "Steve Kent"
    assert Candidate.objects.get(is_elected=False).name == "Paul J. Connors"
    turnout = Turnout.objects.get()
    assert (turnout.valid, turnout.rejected, turnout.electors) == (199, 7, None)


def test_an_unknown_type_of_results_is_refused(tmp_path: Path, avalon: Riding) -> None:
    refused(
        tmp_path,
        SERVICE + service_rows("guessed", 1, 2),
        "“guessed” is no known type of results",
        "--partial",
    )


def test_a_tie_elects_nobody(tmp_path: Path, avalon: Riding) -> None:
    load(tmp_path, SERVICE + service_rows("validated", 100, 100), "--partial")

    assert not Candidate.objects.filter(is_elected=True).exists()
