"""From a reminder to vote to “I voted”, on a phone and a desktop, in both languages."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from campaign.models import Campaign
from pledges.models import ElectionCalendar, Pledge, VotingRound
from pledges.services import queue_vote_reminders
from supporters.models import OutgoingMessage, Supporter
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.test_accessibility import report

TODAY = dt.datetime.now(dt.UTC).date()
PHONE_AND_DESKTOP = pytest.mark.parametrize(
    "visit", [{"viewport": PHONE}, {"viewport": DESKTOP}], indirect=True, ids=["phone", "desktop"]
)


@pytest.fixture
def reminder(site_url: str, django_db_blocker: Any) -> Iterator[Any]:
    """Pledge, be reminded today, and return the path behind “I voted”; all is gone afterwards."""

    def made(language: str) -> str:
        with django_db_blocker.unblock():
            long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=60)
            person = Supporter.objects.create(
                email="amara@example.org",
                email_key="amara@example.org",
                name="Amara Diallo",
                search_text="amara diallo",
                language=language,
                email_confirmed_at=long_ago,
                created_at=long_ago,
            )
            Pledge.objects.create(
                supporter=person,
                riding_number=35075,
                state="confirmed",
                confirmed_at=long_ago,
                created_at=long_ago,
            )
            campaign = Campaign.objects.get(is_active=True)
            ElectionCalendar.objects.create(campaign=campaign, moved_to=TODAY, called_for=TODAY)
            noon = dt.datetime.combine(TODAY, dt.time(17), dt.UTC)  # noon or one o'clock in Oakville
            assert queue_vote_reminders(now=noon) == 1
            return str(OutgoingMessage.objects.get(kind="pledges/vote_day").context["voted_path"])

    yield made
    with django_db_blocker.unblock():
        ElectionCalendar.objects.all().delete()
        VotingRound.objects.all().delete()
        Pledge.objects.all().delete()
        OutgoingMessage.objects.all().delete()
        Supporter.objects.filter(email="amara@example.org").delete()


@PHONE_AND_DESKTOP
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Did you vote?", "Yes, I voted", "Thank you for voting", "I have not voted yet")),
        ("fr", ("Avez-vous voté?", "Oui, j’ai voté", "Merci d’avoir voté", "Je n’ai pas encore voté")),
    ],
)
def test_i_voted_and_thanks(
    visit: Visit, reminder: Any, language: str, words: tuple[str, str, str, str]
) -> None:
    question, yes, thanks, undo = words
    page = visit.go(reminder(language))
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(question)
    assert report(page, visit) == ""

    page.get_by_role("button", name=yes).click()
    expect(heading).to_have_text(thanks)
    assert report(page, visit) == ""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.get_by_role("button", name=undo).click()
    expect(heading).to_have_text(question)
