"""The outbox: every mail leaves, and leaves once."""

import datetime as dt
from email.message import Message
from typing import Any

import pytest
from django.core import mail
from django.db import OperationalError

from supporters import tasks
from supporters.enums import MessageState
from supporters.models import MailEvent, MailSuppression, OutgoingMessage, ProviderOutage
from supporters.services import claiming, delivery
from supporters.services.claiming import claim_messages
from supporters.services.sending import Courier, Handover
from tests.supporters.outbox import NOON, Clock, deliver, message, person, states
from tests.supporters.test_reports import agree

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)


def keys_sent() -> list[str]:
    return [getattr(sent, "metadata", {})["key"] for sent in mail.outbox]


def test_due_mails_leave_by_urgency_and_the_others_wait() -> None:
    message(1, priority=50)
    message(2, due_at=NOON - SECOND)
    message(3)
    message(4, due_at=NOON + SECOND)

    sent = deliver()

    assert sent == 3
    assert keys_sent() == [f"supporters/my_data:{number}" for number in (2, 3, 1)]
    assert states() == ["sent", "sent", "sent", "queued"]
    first = OutgoingMessage.objects.earliest("pk")
    assert (first.sent_at, first.leased_until, first.attempts) == (NOON, None, 1)


def test_more_than_a_batch_leaves_in_one_run() -> None:
    for number in range(claiming.BATCH + 7):
        message(number)

    assert deliver() == claiming.BATCH + 7
    assert deliver() == 0
    assert set(states()) == {"sent"}


def test_claiming_asks_as_often_for_fifty_mails_as_for_one(django_assert_num_queries: Any) -> None:
    message(0, origin="192.0.2.1/32", wide_origin="192.0.2.0/24")
    with django_assert_num_queries(19) as first:
        claim_messages(now=NOON)
    for number in range(1, 50):
        message(number, origin=f"192.0.2.{number}/32", wide_origin="192.0.2.0/24")

    with django_assert_num_queries(len(first)):
        assert len(claim_messages(now=NOON).messages) == 49


def test_what_is_claimed_is_not_claimed_again_before_its_lease_is_over() -> None:
    message()

    first = claim_messages(now=NOON)
    second = claim_messages(now=NOON + 29 * SECOND)
    third = claim_messages(now=NOON + 31 * SECOND)

    assert [len(batch.messages) for batch in (first, second, third)] == [1, 0, 1]
    assert third.messages[0].attempts == 2


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("delivered", "sent"),
        ("sent", "sent"),
        ("queued", "sent"),
        ("bounced", "sent"),
        ("deferred", "sent"),
        ("rejected", "queued"),
        ("failed", "queued"),
        (None, "queued"),
    ],
)
def test_a_mail_whose_worker_died_is_sent_again_unless_the_provider_has_it(
    kind: str | None, state: str
) -> None:
    lost = message(state=MessageState.SENDING, leased_until=NOON - SECOND, attempts=1)
    if kind:
        MailEvent.objects.create(provider_id="1", kind=kind, message_key=lost.key, at=NOON - 20 * SECOND)

    claiming._take_back_lost(NOON)

    lost.refresh_from_db()
    assert (lost.state, lost.leased_until) == (state, None)
    assert lost.sent_at == (NOON - 20 * SECOND if state == "sent" else None)


@pytest.mark.parametrize(
    ("attempts", "state", "due_after"), [(1, "queued", 0), (3, "queued", 120), (12, "failed", 0)]
)
def test_a_mail_that_kills_workers_is_given_up_in_the_end(attempts: int, state: str, due_after: int) -> None:
    lost = message(state=MessageState.SENDING, leased_until=NOON - SECOND, attempts=attempts)

    claiming._take_back_lost(NOON)

    lost.refresh_from_db()
    assert (lost.state, lost.due_at) == (state, NOON + due_after * SECOND)


def test_right_after_the_database_started_senders_have_a_head_start(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = message(state=MessageState.SENDING, leased_until=NOON - SECOND, attempts=1)
    monkeypatch.setattr(claiming, "HEAD_START", dt.timedelta(days=10_000))

    claiming._take_back_lost(NOON)

    lost.refresh_from_db()
    assert lost.state == "sending"


def test_a_mail_that_is_no_longer_ours_is_not_sent() -> None:
    message(1)
    message(2)
    message(3)
    clock = Clock()
    batch = claim_messages(now=clock())
    OutgoingMessage.objects.filter(key="supporters/my_data:1").delete()
    OutgoingMessage.objects.filter(key="supporters/my_data:2").update(leased_until=NOON + 40 * SECOND)

    with Courier() as courier:
        delivery._BatchOnItsWay(batch, courier, clock, clock.sleep).send()

    assert keys_sent() == ["supporters/my_data:3"]


def test_a_slow_batch_keeps_its_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        message(number)
    clock = Clock()
    hand_over = Courier.hand_over

    def slowly(courier: Courier, letter: Any) -> Handover:
        clock.sleep(12)
        assert claim_messages(now=clock()).messages == []
        return hand_over(courier, letter)

    monkeypatch.setattr(Courier, "hand_over", slowly)
    delivery.deliver_due_messages(clock=clock, sleep=clock.sleep)

    assert len(set(keys_sent())) == len(keys_sent()) == 5


@pytest.mark.parametrize("reason", ["bounced", "refused", "complained", "erased"])
def test_a_suppressed_address_gets_nothing(reason: str) -> None:
    queued = message(1)
    suppress(queued, reason, NOON)

    deliver()

    assert (keys_sent(), states()) == ([], ["suppressed"])


@pytest.mark.parametrize(("reason", "state"), [("erased", "sent"), ("bounced", "suppressed")])
def test_whoever_was_erased_may_sign_again(reason: str, state: str) -> None:
    queued = message(1)
    suppress(queued, reason, NOON - SECOND)

    deliver()

    assert states() == [state]


def test_an_unsubscription_counts_until_the_moment_of_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    message(1)
    second = message(2)
    clock = Clock()
    batch = claim_messages(now=clock())
    suppress(second, "refused", NOON)

    with Courier() as courier:
        delivery._BatchOnItsWay(batch, courier, clock, clock.sleep).send()

    assert (keys_sent(), states()) == (["supporters/my_data:1"], ["sent", "suppressed"])


def suppress(queued: OutgoingMessage, reason: str, at: dt.datetime) -> None:
    from coop4canada.kit.signing import keyed_hash

    MailSuppression.objects.create(address_hash=keyed_hash(queued.to_key), reason=reason, created_at=at)


def test_a_mail_that_cannot_be_written_keeps_no_other_waiting(caplog: pytest.LogCaptureFixture) -> None:
    message(1, kind="petitions/no-such-mail")
    message(2)

    deliver()

    failed = OutgoingMessage.objects.earliest("pk")
    assert states() == ["queued", "sent"]
    assert failed.due_at == NOON + 30 * SECOND
    assert "TemplateDoesNotExist" in failed.last_error
    assert not ProviderOutage.objects.exists()


def test_the_same_mail_has_the_same_message_id_every_time() -> None:
    queued = message(1)
    deliver()
    OutgoingMessage.objects.update(state="queued")
    deliver()

    first, second = (sent.message() for sent in mail.outbox)
    assert isinstance(first, Message)
    assert first["Message-ID"] == second["Message-ID"]
    assert queued.key not in str(first["Message-ID"])


def test_two_people_of_a_household_each_get_their_mail() -> None:
    message(1, supporter=person())
    message(2, supporter=person(place=2))

    deliver()

    assert [sent.to for sent in mail.outbox] == [["amara@example.org"], ["amara@example.org"]]


@pytest.mark.parametrize(
    ("agreed", "state"), [(["news"], "sent"), (["calls"], "suppressed"), ([], "suppressed")]
)
def test_bulk_mail_rests_on_a_confirmed_consent(agreed: list[str], state: str) -> None:
    someone = person()
    agree(someone, *agreed)
    message(1, supporter=someone, purpose="news")

    deliver()

    assert states() == [state]


def test_a_mail_refused_for_half_a_day_is_given_up() -> None:
    message(1, kind="petitions/no-such-mail", attempts=11)

    deliver()

    assert states() == ["failed"]


def test_the_jobs_of_the_timetable_run() -> None:
    message(1, due_at=NOON - dt.timedelta(days=3650))

    for job in (
        tasks.deliver_due_messages,
        tasks.purge_used_proofs,
        tasks.purge_old_mails,
        tasks.empty_old_circumstances,
        tasks.forget_unconfirmed,
    ):
        job(of_another_version=True)

    assert states() == ["sent"]


def test_a_job_that_finds_no_database_begins_with_a_new_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten: list[bool] = []

    def away(**_words: Any) -> int:
        raise OperationalError("the database is away")

    monkeypatch.setattr("supporters.services.deliver_due_messages", away)
    monkeypatch.setattr("supporters.tasks.forget_connections", lambda: forgotten.append(True))

    with pytest.raises(OperationalError):
        tasks.deliver_due_messages()
    assert forgotten == [True]


def test_an_app_above_may_object_at_the_last_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    def veto(*, message: OutgoingMessage, now: dt.datetime) -> str:
        return "the polls are closed" if message.key.endswith(":1") and now == NOON else ""

    monkeypatch.setattr(delivery, "functions_of", lambda slot: (veto,) if slot == "mail_vetoes" else ())
    message(1)
    message(2)

    assert deliver() == 1
    rows = OutgoingMessage.objects.order_by("pk").values_list("state", "last_error")
    assert list(rows) == [("suppressed", "the polls are closed"), ("sent", "")]
