"""What the public sees of a poll: its page, the riding's page, the file, the API."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from coop4canada.kit.memory import forget_everything
from polls.models import Poll
from polls.queries.published import published_polls
from polls.schemas import PollDetail, PollItem
from polls.services.publishing import retract_poll
from polls.templatetags.poll_drawings import poll_chart_of
from tests.make import NOON
from tests.polls import builders, polling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]


def retract(poll: Poll) -> None:
    retract_poll(poll=poll, reason_en="Wrong weights", reason_fr="Pondération erronée", by=None, now=NOON)


def page_of(client: Client, poll: Poll, prefix: str = "") -> str:
    answer = client.get(f"{prefix}/polls/{poll.pk}/")
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("public, max-age=60")
    assert "Set-Cookie" not in answer
    return " ".join(answer.content.decode().split())


PLACES = ["/polls/{}/", "/fr/polls/{}/", "/polls/{}/readings.csv", "/api/v1/polls/{}"]


@pytest.mark.parametrize("place", PLACES)
def test_before_publication_there_is_nothing(client: Client, place: str) -> None:
    poll = polling.draft()
    assert client.get(place.format(poll.pk)).status_code == 404
    assert client.get("/api/v1/polls").json() == []
    assert published_polls() == ()


SHOWN = {
    "": [
        "Cooperate for Canada, 1 Main Street, Ottawa", "Oraclepoll, 2 King Street, Toronto",
        "Nov. 10, 2026 to Nov. 12, 2026", "5 p.m. to 9 p.m.", "Adults of the riding with a telephone",
        "5,000", "600 (12.0 %)", "4,000 (80.0 %)", "400 (8.0 %)", "±4.0 %, 19 times in 20",
        "Telephone, interactive voice response", "Random numbers of the riding", "By age and gender",
        "Asked whom they lean to, then left out", "For whom would you vote?",
    ],
    "/fr": [
        "Cooperate for Canada, 1 Main Street, Ottawa", "Oraclepoll, 2 King Street, Toronto", "10 novembre 2026",
        "de 17 h à 21 h", "Adultes de la circonscription ayant le téléphone", "Numéros aléatoires de la circonscription",
        "Selon l’âge et le genre", "Interrogés sur leur préférence, puis exclus", "Pour qui voteriez-vous ?",
    ],
}  # fmt: skip


@pytest.mark.parametrize("prefix", SHOWN)
def test_every_fact_of_the_law_stands_beside_the_numbers(client: Client, prefix: str) -> None:
    poll = polling.published()
    page = page_of(client, poll, prefix)
    assert [fact for fact in SHOWN[prefix] if fact not in page] == []
    assert f"{prefix}/polls/{poll.pk}/" in page
    assert "style=" not in page.split("<main")[1].split("</main")[0]


def test_the_chart_has_its_table_and_says_who_is_ahead_only_beyond_chance(client: Client) -> None:
    page = page_of(client, polling.published())
    assert "too close to call: their distance of 4.0 points is within its margin of ±7.9" in page
    assert '<td class="is-number">42.0 %</td><td class="is-number">37.7 % – 46.4 %</td>' in page
    assert page.count('class="c-chart-interval"') == 3 * 4
    assert "Question 1 by group: Decided and leaning" in page
    assert "For 600 people chosen by chance we compute ±4.0 %" in page


def test_a_poll_that_is_no_random_sample_says_so_and_has_no_margins(client: Client) -> None:
    poll = polling.published(is_probability=False, margin_of_error=None)
    page = page_of(client, poll)
    assert "This poll is not based on recognized statistical methods" in page
    assert "None: not based on recognized statistical methods" in page
    assert "c-chart-interval" not in page
    assert "19 times in 20" not in page
    reading = client.get(f"/api/v1/polls/{poll.pk}").json()["questions"][0]["readings"][0]
    assert (reading["low"], reading["high"]) == (None, None)


def test_a_retracted_poll_keeps_facts_and_reason_and_no_number(client: Client) -> None:
    poll = polling.published()
    retract(poll)
    english, french = page_of(client, poll), page_of(client, poll, "/fr")
    assert "This poll was retracted on Nov. 23, 2026: Wrong weights" in english
    assert "Pondération erronée" in french
    assert [fact for fact in SHOWN[""] if fact not in english] == []
    assert [word for word in ("42.0 %", "c-chart", "38.0 %") if word in english.split("<main")[1]] == []
    document = client.get(f"/api/v1/polls/{poll.pk}").json()
    assert (document["state"], document["retraction_en"]) == ("retracted", "Wrong weights")
    assert [question["readings"] for question in document["questions"]] == [[]]
    assert client.get(f"/polls/{poll.pk}/readings.csv").status_code == 410
    assert client.get("/api/v1/polls").json() == []


def test_what_is_published_stays_on_polling_day(client: Client) -> None:
    poll = polling.published()
    with time_machine.travel(dt.datetime(2029, 10, 15, 15, tzinfo=dt.UTC), tick=False):
        forget_everything()
        assert "42.0 %" in page_of(client, poll)


def test_the_riding_shows_its_polls_with_their_facts_and_nobody_elses(client: Client) -> None:
    poll = polling.published()
    polling.published(riding=builders.riding(35002), firm="Mainstreet")
    page = " ".join(client.get(poll.riding.get_absolute_url()).content.decode().split())
    panel = page.split('aria-labelledby="riding-polls-title"')[1].split("</section>")[0]
    wanted = [
        "Oraclepoll, Nov. 10, 2026 to Nov. 12, 2026", "600 of 5,000 contacted took part",
        "±4.0 %, 19 times in 20", "Sponsor: Cooperate for Canada", "Adults of the riding with a telephone",
        f'href="/polls/{poll.pk}/"',
    ]  # fmt: skip
    assert [words for words in wanted if words not in panel] == []
    assert "Mainstreet" not in panel


def test_the_list_of_polls_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in (35001, 35002, 35003):
        polling.published(riding=builders.riding(number))
    with django_assert_num_queries(1):
        found = published_polls()
    assert [one.riding_number for one in found] == [35003, 35002, 35001]
    assert [share.code for share in found[0].shares] == ["CPC", "LPC", "NDP", "GPC"]
    assert (found[0].base, found[0].basis_code) == (492, "leaning")
    assert [one.riding_number for one in published_polls([found[1].riding_id])] == [35002]


def test_the_file_has_the_facts_in_every_row(client: Client) -> None:
    poll = polling.published()
    answer = client.get(f"/polls/{poll.pk}/readings.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 17
    assert {
        (row["sponsor"], row["firm"], row["sample_size"], row["margin_of_error"], row["contacted"])
        for row in rows
    } == {("Cooperate for Canada", "Oraclepoll", "600", "0.04", "5000")}
    assert {row["report"].endswith(f"/polls/{poll.pk}/") for row in rows} == {True}
    assert (rows[0]["basis"], rows[0]["answer"], rows[0]["share"], rows[0]["base"]) == (
        "all",
        "CPC",
        "0.36",
        "600",
    )


def test_the_api_gives_facts_and_readings_as_it_promises(client: Client) -> None:
    poll = polling.published()
    listed, one = client.get("/api/v1/polls"), client.get(f"/api/v1/polls/{poll.pk}")
    item, detail = PollItem.model_validate(listed.json()[0]), PollDetail.model_validate(one.json())
    assert set(listed.json()[0]) == set(PollItem.model_fields)
    assert set(one.json()) == set(PollDetail.model_fields)
    assert [(share.party, share.share, share.low, share.high) for share in item.shares][:1] == [
        ("CPC", 0.42, 0.3772, 0.4641)
    ]
    assert len(detail.questions[0].readings) == 17
    assert (detail.sponsor, detail.contacted, detail.margin_of_error) == ("Cooperate for Canada", 5000, 0.04)
    again = client.get(f"/api/v1/polls/{poll.pk}", headers={"If-None-Match": one["ETag"]})
    assert (again.status_code, one["Access-Control-Allow-Origin"]) == (304, "*")
    riding = client.get(f"/api/v1/ridings/{poll.riding.number}").json()
    assert [entry["id"] for entry in riding["polls"]] == [poll.pk]


def test_a_chart_stays_within_its_axis() -> None:
    polling.published()
    drawing = poll_chart_of(published_polls()[0].shares)
    tops = [float(tick.x) for tick in drawing.ticks]
    assert [tick.share for tick in drawing.ticks] == [0, 0.1, 0.2, 0.3, 0.4, 0.5]
    for row in drawing.rows:
        assert tops[0] < float(row.low_x) < float(row.dot_x) < float(row.high_x) < tops[-1]
    assert drawing.height == 4 * 44 + 26


def test_the_page_compares_with_the_last_result(client: Client, country: Any) -> None:
    page = page_of(client, polling.published())
    assert "Beside the last result and the projection" in page
    assert "Result 2025" in page
