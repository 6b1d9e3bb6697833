"""The life of a round: announced, opened, closed, published; cancelled, candidates withdrawn; every outcome."""

import datetime as dt
import json
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from coop4canada.kit.clock import now
from pledges.enums import RoundState
from pledges.models import (
    Ballot,
    BallotSecret,
    Pledge,
    RecommendationRound,
    RollEntry,
    RoundMailing,
    RoundOption,
    RoundResult,
)
from pledges.queries import ballot_file
from pledges.rules.ballot_file import read_file, recount, stated
from pledges.rules.roll import Place, Pledger, place_on_roll
from pledges.services import (
    RoundRefused,
    announce_round,
    cancel_round,
    close_due_rounds,
    open_due_rounds,
    propose_options,
    publish_due_rounds,
    withdraw_option,
)
from ridings.models import Candidate
from tests import make
from tests.pledges import build_rounds as build

pytestmark = pytest.mark.django_db


def planned(row: RecommendationRound) -> list[str]:
    return list(RoundMailing.objects.filter(round=row).order_by("pk").values_list("kind", flat=True))


def option(row: RecommendationRound, key: str) -> RoundOption:
    return RoundOption.objects.get(round=row, key=key)


def test_the_roll_is_what_the_rule_says_of_every_pledge() -> None:
    before = now() - build.HOUR
    for state, riding, confirmed, late, status in product(
        ("pending", "confirmed", "held", "invalid", "withdrawn"),
        (build.RIDING, 35002, None),
        (now(), None),
        (-dt.timedelta(seconds=1), dt.timedelta(0), dt.timedelta(seconds=1)),
        ("voter", "young", "newcomer"),
    ):
        build.pledge(
            state=state,
            riding_number=riding,
            email_confirmed_at=confirmed,
            created_at=before + late,
            voter_status=status,
        )
    build.pledge(supporter=None)
    for includes in (True, False):
        row = build.draft(pledged_before=before, includes_future_voters=includes, opens_at=before)
        announce_round(round_id=row.pk, now=now())
        open_due_rounds(now=now())
        expected = {
            pledge.pk
            for pledge in Pledge.objects.select_related("supporter").order_by("pk")
            if place_on_roll(pledger(pledge), row.roll_terms) == Place.ON_ROLL
        }
        found = set(RollEntry.objects.filter(round=row).values_list("pledge_id", flat=True))
        assert found == expected
        assert len(found) == (3 if includes else 1)
        cancel_round(round_id=row.pk, because_en="next", because_fr="suite")


def pledger(pledge: Pledge) -> Pledger:
    person = pledge.supporter
    return Pledger(
        pledge.state,
        pledge.riding_number,
        person is not None and person.email_confirmed_at is not None,
        pledge.created_at,
        pledge.voter_status,
    )


def test_opening_twice_is_opening_once() -> None:
    row, entries = build.opened(people=3)
    secret = BallotSecret.objects.get(round=row).value

    assert (open_due_rounds(now=now()), row.state, len(entries)) == (0, "open", 3)
    assert BallotSecret.objects.get(round=row).value == secret
    assert planned(row) == ["ballot_open"]


def test_who_pledges_after_opening_is_not_on_the_roll() -> None:
    row, entries = build.opened(people=2)
    build.pledge()

    assert RollEntry.objects.filter(round=row).count() == len(entries) == 2


def test_a_round_opens_at_its_time() -> None:
    row = build.draft(opens_at=now() + build.DAY)
    announce_round(round_id=row.pk, now=now())

    assert open_due_rounds(now=now()) == 0
    assert open_due_rounds(now=now() + build.DAY) == 1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"options": {}}, "no_options"),
        (
            {
                "closes_at": make.NOON,
                "opens_at": make.NOON - build.DAY,
                "pledged_before": make.NOON - build.DAY,
            },
            "over",
        ),
    ],
)
def test_a_round_that_cannot_work_is_not_announced(fields: dict[str, Any], reason: str) -> None:
    row = build.draft(**fields)

    with pytest.raises(RoundRefused, match=reason):
        announce_round(round_id=row.pk, now=now() + dt.timedelta(days=0))
    row.refresh_from_db()
    assert row.state == "draft"


def test_a_riding_has_one_live_round() -> None:
    build.opened(people=0)
    other = build.draft()

    with pytest.raises(RoundRefused, match="another_live"):
        announce_round(round_id=other.pk, now=now())
    with pytest.raises(IntegrityError), transaction.atomic():
        RecommendationRound.objects.filter(pk=other.pk).update(state="open")


@pytest.mark.parametrize(
    "fields",
    [
        {"minimum_ballots": 4},
        {"riding_number": 123},
        {"pledged_before": make.NOON, "opens_at": make.NOON - build.DAY},
        {"closes_at": make.NOON, "opens_at": make.NOON, "pledged_before": make.NOON},
        {"publishes_at": make.NOON},
        {"threshold_percent": 101},
        {"method": "lot"},
        {"state": "cancelled"},
    ],
)
def test_the_database_refuses_terms_that_make_no_sense(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        build.draft(**fields)


OUTCOMES = [
    ("ranked", {}, ["ada", "ada", "ada", "ada", "ben ada", "cy ben ada"], "recommended", "ada"),
    ("single", {}, ["ada", "ada", "ada", "ada", "ben", "none"], "recommended", "ada"),
    ("approval", {}, ["ada ben", "ada ben", "ada cy", "ada", "ben"], "recommended", "ada"),
    ("ranked", {}, ["none", "none", "none", "none", "ada"], "nobody_chosen", None),
    ("ranked", {}, ["ada", "ada", "ada", "ben", "ben", "ben"], "tie", None),
    (
        "single",
        {"threshold_percent": 60},
        ["ada", "ada", "ada", "ben", "cy", "none"],
        "below_threshold",
        None,
    ),
    ("single", {"quorum_ballots": 6}, ["ada"] * 5, "quorum_missed", None),
    ("single", {"quorum_percent": 100}, ["ada"] * 5, "quorum_missed", None),
    ("single", {}, ["ada"] * 4, "too_few", None),
    ("single", {}, [], "too_few", None),
]


@pytest.mark.parametrize(("method", "fields", "ballots", "reason", "winner"), OUTCOMES)
def test_every_outcome_is_published_with_what_may_be_known(
    method: str, fields: dict[str, Any], ballots: list[str], reason: str, winner: str | None
) -> None:
    row, entries = build.opened(people=6, method=method, **fields)
    build.vote_all(entries, *ballots)
    row = build.published(row)

    result = row.result
    assert (result.reason, result.option.key if result.option else None) == (reason, winner)
    assert (result.eligible, result.cast) == (6, len(ballots))
    shows = reason != "too_few"
    assert bool(result.rounds) == bool(result.file_digest) == (result.valid is not None) == shows
    content = ballot_file(row.riding_number, row.pk)
    assert (content is not None) == shows
    if content is not None:
        file = read_file(content)
        assert stated(recount(file)[1]) == file.outcome
        assert (file.outcome.reason, file.outcome.option) == (reason, winner)


def test_after_publication_no_ballot_and_no_secret_is_left() -> None:
    row, entries = build.opened()
    build.vote_all(entries, *["ada"] * 6)
    build.published(row)

    assert (Ballot.objects.count(), BallotSecret.objects.count()) == (0, 0)
    assert planned(row) == ["ballot_open", "recommendation_result"]


def test_closing_and_publishing_twice_is_once() -> None:
    row, entries = build.opened()
    build.vote_all(entries, *["ada"] * 6)
    row = build.published(row)
    counted = row.result.counted_at

    assert (close_due_rounds(), publish_due_rounds(now=now() + build.DAY)) == (0, 0)
    assert RoundResult.objects.get(round=row).counted_at == counted


def test_a_crash_between_closing_and_publishing_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    row, entries = build.opened()
    build.vote_all(entries, *["ada"] * 6)
    row = build.closed(row)

    def crash(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as broken:
        broken.setattr("pledges.services.closing.plan_mails", crash)
        with pytest.raises(RuntimeError), transaction.atomic():
            publish_due_rounds(now=now())
    assert (RecommendationRound.objects.get(pk=row.pk).state, Ballot.objects.count()) == ("closed", 6)
    assert not RoundResult.objects.exists()

    assert publish_due_rounds(now=now()) == 1
    assert RoundResult.objects.get(round=row).cast == 6


def test_a_result_waits_for_its_time() -> None:
    row, entries = build.opened()
    build.vote_all(entries, *["ada"] * 6)
    RecommendationRound.objects.filter(pk=row.pk).update(publishes_at=now() + 6 * build.DAY)
    build.closed(row)

    assert publish_due_rounds(now=now() + 5 * build.DAY) == 0
    assert publish_due_rounds(now=now() + 7 * build.DAY) == 1


def test_a_candidate_who_withdraws_while_open_is_taken_off_every_ballot() -> None:
    row, entries = build.opened()
    build.vote_all(entries, "ada ben", "ada ben", "ada", "ben", "cy", "cy")
    withdraw_option(option_id=option(row, "ada").pk, now=now())
    row = build.published(row)

    assert planned(row) == ["ballot_open", "ballot_withdrawal", "recommendation_result"]
    assert (row.result.option and row.result.option.key, row.result.valid) == ("ben", 5)
    file = read_file(ballot_file(row.riding_number, row.pk) or b"")
    assert [one.withdrawn for one in file.options] == ["before_closing", None, None]


def test_a_withdrawal_after_closing_may_leave_a_single_choice_undecided() -> None:
    row, entries = build.opened(method="single")
    build.vote_all(entries, "ada", "ada", "ben", "ben", "ben", "cy")
    row = build.closed(row)
    withdraw_option(option_id=option(row, "ada").pk, now=now())
    publish_due_rounds(now=now())

    result = RoundResult.objects.get(round=row)
    assert (result.reason, result.option, result.valid, result.rounds, result.file) == (
        "withdrawn_decides",
        None,
        None,
        [],
        None,
    )
    assert Ballot.objects.count() == 0


def test_a_withdrawal_after_closing_lets_a_clear_lead_stand() -> None:
    row, entries = build.opened(method="single")
    build.vote_all(entries, "ada", "ada", "ada", "ada", "ben", "cy")
    row = build.closed(row)
    withdraw_option(option_id=option(row, "ben").pk, now=now())
    publish_due_rounds(now=now())

    result = RoundResult.objects.get(round=row)
    assert (result.reason, result.option and result.option.key) == ("recommended", "ada")
    file = read_file(ballot_file(row.riding_number, row.pk) or b"")
    assert [one.withdrawn for one in file.options] == [None, "after_closing", None]


def test_a_round_whose_candidates_all_withdrew_recommends_nobody() -> None:
    row, entries = build.opened()
    build.vote_all(entries, *["ada"] * 6)
    for key in build.CANDIDATES:
        withdraw_option(option_id=option(row, key).pk, now=now())

    assert build.published(row).result.reason == "no_candidate_left"


@pytest.mark.parametrize(("gone", "reason"), [("ada", "lifted"), ("ben", "recommended")])
def test_after_publication_a_withdrawal_lifts_the_recommendation_of_that_candidate_alone(
    gone: str, reason: str
) -> None:
    row, entries = build.opened()
    build.vote_all(entries, *["ada"] * 5, "ben")
    row = build.published(row)
    for _time in range(2):
        withdraw_option(option_id=option(row, gone).pk, now=now())

    result = RoundResult.objects.get(round=row)
    assert (result.reason, result.option is None, result.leader) == (reason, gone == "ada", "ada")
    assert ("recommendation_lifted" in planned(row)) == (gone == "ada")
    file = read_file(ballot_file(row.riding_number, row.pk) or b"")
    assert file.outcome.option == "ada"


def test_a_cancelled_round_destroys_its_ballots_and_tells_why() -> None:
    row, entries = build.opened()
    build.vote_all(entries, *["ada"] * 6)
    cancel_round(round_id=row.pk, because_en="The election was called.", because_fr="Élection déclenchée.")

    assert (Ballot.objects.count(), BallotSecret.objects.count()) == (0, 0)
    assert planned(row) == ["ballot_cancelled"]
    assert close_due_rounds() == publish_due_rounds(now=now()) == 0


@pytest.mark.parametrize("state", [RoundState.CLOSED, RoundState.PUBLISHED])
def test_what_is_closed_cannot_be_cancelled(state: str) -> None:
    row, _entries = build.opened()
    row = build.closed(row) if state == RoundState.CLOSED else build.published(row)

    with pytest.raises(RoundRefused):
        cancel_round(round_id=row.pk, because_en="no", because_fr="non")
    row.refresh_from_db()
    assert row.state == state


def test_the_cooperating_parties_candidates_are_proposed(no_country: None) -> None:
    country = make.small_country()
    riding = country["ridings"][0]
    coming = make.election(country["boundary_set"], 46, "2029-10-15")
    parties = make.parties()
    for name, code in (("Zoë Ng", "NDP"), ("None", "GPC"), ("Zoe Ng", "LPC"), ("Max Target", "CPC")):
        Candidate.objects.create(election=coming, riding=riding, party=parties[code], name=name)
    row = build.draft(options={}, riding_number=riding.number)

    today = dt.date(2026, 11, 23)
    assert propose_options(round_id=row.pk, today=today) == 3
    assert propose_options(round_id=row.pk, today=today) == 0
    keys = RoundOption.objects.filter(round=row).order_by("key").values_list("key", "party__code")
    assert list(keys) == [("none-2", "GPC"), ("zoe-ng", "LPC"), ("zoe-ng-2", "NDP")]


def test_nobody_is_proposed_from_an_election_that_is_over(no_country: None) -> None:
    country = make.small_country()
    party = make.parties()["NDP"]
    Candidate.objects.create(
        election=country["election"], riding=country["ridings"][0], party=party, name="Past Ng"
    )
    row = build.draft(options={}, riding_number=country["ridings"][0].number)

    assert propose_options(round_id=row.pk, today=dt.date(2026, 11, 23)) == 0


def test_the_record_of_a_run_off_says_where_ballots_went() -> None:
    row, entries = build.opened(people=7)
    build.vote_all(entries, "ada", "ada", "ada", "ben", "ben", "cy ben", "cy")
    row = build.published(row)

    first = row.result.rounds[0]
    assert json.loads(json.dumps(first["votes"])) == {"ada": 3, "ben": 2, "cy": 2, "none": 0}
    assert row.result.rounds[-1]["votes"].keys() >= {"ada", "ben"}
