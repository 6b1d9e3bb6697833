"""Public pages about petitions."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from coop4canada.kit.signing import short_code
from petitions.enums import REFERRAL
from petitions.models import Addressee, Petition, PetitionCount, Tally
from petitions.services import confirm_signature, count_signatures
from tests import make

PAGE = "/petitions/cooperate/"
FRENCH = "/fr/petitions/cooperate-fr/"


@pytest.fixture
def petition(db: None) -> Petition:
    Petition.objects.all().delete()
    petition = make.petition(opens_at=make.LONG_AGO)
    PetitionCount.objects.create(petition=petition, confirmed=1234, pending=66, counted_at=make.NOON)
    for number, confirmed in ((35001, 1000), (59003, 200), (0, 34)):
        Tally.objects.create(petition=petition, riding_number=number, confirmed=confirmed, pending=22)
    return petition


def html(client: Client, path: str = PAGE) -> str:
    return client.get(path).content.decode()


def test_the_page_is_for_every_cache_and_leaves_no_cookie(client: Client, petition: Petition) -> None:
    answer = client.get(PAGE)

    assert answer["Cache-Control"] == "public, max-age=10, stale-while-revalidate=60, stale-if-error=86400"
    assert (answer.cookies, "Cookie" in answer.get("Vary", "")) == ({}, False)
    page = answer.content.decode()
    assert "csrfmiddlewaretoken" not in page
    assert 'name="opened"' not in page


def test_who_holds_the_page_gets_no_second_copy(client: Client, petition: Petition) -> None:
    first = client.get(PAGE)

    again = client.get(PAGE, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


def test_a_storm_of_readers_costs_nothing(
    client: Client, petition: Petition, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(9):
        client.get(PAGE)
    code = short_code(REFERRAL, 7)
    client.get(PAGE, {"r": code})

    with django_assert_max_num_queries(0):
        plain, by_link = html(client), html(client, f"{PAGE}?r={code}")
    assert by_link.count(code) == 2
    assert code not in plain


def test_what_organizers_change_shows_within_seconds(client: Client, petition: Petition) -> None:
    with time_machine.travel(make.NOON, tick=False) as clock:
        client.get(PAGE)
        Petition.objects.update(title_en="Quite another title")
        clock.shift(dt.timedelta(seconds=6))

        assert "Quite another title" in html(client)


@pytest.mark.parametrize(("path", "written"), [(PAGE, "1,234"), (FRENCH, "1\u00a0234")])
def test_the_count_is_of_the_last_counting(
    client: Client, petition: Petition, path: str, written: str
) -> None:
    assert f'data-part="number">{written}<' in html(client, path)


def test_organizers_may_count_what_is_not_confirmed(client: Client, petition: Petition) -> None:
    Petition.objects.update(counts_unconfirmed=True)

    assert 'data-part="number">1,300<' in html(client)


def test_provinces_add_up_their_ridings(client: Client, petition: Petition) -> None:
    rows = re.findall(r'<th scope="row">([^<]+)</th>\s*<td class="is-number">([^<]+)<', html(client))

    shown = dict(rows)
    assert (shown["Ontario"], shown["British Columbia"], shown["Nunavut"]) == ("1,000", "200", "0")
    assert shown["Riding not known"] == "34"


def test_names_are_shown_only_of_those_who_allow_it_and_confirmed(client: Client, petition: Petition) -> None:
    for number, (name, is_public, confirms) in enumerate(
        [("Zoë Tremblay", True, True), ("Secret Person", False, True), ("Waiting Woman", True, False)]
    ):
        signature = make.signed(petition, f"p{number}@example.org", name, is_public=is_public)
        if confirms:
            confirm_signature(
                signature_id=signature.pk,
                riding_number=None,
                circumstances=make.circumstances(),
                now=make.NOON,
            )
    page = html(client)

    assert ("<bdi>Zoë</bdi>" in page, "Tremblay" in page) == (True, False)
    assert ("Secret" in page, "Waiting" in page) == (False, False)
    Petition.objects.update(shows_names=False)
    assert "Zoë" not in html(client, FRENCH)


def test_the_letter_goes_to_leaders_with_the_colour_of_their_party(
    client: Client, petition: Petition
) -> None:
    office = {f"{field}_{language}": field for field in ("role", "salutation") for language in ("en", "fr")}
    party = make.parties()["NDP"]
    Addressee.objects.create(petition=petition, name="Somebody <b>", party=party, **office)
    Addressee.objects.create(petition=petition, name="role", **office)

    listed = re.findall(r'<ul class="c-addressees".*?</ul>', html(client), re.DOTALL)[0]
    assert ("Somebody &lt;b&gt;, <small>role</small>" in listed, party.colour in listed) == (True, True)
    assert "<li>role</li>" in re.sub(r"\s+", " ", listed)


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/petitions/cooperate-fr/", PAGE),
        ("/fr/petitions/cooperate/", FRENCH),
        ("/petitions/cooperate-fr/ridings/", f"{PAGE}ridings/"),
        ("/fr/petitions/cooperate/letter/", f"{FRENCH}letter/"),
        ("/petitions/cooperate-fr/card.png", f"{PAGE}card.png"),
        ("/petitions/cooperate-fr/sign/", f"{PAGE}sign/"),
        ("/petitions/cooperate-fr/?x=<script>&next=//evil.example", PAGE),
        (f"/petitions/cooperate-fr/?r={'{code}'}&x=1", f"{PAGE}?r={'{code}'}"),
    ],
)
def test_the_slug_of_the_other_language_leads_to_the_right_one(
    client: Client, petition: Petition, path: str, leads_to: str
) -> None:
    code = short_code(REFERRAL, 7)

    answer = client.get(path.format(code=code))

    assert (answer.status_code, answer["Location"]) == (301, leads_to.format(code=code))


@pytest.mark.parametrize(
    ("path", "other"), [(PAGE, FRENCH), (FRENCH, PAGE), (f"{PAGE}sign/", f"{FRENCH}sign/")]
)
def test_the_language_switch_knows_both_slugs(
    client: Client, petition: Petition, path: str, other: str
) -> None:
    assert f'class="c-language" href="{other}"' in html(client, path)


@pytest.mark.parametrize(
    "path", ["", "sign/", "ridings/", "letter/", "letter.csv", "card.png", "thanks/", "signed/"]
)
@pytest.mark.parametrize(
    ("fields", "status"),
    [({"is_published": False}, 404), ({"withdrawn_at": make.LONG_AGO}, 410), ({"slug_en": "another"}, 404)],
)
def test_what_is_not_there_or_taken_back_is_said(
    client: Client, petition: Petition, path: str, fields: dict[str, Any], status: int
) -> None:
    Petition.objects.update(**fields)

    assert client.get(PAGE + path).status_code == status


@pytest.mark.parametrize("slug", ["-1", "1e9", "1", "..%2f", "%00", "cooperate%0d%0a", "a" * 500])
def test_other_addresses_show_no_petition(client: Client, petition: Petition, slug: str) -> None:
    assert client.get(f"/petitions/{slug}/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"opens_at": "2027-01-04T17:00Z"},
            "It opens on Jan. 4, 2027, noon Eastern time (2027-01-04 17:00 UTC).",
        ),
        (
            {"closes_at": "2026-11-01T03:59Z"},
            "It closed on Oct. 31, 2026, 11:59 p.m. Eastern time (2026-11-01 03:59 UTC).",
        ),
        (
            {"closes_at": "2027-05-01T03:59Z"},
            "You can sign until April 30, 2027, 11:59 p.m. Eastern time (2027-05-01 03:59 UTC).",
        ),
    ],
)
def test_times_are_told_with_their_zones(
    client: Client, petition: Petition, fields: dict[str, str], said: str
) -> None:
    Petition.objects.update(**{name: dt.datetime.fromisoformat(text) for name, text in fields.items()})
    with time_machine.travel(make.NOON, tick=False):
        page = html(client)

    assert said in page
    assert ('id="sign-form"' in page) == ("until" in said)


def test_only_a_genuine_code_of_the_query_is_repeated(client: Client, petition: Petition) -> None:
    typed = {"r": "zzz<script>", "title": "Stuffed", "text": "buy at evil.example", "utm_source": "wild"}

    page = html(client, f"{PAGE}?r=zzz%3Cscript%3E&title=Stuffed&text=buy+at+evil.example&utm_source=wild")

    assert [word for word in typed.values() if word in page] == []
    assert 'name="r"' not in page


@pytest.mark.usefixtures("country")
def test_every_riding_has_a_cell_and_a_row(client: Client, petition: Petition) -> None:
    page = html(client, f"{PAGE}ridings/")

    cells = re.findall(r'class="c-hex-cell"[^>]*data-riding="(\d+)"[^>]*data-class="count-(\d)"', page)
    rows = re.findall(r'<tr><td class="is-number">([\d,]+)</td><th scope="row"><a', page)
    assert (len(cells), len(rows)) == (343, 343)
    assert (dict(cells)["35001"], rows[:2]) == ("5", ["1,000", "200"])


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize(
    ("path", "head", "unknown"),
    [
        (
            f"{PAGE}letter.csv",
            "Riding number,Riding,Province or territory,Signatures",
            ",Riding not known,,34",
        ),
        (f"{FRENCH}letter.csv", None, None),
    ],
)
def test_the_table_of_counts_names_nobody(
    client: Client, petition: Petition, path: str, head: str | None, unknown: str | None
) -> None:
    make.signed(petition, name="Zoë Tremblay", is_public=True)

    answer = client.get(path)

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert len(lines) == 345
    assert "Tremblay" not in answer.content.decode()
    if head:
        assert (lines[0], lines[-1]) == (head, unknown)


@pytest.mark.parametrize("path", [f"{PAGE}letter/", f"{FRENCH}letter/"])
def test_the_letter_has_a_page_for_every_leader_and_no_name(
    client: Client, petition: Petition, path: str
) -> None:
    language = "fr" if path.startswith("/fr") else "en"
    for name in ("One", "Two"):
        words = {
            f"{field}_{tongue}": f"{field} {name} {tongue}"
            for field in ("role", "salutation")
            for tongue in ("en", "fr")
        }
        Addressee.objects.create(petition=petition, name=name, **words)
    make.signed(petition, name="Zoë Tremblay", is_public=True)

    page = html(client, path)

    assert page.count('<article class="c-card c-letter') == 2
    assert page.count(f"letter {language}") == 2
    assert f"salutation Two {language}" in page
    assert ("Tremblay" in page, "example.org" in page.split("<main")[1].split("</main")[0]) == (False, False)


def test_the_card_is_a_picture_of_the_right_size(client: Client, petition: Petition) -> None:
    answer = client.get(f"{PAGE}card.png")

    assert (answer["Content-Type"], answer.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    assert (int.from_bytes(answer.content[16:20]), int.from_bytes(answer.content[20:24])) == (1200, 630)
    assert answer["Cache-Control"] == "public, max-age=300, stale-while-revalidate=300"
    assert client.get(f"{FRENCH}card.png").content != answer.content


@pytest.mark.parametrize("path", [PAGE, FRENCH])
def test_networks_find_the_card_of_the_language(
    client: Client, petition: Petition, settings: Any, path: str
) -> None:
    settings.SITE_URL = "https://example.org"

    page = html(client, f"{path}?image=https://evil.example/x.png")

    assert f'<meta property="og:image" content="https://example.org{path}card.png">' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page


def test_the_list_shows_what_is_published_and_closed_ones_last(client: Client, petition: Petition) -> None:
    make.petition(
        "closed", title_en="Closed one", closes_at=make.LONG_AGO + dt.timedelta(1), opens_at=make.LONG_AGO
    )
    make.petition("draft", title_en="A draft", is_published=False)
    make.petition("gone", title_en="Gone one", withdrawn_at=make.LONG_AGO)

    titles = re.findall(r"<article[^>]*>\s*<h2>([^<]+)</h2>", html(client, "/petitions/"))

    assert titles == ["title en", "Closed one"]


@pytest.mark.usefixtures("country")
def test_home_shows_the_featured_petition_while_it_is_open(client: Client, petition: Petition) -> None:
    Petition.objects.update(is_featured=False)
    assert "c-home-petition" not in html(client, "/")
    Petition.objects.filter(pk=petition.pk).update(is_featured=True)
    hero, panels = html(client, "/").split("c-home-petition")
    assert [f'href="{PAGE}#sign-title"' in part for part in (hero, panels)] == [True, True]
    Petition.objects.update(closes_at=make.LONG_AGO + dt.timedelta(1))
    assert "c-home-petition" not in html(client, "/")


def test_the_interface_tells_counts_and_facts(client: Client, petition: Petition) -> None:
    make.signed(petition, name="Zoë Tremblay", is_public=True)
    count_signatures(now=make.NOON)

    answer = client.get("/api/v1/petitions/cooperate-fr")

    facts = answer.json()
    assert (facts["signatures"], facts["goal"], facts["state"]) == (1234, 1000, "open")
    assert (facts["by_province"]["ON"], facts["by_province"]["NU"]) == (1000, 0)
    assert (answer["Cache-Control"], answer["Access-Control-Allow-Origin"]) == ("public, max-age=10", "*")
    assert "Tremblay" not in answer.content.decode()
    ridings = client.get("/api/v1/petitions/cooperate/ridings").json()
    assert ridings == {"signatures": {"0": 34, "35001": 1000, "59003": 200}}


@pytest.mark.parametrize("fields", [{"is_published": False}, {"withdrawn_at": make.LONG_AGO}])
def test_the_interface_knows_only_what_is_public(
    client: Client, petition: Petition, fields: dict[str, Any]
) -> None:
    Petition.objects.filter(pk=petition.pk).update(**fields)

    assert client.get("/api/v1/petitions/cooperate").status_code == 404
