"""The ballot page, the results, the panel of a riding, the map, the API."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coop4canada.kit.clock import now
from coop4canada.kit.signing import seal
from pledges.models import Ballot, Pledge, RecommendationRound, RoundEvidence
from pledges.queries import round_page
from pledges.services import announce_round, cancel_round, withdraw_option
from ridings.models import BoundarySet
from ridings.queries.recommended import recommendations
from tests.pledges import build_rounds as build

pytestmark = pytest.mark.django_db

PAGE = f"/recommendations/{build.RIDING}/"


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def recommended(method: str = "ranked", **fields: Any) -> RecommendationRound:
    row, entries = build.opened(people=6, method=method, **fields)
    build.vote_all(entries, *["ada"] * 5, "ben")
    return build.published(row)


@pytest.mark.parametrize(
    ("method", "sent", "marks"),
    [
        ("ranked", {"rank-ada": "2", "rank-none": "1"}, ["none", "ada"]),
        ("single", {"choice": "ben"}, ["ben"]),
        ("approval", {"choice": ["cy", "ada"]}, ["ada", "cy"]),
    ],
)
def test_a_ballot_is_cast_by_a_plain_form(
    client: Client, country: BoundarySet, method: str, sent: dict[str, Any], marks: list[str]
) -> None:
    _row, (entry, *_rest) = build.opened(method=method)
    path = build.link(entry)
    page = client.get(path)
    answer = client.post(path, sent)

    assert (page.status_code, page["Cache-Control"], page["Referrer-Policy"]) == (
        200,
        "private, no-store",
        "no-referrer",
    )
    assert (answer.status_code, answer["Location"]) == (303, f"{path}in/")
    assert Ballot.objects.get().marks == marks
    assert "Your ballot is in" in text_of(client, f"{path}in/")
    assert "Set-Cookie" not in answer


@pytest.mark.parametrize(
    ("method", "sent", "sentence", "kept"),
    [
        ("ranked", {"rank-ada": "1", "rank-ben": "1"}, "Two options share rank 1", ' value="1" selected'),
        ("ranked", {"rank-ada": "1", "rank-ben": "3"}, "Rank 2 is missing", ' value="3" selected'),
        ("ranked", {}, "Nothing is marked", "Cast my ballot"),
        ("ranked", {"rank-ada": "first"}, "A rank is a whole number", "Cast my ballot"),
        ("single", {"choice": ["ada", "ben"]}, "Choose one option only", ' value="ada" checked'),
        ("single", {"choice": "zed"}, "not offered any more", "Cast my ballot"),
        ("approval", {"choice": ["ada", "\x00"]}, "not offered any more", ' value="ada" checked'),
    ],
)
def test_a_mistake_is_named_and_what_was_marked_is_kept(
    client: Client, method: str, sent: dict[str, Any], sentence: str, kept: str
) -> None:
    _row, (entry, *_rest) = build.opened(method=method)
    answer = client.post(build.link(entry), sent)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert kept in answer.content.decode()
    assert Ballot.objects.count() == 0


def test_opening_the_link_casts_nothing(client: Client) -> None:
    _row, (entry, *_rest) = build.opened()
    path = build.link(entry)
    for method in (client.get, client.head):
        assert method(f"{path}?choice=ada&rank-ada=1").status_code == 200

    assert Ballot.objects.count() == 0


@pytest.mark.parametrize("kind", ["cut", "forged", "of another purpose", "of nobody"])
def test_a_link_that_is_none_of_ours_opens_nothing(client: Client, kind: str) -> None:
    token = {
        "cut": "x",
        "forged": "a.b.c",
        "of another purpose": seal("pledges.stop", 1),
        "of nobody": seal("pledges.ballot", 0),
    }[kind]
    assert client.get(reverse("recommendations:ballot", args=[token])).status_code == 404
    assert client.post(reverse("recommendations:ballot-in", args=[token])).status_code == 404


def test_after_closing_the_link_says_so_and_takes_nothing(client: Client) -> None:
    row, (entry, *_rest) = build.opened()
    path = build.link(entry)
    build.let_time_pass(row)
    late = client.post(path, {"rank-ada": "1"})
    build.closed(row)

    assert late.status_code == 410
    assert "came after closing" in late.content.decode()
    assert "Voting is over" in text_of(client, path, 410)
    assert client.post(f"{path}in/").status_code == 410
    assert Ballot.objects.count() == 0


def test_whoever_withdrew_the_pledge_is_told_and_may_take_the_ballot_back(client: Client) -> None:
    _row, (entry, *_rest) = build.opened()
    path = build.link(entry)
    client.post(path, {"rank-ada": "1"})
    Pledge.objects.filter(roll_entries=entry).update(state="withdrawn")

    assert "not on the roll any more" in text_of(client, path, 410)
    assert client.post(path, {"rank-ben": "1"}).status_code == 410
    assert client.post(f"{path}in/").status_code == 303
    assert Ballot.objects.count() == 0


def test_a_cancelled_round_says_why(client: Client) -> None:
    row, (entry, *_rest) = build.opened()
    cancel_round(round_id=row.pk, because_en="The candidates agreed.", because_fr="Entente.")

    assert "The candidates agreed." in text_of(client, build.link(entry), 410)
    assert "The candidates agreed." in text_of(client, PAGE)
    assert "Entente." in text_of(client, f"/fr{PAGE}")


def test_the_ballot_page_shows_the_evidence(client: Client, country: BoundarySet) -> None:
    row, (entry, *_rest) = build.opened(interest_en="Our treasurer is a member of the NDP.")
    RoundEvidence.objects.create(
        round=row, title_en="Interviews", title_fr="Entrevues", url="https://example.org/interviews"
    )
    page = text_of(client, build.link(entry))

    for words in ("How the riding voted", "Where the parties stand", "https://example.org/interviews"):
        assert words in page
    assert "Our treasurer is a member of the NDP." in page


def test_every_ballot_has_its_own_order_that_stays(client: Client) -> None:
    _row, entries = build.opened(people=30)
    orders = []
    for path in map(build.link, entries):
        first, again = (text_of(client, path) for _time in range(2))
        assert first == again
        places = {key: first.index(f'for="rank-{key}"') for key in ("ada", "ben", "cy", "none")}
        orders.append(tuple(sorted(places, key=places.__getitem__)))

    assert {order[-1] for order in orders} == {"none"}
    assert {order[0] for order in orders} == {"ada", "ben", "cy"}


def test_the_result_is_published_with_turnout_count_and_ballots(client: Client) -> None:
    row = recommended()
    page = text_of(client, PAGE)
    file = client.get(f"{PAGE}{row.pk}/ballots.json")

    assert "The pledgers of this riding recommend Ada Ng (" in page
    assert "6 of 6" in page
    assert sha256(file.content).hexdigest() == row.result.file_digest
    assert row.result.file_digest in page
    assert (
        client.get(f"{PAGE}{row.pk}/ballots.json", headers={"If-None-Match": file["ETag"]}).status_code == 304
    )
    assert "recommandent Ada Ng" in text_of(client, f"/fr{PAGE}")


def test_a_recount_from_the_published_file_gives_the_published_result(
    client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = recommended()
    path = tmp_path / "ballots.json"
    path.write_bytes(client.get(f"{PAGE}{row.pk}/ballots.json").content)
    call_command("recount", str(path))
    assert "The same as published." in capsys.readouterr().out

    values = json.loads(path.read_text())
    values["outcome"]["option"] = "ben"
    path.write_text(json.dumps(values, ensure_ascii=False, sort_keys=True, indent=1) + "\n")
    with pytest.raises(CommandError, match="NOT what the file states"):
        call_command("recount", str(path))
    path.write_text("{}")
    with pytest.raises(CommandError, match="Not a ballot file"):
        call_command("recount", str(path))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("recount", str(tmp_path / "missing.json"))


def test_too_few_ballots_show_nothing_of_the_votes(client: Client) -> None:
    row, entries = build.opened(people=6)
    build.vote_all(entries, *["ben"] * 4)
    row = build.published(row)
    page = text_of(client, PAGE)

    assert "Fewer than 5 ballots were cast" in page
    assert "The count" not in page
    assert client.get(f"{PAGE}{row.pk}/ballots.json").status_code == 404


def test_a_draft_is_shown_to_nobody(client: Client) -> None:
    row = build.draft()

    for path in (PAGE, f"{PAGE}{row.pk}/", f"/api/v1/recommendations/{build.RIDING}"):
        assert client.get(path).status_code == 404
    assert "Ada" not in text_of(client, "/recommendations/")


def test_the_list_tells_who_is_recommended_and_where_one_votes(client: Client, country: BoundarySet) -> None:
    recommended()
    build.opened(people=0, riding_number=35002)
    page = text_of(client, "/recommendations/")

    assert "Ada Ng" in page
    assert "Voting is open until" in page
    assert text_of(client, "/fr/recommendations/")


@pytest.mark.parametrize("rounds", [1, 3])
def test_the_list_asks_as_much_for_many_as_for_one(client: Client, rounds: int) -> None:
    for number in range(rounds):
        build.opened(people=0, riding_number=35002 + number)
    with CaptureQueriesContext(connection) as asked:
        client.get("/recommendations/")

    assert len(asked) == 3


def test_a_newer_result_takes_the_place_of_an_older_one(client: Client) -> None:
    first = recommended()
    second, entries = build.opened(people=0)
    build.vote_all(entries, *["none"] * 6)
    build.published(second)

    assert recommendations() == {}
    assert "chose to recommend nobody yet" in text_of(client, PAGE)
    assert "recommend Ada Ng" in text_of(client, f"{PAGE}{first.pk}/")


@pytest.mark.parametrize("language", ["", "/fr"])
def test_the_riding_page_shows_the_round_by_one_query(
    client: Client, country: BoundarySet, language: str
) -> None:
    path = f"{language}/ridings/{build.RIDING}/"
    path = client.get(path)["Location"]
    client.get(path)
    with CaptureQueriesContext(connection) as without:
        client.get(path)
    recommended()
    build.opened(people=0)
    with CaptureQueriesContext(connection) as within:
        page = client.get(path).content.decode()

    assert len(within) == len(without)
    assert len(within) <= 12
    assert "Ada Ng" in page
    assert ("Voting is open until" if not language else "Le vote est ouvert") in page


def test_the_map_says_who_is_recommended(client: Client, country: BoundarySet) -> None:
    with CaptureQueriesContext(connection) as without:
        client.get("/ridings/")
    row = recommended()
    with CaptureQueriesContext(connection) as within:
        page = text_of(client, "/ridings/")
    document = client.get("/api/v1/map/recommendations")
    item = document.json()["recommendations"]["35001"]

    assert len(within) == len(without)
    assert f'<a href="{PAGE}">Ada Ng</a>' in page
    assert f'<a href="/fr{PAGE}">Ada Ng</a>' in text_of(client, "/fr/ridings/")
    assert (item["name"], item["party"], item["path"]) == ("Ada Ng", "NDP", PAGE)
    same = client.get("/api/v1/map/recommendations", headers={"If-None-Match": document["ETag"]})
    assert same.status_code == 304
    withdraw_option(option_id=row.options.get(key="ada").pk, now=now())
    assert client.get("/api/v1/map/recommendations")["ETag"] != document["ETag"]


def test_the_api_tells_the_recommendation(client: Client, country: BoundarySet) -> None:
    row = recommended()
    detail = client.get("/api/v1/ridings/35001").json()
    listed = next(item for item in client.get("/api/v1/ridings").json() if item["number"] == 35001)
    result = client.get("/api/v1/recommendations/35001").json()

    assert detail["recommendation"]["name"] == listed["recommendation"]["name"] == "Ada Ng"
    assert (result["candidate"], result["party"], result["cast"], result["valid"]) == ("Ada Ng", "NDP", 6, 6)
    assert client.get(result["ballots"]).status_code == 200
    assert result["ballots_sha256"] == row.result.file_digest
    other = next(item for item in client.get("/api/v1/ridings").json() if item["number"] != 35001)
    assert other["recommendation"] is None


def test_a_recommendation_ends_with_its_election(client: Client, country: BoundarySet) -> None:
    row = recommended()
    RecommendationRound.objects.filter(pk=row.pk).update(election_on="2026-01-01")

    assert recommendations() == {}
    assert "this election is over" in client.get("/ridings/35001/", follow=True).content.decode()


def test_a_round_to_come_says_when_and_for_whom(client: Client) -> None:
    row = build.draft(opens_at=now() + build.DAY)
    announce_round(round_id=row.pk, now=now())

    assert "Voting opens on" in text_of(client, PAGE)
    page = round_page(build.RIDING)
    assert page is not None
    assert (page.outcome, page.earlier) == (None, ())
