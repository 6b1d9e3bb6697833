"""What a mail says and carries: both languages, HTML and text, headers that keep the law."""

import re
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from anymail.message import AnymailMessage
from django.conf import settings as conf
from django.test import Client

from campaign.models import Campaign
from petitions.models import Signature
from supporters.mailbox import FolderBackend, kept_mails
from supporters.models import OutgoingMessage, Supporter
from supporters.services import write_mail
from tests import make
from tests.supporters.outbox import deliver, message, person

pytestmark = pytest.mark.django_db

TEMPLATES = Path(conf.BASE_DIR) / "templates"
PETITION = {"title_en": "Save it", "title_fr": "Sauvons-la", "slug_en": "save-it", "slug_fr": "sauvons-la"}
CONTEXTS: dict[str, dict[str, Any]] = {
    f"petitions/{name}": {
        "name": "Zoë <O’Brien> & Söhne",
        "petition": PETITION,
        "confirm_token": "confirm.token",
        "manage_token": "manage.token",
        "referral_code": "1abcdef",
    }
    for name in ("confirm", "already", "thanks", "household")
} | {
    "supporters/my_data": {"people": [1]},
    "supporters/address_data": {"opens_address_data": True},
    "campaign/contact_received": {},
}


def kinds() -> list[str]:
    found = TEMPLATES.glob("*/mail/*.subject.txt")
    return sorted(f"{path.parts[-3]}/{path.name.removesuffix('.subject.txt')}" for path in found)


def test_every_mail_has_a_subject_a_text_and_html() -> None:
    for kind in kinds():
        app, _, name = kind.partition("/")
        for suffix in ("subject.txt", "txt", "html"):
            assert (TEMPLATES / app / "mail" / f"{name}.{suffix}").exists(), kind


def written(kind: str, language: str = "en", **fields: Any) -> AnymailMessage:
    return write_mail(
        message(1, kind=kind, language=language, context=CONTEXTS[kind], key=f"{kind}:1", **fields)
    )


def parts(letter: AnymailMessage) -> tuple[str, str]:
    return str(letter.body), str(letter.alternatives[0][0])


KINDS = sorted(CONTEXTS)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_says_who_sends_it_and_how_to_end_it(kind: str, language: str, settings: Any) -> None:
    settings.SITE_URL = "https://coop.example"
    campaign = Campaign.objects.get(is_active=True)

    for part in parts(written(kind, language)):
        prefix = "https://coop.example/fr/" if language == "fr" else "https://coop.example/"
        for owed in (
            getattr(campaign, f"organization_{language}"),
            campaign.mailing_address,
            campaign.contact_email,
        ):
            assert owed in part
        for page in ("mail/unsubscribe/", "mail/not-me/", "my-data/"):
            assert f"{prefix}{page}" in part
        assert "{{" not in part
        assert "{%" not in part


@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_is_in_the_language_of_its_reader(kind: str) -> None:
    english = written(kind, "en")
    OutgoingMessage.objects.all().delete()
    french = write_mail(message(2, kind=kind, language="fr", context=CONTEXTS[kind]))

    assert english.subject != french.subject
    assert all(one != other for one, other in zip(parts(english), parts(french), strict=True))
    assert '<html lang="fr">' in parts(french)[1]


def test_what_people_typed_is_text_in_html_and_unchanged_in_text() -> None:
    text, html = parts(written("petitions/confirm"))

    assert "Zoë <O’Brien> & Söhne" in text
    assert "<bdi>Zoë &lt;O’Brien&gt; &amp; Söhne</bdi>" in html


def test_headers_let_mail_programs_unsubscribe_and_robots_keep_quiet(settings: Any) -> None:
    settings.SITE_URL = "https://coop.example"
    settings.MAIL_FROM = "hello@coop.example"

    answer = written("petitions/confirm").message()
    news = write_mail(
        message(2, kind="petitions/confirm", context=CONTEXTS["petitions/confirm"], purpose="news")
    ).message()

    assert re.fullmatch(
        r"<https://coop\.example/mail/unsubscribe/\S+/>", str(answer["List-Unsubscribe"]).strip()
    )
    assert answer["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (answer["Auto-Submitted"], news["Auto-Submitted"]) == ("auto-generated", None)
    assert str(answer["Message-ID"]).endswith("@coop.example>")
    assert "hello@coop.example" in str(answer["From"])


@pytest.mark.parametrize("title", ["A\r\nBcc: eve@example.org", "A\nB", "A\x0bB", "  A   B  "])
def test_a_subject_is_one_line(title: str) -> None:
    context = {**CONTEXTS["petitions/confirm"], "petition": {**PETITION, "title_en": title}}

    letter = write_mail(message(1, kind="petitions/confirm", context=context))
    sent = letter.message()

    assert isinstance(sent, Message)
    assert "\n" not in letter.subject
    assert sent["Bcc"] is None
    assert letter.recipients() == ["p1@example.org"]


@pytest.mark.parametrize("name", ["Amara\r\nBcc: eve@example.org", "=?utf-8?q?x?=", "李小龍 ᓄᓇᕗᑦ"])
def test_names_stay_out_of_headers(name: str) -> None:
    context = {**CONTEXTS["petitions/confirm"], "name": name}
    letter = write_mail(message(1, kind="petitions/confirm", context=context, supporter=person(name=name)))

    headers = [str(value) for _name, value in letter.message().items()]
    assert not any("Amara" in value or "eve" in value or "李" in value for value in headers)


def test_the_mail_of_a_real_signature_leads_to_its_pages(client: Client) -> None:
    OutgoingMessage.objects.all().delete()
    make.signed(make.petition("a-new-one"))

    letter = write_mail(OutgoingMessage.objects.get())
    paths = re.findall(r"http://localhost:8000(/\S+)", str(letter.body))

    assert Signature.objects.filter(petition__slug_en="a-new-one").count() == 1
    assert len(paths) == 4
    assert [client.get(path).status_code for path in paths] == [200] * 4


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "supporters.mailbox.FolderBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    return Path(settings.MAIL_FOLDER)


def test_the_development_mailbox_keeps_one_file_for_each_mail(folder: Path) -> None:
    message(1)
    message(2)
    deliver()
    OutgoingMessage.objects.update(state="queued")
    deliver()

    assert len(list(folder.iterdir())) == 2
    assert sorted(kept.to for kept in kept_mails()) == ["p1@example.org", "p2@example.org"]


def test_the_development_mailbox_survives_strange_keys(folder: Path) -> None:
    for key in ("a/../../b", "x" * 120, "é:ü", "a/../../c", ""):
        letter = write_mail(message(1, key=key))
        FolderBackend().send_messages([letter])
        OutgoingMessage.objects.all().delete()
        letter.to = ["someone@example.org"]
        person_gone()

    assert len(list(folder.glob("*.eml"))) == 5


def person_gone() -> None:
    Supporter.objects.filter(email="p1@example.org").delete()


@pytest.mark.urls("tests.browser.urls")
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_the_development_mailbox_shows_mails_whose_links_work(
    client: Client, folder: Path, prefix: str
) -> None:
    message(1, kind="petitions/confirm", context=CONTEXTS["petitions/confirm"])
    deliver()
    name = kept_mails()[0].name

    listed = client.get(f"{prefix}/dev/mail/").content.decode()
    shown = client.get(f"{prefix}/dev/mail/{name}/")
    framed = client.get(f"{prefix}/dev/mail/{name}/html/")

    assert f'href="{prefix}/dev/mail/{name}/"' in listed
    assert 'href="http://localhost:8000/mail/unsubscribe/' in shown.content.decode()
    assert "List-Unsubscribe-Post" in shown.content.decode()
    assert '<base target="_top">' in framed.content.decode()
    assert "Content-Security-Policy" not in framed
    assert client.get(f"{prefix}/dev/mail/..%2Fsecret/").status_code == 404
    assert client.get(f"{prefix}/dev/mail/no-such.eml/").status_code == 404


def test_production_has_no_development_mailbox(client: Client) -> None:
    assert client.get("/dev/mail/").status_code == 404
