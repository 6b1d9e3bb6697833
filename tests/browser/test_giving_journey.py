"""Giving for a poll: card saved and charged, declined and mended, the goal missed and everything released or given back."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings

from coop4canada.kit.clock import now
from coop4canada.kit.signing import seal
from polls.enums import MEND_CARD, FundingModel, ProjectState
from polls.gateways import choice
from polls.models import Contribution, PollProject
from polls.services.charging import retry_charges, send_charges
from polls.services.projects import look_after_projects
from polls.services.refunding import send_refunds
from ridings.models import Riding
from tests.browser.conftest import PHONE, Asking, Visit
from tests.browser.journey import Journey

PHONE_SCREEN = {"viewport": PHONE, "is_mobile": True, "has_touch": True}


@dataclass(frozen=True)
class Words:
    """What the pages say in a language."""

    prefix: str
    chip_in: str
    to_card: str
    works: str
    fails_once: str
    save_card: str
    saved: str
    mend: str
    received: str
    released: str
    pay: str
    given_back: str


ENGLISH = Words(
    "", "Chip in", "On to the card", "A card that works", "A card that is declined when first charged later",
    "Save the card", "saved and not charged", "Save another card", "have arrived", "released and never charged",
    "Pay", "were given back to you",
)  # fmt: skip
FRENCH = Words(
    "/fr", "Contribuer", "Passer à la carte", "Une carte qui fonctionne", "premier débit",
    "Enregistrer la carte", "n’est pas débitée", "Enregistrer une autre carte", "sont arrivés", "libérée",
    "Payer", "vous ont été rendus",
)  # fmt: skip


@pytest.fixture
def project(ask: Asking, site_folder: Path) -> Iterator[PollProject]:
    """A project of the running site that needs $25, and the books of its provider at hand."""

    def make_project() -> PollProject:
        riding = Riding.objects.filter(boundary_set__status="live").order_by("number")[0]
        sums = {"cost_cents": 2500, "goal_cents": 2500, "minimum_cents": 2500}
        words = {"pollster": "Oraclepoll", "intro_en": "Why", "intro_fr": "Pourquoi"}
        deadline = now() + dt.timedelta(days=30)
        return PollProject.objects.create(
            riding=riding, state=ProjectState.FUNDING, deadline_at=deadline, **sums, **words
        )

    choice.gateway_of.cache_clear()
    with override_settings(
        PAYMENT_PROVIDER="local", TRIAL_PROVIDER_FILE=site_folder / "trial-provider.sqlite3"
    ):
        yield ask(make_project)
    choice.gateway_of.cache_clear()

    def forget() -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE polls_pollproject CASCADE")

    ask(forget)


def gives(journey: Journey, project: PollProject, card: str, *, is_saved: bool = True) -> None:
    words, page = journey.words, journey.visit.page
    journey.goes(f"/polls/projects/{project.pk}/")
    journey.clicks(words.chip_in, f"/polls/projects/{project.pk}/give/$")
    typed = {"name": "Zoé Roy", "email": "zoe@example.org", "street": "1 Main", "city": "Ottawa"}
    for name, text in {**typed, "postal_code": "K1A 0B1"}.items():
        page.locator(f"#field-{name}").fill(text)
    page.locator("#field-province").select_option("ON")
    journey.visit.expected_statuses = {422}
    page.get_by_role("button", name=words.to_card).click()
    page.locator("#field-declares-error").wait_for()
    assert page.locator("#field-street").input_value() == "1 Main"
    journey.arrives(f"/polls/projects/{project.pk}/give/$")
    page.locator("input[name=declares]").check()
    page.get_by_role("button", name=words.to_card).click()
    journey.arrives("/dev/pay/")
    page.get_by_label(re.compile(card)).first.check()
    page.get_by_role("button", name=words.save_card if is_saved else words.pay).click()
    journey.arrives("/polls/gifts/")
    assert (words.saved if is_saved else words.received) in journey.main.inner_text()


def charges() -> None:
    look_after_projects(now=now())
    send_charges(now=now())
    look_after_projects(now=now())


SIZES = pytest.mark.parametrize(
    ("visit", "has_scripts"),
    [(PHONE_SCREEN, True), ({}, True), ({"java_script_enabled": False}, False)],
    ids=["phone", "desktop", "no-scripts"],
    indirect=["visit"],
)


@pytest.mark.parametrize("words", [ENGLISH, FRENCH], ids=["en", "fr"])
@SIZES
def test_a_card_is_saved_and_charged_once_the_goal_is_reached(
    visit: Visit, ask: Asking, project: PollProject, words: Words, has_scripts: bool
) -> None:
    journey = Journey(visit, words, has_scripts=has_scripts)
    gives(journey, project, words.works)
    ask(charges)
    visit.page.reload()

    assert words.received in journey.main.inner_text()
    assert ask(lambda: PollProject.objects.get().state) == "funded"
    assert journey.found == {}


@pytest.mark.parametrize("words", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_a_declined_card_is_mended(visit: Visit, ask: Asking, project: PollProject, words: Words) -> None:
    journey = Journey(visit, words, has_scripts=True)
    gives(journey, project, words.fails_once)
    ask(charges)
    row: Any = ask(Contribution.objects.get)
    assert row.state == "failing"
    journey.goes(f"/polls/mend-card/{seal(MEND_CARD, row.pk)}/")
    journey.clicks(words.mend, "/dev/pay/")
    visit.page.get_by_label(words.works).check()
    visit.page.get_by_role("button", name=words.save_card).click()
    journey.arrives("/polls/gifts/")
    ask(lambda: retry_charges(now=now() + dt.timedelta(minutes=1)))
    ask(charges)
    visit.page.reload()

    assert words.received in journey.main.inner_text()
    assert journey.found == {}


def test_a_goal_that_is_missed_releases_every_card(visit: Visit, ask: Asking, project: PollProject) -> None:
    ask(lambda: PollProject.objects.update(goal_cents=5000, minimum_cents=5000))
    journey = Journey(visit, ENGLISH, has_scripts=True)
    gives(journey, project, ENGLISH.works)
    ask(lambda: look_after_projects(now=now() + dt.timedelta(days=31)))
    visit.page.reload()

    assert ENGLISH.released in journey.main.inner_text()
    assert ask(lambda: PollProject.objects.get().state) == "refunded"
    assert journey.found == {}


@pytest.mark.parametrize("words", [ENGLISH, FRENCH], ids=["en", "fr"])
@pytest.mark.parametrize("visit", [PHONE_SCREEN], ids=["phone"], indirect=True)
def test_the_money_of_a_goal_that_is_missed_goes_back(
    visit: Visit, ask: Asking, project: PollProject, words: Words
) -> None:
    terms = {"goal_cents": 5000, "minimum_cents": 5000, "funding_model": FundingModel.KEEP_IT}
    ask(lambda: PollProject.objects.update(**terms))
    journey = Journey(visit, words, has_scripts=True)
    gives(journey, project, words.works, is_saved=False)
    ask(lambda: look_after_projects(now=now() + dt.timedelta(days=31)))
    ask(lambda: send_refunds(now=now()))
    ask(lambda: look_after_projects(now=now() + dt.timedelta(days=31)))
    visit.page.reload()

    assert words.given_back in journey.main.inner_text()
    assert ask(lambda: PollProject.objects.get().state) == "refunded"
    assert journey.found == {}


def test_the_form_is_filled_in_by_keyboard_alone(visit: Visit, project: PollProject) -> None:
    page = visit.go(f"/polls/projects/{project.pk}/give/")
    page.locator("input[name=chip]").first.focus()
    keys = ["ArrowRight", "ArrowRight", "Tab", "Tab", "Z o é", "Tab", "zoe@example.org"]
    for key in keys:
        if key in {"ArrowRight", "Tab"}:
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)

    assert page.locator("input[name=chip]:checked").get_attribute("value") == "50"
    assert page.locator("#field-name").input_value() == "Z o é"
    assert page.locator("#field-email").input_value() == "zoe@example.org"
