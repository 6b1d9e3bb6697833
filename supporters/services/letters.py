"""Writing a mail: the words of its kind, in the language of whoever gets it, with a footer that keeps the law.

Source: CRTC, Electronic Commerce Protection Regulations, SOR/2012-36, section 2: who sends, postal address, contact.
"""

from collections.abc import Mapping
from email.utils import formataddr
from typing import Any
from urllib.parse import urlsplit

from anymail.message import AnymailMessage
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from campaign.models import Campaign
from campaign.queries import active_campaign
from coop4canada.kit.signing import keyed_hash, seal
from supporters.models import OutgoingMessage
from supporters.services.links import Reader, token_for

UNSUBSCRIBE = "supporters.unsubscribe"
NOT_ME = "supporters.not-me"
MY_DATA = "supporters.my-data"
ADDRESS_DATA = "supporters.address-data"


def write_mail(message: OutgoingMessage, *, sender: Campaign | None = None) -> AnymailMessage:
    """Return the mail of a message, ready to be sent; the same message makes the same Message-ID every time."""
    sender = sender or sender_of_mails()
    app, _, name = message.kind.partition("/")
    with translation.override(message.language):
        words = _words_for(message, sender)
        subject = render_to_string(f"{app}/mail/{name}.subject.txt", words)
        one_line = " ".join(subject.split())
        words["subject"] = one_line
        mail = AnymailMessage(
            subject=one_line,
            body=render_to_string(f"{app}/mail/{name}.txt", words),
            from_email=formataddr((sender.organization, settings.MAIL_FROM)),
            to=[message.to],
            reply_to=_answers_to(words, sender),
            # A mail with an end of its own, such as a reminder, is ended by the mail program's button too.
            headers=_headers(message, words.get("one_click_path", words["unsubscribe_path"])),
            metadata={"key": message.key},
        )
        mail.attach_alternative(render_to_string(f"{app}/mail/{name}.html", words), "text/html")
    return mail


def _answers_to(words: Mapping[str, Any], sender: Campaign) -> list[str] | None:
    """Return whom an answer goes to: the campaign, unless the mail itself names somebody."""
    address = words.get("reply_to") or sender.contact_email
    return [address] if address else None


def sender_of_mails() -> Campaign:
    """Return the campaign whose name and address stand in mails; empty ones before it is set up."""
    return active_campaign() or Campaign()


def _words_for(message: OutgoingMessage, sender: Campaign) -> dict[str, Any]:
    reader = Reader(keyed_hash(message.to_key), message.supporter_id or 0)
    words = in_language(message.context, message.language)
    if "people" in words:
        # Made now, not when it was asked for: the link is good for an hour from when the mail leaves.
        words["my_data_token"] = seal(MY_DATA, *words["people"])
    if "opens_address_data" in words:
        words["address_data_token"] = seal(ADDRESS_DATA, message.pk)
    return {
        **words,
        "sender": sender,
        "language": message.language,
        "unsubscribe_path": reverse("supporters:unsubscribe", args=[token_for(reader, UNSUBSCRIBE)]),
        "not_me_path": reverse("supporters:not-me", args=[token_for(reader, NOT_ME)]),
    }


def in_language(values: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return the values, each pair `title_en` and `title_fr` also as `title` in the language; inner ones likewise."""
    chosen = {
        key: in_language(value, language) if isinstance(value, Mapping) else value
        for key, value in values.items()
    }
    suffix = f"_{language}"
    chosen.update({key.removesuffix(suffix): value for key, value in values.items() if key.endswith(suffix)})
    return chosen


def _headers(message: OutgoingMessage, one_click_path: str) -> dict[str, str]:
    host = settings.MAIL_FROM.rpartition("@")[2] or urlsplit(settings.SITE_URL).hostname
    headers = {
        "Message-ID": f"<{keyed_hash(message.key)[:40]}@{host}>",
        # Source: RFC 8058 (2017): the address answers a POST without cookies.
        "List-Unsubscribe": f"<{settings.SITE_URL.rstrip('/')}{one_click_path}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    if not message.purpose:
        # Source: RFC 3834 (2004) section 5: no robot answers.
        headers["Auto-Submitted"] = "auto-generated"
    return headers
