"""Mails about gifts: in the language of the gift, with its numbers, and a link that works."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from polls.models import Charge, Contribution
from polls.services import charging, gift_mails, moving, refunding
from supporters.models import OutgoingMessage
from supporters.services import write_mail
from tests.make import NOON
from tests.polls import builders
from tests.polls.bad_provider import BadProvider
from tests.polls.money import walks

pytestmark = pytest.mark.django_db


def in_language(language: str) -> dict[str, Any]:
    return {"giver": builders.giver(language=language)}


def receipt(provider: BadProvider, language: str) -> None:
    walks.paid(provider, walks.keep_it(), **in_language(language))


def declined(provider: BadProvider, language: str) -> None:
    row = walks.declined(provider, builders.project())
    Contribution.objects.update(language=language)
    OutgoingMessage.objects.all().delete()
    row.refresh_from_db()
    gift_mails.mail_card_declined(Charge.objects.get(), is_last=False, now=NOON)


def refunded(provider: BadProvider, language: str) -> None:
    walks.refund_of(walks.paid(provider, **in_language(language)), 1050)
    refunding.send_refunds(now=NOON)


def released(provider: BadProvider, language: str) -> None:
    row = walks.saved(provider, builders.project(), **in_language(language))
    charging.release(contribution=row, now=NOON)


def moved(provider: BadProvider, language: str) -> None:
    moving.move_gift(
        contribution=walks.paid(provider, walks.keep_it(), **in_language(language)), to=None, now=NOON
    )


@pytest.mark.parametrize(
    ("make", "language", "subject", "words"),
    [
        (receipt, "en", "Receipt 000001: $25", "not tax-deductible"),
        (receipt, "fr", "Reçu 000001 : 25 $", "ne donnent droit à aucun crédit d’impôt"),
        (declined, "en", "Your card was declined: please mend it", "Nothing was taken"),
        (declined, "fr", "Votre carte a été refusée : veuillez la corriger", "Rien n’a été prélevé"),
        (refunded, "en", "We have sent back $10.50", "You had asked for it."),
        (refunded, "fr", "Nous avons remboursé 10,50 $", "Vous l’aviez demandé."),
        (released, "en", "Your card was not charged", "never charged"),
        (released, "fr", "Votre carte n’a pas été débitée", "jamais été débitée"),
        (moved, "en", "Your gift helps another poll", "now in the general poll fund"),
        (moved, "fr", "Votre don aide un autre sondage", "maintenant dans le fonds général des sondages"),
    ],
)  # fmt: skip
def test_a_mail_says_what_happened(
    provider: BadProvider, make: Callable[[BadProvider, str], None], language: str, subject: str, words: str
) -> None:
    make(provider, language)
    mail = write_mail(OutgoingMessage.objects.latest("pk"))
    html = mail.alternatives[0][0]
    assert mail.subject.replace("\u00a0", " ") == subject
    assert all(words in " ".join(text.split()) for text in (mail.body, html))
    links = re.findall(r"https?://\S+?(/(?:fr/)?polls/\S+)", mail.body)
    assert [Client().get(link).status_code for link in links] == [200]


def test_who_gave_no_address_gets_no_mail(provider: BadProvider) -> None:
    walks.paid(provider, giver=builders.giver(email=""))
    assert not OutgoingMessage.objects.exists()
