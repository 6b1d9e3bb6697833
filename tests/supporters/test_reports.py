"""Reports of the mail provider, genuine, forged, repeated, out of order."""

import base64
import datetime as dt
from typing import Any

import pytest
from django.test import Client

from coop4canada.kit import panels
from coop4canada.kit.signing import keyed_hash
from supporters.models import ConsentEvent, ConsentWording, MailEvent, MailSuppression, OutgoingMessage
from supporters.services import Circumstances, confirm_consents, give_consents, suppress_address
from tests import make
from tests.supporters.outbox import NOON, message, person

pytestmark = pytest.mark.django_db

LOGIN = {"Authorization": "Basic " + base64.b64encode(b"reports:secret").decode()}
WHERE = "/mail/events/"


@pytest.fixture(autouse=True)
def _postmark(settings: Any) -> None:
    settings.MAIL_PROVIDER = "postmark"
    settings.MAIL_WEBHOOK_SECRET = "reports:secret"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "reports:secret", "POSTMARK_SERVER_TOKEN": "x"}


def report(client: Client, headers: dict[str, str] | None = None, **words: Any) -> int:
    body = {
        "RecordType": "Delivery",
        "MessageID": "m-1",
        "Recipient": "p1@example.org",
        "DeliveredAt": "2026-11-23T12:00:05Z",
        "Metadata": {"key": "supporters/my_data:1"},
        **words,
    }
    answer = client.post(
        WHERE, body, content_type="application/json", headers=LOGIN if headers is None else headers
    )
    return answer.status_code


def bounce(client: Client, kind: str = "HardBounce", **words: Any) -> int:
    return report(
        client, **{"RecordType": "Bounce", "Type": kind, "ID": 7, "Email": "p1@example.org", **words}
    )


def complaint(client: Client, **words: Any) -> int:
    return bounce(client, "SpamComplaint", **{"RecordType": "SpamComplaint", **words})


def reasons() -> list[str]:
    return list(MailSuppression.objects.order_by("pk").values_list("reason", flat=True))


def test_a_delivery_is_noted_once_and_marks_the_mail(client: Client) -> None:
    queued = message(1, state="sending", leased_until=NOON)

    assert [report(client) for _time in range(3)] == [200, 200, 200]

    queued.refresh_from_db()
    event = MailEvent.objects.get()
    assert (event.kind, event.message_key) == ("delivered", queued.key)
    assert event.address_hash == keyed_hash("p1@example.org")
    assert (queued.state, queued.sent_at) == ("sent", NOON + dt.timedelta(seconds=5))


@pytest.mark.parametrize("state", ["queued", "failed", "suppressed", "sent"])
def test_a_delivery_changes_no_mail_that_is_not_being_sent(client: Client, state: str) -> None:
    message(1, state=state)

    report(client)

    assert OutgoingMessage.objects.get().state == state


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Basic " + base64.b64encode(b"reports:guess").decode()},
        {"Authorization": "Bearer secret"},
        {"Authorization": "Basic %%%"},
    ],
)
def test_a_forged_report_is_refused(client: Client, headers: dict[str, str]) -> None:
    message(1)

    assert report(client, headers, RecordType="Bounce", Type="HardBounce", ID=7) == 400
    assert (MailEvent.objects.count(), reasons()) == (0, [])


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"RecordType": "Delivery", "DeliveredAt": "never"}'],
)
def test_what_is_no_report_is_refused_or_noted_as_nothing(client: Client, body: bytes) -> None:
    answer = client.post(WHERE, body, content_type="application/json", headers=LOGIN)

    assert answer.status_code in {200, 400}
    assert reasons() == []


def test_without_provider_or_secret_there_is_nothing_here(client: Client, settings: Any) -> None:
    settings.MAIL_WEBHOOK_SECRET = ""
    without_secret = report(client)
    settings.MAIL_WEBHOOK_SECRET, settings.MAIL_PROVIDER = "reports:secret", "smtp"

    assert (without_secret, report(client)) == (404, 404)
    assert client.get(WHERE).status_code == 405


def test_a_hard_bounce_stops_mail_and_is_handed_to_the_apps_above(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    listen(monkeypatch, lambda **words: told.append(words["address_key"]))
    message(1)

    bounce(client)
    bounce(client)

    assert (reasons(), told) == (["bounced"], ["p1@example.org"])


def listen(monkeypatch: pytest.MonkeyPatch, listener: Any) -> None:
    monkeypatch.setattr(
        "supporters.services.suppression.functions_of",
        lambda slot: (listener,) if slot.endswith("listeners") else panels.functions_of(slot),
    )


@pytest.mark.parametrize("kind", ["SoftBounce", "Transient", "DnsError", "AutoResponder", "Blocked"])
def test_a_passing_trouble_is_only_noted(client: Client, kind: str) -> None:
    message(1)

    bounce(client, kind)

    assert (MailEvent.objects.count(), reasons()) == (1, [])


def test_a_complaint_stops_mail_and_ends_every_consent_of_the_address(client: Client) -> None:
    first, second = person("p1@example.org"), person("p1@example.org", place=2)
    for someone in (first, second):
        agree(someone, "news", "calls")

    complaint(client, Metadata={})
    complaint(client, Metadata={})

    ended = ConsentEvent.objects.filter(decision="withdrawn").order_by("pk")
    assert reasons() == ["complained"]
    assert [(event.supporter_id, event.purpose, event.method) for event in ended] == [
        (someone.pk, purpose, "provider") for someone in (first, second) for purpose in ("calls", "news")
    ]


def agree(supporter: Any, *purposes: str) -> None:
    ids = []
    for purpose in purposes:
        known = ConsentWording.objects.filter(purpose=purpose).first() or make.wording(purpose)
        ids.append(known.pk)
    here = Circumstances(page="/", origin="192.0.2.1/32", user_agent="Browser")
    give_consents(supporter=supporter, wording_ids=ids, circumstances=here, now=NOON)
    confirm_consents(supporter=supporter, circumstances=here, now=NOON)


def test_the_providers_own_unsubscribe_link_ends_mail(client: Client) -> None:
    someone = person("p1@example.org")
    agree(someone, "news", "other", "calls")

    report(
        client,
        RecordType="SubscriptionChange",
        SuppressSending=True,
        SuppressionReason="ManualSuppression",
        ChangedAt="2026-11-23T12:00:05Z",
        Metadata={},
    )

    ended = ConsentEvent.objects.filter(decision="withdrawn").order_by("pk")
    assert [event.purpose for event in ended] == ["news", "other"]
    assert reasons() == []


@pytest.mark.parametrize("order", [("deliver", "bounce", "complain"), ("complain", "bounce", "deliver")])
def test_the_order_of_reports_does_not_matter(client: Client, order: tuple[str, ...]) -> None:
    message(1, state="sent", sent_at=NOON)
    tell = {
        "deliver": lambda: report(client),
        "bounce": lambda: bounce(client),
        "complain": lambda: complaint(client, ID=8),
    }

    for what in order:
        tell[what]()

    assert reasons() == ["complained"]


def test_a_report_about_a_mail_we_never_sent_is_noted_without_it(client: Client) -> None:
    assert report(client, Metadata={"key": "x" * 500}, Recipient="stranger@example.net") == 200
    assert MailEvent.objects.get().message_key == ""


@pytest.mark.parametrize(
    ("first", "second", "stays"),
    [
        ("erased", "bounced", "bounced"),
        ("bounced", "erased", "bounced"),
        ("complained", "refused", "complained"),
        ("refused", "complained", "complained"),
        ("erased", "erased", "erased"),
    ],
)
def test_the_weightiest_reason_stays(first: str, second: str, stays: str) -> None:
    for reason in (first, second):
        suppress_address(address_hash="x", reason=reason, now=NOON)

    assert reasons() == [stays]
