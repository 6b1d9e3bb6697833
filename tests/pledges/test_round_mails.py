"""Mails about rounds: to whom, once each, in both languages, going on where they stopped."""

from typing import Any

import pytest

from coop4canada.kit.clock import now
from coop4canada.kit.signing import unseal
from pledges.enums import RoundMail
from pledges.models import Pledge, RecommendationRound, RollEntry, RoundMailing
from pledges.queries.ballots import BALLOT
from pledges.services import (
    cancel_round,
    plan_reminders,
    queue_round_mails,
    take_back_ballot,
    withdraw_option,
)
from pledges.services import round_mails as mails
from supporters.models import OutgoingMessage
from supporters.services import batches, write_mail
from tests import make
from tests.pledges import build_rounds as build

pytestmark = pytest.mark.django_db


def to(kind: str) -> set[str]:
    return set(OutgoingMessage.objects.filter(kind=f"pledges/{kind}").values_list("to", flat=True))


def addresses(entries: list[RollEntry]) -> set[str]:
    return {entry.pledge.supporter.email for entry in entries if entry.pledge and entry.pledge.supporter}


def test_everybody_on_the_roll_gets_their_own_ballot_once() -> None:
    build.pledge(riding_number=35002)
    _row, entries = build.opened(people=3)
    for _time in range(2):
        queue_round_mails(now=now())

    assert to("ballot_open") == addresses(entries)
    assert OutgoingMessage.objects.count() == 3
    tokens = [message.context["token"] for message in OutgoingMessage.objects.order_by("to_key")]
    owners = sorted(entries, key=lambda entry: entry.pledge.supporter.email_key)  # type: ignore[union-attr]
    assert [unseal(BALLOT, token, max_age=None).values for token in tokens] == [
        (str(entry.pk),) for entry in owners
    ]


def test_mails_go_on_where_they_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mails, "BATCH", 2)
    monkeypatch.setattr(batches, "MOST_BATCHES", 1)
    row, _entries = build.opened(people=5)
    queued = [queue_round_mails(now=now()) for _run in range(4)]

    assert queued == [2, 2, 1, 0]
    assert RoundMailing.objects.get(round=row).finished_at is not None


def test_only_those_without_a_ballot_are_reminded_and_only_near_the_end() -> None:
    row, entries = build.opened(people=4)
    build.vote_all(entries, "ada", "ben")
    take_back_ballot(entry_id=entries[1].pk)
    plan_reminders(now=row.closes_at - 3 * build.DAY)
    assert not RoundMailing.objects.filter(kind="ballot_reminder").exists()
    for _time in range(2):
        plan_reminders(now=row.closes_at - 2 * build.DAY)
        queue_round_mails(now=now())

    assert to("ballot_reminder") == addresses(entries[1:])


def test_whoever_left_since_opening_is_mailed_no_more() -> None:
    _row, entries = build.opened(people=3)
    Pledge.objects.filter(roll_entries=entries[0]).update(state="withdrawn")
    Pledge.objects.filter(roll_entries=entries[1]).update(supporter=None)
    queue_round_mails(now=now())

    assert to("ballot_open") == addresses(entries[2:])


def test_ballot_mails_that_come_too_late_are_dropped() -> None:
    row, _entries = build.opened(people=6)
    build.closed(row)

    assert queue_round_mails(now=now()) == 0
    assert RoundMailing.objects.get(round=row).finished_at is not None


def test_all_on_the_roll_are_told_of_a_withdrawal_and_of_cancelling() -> None:
    row, entries = build.opened(people=3)
    build.vote(entries[0], "ada")
    withdraw_option(option_id=row.options.get(key="ada").pk, now=now())
    queue_round_mails(now=now())
    cancel_round(round_id=row.pk, because_en="It rained.", because_fr="Il pleuvait.")
    queue_round_mails(now=now())

    assert to("ballot_withdrawal") == to("ballot_cancelled") == addresses(entries)


def test_the_result_goes_to_everybody_who_pledged_in_the_riding() -> None:
    row, entries = build.opened(people=6)
    build.vote_all(entries, *["ada"] * 6)
    late = build.pledge()
    build.pledge(riding_number=35002)
    build.pledge(state="pending")
    build.published(row)
    for _time in range(2):
        queue_round_mails(now=now())

    assert late.supporter is not None
    assert to("recommendation_result") == {*addresses(entries), late.supporter.email}


def test_a_lifted_recommendation_replaces_results_not_yet_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mails, "BATCH", 2)
    monkeypatch.setattr(batches, "MOST_BATCHES", 1)
    row, entries = build.opened(people=6)
    build.vote_all(entries, *["ada"] * 6)
    RoundMailing.objects.all().delete()
    build.published(row)
    queue_round_mails(now=now())
    withdraw_option(option_id=row.options.get(key="ada").pk, now=now())
    for _run in range(5):
        queue_round_mails(now=now())

    assert len(to("recommendation_result")) == 2
    assert to("recommendation_lifted") == addresses(entries)


WORDS = {
    ("ballot_open", "en"): "/recommendations/ballot/",
    ("ballot_open", "fr"): "/fr/recommendations/ballot/",
    ("recommendation_result", "en"): "riding recommend Ada Ng (",
    ("recommendation_result", "fr"): "recommandent Ada Ng (",
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_mail_is_written_in_both_languages(language: str) -> None:
    for _number in range(6):
        build.pledge(language=language)
    row, entries = build.opened(people=0)
    queue_round_mails(now=now())
    build.vote_all(entries, *["ada"] * 5)
    plan_reminders(now=row.closes_at - build.HOUR)
    withdraw_option(option_id=row.options.get(key="cy").pk, now=now())
    queue_round_mails(now=now())
    build.published(row)
    queue_round_mails(now=now())
    withdraw_option(option_id=row.options.get(key="ada").pk, now=now())
    queue_round_mails(now=now())
    second, _entries = build.opened(people=0)
    cancel_round(round_id=second.pk, because_en="It rained.", because_fr="Il pleuvait.")
    queue_round_mails(now=now())

    written = {message.kind.split("/")[1]: write_mail(message) for message in OutgoingMessage.objects.all()}
    assert set(written) == set(RoundMail.values)
    for kind, mail in written.items():
        html = str(mail.alternatives[0][0])
        assert "{" not in f"{mail.subject}{mail.body}"
        assert mail.subject.strip()
        word = WORDS.get((kind, language), "recommendations/")
        assert word in str(mail.body), (kind, mail.body)
        assert word in html
    assert {message.language for message in OutgoingMessage.objects.all()} == {language}


def test_no_mail_about_a_round_says_what_somebody_chose() -> None:
    row, entries = build.opened(people=6)
    build.vote_all(entries, *["ben"] * 5, "cy")
    plan_reminders(now=row.closes_at - build.HOUR)
    queue_round_mails(now=now())
    contexts: list[dict[str, Any]] = list(OutgoingMessage.objects.values_list("context", flat=True))

    assert contexts
    assert [context for context in contexts if "ben" in str(context).lower() or "Cy Ng" in str(context)] == []


def test_facts_name_the_riding_by_its_number_where_it_is_unknown(no_country: None) -> None:
    make.parties()
    row = build.draft()
    mailing = RoundMailing(round=RecommendationRound.objects.get(pk=row.pk), kind="ballot_open")

    assert mails.facts(mailing)["riding_en"] == "35001"
