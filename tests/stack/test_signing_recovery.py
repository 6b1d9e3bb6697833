"""Signing goes on while web, Redis, worker and PostgreSQL are killed: nothing acknowledged is lost, no mail leaves twice."""

import itertools
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Self

import psycopg
import pytest

from coop4canada.kit.clock import now
from coop4canada.local import LocalStack
from coop4canada.local.ports import free_port
from tests.mail_provider import MailProvider, Temper

pytestmark = [pytest.mark.stack, pytest.mark.enable_socket, pytest.mark.xdist_group("signing")]

SIGNERS = 4
# A dead worker's claim lapses after 30 s, its provider is asked again after as many; other tests share the machine.
RECOVERY_SECONDS = 120
LOGIN = "reports:a secret of this test"

PETITION = """
from datetime import timedelta
from coop4canada.kit.clock import now
from petitions.models import Petition
from supporters.models import MailLimit
texts = {f"{column}_{language}": "Text" for column in ("title", "summary", "statement", "letter") for language in ("en", "fr")}
Petition.objects.create(slug_en="kill", slug_fr="tuer", goal=10, is_published=True, opens_at=now() - timedelta(days=1), **texts)
# All signers of this test come from one address; limits have tests of their own.
MailLimit.objects.all().delete()
"""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """The redirect after a form is the acknowledgement; where it leads does not matter here."""

    def redirect_request(self, *_arguments: Any) -> None:
        return None


@dataclass
class Crowd:
    """People who sign one after the other in several threads until told to stop; remembers who was acknowledged."""

    url: str
    acknowledged: list[str] = field(default_factory=list)
    unanswered: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self.threads = [threading.Thread(target=self._sign, args=(number,)) for number in range(SIGNERS)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stopped.set()
        for thread in self.threads:
            thread.join()

    def _sign(self, number: int) -> None:
        opener = urllib.request.build_opener(NoRedirect())
        batch = time.time_ns()
        for turn in itertools.count():
            if self.stopped.is_set():
                return
            email = f"p{turn}.{number}.{batch}@example.org"
            form = {"name": f"Person {turn}", "email": email, "postal_code": "K1A 0B1"}
            try:
                opener.open(self.url, urllib.parse.urlencode(form).encode(), timeout=20)
            except urllib.error.HTTPError as answer:
                if answer.code == 303:
                    self.acknowledged.append(email)
                else:
                    self.unanswered += 1
            except OSError:
                self.unanswered += 1
                time.sleep(0.2)
            time.sleep(0.02)


@pytest.fixture(scope="module")
def provider() -> Iterator[MailProvider]:
    provider = MailProvider(Temper(refuses=0.02, hangs_up=0.02, repeats=0.1), secret=LOGIN).start()
    yield provider
    provider.stop()


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory, provider: MailProvider) -> Iterator[LocalStack]:
    outside = {
        "COOP_MAIL_PROVIDER": "postmark",
        "COOP_MAIL_API_KEY": "a key",
        "COOP_MAIL_API_URL": provider.url,
        "COOP_MAIL_WEBHOOK_SECRET": LOGIN,
    }
    with LocalStack(tmp_path_factory.mktemp("site"), port=free_port(), outside=outside) as stack:
        provider.report_to = f"{stack.url}mail/events/"
        stack.manage("migrate")
        stack.manage("load_demo", "--fixtures-only")
        stack.manage("shell", "-c", PETITION)
        stack.start("web", "worker", "beat")
        yield stack


def rows(stack: LocalStack, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(stack.env["DATABASE_URL"]) as connection:
        return connection.execute(query.encode()).fetchall()


def signed(stack: LocalStack) -> set[str]:
    query = """
        SELECT supporter.email FROM petitions_signature AS signature
        JOIN supporters_supporter AS supporter ON supporter.id = signature.supporter_id
    """
    return {email for (email,) in rows(stack, query)}


def wait_for(condition: Callable[[], bool], seconds: float = RECOVERY_SECONDS) -> None:
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, f"not within {seconds} s"
        time.sleep(0.5)


def all_mails_left(stack: LocalStack) -> bool:
    return (
        rows(stack, "SELECT state, count(*) FROM supporters_outgoingmessage WHERE state <> 'sent' GROUP BY 1")
        == []
    )


def counts_equal_rows(stack: LocalStack) -> bool:
    counted = (
        "SELECT coalesce(sum(pending), 0)::int, coalesce(sum(confirmed), 0)::int FROM petitions_petitioncount"
    )
    real = """
        SELECT count(*) FILTER (WHERE state = 'pending' AND suspicion = '')::int,
            count(*) FILTER (WHERE state = 'confirmed')::int FROM petitions_signature
    """
    return rows(stack, counted) == rows(stack, real)


@pytest.mark.parametrize("victim", ["web", "redis", "worker", "postgres"])
def test_whatever_dies_no_signature_is_lost_and_no_mail_doubled(
    stack: LocalStack, provider: MailProvider, victim: str
) -> None:
    with Crowd(f"{stack.url}petitions/kill/sign/") as crowd:
        time.sleep(3)
        stack.kill(victim)
        time.sleep(2)
        stack.start(victim)
        time.sleep(4)
    recovered_at = now()

    assert len(crowd.acknowledged) > 50
    assert set(crowd.acknowledged) - signed(stack) == set()
    wait_for(lambda: all_mails_left(stack))
    wait_for(lambda: counts_equal_rows(stack))
    assert now() - recovered_at < timedelta(seconds=RECOVERY_SECONDS)
    keys = provider.keys
    assert len(keys) == len(set(keys))
    assert rows(stack, "SELECT count(*) FROM supporters_outgoingmessage") == [(len(keys),)]
    assert rows(stack, "SELECT count(*) FROM petitions_signature") == [(len(signed(stack)),)]


def test_the_crowd_was_real(stack: LocalStack, provider: MailProvider) -> None:
    """The four runs left what they should have left behind: many people, each mailed once."""
    recipients = [mail["To"] for mail in provider.mails]

    assert sorted(recipients) == sorted(signed(stack))
