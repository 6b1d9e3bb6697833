"""A person's own data: asked for by mail, seen, corrected, carried away, erased."""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from coop4canada.kit import clock
from coop4canada.kit.signing import keyed_hash, seal
from petitions.services import confirm_signature, count_signatures
from supporters.models import ConsentEvent, ConsentWording, MailSuppression, OutgoingMessage, Supporter
from supporters.queries import standing_consents
from supporters.services import (
    MY_DATA,
    deliver_due_messages,
    erase_supporter,
    forget_unconfirmed,
    give_consents,
)
from supporters.services.wordings import add_wording
from tests import make
from tests.supporters.outbox import NOON, Clock, message, person
from tests.supporters.test_reports import agree

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_words")]


@pytest.fixture
def no_words(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE supporters_consentwording, supporters_maillimit, petitions_petition CASCADE")


def link(*people: Supporter) -> str:
    return reverse("supporters:my-data-page", args=[seal(MY_DATA, *(someone.pk for someone in people))])


def test_whoever_asks_gets_the_same_answer_and_only_an_owner_a_mail(client: Client) -> None:
    person()
    pages = [
        client.post("/my-data/", {"email": email}) for email in ("amara@example.org", "nobody@example.org")
    ]

    texts = {re.sub(r"\w+@example\.org", "", page.content.decode()) for page in pages}
    assert [page.status_code for page in pages] == [200, 200]
    assert len(texts) == 1
    assert make.mails() == ["supporters/my_data"]


def test_asking_often_brings_one_mail_in_ten_minutes(client: Client) -> None:
    person()
    for minutes in (0, 1, 2, 11):
        with time_machine.travel(NOON + dt.timedelta(minutes=minutes)):
            client.post("/my-data/", {"email": " Amara@Example.org "})

    assert OutgoingMessage.objects.count() == 2


@pytest.mark.parametrize("email", ["", "x", "a@b@c", "amara@example.org\r\nBcc: x@example.org", "\x00"])
def test_a_bad_address_is_sent_back_with_a_sentence(client: Client, email: str) -> None:
    answer = client.post("/my-data/", {"email": email})

    assert answer.status_code == 422
    assert "c-error" in answer.content.decode()


def test_a_form_of_another_site_is_refused(client: Client) -> None:
    person()

    answer = client.post(
        "/my-data/", {"email": "amara@example.org"}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert (answer.status_code, OutgoingMessage.objects.count()) == (403, 0)


def test_the_link_in_the_mail_opens_the_page_for_an_hour_from_when_it_left(client: Client) -> None:
    person()
    client.post("/my-data/", {"email": "amara@example.org"})
    later = clock.now() + dt.timedelta(hours=5)
    with time_machine.travel(later):
        deliver_due_messages(clock=Clock(later))
        found = re.search(r"http://\S+(/my-data/\S+/)", str(mail.outbox[0].body))
        assert found
        fresh = client.get(found[1])
    with time_machine.travel(later + dt.timedelta(minutes=61)):
        stale = client.get(found[1])
        act = client.post(found[1] + "1/erase/")

    assert (fresh.status_code, stale.status_code, act.status_code) == (200, 410, 404)
    assert (fresh["Cache-Control"], fresh["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    assert "Amara Diallo" not in stale.content.decode()


FORGED: dict[str, Callable[[], str]] = {
    "cut": lambda: "x",
    "for something else": lambda: seal("another", 1),
    "no number": lambda: seal(MY_DATA, "x"),
    "nobody": lambda: seal(MY_DATA),
    "somebody gone": lambda: seal(MY_DATA, 987),
}


@pytest.mark.parametrize("rest", ["", "my-data.json", "1/correct/", "1/consents/", "1/erase/"])
@pytest.mark.parametrize("kind", list(FORGED))
def test_a_forged_link_leads_nowhere(client: Client, kind: str, rest: str) -> None:
    person(pk=1)
    token = FORGED[kind]()

    assert client.get(f"/my-data/{token}/{rest}").status_code == 404
    assert client.post(f"/my-data/{token}/{rest}").status_code == 404


def test_the_link_of_one_address_opens_nothing_of_another(client: Client) -> None:
    mine, other = person(), person("bruno@example.org", name="Bruno")
    here = link(mine)

    assert "Bruno" not in client.get(here).content.decode()
    for act in ("correct", "consents", "erase"):
        assert client.post(f"{here}{other.pk}/{act}/", {"name": "Eve"}).status_code == 404
    assert Supporter.objects.filter(pk=other.pk, name="Bruno").exists()


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_the_page_shows_everything_in_the_words_that_were_shown(client: Client, prefix: str) -> None:
    someone = person(postal_code="K1A0B1", phone="+16135550123")
    agree(someone, "news")
    make.signed(make.petition())
    message(5, supporter=someone)

    page = client.get(prefix + link(someone)).content.decode()

    word = "Oui à news" if prefix else "Yes to news"
    title = "title fr" if prefix else "title en"
    for shown in ("Amara Diallo", "amara@example.org", "K1A0B1", "+16135550123", word, "192.0.2.1", title):
        assert shown in page


def test_two_people_of_an_address_have_a_part_each(client: Client) -> None:
    page = client.get(link(person(), person(place=2, name="Bruno Côté"))).content.decode()

    assert [name in page for name in ("Amara Diallo", "Bruno Côté")] == [True, True]


def correct(client: Client, someone: Supporter, **typed: str) -> int:
    words = {"name": "Zoë O’Brien", "postal_code": "", "language": "fr", "phone": "", **typed}
    return client.post(f"{link(someone)}{someone.pk}/correct/", words).status_code


def test_corrections_are_kept(client: Client) -> None:
    someone = person(postal_code="K1A0B1", riding_number=35075)

    status = correct(client, someone, phone="613 555 0123", is_staff="1", email="eve@example.org")

    someone.refresh_from_db()
    assert status == 303
    assert (someone.name, someone.search_text, someone.language) == ("Zoë O’Brien", "zoe o brien", "fr")
    assert (someone.postal_code, someone.riding_number, someone.riding_source) == ("", None, "unknown")
    assert (someone.phone, someone.email) == ("+16135550123", "amara@example.org")


@pytest.mark.parametrize(
    "typed",
    [
        {"name": ""},
        {"name": "buy at http://example.org"},
        {"postal_code": "12345"},
        {"phone": "1"},
        {"language": "xx"},
        {"name": "a\x00b"},
        {"postal_code": "\x00"},
    ],
)
def test_a_bad_correction_is_sent_back(client: Client, typed: dict[str, str]) -> None:
    someone = person()

    assert correct(client, someone, **typed) == 422
    assert Supporter.objects.get().name == "Amara Diallo"


def places(monkeypatch: pytest.MonkeyPatch, *numbers: int) -> None:
    found = ("K1A0B1", tuple((number, f"Riding {number}") for number in numbers))
    monkeypatch.setattr("supporters.queries.places.functions_of", lambda slot: (lambda asked: found,))


@pytest.mark.parametrize(
    ("ridings", "chosen", "outcome"),
    [
        ((35075,), "", (303, 35075, "postal")),
        ((35075, 35079), "", (422, None, "unknown")),
        ((35075, 35079), "35079", (303, 35079, "chosen")),
        ((35075, 35079), "24001", (422, None, "unknown")),
        ((), "", (303, None, "unknown")),
        ((35075,), "24001", (303, 35075, "postal")),
    ],
)
def test_the_riding_follows_the_postal_code(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    ridings: tuple[int, ...],
    chosen: str,
    outcome: tuple[int, int | None, str],
) -> None:
    places(monkeypatch, *ridings)
    someone = person()

    status = correct(client, someone, postal_code="k1a 0b1", riding=chosen)

    someone.refresh_from_db()
    assert (status, someone.riding_number, someone.riding_source) == outcome


def test_consents_are_switched_on_and_off_with_the_words_shown(client: Client) -> None:
    someone = person()
    agree(someone, "news")
    ids = [
        add_wording(purpose=purpose, text_en=f"{purpose} anew", text_fr=f"{purpose} encore", now=NOON).pk
        for purpose in ("calls", "team")
    ]

    client.post(f"{link(someone)}{someone.pk}/consents/", {"wording": [ids[0]]})
    again = client.post(f"{link(someone)}{someone.pk}/consents/", {"wording": [ids[0]]})

    events = ConsentEvent.objects.order_by("pk").values_list("purpose", "decision", "wording_id", "method")
    assert list(events)[2:] == [
        ("news", "withdrawn", events[0][2], "mail"),
        ("calls", "given", ids[0], "mail"),
        ("calls", "confirmed", ids[0], "mail"),
    ]
    assert again.status_code == 303
    assert [consent.purpose for consent in standing_consents(someone.pk)] == ["calls"]


def test_a_consent_somebody_else_may_have_given_counts_only_when_the_owner_leaves_it_ticked(
    client: Client,
) -> None:
    someone = person()
    wordings = [make.wording("news").pk, make.wording("other").pk]
    give_consents(supporter=someone, wording_ids=wordings, circumstances=make.circumstances(), now=NOON)

    client.post(f"{link(someone)}{someone.pk}/consents/", {"wording": [wordings[0]]})

    assert [consent.purpose for consent in standing_consents(someone.pk)] == ["news"]


def test_words_that_are_not_offered_are_not_taken(client: Client) -> None:
    someone = person()
    old = make.wording("news").pk
    add_wording(purpose="news", text_en="Newer", text_fr="Plus récent", now=NOON)

    client.post(f"{link(someone)}{someone.pk}/consents/", {"wording": [old, 10**30, "x"]})

    assert standing_consents(someone.pk) == []


def test_everything_can_be_carried_away(client: Client) -> None:
    someone = person(language="fr")
    agree(someone, "news")
    make.signed(make.petition())

    answer = client.get(f"{link(someone)}my-data.json")

    (found,) = json.loads(answer.content)["people"]
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert found["person"]["email"] == "amara@example.org"
    assert [event["words"] for event in found["consents"]] == ["Oui à news"] * 2
    assert found["mails"][0]["kind"] == "petitions/confirm"
    assert found["records"][0]["rows"][0]["Petition"] == "title en"


def personal_bytes(*needles: str) -> list[str]:
    """Return every text or JSON column of every table that still holds one of the words."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying', 'jsonb', 'inet')"
        )
        columns = cursor.fetchall()
        found = []
        for table, column in columns:
            for needle in needles:
                cursor.execute(
                    f'SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE %s LIMIT 1', [f"%{needle}%"]
                )
                found += [f"{table}.{column}"] if cursor.fetchone() else []
    return found


def test_erasing_leaves_counts_and_no_personal_byte(client: Client) -> None:
    petition = make.petition()
    make.signed(
        petition, "oyelaran@somewhere.example", "Xoliswa Oyelaran", postal_code="K1A0B1", is_public=True
    )
    someone = Supporter.objects.get(name="Xoliswa Oyelaran")
    agree(someone, "news")
    count_signatures(now=NOON + dt.timedelta(minutes=1))
    before = personal_bytes("oyelaran", "xoliswa", "K1A0B1", "192.0.2.1")
    rows = table_of("petitions_tally"), petition.signatures.count()

    asked = client.get(f"{link(someone)}{someone.pk}/erase/")
    still_there = Supporter.objects.filter(pk=someone.pk).exists()
    erased = client.post(f"{link(someone)}{someone.pk}/erase/", follow=True)
    count_signatures(now=NOON + dt.timedelta(minutes=2))

    assert len(before) >= 8
    assert (asked.status_code, still_there, erased.status_code) == (200, True, 200)
    assert personal_bytes("oyelaran", "xoliswa", "K1A0B1", "192.0.2.1") == []
    assert (table_of("petitions_tally"), petition.signatures.count()) == rows
    assert not ConsentEvent.objects.filter(supporter__isnull=False).exists()
    assert set(ConsentEvent.objects.values_list("address_hash", flat=True)) == {
        keyed_hash("oyelaran@somewhere.example")
    }
    assert MailSuppression.objects.get().reason == "erased"


def table_of(name: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {name} ORDER BY 1")
        return list(cursor.fetchall())


def test_the_other_person_of_a_household_stays_and_is_mailed() -> None:
    first, second = person(), person(place=2, name="Bruno")
    message(2, supporter=second)

    erase_supporter(supporter=first, now=NOON)

    assert list(Supporter.objects.values_list("name", flat=True)) == ["Bruno"]
    assert (MailSuppression.objects.count(), OutgoingMessage.objects.count()) == (0, 1)


def test_an_erased_person_signs_again_by_themselves_and_is_mailed_again() -> None:
    petition = make.petition()
    make.signed(petition)
    erase_supporter(supporter=Supporter.objects.get(), now=NOON + dt.timedelta(minutes=1))
    signature = make.signed(petition, now=NOON + dt.timedelta(minutes=2))

    deliver_due_messages(clock=Clock(NOON + dt.timedelta(minutes=3)))

    assert OutgoingMessage.objects.get().state == "sent"
    confirm_signature(
        signature_id=signature.pk, riding_number=None, circumstances=make.circumstances(), now=clock.now()
    )
    assert MailSuppression.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "stays"),
    [
        ({}, False),
        ({"email_confirmed_at": NOON}, True),
        ({"created_at": NOON + dt.timedelta(days=2)}, True),
    ],
)
def test_who_never_confirmed_is_forgotten_after_two_months(fields: dict[str, Any], stays: bool) -> None:
    person(**fields)

    for _time in range(2):
        forget_unconfirmed(now=NOON + dt.timedelta(days=61))

    assert Supporter.objects.exists() is stays
    assert MailSuppression.objects.count() == 0


def test_whom_another_app_keeps_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, gone = person(), person("bruno@example.org")
    monkeypatch.setattr(
        "supporters.services.clock.functions_of", lambda slot: (lambda supporter_ids: [kept.pk],)
    )

    forget_unconfirmed(now=NOON + dt.timedelta(days=61))

    assert list(Supporter.objects.values_list("pk", flat=True)) == [kept.pk]
    assert gone.pk != kept.pk


def test_wordings_are_versions() -> None:
    first = add_wording(purpose="news", text_en="a", text_fr="b", now=NOON)
    same = add_wording(purpose="news", text_en="a", text_fr="b", now=clock.now())
    other = add_wording(purpose="news", text_en="a", text_fr="c", now=NOON)

    assert (first, ConsentWording.objects.count()) == (same, 2)
    assert len({first.digest, other.digest}) == 2
