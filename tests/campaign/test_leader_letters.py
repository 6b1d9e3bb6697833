"""Letters to the leaders: begun from the organizers' words, finished here, sent and kept by whoever wrote them."""

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaign.importers.first_words import install_first_words
from campaign.models import Leader, LetterTemplate
from campaign.rules.letter import LONGEST_LINK
from tests import make

pytestmark = pytest.mark.django_db

NDP = "/letters/ndp/"
TYPED = {
    "subject": "Please <b>talk</b>",
    "text": "Dear leader,\r\n\r\nI am a nurse & I vote.",
    "name": "Zoë O’Brien",
    "place": "Gimli",
}


@pytest.fixture(autouse=True)
def leaders(db: None) -> dict[str, Leader]:
    """A leader for every party of the map, and a letter."""
    Leader.objects.all().delete()
    LetterTemplate.objects.all().delete()
    words = {
        "subject_en": "Subject",
        "subject_fr": "Objet",
        "text_en": "English words",
        "text_fr": "Mots français",
    }
    LetterTemplate.objects.create(**words, is_active=True)
    return {
        code: Leader.objects.create(
            party=party,
            role_en=f"Leader of {code}",
            role_fr=f"Chef de {code}",
            salutation_en=f"Dear {code},",
            salutation_fr=f"Cher {code},",
        )
        for code, party in make.parties().items()
    }


def sent(client: Client, path: str = NDP, **changes: Any) -> Any:
    return client.post(path, {**TYPED, **changes})


def link_in(page: str) -> str:
    found = re.search(r'href="(mailto:[^"]*)">\s*(?:Open|Ouvrir)', page)
    assert found
    return html.unescape(found[1])


def test_only_leaders_of_cooperating_parties_are_offered(client: Client, leaders: dict[str, Leader]) -> None:
    Leader.objects.filter(pk=leaders["BQ"].pk).update(is_shown=False)

    page = client.get("/letters/").content.decode()

    assert re.findall(r'href="/letters/([a-z]+)/"', page) == ["lpc", "ndp", "gpc"]
    assert client.get("/letters/cpc/").status_code == 404
    assert client.get("/letters/bq/").status_code == 404
    assert client.get("/letters/nobody/").status_code == 404
    assert 'href="/petitions/"' in page


def test_a_letter_begins_from_the_organizers_words_in_ones_language(client: Client) -> None:
    english = client.get(NDP).content.decode()
    french = client.get("/fr" + NDP).content.decode()

    assert ">Dear NDP,\n\nEnglish words</textarea>" in english
    assert 'value="Objet"' in french
    assert ">Cher NDP,\n\nMots français</textarea>" in french


def test_without_a_letter_in_use_the_salutation_is_enough(client: Client) -> None:
    LetterTemplate.objects.update(is_active=False)

    assert ">Dear NDP,\n\n</textarea>" in client.get(NDP).content.decode()


def test_the_finished_letter_is_shown_and_nothing_is_kept(client: Client, leaders: dict[str, Leader]) -> None:
    Leader.objects.filter(pk=leaders["NDP"].pk).update(
        name="Kim Example", email="leader@ndp.example", postal_address="1 Street\n\nOttawa"
    )

    with CaptureQueriesContext(connection) as queries:
        answer = sent(client)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert link_in(page) == (
        "mailto:leader@ndp.example?subject=Please%20%3Cb%3Etalk%3C%2Fb%3E&body=Dear%20leader%2C%0D%0A%0D%0A"
        "I%20am%20a%20nurse%20%26%20I%20vote.%0D%0A%0D%0ASincerely%2C%0D%0AZo%C3%AB%20O%E2%80%99Brien%0D%0AGimli"
    )
    for words in ("Kim Example", "<p>1 Street</p>", "<p>Ottawa</p>", "Please &lt;b&gt;talk&lt;/b&gt;</h2>"):
        assert words in page
    assert "no-store" in answer["Cache-Control"]
    assert all(query["sql"].startswith("SELECT") for query in queries)


def test_by_office_without_addresses_that_is_said(client: Client) -> None:
    page = sent(client).content.decode()

    assert link_in(page).startswith("mailto:?subject=")
    assert "look it up on the party’s own site" in page


def test_a_long_letter_is_not_cut_by_the_link(client: Client) -> None:
    page = sent(client, text="é" * 1000).content.decode()

    assert link_in(page) == "mailto:?subject=Please%20%3Cb%3Etalk%3C%2Fb%3E"
    assert "too long for a link" in page
    assert "é" * 1000 in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"subject": ""}, "Write a subject."),
        ({"subject": "x" * 151}, "150"),
        ({"subject": "a\r\nBcc: x@example.org"}, "arrived garbled"),
        ({"text": " "}, "Write your letter."),
        ({"text": "x" * 6001}, "6000"),
        ({"text": "\N{REPLACEMENT CHARACTER}"}, "arrived garbled"),
        ({"name": ""}, "Write your name"),
        ({"name": "https://spam.example"}, "no web address"),
        ({"place": "\x07"}, "arrived garbled"),
    ],
)
def test_bad_input_keeps_what_was_typed(client: Client, changes: dict[str, str], sentence: str) -> None:
    answer = sent(client, **changes)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "I am a nurse &amp; I vote." in page or "text" in changes
    assert "mailto:" not in page


def test_a_french_letter_ends_in_french(client: Client) -> None:
    page = sent(client, "/fr" + NDP).content.decode()

    assert "Sincerely" not in page
    assert "<p>Veuillez agréer mes salutations distinguées.<br>Zoë O’Brien<br>Gimli</p>" in page


def test_a_form_from_another_site_is_refused(client: Client) -> None:
    answer = client.post(NDP, TYPED, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_first_letter_fits_into_a_link(client: Client, language: str) -> None:
    Leader.objects.all().delete()
    LetterTemplate.objects.all().delete()
    install_first_words()
    prefix = "/fr" if language == "fr" else ""
    page = client.get(prefix + NDP).content.decode()
    text = html.unescape(page.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0])
    subject = html.unescape(re.search(r'name="subject"[^>]*value="([^"]*)"', page)[1])  # type: ignore[index]

    finished = sent(client, prefix + NDP, text=text, subject=subject).content.decode()

    assert "&body=" in link_in(finished)
    assert len(link_in(finished)) <= LONGEST_LINK - len("leader.of.the.party@parliament.example")


@pytest.mark.ignore_template_errors
def test_an_organizer_fills_in_what_is_known(
    client: Client, organizer_client: Client, leaders: dict[str, Leader]
) -> None:
    row = leaders["NDP"]
    columns = ("role_en", "role_fr", "salutation_en", "salutation_fr")
    typed = {column: getattr(row, column) for column in columns}
    typed |= {
        "party": row.party_id,
        "name": "",
        "email": "leader@ndp.example",
        "postal_address": "",
        "is_shown": "on",
    }

    answer = organizer_client.post(reverse("admin:campaign_leader_change", args=[row.pk]), typed)

    assert answer.status_code == 302
    assert link_in(sent(client).content.decode()).startswith("mailto:leader@ndp.example?")
    assert organizer_client.get(reverse("admin:campaign_lettertemplate_changelist")).status_code == 200


@pytest.mark.parametrize("shown", [1, 3])
def test_the_list_asks_as_often_for_many(
    client: Client, django_assert_num_queries: Any, leaders: dict[str, Leader], shown: int
) -> None:
    keep = [leaders[code].pk for code in ("LPC", "NDP", "GPC")[:shown]]
    Leader.objects.exclude(pk__in=keep).delete()

    with django_assert_num_queries(2):
        client.get("/letters/")
