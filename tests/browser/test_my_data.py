"""A person's own data in a real browser, opened by the links that mails carry."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from coop4canada.kit.signing import keyed_hash, seal
from supporters.models import ConsentWording, MailSuppression, OutgoingMessage, Supporter
from supporters.services import (
    MY_DATA,
    NOT_ME,
    UNSUBSCRIBE,
    Circumstances,
    Reader,
    confirm_consents,
    erase_supporter,
    give_consents,
    token_for,
)
from tests.browser.conftest import Visit
from tests.browser.test_accessibility import report
from tests.supporters.outbox import NOON, person

HERE = Circumstances(page="/", origin="192.0.2.1/32")


@pytest.fixture
def zahra(_server: str, django_db_blocker: Any) -> Iterator[Supporter]:
    """Zahra, who agreed to news and calls; the site sees her because she is committed, so she goes afterwards."""
    with django_db_blocker.unblock():
        zahra = person("zahra@example.net", name="Zahra Côté", email_confirmed_at=NOON)
        wordings = ConsentWording.objects.filter(purpose__in=["news", "calls"]).values_list("pk", flat=True)
        give_consents(supporter=zahra, wording_ids=list(wordings), circumstances=HERE, now=NOON)
        confirm_consents(supporter=zahra, circumstances=HERE, now=NOON)
    yield zahra
    with django_db_blocker.unblock():
        for left in Supporter.objects.filter(email_key="zahra@example.net"):
            erase_supporter(supporter=left, now=NOON)
        OutgoingMessage.objects.filter(to_key="zahra@example.net").delete()
        MailSuppression.objects.filter(address_hash=keyed_hash("zahra@example.net")).delete()


def link(zahra: Supporter, page: str, language: str, *further: int) -> str:
    reader = Reader(keyed_hash(zahra.email_key), zahra.pk)
    tokens = {
        "unsubscribe": lambda: token_for(reader, UNSUBSCRIBE),
        "not-me": lambda: token_for(reader, NOT_ME),
    }
    token = tokens.get(page, lambda: seal(MY_DATA, zahra.pk))()
    with translation.override(language):
        return reverse(f"supporters:{page}", args=[token, *further])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_axe_finds_nothing_on_the_pages_that_mails_open(
    visit: Visit, zahra: Supporter, language: str
) -> None:
    for page in ("unsubscribe", "not-me", "my-data-page"):
        assert report(visit.go(link(zahra, page, language)), visit) == "", page
    assert report(visit.go(link(zahra, "my-data-erase", language, zahra.pk)), visit) == ""


@pytest.mark.parametrize("visit", [{}, {"java_script_enabled": False}], indirect=True, ids=["script", "bare"])
def test_somebody_unsubscribes_corrects_and_erases(visit: Visit, zahra: Supporter) -> None:
    page = visit.go(link(zahra, "unsubscribe", "en"))
    page.uncheck("[name=purpose][value=calls]")
    page.click("main button[type=submit]")
    assert page.locator("[name=purpose]").count() == 1

    page = visit.go(link(zahra, "my-data-page", "en"))
    page.fill("[name=name]", "Zahra O’Brien")
    page.click("form:has([name=name]) button")
    assert page.locator(".c-notice").inner_text() == "Saved."
    assert page.input_value("[name=name]") == "Zahra O’Brien"

    page.click("text=Erase everything about me")
    page.click("text=Erase for good")
    assert page.locator("h1").inner_text() == "You are erased"
