"""Who authorizes what is said stands wherever the law wants it."""

from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse
from django.utils import translation

from campaign.models import Campaign
from coop4canada.checks import advertising_is_authorized
from petitions.card import Card, draw
from tests import people
from tests.polls import builders

pytestmark = pytest.mark.django_db

FACTS = {
    "organization_en": "Vote Together Society",
    "organization_fr": "Société Votons ensemble",
    "mailing_address": "1 Main Street, Ottawa",
    "phone": "613-555-0100",
    "authorization_en": "Authorized by the financial agent",
    "authorization_fr": "Autorisé par l’agente financière",
}


@pytest.fixture
def campaign() -> Campaign:
    Campaign.objects.update(is_active=False)
    names = {"name_en": "Together", "name_fr": "Ensemble", "election_on": "2027-10-18"}
    return Campaign.objects.create(is_active=True, **names, **FACTS)


def test_the_line_holds_authorization_name_telephone_and_address(campaign: Campaign) -> None:
    with translation.override("en"):
        english = campaign.authorization_line
    with translation.override("fr"):
        french = campaign.authorization_line

    assert english == (
        "Authorized by the financial agent · Vote Together Society · 613-555-0100 · 1 Main Street, Ottawa"
    )
    assert french.startswith("Autorisé par l’agente financière · Société Votons ensemble · 613-555-0100")


@pytest.mark.parametrize(("prefix", "words"), [("", "Authorized by"), ("/fr", "Autorisé par")])
@pytest.mark.parametrize("page", ["/polls/", "/coalition/"])
def test_public_pages_carry_it_in_their_footer(
    campaign: Campaign, client: Client, prefix: str, words: str, page: str
) -> None:
    builders.project()

    content = client.get(f"{prefix}{page}").content.decode()

    assert content.count('<p class="c-authorization">') == 1
    assert words in content.split("<footer")[1]


def test_without_it_nothing_is_shown(campaign: Campaign, client: Client) -> None:
    Campaign.objects.update(authorization_en="", authorization_fr="")

    assert "c-authorization" not in client.get("/coalition/").content.decode()


def test_printed_pledges_carry_it_once_in_each_language(campaign: Campaign, client: Client) -> None:
    choice = {"what": "cards", "size": "letter", "per_page": "4", "language": "both"}

    page = client.get("/pledge/cards/", choice).content.decode()

    sheet = page.split("<footer")[0]
    assert sheet.count("Authorized by the financial agent") == sheet.count("c-pledge-card") > 0
    assert sheet.count("Autorisé par l’agente financière") == sheet.count("c-pledge-card")


def test_pictures_to_share_carry_it_however_long_it_is() -> None:
    plain = Card("Together", "A petition", "12", "of 100 signatures", 0.12)
    pictures = {
        draw(Card(plain.name, plain.title, plain.number, plain.of_goal, plain.share, line))
        for line in ("", "Authorized by X", "Authorized by the financial agent of everybody " * 6)
    }

    assert len(pictures) == 3
    assert draw(plain) in pictures


@pytest.mark.parametrize("lacking", [*FACTS, None])
def test_the_check_warns_as_long_as_anything_is_missing(campaign: Campaign, lacking: str | None) -> None:
    if lacking:
        Campaign.objects.filter(pk=campaign.pk).update(**{lacking: ""})

    found = [one.id for one in advertising_is_authorized(databases=["default"])]

    assert found == (["coop.W005"] if lacking else [])
    assert advertising_is_authorized(databases=None) == []


def test_the_check_is_only_run_where_databases_are_checked(campaign: Campaign) -> None:
    Campaign.objects.update(phone="")

    assert [one.id for one in run_checks(tags=["database"], databases=["default"])] == ["coop.W005"]


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("lacking", ["phone", None])
def test_admin_warns_at_the_campaign_itself(campaign: Campaign, client: Client, lacking: str | None) -> None:
    client.force_login(people.edith())
    if lacking:
        Campaign.objects.filter(pk=campaign.pk).update(**{lacking: ""})

    page: Any = client.get(reverse("admin:campaign_campaign_change", args=[campaign.pk]))

    assert ("do not say who authorizes them" in page.content.decode()) == bool(lacking)
