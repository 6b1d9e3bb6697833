"""Mails about a pledge, as they are written: both languages, as HTML and as text."""

import re
from datetime import timedelta

import pytest

from coop4canada.kit.signing import seal, short_code
from pledges.enums import REFERRAL
from pledges.services.pledge_mails import CONFIRM_PLEDGE, MANAGE_PLEDGE
from supporters.models import OutgoingMessage
from supporters.services import write_mail
from tests import make
from tests.pledges.build_pledges import confirmed, pledged

pytestmark = pytest.mark.django_db

SUBJECTS = {
    ("confirm", "en"): "Please confirm your pledge to vote together",
    ("thanks", "en"): "Your pledge counts",
    ("already", "en"): "You have pledged already",
    ("confirm", "fr"): "Veuillez confirmer votre engagement à voter ensemble",
    ("thanks", "fr"): "Votre engagement compte",
    ("already", "fr"): "Vous vous êtes déjà engagé·e",
}


def links(text: str) -> set[str]:
    """Return the paths of the pledge's pages in a mail, tokens left out: their time is in them."""
    return {path.rpartition("/")[0] for path in re.findall(r"/(?:fr/)?pledge/\w+/[^/\s\"<]+(?=/)", text)}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", ["confirm", "thanks", "already"])
def test_a_mail_leads_where_its_reader_goes_next(kind: str, language: str) -> None:
    confirmed(language=language)
    pledged(language=language, now=make.NOON + timedelta(hours=1))
    message = OutgoingMessage.objects.get(kind=f"pledges/pledge_{kind}")

    mail = write_mail(message)

    prefix = "/fr/pledge" if language == "fr" else "/pledge"
    expected = {f"{prefix}/confirm"} if kind == "confirm" else {f"{prefix}/with", f"{prefix}/manage"}
    html = str(mail.alternatives[0].content)
    assert (mail.subject, links(str(mail.body)), links(html)) == (
        SUBJECTS[kind, language],
        expected,
        expected,
    )


def test_the_links_are_those_of_the_pledge() -> None:
    pledge = confirmed()
    message = OutgoingMessage.objects.get(kind="pledges/pledge_thanks")
    body = str(write_mail(message).body)

    assert f"/pledge/with/{short_code(REFERRAL, pledge.pk)}/" in body
    tokens = {name: message.context[f"{name}_token"].partition(".")[0] for name in ("confirm", "manage")}
    assert tokens == {
        "confirm": seal(CONFIRM_PLEDGE, pledge.pk).partition(".")[0],
        "manage": seal(MANAGE_PLEDGE, pledge.pk).partition(".")[0],
    }
