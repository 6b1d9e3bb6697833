"""Every mail, in both languages, as text and as HTML; and a withdrawal by the mail program itself."""

import re
from typing import Any

import pytest
from django.test import Client

from pledges.models import DriveReminder, PartyMembershipDrive
from pledges.services import confirm_reminder, queue_reminders
from supporters.models import OutgoingMessage
from supporters.services.letters import write_mail
from tests import make
from tests.pledges import build
from tests.pledges.test_rounds import at

LINK = re.compile(r"http://localhost:8000(/\S+)")


def last_mail() -> Any:
    return write_mail(OutgoingMessage.objects.latest("pk"))


def reminded(drive: PartyMembershipDrive, day: int, language: str = "en") -> Any:
    reminder = build.asked(drive, language=language)
    confirm_reminder(reminder_id=reminder.pk, now=make.NOON)
    queue_reminders(now=at(day))
    return last_mail()


@pytest.mark.parametrize(
    ("language", "joined", "remind"),
    [
        (
            "en",
            "Please confirm that you joined: NDP",
            "Please confirm: shall we remind you of title en?",
        ),
        (
            "fr",
            "Confirmez votre adhésion : NDP",
            "Confirmez : voulez-vous un rappel de « title fr »?",
        ),
    ],
)
def test_a_link_is_mailed_in_the_language_of_the_form(
    client: Client, drive: PartyMembershipDrive, language: str, joined: str, remind: str
) -> None:
    for ask, subject in ((build.reported, joined), (build.asked, remind)):
        ask(drive, language=language)
        mail = last_mail()

        assert mail.subject.replace("\N{NO-BREAK SPACE}", " ") == subject
        html = mail.alternatives[0][0]
        path = next(link for link in LINK.findall(mail.body) if "/confirm/" in link)
        assert f'href="http://localhost:8000{path}"' in html
        assert path.startswith("/fr/" if language == "fr" else "/join-a-party/")
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("day", "english", "french"),
    [
        (23, "Join the NDP by Dec. 23, 2026", "Adhérez d’ici le 23 décembre 2026 pour voter avec les NDP"),
        (29, "Join the NDP by Dec. 23, 2026", "Adhérez d’ici le 23 décembre 2026 pour voter avec les NDP"),
        (60, "The vote is open: title en", "Le vote est ouvert : title fr"),
        (66, "Vote by Jan. 29, 2027: title en", "Votez d’ici le 29 janvier 2027 : title fr"),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_reminder_says_until_when_and_how_to_end_it(
    client: Client, drive: PartyMembershipDrive, day: int, english: str, french: str, language: str
) -> None:
    mail = reminded(drive, day, language)

    assert mail.subject.replace("\N{NO-BREAK SPACE}", " ") == (french if language == "fr" else english)
    stop = next(link for link in LINK.findall(mail.body) if "/stop/" in link)
    assert f'href="http://localhost:8000{stop}"' in mail.alternatives[0][0]
    assert mail.extra_headers["List-Unsubscribe"] == f"<http://localhost:8000{stop}>"

    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert DriveReminder.objects.get().withdrawn_at is not None


def test_a_mail_about_a_made_up_vote_says_so(drive: PartyMembershipDrive) -> None:
    PartyMembershipDrive.objects.update(is_demonstration=True)
    drive.refresh_from_db()

    for mail in (reminded(drive, 23), reminded(drive, 60), reminded(drive, 66)):
        assert "This vote is made up" in mail.body
        assert "This vote is made up" in mail.alternatives[0][0]


def test_a_name_cannot_break_out_of_a_mail(drive: PartyMembershipDrive) -> None:
    build.asked(drive, name="<b>Zoë</b>")

    mail = last_mail()

    assert "Hello <b>Zoë</b>," in mail.body
    assert "&lt;b&gt;Zoë&lt;/b&gt;" in mail.alternatives[0][0]
