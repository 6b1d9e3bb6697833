"""The outside world of our own: what it does stays done, and its notices come as badly as they are told to."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from polls.trial.post import LEASE, pause_after
from polls.trial.provider import TrialProvider
from polls.trial.signatures import SIGNATURE_HEADER, signed_at
from polls.trial.things import (
    Mode,
    State,
    TrialOutage,
    TrialPayment,
    TrialRefused,
    TrialSession,
    Troubles,
)

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SECRET = "of the tests"
GIFT = "3f2b6a54-53f5-4ad8-9d5b-0e6ff5d0f7aa"


@pytest.fixture
def provider(tmp_path: Path) -> TrialProvider:
    return TrialProvider(tmp_path / "books.sqlite3", secret=SECRET)


class Ear:
    """Hears notices; refuses the first `refusals` of them."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.heard: list[str] = []
        self.headers: list[Mapping[str, str]] = []

    def __call__(self, body: bytes, headers: Mapping[str, str]) -> bool:
        self.heard.append(json.loads(body)["type"])
        self.headers.append(headers)
        self.refusals -= 1
        return self.refusals < 0


def session(provider: TrialProvider, key: str = "s1", mode: Mode = Mode.PAYMENT) -> TrialSession:
    texts = {"title": "A poll", "email": "", "language": "en", "success_url": "/s/", "cancel_url": "/c/"}
    return provider.open_session(key=key, now=NOW, mode=mode, contribution=GIFT, amount_cents=1000, **texts)


def paid(provider: TrialProvider, key: str = "s1") -> str:
    ref = session(provider, key).ref
    provider.pay(ref, card="works", now=NOW)
    return provider.session_on_page(ref, now=NOW).payment_ref


def test_notices_are_signed_when_they_are_sent(provider: TrialProvider) -> None:
    paid(provider)
    ear, later = Ear(), NOW + timedelta(hours=3)
    taken = provider.send_notices(ear, now=later)

    body = provider.notices()[-1].body.encode()
    assert (taken, ear.heard) == (2, ["payment.succeeded", "session.completed"])
    assert signed_at(body, ear.headers[0][SIGNATURE_HEADER], secret=SECRET) == int(later.timestamp())
    with pytest.raises(ValueError):
        signed_at(body, ear.headers[0][SIGNATURE_HEADER], secret="another")
    assert provider.send_notices(ear, now=later) == 0


@pytest.mark.parametrize(
    ("troubles", "expected"),
    [
        (Troubles(notices_reversed=True), ["session.completed", "payment.succeeded"]),
        (Troubles(notices_twice=True), ["payment.succeeded"] * 2 + ["session.completed"] * 2),
        (Troubles(notices_held=True), []),
    ],
)
def test_notices_misbehave_as_told(provider: TrialProvider, troubles: Troubles, expected: list[str]) -> None:
    paid(provider)
    provider.trouble(troubles)
    ear = Ear()
    provider.send_notices(ear, now=NOW)

    assert ear.heard == expected
    assert (provider.next_notice_at() is None) is True


def test_held_notices_come_when_they_are_let_go(provider: TrialProvider) -> None:
    provider.trouble(Troubles(notices_held=True))
    paid(provider)
    ear = Ear()
    provider.send_notices(ear, now=NOW)
    provider.trouble(Troubles())
    provider.send_notices(ear, now=NOW + timedelta(hours=1))

    assert ear.heard == ["payment.succeeded", "session.completed"]


def test_what_is_not_taken_is_sent_again_later(provider: TrialProvider) -> None:
    paid(provider)
    ear = Ear(refusals=1)
    moments = [NOW, NOW, NOW + timedelta(seconds=1), NOW + timedelta(hours=2)]
    taken = [provider.send_notices(ear, now=at) for at in moments]

    assert taken == [1, 0, 1, 0]
    assert ear.heard == ["payment.succeeded", "session.completed", "payment.succeeded"]
    assert [one.tries for one in provider.notices()] == [1, 2]
    assert [pause_after(n).total_seconds() for n in (0, 1, 5, 50)] == [1, 2, 32, 3600]


def test_a_sender_that_dies_leaves_its_notices_to_the_next(provider: TrialProvider) -> None:
    paid(provider)

    def die(_body: bytes, _headers: Mapping[str, str]) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        provider.send_notices(die, now=NOW)
    ear = Ear()
    soon, later = (provider.send_notices(ear, now=NOW + wait) for wait in (LEASE / 2, LEASE))

    assert (soon, later) == (0, 2)


def test_a_notice_can_be_sent_again_and_hurried(provider: TrialProvider) -> None:
    paid(provider)
    ear = Ear()
    provider.send_notices(ear, now=NOW)
    provider.send_again(provider.notices()[0].id, now=NOW + timedelta(hours=1))
    provider.hurry(now=NOW)
    provider.send_notices(ear, now=NOW)

    assert ear.heard == ["payment.succeeded", "session.completed", "session.completed"]
    with pytest.raises(TrialRefused):
        provider.send_again("no such notice", now=NOW)


def test_a_page_ends_after_a_day(provider: TrialProvider) -> None:
    ref = session(provider).ref
    later = NOW + timedelta(days=1)

    assert provider.session_on_page(ref, now=later - timedelta(seconds=1)).state == State.OPEN
    assert provider.look_up(TrialSession, ref, now=later).state == State.EXPIRED
    with pytest.raises(TrialRefused):
        provider.pay(ref, card="works", now=later)


def test_a_second_card_pays_what_the_first_could_not(provider: TrialProvider) -> None:
    ref = session(provider).ref
    codes = [provider.pay(ref, card=card, now=NOW) for card in ("declined", "works", "works")]

    [payment] = provider.newest(TrialPayment, 9)
    assert codes == ["card_declined", "", ""]
    assert (payment.state, payment.fee_cents) == (State.SUCCEEDED, 59)


def test_a_card_is_mended_after_its_first_charge(provider: TrialProvider) -> None:
    ref = session(provider, mode=Mode.SETUP).ref
    provider.pay(ref, card="mended_later", now=NOW)
    saved = provider.session_on_page(ref, now=NOW)
    card = {"customer_ref": saved.customer_ref, "method_ref": saved.method_ref}
    tries = [
        provider.charge(contribution=GIFT, amount_cents=1000, key=key, now=NOW, **card)
        for key in ("c1", "c1", "c2")
    ]

    assert [one.state for one in tries] == [State.DECLINED, State.DECLINED, State.SUCCEEDED]
    assert tries[0] == tries[1]


def test_the_next_card_is_declined_once(provider: TrialProvider) -> None:
    provider.trouble(Troubles(declines_next=True, refunds_wait=True))
    refs = [session(provider, key, Mode.SETUP).ref for key in ("s1", "s2")]
    codes = [provider.pay(ref, card="works", now=NOW) for ref in refs]

    assert codes == ["card_declined", ""]
    assert provider.troubles == Troubles(refunds_wait=True)


def test_a_refusal_stays_one_under_its_key(provider: TrialProvider) -> None:
    ref = paid(provider)
    dispute = provider.open_dispute(ref, now=NOW)
    ask: dict[str, Any] = {"payment_ref": ref, "amount_cents": 1000, "now": NOW}
    with pytest.raises(TrialRefused):
        provider.refund(key="r1", **ask)
    provider.decide_dispute(dispute.ref, is_won=True, now=NOW)

    with pytest.raises(TrialRefused):
        provider.refund(key="r1", **ask)
    assert provider.refund(key="r2", **ask).state == State.SUCCEEDED


def test_what_the_desk_cannot_do_is_refused(provider: TrialProvider) -> None:
    ref = paid(provider)
    refund = provider.refund(payment_ref=ref, amount_cents=400, key="r1", now=NOW)
    provider.fail_refund(refund.ref, now=NOW)
    dispute = provider.open_dispute(ref, now=NOW)
    provider.decide_dispute(dispute.ref, is_won=False, now=NOW)
    done: list[Callable[[], object]] = [
        lambda: provider.fail_refund(refund.ref, now=NOW),
        lambda: provider.send_back(refund.ref, now=NOW),
        lambda: provider.open_dispute(ref, now=NOW),
        lambda: provider.decide_dispute(dispute.ref, is_won=True, now=NOW),
        lambda: provider.expire(provider.newest(TrialSession, 1)[0].ref, now=NOW),
        lambda: provider.refund(payment_ref=ref, amount_cents=1, key="r2", now=NOW),
    ]

    assert dispute.amount_cents == 1000
    for again in done:
        with pytest.raises(TrialRefused):
            again()


def test_an_outage_hides_refusals_too(provider: TrialProvider) -> None:
    ref = paid(provider)
    provider.trouble(Troubles(outage="after"))

    with pytest.raises(TrialOutage):
        provider.refund(payment_ref=ref, amount_cents=5000, key="r1", now=NOW)


def test_many_at_once_under_one_key_act_once(provider: TrialProvider) -> None:
    ref = paid(provider)
    made: list[Any] = []

    def ask() -> None:
        made.append(provider.refund(payment_ref=ref, amount_cents=300, key="r1", now=NOW))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 8
    assert len(set(made)) == 1
    assert provider.look_up(TrialPayment, ref, now=NOW).refunded_cents == 300


ANOTHER_PROCESS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from polls.trial.provider import TrialProvider
provider = TrialProvider(Path(sys.argv[1]), secret="x")
for number in range(20):
    provider.refund(payment_ref=sys.argv[2], amount_cents=1, key=f"{sys.argv[3]}:{number}", now=datetime.now(UTC))
"""


def test_several_processes_write_the_same_books(provider: TrialProvider, tmp_path: Path) -> None:
    ref = paid(provider)
    command = [sys.executable, "-c", ANOTHER_PROCESS, str(tmp_path / "books.sqlite3"), ref]
    processes = [subprocess.Popen([*command, name]) for name in ("a", "b", "c")]

    assert [process.wait(timeout=60) for process in processes] == [0, 0, 0]
    assert provider.look_up(TrialPayment, ref, now=NOW).refunded_cents == 60
    again = TrialProvider(tmp_path / "books.sqlite3", secret=SECRET)
    assert len(again.notices()) == len(provider.notices()) == 2 + 2 * 60


def test_troubles_are_kept_for_every_process(provider: TrialProvider, tmp_path: Path) -> None:
    provider.trouble(replace(provider.troubles, notices_twice=True))

    assert TrialProvider(tmp_path / "books.sqlite3", secret=SECRET).troubles == Troubles(notices_twice=True)
