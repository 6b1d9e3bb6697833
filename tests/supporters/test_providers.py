"""Providers that behave badly: each answer means the right thing, and no mail is lost or doubled."""

import datetime as dt
import smtplib
import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core.mail import EmailMessage
from django.db import OperationalError, connection
from django.db.models import QuerySet

from campaign.models import OrganizerAlert
from coop4canada.kit.providers import mail_settings
from supporters.models import MailEvent, MailSuppression, OutgoingMessage, ProviderOutage
from supporters.services import deliver_due_messages, delivery, sending
from supporters.services.sending import Outcome, outcome_of
from tests.mail_provider import MailProvider
from tests.supporters.outbox import NOON, Clock, deliver, message, smtp_server, states

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)
LATER = dt.timedelta(minutes=2)


def use(settings: Any, provider: str, url: str) -> None:
    found = mail_settings(provider, api_key="key", url=url, webhook_secret="a:b")
    for name, value in found.items():
        setattr(settings, name, value)


@pytest.fixture
def postmark(settings: Any) -> Iterator[MailProvider]:
    provider = MailProvider().start()
    use(settings, "postmark", provider.url)
    yield provider
    provider.stop()


class Scripted(MailProvider):
    """Answers as told, one answer after the other: a status, "hang up" after taking the mail, or "garble"."""

    script: tuple[object, ...] = ()

    def answer(self, handler: Any, mail: dict[str, Any]) -> None:
        told, self.script = (self.script[0], self.script[1:]) if self.script else (200, ())
        if told == "hang up":
            self.mails.append(mail)
            handler.close_connection = True
            handler.connection.close()
        elif told == "garble":
            self.mails.append(mail)
            self._send(handler, 200, {"What": "?"})
        elif told == "inactive":
            words = f"Found inactive addresses: {mail['To']}.\n Inactive recipients are ones that bounced."
            self._send(handler, 422, {"ErrorCode": 406, "Message": words})
        elif told != 200:
            self._send(handler, int(str(told)), {"ErrorCode": 100, "Message": "no"})
        else:
            super().answer(handler, mail)


@pytest.fixture
def scripted(settings: Any) -> Iterator[Scripted]:
    provider = Scripted()
    provider.start()
    use(settings, "postmark", provider.url)
    yield provider
    provider.stop()


def test_a_good_provider_gets_every_mail_once_with_its_key(postmark: MailProvider) -> None:
    for number in range(5):
        message(number)

    assert deliver() == 5
    assert postmark.keys == [f"supporters/my_data:{number}" for number in range(5)]
    headers = {header["Name"]: header["Value"] for header in postmark.mails[0]["Headers"]}
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


# Answer, then: state of the first mail, seconds until it is due or free again, attempts, whether others go on.
ANSWERS = [
    (500, "queued", 10, 1, True),
    (503, "queued", 10, 1, True),
    (400, "queued", 30, 1, True),
    (429, "queued", 0, 0, False),
    (401, "queued", 0, 0, False),
    (403, "queued", 0, 0, False),
    (502, "sending", 45, 1, True),
    (504, "sending", 45, 1, True),
    ("hang up", "sending", 45, 1, True),
    ("garble", "sending", 45, 1, True),
    ("inactive", "failed", 0, 1, True),
]


@pytest.mark.parametrize(("answer", "state", "seconds", "attempts", "goes_on"), ANSWERS)
def test_every_answer_means_the_right_thing(
    scripted: Scripted, answer: object, state: str, seconds: int, attempts: int, goes_on: bool
) -> None:
    scripted.script = (answer,)
    first, second = message(1), message(2)

    deliver()

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.attempts) == (state, attempts)
    assert (first.leased_until or first.due_at) == NOON + seconds * SECOND
    assert second.state == ("sent" if goes_on else "queued")
    assert (second.due_at, second.attempts) == (NOON, 1 if goes_on else 0)


def test_a_recipient_that_does_not_exist_is_never_mailed_again(scripted: Scripted) -> None:
    scripted.script = ("inactive",)
    message(1)

    deliver()

    assert list(MailSuppression.objects.values_list("reason", flat=True)) == ["bounced"]


def test_a_mail_taken_without_an_answer_is_not_sent_again_once_reported(scripted: Scripted) -> None:
    scripted.script = ("hang up",)
    lost = message(1)
    deliver()
    MailEvent.objects.create(provider_id="1", kind="delivered", message_key=lost.key, at=NOON + SECOND)

    deliver(NOON + LATER)

    lost.refresh_from_db()
    assert (len(scripted.mails), lost.state, lost.sent_at) == (1, "sent", NOON + SECOND)


def test_a_mail_without_an_answer_or_report_is_sent_again_under_the_same_id(scripted: Scripted) -> None:
    scripted.script = ("hang up",)
    message(1)
    deliver()

    deliver(NOON + LATER)

    ids = [
        header["Value"]
        for mail in scripted.mails
        for header in mail["Headers"]
        if header["Name"] == "Message-ID"
    ]
    assert (len(ids), len(set(ids)), states()) == (2, 1, ["sent"])


def test_an_outage_costs_no_attempts_and_ends_with_the_first_mail(scripted: Scripted) -> None:
    for number in range(60):
        message(number)
    scripted.script = (401, 401, 401)

    clock = Clock()
    tries = []
    for _second in range(0, 60, 2):
        deliver_due_messages(clock=clock, sleep=clock.sleep)
        tries.append(len(scripted.script))
        clock.sleep(2)

    assert tries[0] == 2
    assert tries.count(0) > 10
    assert set(states()) == {"sent"}
    assert set(OutgoingMessage.objects.values_list("attempts", flat=True)) == {1}
    assert not ProviderOutage.objects.exists()


def test_three_failures_in_a_row_leave_the_rest_untried(scripted: Scripted) -> None:
    scripted.script = (500, 500, 500, 500)
    for number in range(10):
        message(number)

    deliver()

    assert len(scripted.script) == 1
    assert (
        list(OutgoingMessage.objects.order_by("pk").values_list("attempts", flat=True)) == [1] * 3 + [0] * 7
    )


def test_a_lasting_outage_is_told_once_and_tried_every_minute(settings: Any) -> None:
    use(settings, "postmark", "http://127.0.0.1:9/")
    message(1)
    clock = Clock()
    begun = clock()
    while clock() - begun < dt.timedelta(minutes=15):
        deliver_due_messages(clock=clock, sleep=clock.sleep)
        clock.sleep(2)

    outage = ProviderOutage.objects.get()
    assert 18 <= outage.failures <= 30
    assert OutgoingMessage.objects.get().attempts == 0
    assert list(OrganizerAlert.objects.values_list("key", flat=True)) == ["mail.provider"]


def test_smtp_takes_mails_over_one_connection(settings: Any) -> None:
    greetings = []

    def answers(command: str, line: str) -> None:
        if command == "EHLO":
            greetings.append(line)

    with smtp_server(answers) as server:
        use(settings, "smtp", server.url)
        for number in range(4):
            message(number)
        assert deliver() == 4

    assert (len(server.mails), len(greetings)) == (4, 1)
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in server.mails[0]


SMTP_ANSWERS = [
    ("RCPT", "550 5.1.1 no such user", "failed", 1),
    ("RCPT", "550 no such user", "failed", 1),
    ("RCPT", "550 5.7.1 blocked", "queued", 1),
    ("RCPT", "451 4.7.1 greylisted", "queued", 1),
    ("RCPT", "552 5.2.2 mailbox full", "queued", 1),
    ("MAIL", "550 sender refused", "queued", 0),
    ("EHLO", "421 closing", "queued", 0),
    ("DATA", "554 no", "queued", 1),
    ("END", "451 later", "queued", 1),
    ("END", "", "sending", 1),
    ("MAIL", "", "sending", 1),
]


@pytest.mark.parametrize(("command", "answer", "state", "attempts"), SMTP_ANSWERS)
def test_every_answer_of_smtp_means_the_right_thing(
    settings: Any, command: str, answer: str, state: str, attempts: int
) -> None:
    with smtp_server(
        lambda asked, line: answer if asked in {command, command.replace("EHLO", "HELO")} else None
    ) as server:
        use(settings, "smtp", server.url)
        queued = message(1)
        deliver()

    queued.refresh_from_db()
    assert (queued.state, queued.attempts) == (state, attempts)


def test_a_provider_that_hangs_is_left(settings: Any) -> None:
    let_go = threading.Event()

    def hang(command: str, line: str) -> None:
        if command == "MAIL":
            let_go.wait(5)

    with smtp_server(hang) as server:
        use(settings, "smtp", server.url)
        settings.EMAIL_TIMEOUT = 0.2
        message(1)
        deliver()
        let_go.set()

    assert states() == ["sending"]


def test_what_was_accepted_while_the_database_was_away_is_marked_when_it_is_back(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    message(1)
    clock = Clock()
    knocks: list[dt.datetime] = []
    update = QuerySet.update

    def away(rows: Any, **values: Any) -> int:
        if values.get("state") == "sent" and len(knocks) < 3:
            knocks.append(clock())
            raise OperationalError("the database is away")
        return int(update(rows, **values))

    monkeypatch.setattr(QuerySet, "update", away)
    monkeypatch.setattr(delivery, "forget_connections", lambda: None)
    deliver_due_messages(clock=clock, sleep=clock.sleep)

    assert (len(knocks), len(scripted.mails), states()) == (3, 1, ["sent"])


@pytest.mark.django_db(transaction=True)
def test_a_database_connection_cut_at_the_moment_of_acceptance_doubles_nothing(settings: Any) -> None:
    """The provider double cuts it for real, just before it says that it has taken the mail."""
    message(1)
    worker_pid: list[int] = []

    def cut(command: str, line: str) -> None:
        if command == "END":
            with psycopg.connect(**_login()) as other:
                other.execute("SELECT pg_terminate_backend(%s)", worker_pid)

    with smtp_server(cut) as server:
        use(settings, "smtp", server.url)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            worker_pid.append(cursor.fetchone()[0])
        clock = Clock()
        assert deliver_due_messages(clock=clock, sleep=clock.sleep) == 1
        deliver_due_messages(clock=Clock(NOON + LATER), sleep=clock.sleep)

    assert (len(server.mails), states()) == (1, ["sent"])


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_time_send_every_mail_once(settings: Any) -> None:
    with smtp_server() as server:
        use(settings, "smtp", server.url)
        for number in range(120):
            message(number)
        start = threading.Barrier(4)

        def work() -> None:
            start.wait()
            deliver_due_messages(clock=Clock())
            connection.close()

        threads = [threading.Thread(target=work) for _worker in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    recipients = [line for mail in server.mails for line in mail.splitlines() if line.startswith("To: ")]
    assert (len(recipients), len(set(recipients))) == (120, 120)
    assert set(states()) == {"sent"}


def _login() -> dict[str, Any]:
    values = connection.settings_dict
    return {
        "dbname": values["NAME"],
        "user": values["USER"],
        "host": values["HOST"],
        "port": values["PORT"] or None,
    }


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (TimeoutError(), Outcome.UNCERTAIN),
        (ConnectionResetError(), Outcome.UNCERTAIN),
        (smtplib.SMTPServerDisconnected(), Outcome.UNCERTAIN),
        (ValueError("a header of two lines"), Outcome.REFUSED),
    ],
)
def test_other_errors(error: Exception, outcome: str) -> None:
    assert outcome_of(error) == outcome


def test_a_provider_that_cannot_be_reached_has_taken_nothing(settings: Any) -> None:
    for provider, url in (("postmark", "http://127.0.0.1:9/"), ("smtp", "smtp://127.0.0.1:9?tls=off")):
        use(settings, provider, url)
        with sending.Courier() as courier:
            assert courier.hand_over(EmailMessage("a", "b", "c@example.org", ["d@example.org"])).outcome == (
                Outcome.UNREACHABLE
            )
