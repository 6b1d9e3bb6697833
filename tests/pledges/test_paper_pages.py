"""Pages for paper: who may, what they keep, files, cards, the owner's link; and the review queue."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pledges.models import PaperLine, Pledge
from ridings.models import BoundarySet
from supporters.models import OutgoingMessage, User
from supporters.services.letters import write_mail
from tests import people
from tests.pledges.voters import OAKVILLE, voter

pytestmark = pytest.mark.django_db

PAGE = f"/pledge/paper/{OAKVILLE}/"
UPLOAD = f"{PAGE}upload/"
GOOD = "line,name,postal_code,email\n1,Amara Diallo,L6H 5R4,amara@example.org\n2,Bea Roy,L6H 5R4,\n"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def captain(country: BoundarySet) -> Client:
    return client_of(people.chantal(OAKVILLE))


def typed(*lines: dict[str, Any], code: str = "SHEET1", total: int = 10, **more: str) -> dict[str, Any]:
    """Return what a browser sends: numbered rows, the first ones filled in."""
    data = {"code": code, "line-TOTAL_FORMS": str(total), "line-INITIAL_FORMS": "0", **more}
    for place in range(total):
        filled = lines[place] if place < len(lines) else {}
        blank = {"number": str(place + 1), "voter_status": "voter", "language": "en"}
        data |= {f"line-{place}-{name}": value for name, value in (blank | filled).items()}
    return data


AMARA = {"name": "Amara Diallo", "postal_code": "l6h5r4", "email": "amara@example.org"}


def organizer(*codenames: str) -> User:
    user = User.objects.create_user("olga@example.org", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (lambda: people.chantal(OAKVILLE), 200),
        (lambda: people.dev(59003), 404),
        (lambda: people.lena(OAKVILLE), 404),
        (people.bruno, 404),
        (people.edith, 200),
        (lambda: organizer("add_paperline"), 200),
        (lambda: organizer("view_paperline"), 404),
    ],
    ids=["captain", "captain of B", "chapter lead", "volunteer", "admin", "organizer", "who looks"],
)
def test_who_may_key_in(country: BoundarySet, who: Any, status: int) -> None:
    client = client_of(who())

    answers = [client.get(PAGE), client.get(UPLOAD)]
    answers += [client.post(PAGE, typed()), client.post(UPLOAD, {})]

    assert [answer.status_code for answer in answers] == [
        status,
        status,
        *([422] * 2 if status == 200 else [404] * 2),
    ]
    assert PaperLine.objects.count() == 0


def test_nobody_is_led_to_the_log_in(client: Client, country: BoundarySet) -> None:
    for path in (PAGE, UPLOAD):
        assert client.get(path)["Location"].startswith("/account/login/")
        assert client.post(path, typed(AMARA)).status_code == 302
    assert PaperLine.objects.count() == 0


def test_there_is_no_page_for_a_riding_that_is_none(organizer_client: Client, country: BoundarySet) -> None:
    assert organizer_client.get("/pledge/paper/35999/").status_code == 404


def test_lines_are_kept_and_sending_again_keeps_them_once(captain: Client) -> None:
    for answer in [
        captain.post(PAGE, typed(AMARA, {"name": "Bea", "postal_code": "L6H 5R4"})) for _time in "ab"
    ]:
        assert answer.status_code == 303
    page = captain.get(answer["Location"]).content.decode()

    assert "New lines: 0; replaced: 0; there already: 2." in page
    assert list(PaperLine.objects.order_by("number").values_list("name", "postal_code")) == [
        ("Amara Diallo", "L6H5R4"),
        ("Bea", "L6H5R4"),
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ({"name": "", "postal_code": "L6H5R4"}, "Write your name, with at least one letter."),
        ({"name": "Amara", "postal_code": "nowhere"}, "We cannot read this as a whole postal code"),
        ({"name": "Amara", "postal_code": "L6H"}, "We cannot read this as a whole postal code"),
        ({**AMARA, "email": "amara@"}, "What stands after the @ sign"),
        ({**AMARA, "number": "2"}, "This line stands here twice."),
        ({**AMARA, "number": "0"}, "greater than or equal to 1"),
        ({**AMARA, "consents": "999999"}, "999999 is not one of the available choices"),
    ],
)
def test_a_mistake_is_said_on_its_row_and_everything_typed_stays(
    captain: Client, line: dict[str, str], sentence: str
) -> None:
    other = {"name": "Bea Roy", "postal_code": "L6H5R4"}

    answer = captain.post(PAGE, typed(line, other))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="Bea Roy"' in page
    assert 'value="SHEET1"' in page
    assert PaperLine.objects.count() == 0


def test_a_bad_sheet_code_and_a_broken_form_are_mistakes_too(captain: Client) -> None:
    assert captain.post(PAGE, typed(AMARA, code="!")).status_code == 422
    assert captain.post(PAGE, {"code": "SHEET1"}).status_code == 422
    assert captain.post(PAGE, typed(AMARA, total=0) | {"line-TOTAL_FORMS": "9" * 9}).status_code == 422
    assert PaperLine.objects.count() == 0


def test_more_rows_come_without_losing_any(captain: Client) -> None:
    page = captain.post(PAGE, typed(AMARA, more="1")).content.decode()

    assert 'name="line-19-number"' in page
    assert 'name="line-20-number"' not in page
    assert 'value="Amara Diallo"' in page
    assert PaperLine.objects.count() == 0


def test_a_second_entry_shows_the_first_and_replaces_it_when_told(captain: Client) -> None:
    captain.post(PAGE, typed(AMARA))
    other = {"name": "Amara Jones", "postal_code": "L6H5R4"}

    answer = captain.post(PAGE, typed(other))
    assert answer.status_code == 409
    assert "Amara Diallo, L6H5R4, amara@example.org" in answer.content.decode()

    assert captain.post(PAGE, typed({**other, "replaces": "on"})).status_code == 303
    assert PaperLine.objects.get().name == "Amara Jones"


def send(client: Client, content: str | bytes, **fields: str) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return client.post(UPLOAD, {"code": "CSV1", "file": SimpleUploadedFile("a.csv", raw), **fields})


def test_a_file_is_checked_first_and_imported_when_told(captain: Client) -> None:
    dry = send(captain, GOOD)
    assert "Everything is right: 2 lines." in dry.content.decode()
    assert PaperLine.objects.count() == 0

    for new, same in ((2, 0), (0, 2)):
        answer = send(captain, GOOD, is_import="on")
        assert f"New lines: {new}; there already: {same}." in answer.content.decode()
    assert PaperLine.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (GOOD + "3,=cmd(),L6H 5R4,\n", "Row 4: name: This looks like a formula of a spreadsheet"),
        (GOOD + "2,Cora,L6H 5R4,\n", "Row 4: This line stands here twice."),
        (GOOD + "3,Cora,nowhere,\n", "Row 4: Postal code: We cannot read this"),
        ("\ufeff" + GOOD + "x,Cora,L6H 5R4,\n", "Row 4: Line: Enter a whole number."),
        ("line,name,postal_code,consents\n1,Cora,L6H 5R4,everything\n", "Row 2: Boxes ticked on paper:"),
        ("line,name,postal_code,preference\n1,Cora,L6H 5R4,CPC\n", "Row 2: First preference (optional):"),
        (b"\x00\x01", "This is no CSV file"),
        ("a,b\n1,2\n", "Columns are missing, unknown or there twice; look at: a"),
        ("line,name,postal_code\n" + "1,a,b\n" * 10_000, "it has: 10000"),
    ],
)
def test_a_bad_file_is_refused_whole(captain: Client, content: str | bytes, sentence: str) -> None:
    answer = send(captain, content, is_import="on")

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert PaperLine.objects.count() == 0


def test_a_file_that_differs_from_what_stands_there_is_refused_whole(captain: Client) -> None:
    send(captain, GOOD, is_import="on")

    answer = send(captain, GOOD.replace("Bea Roy", "Bea Else") + "3,Cora,L6H 5R4,\n", is_import="on")

    assert answer.status_code == 409
    assert "Line 2: Bea Roy" in answer.content.decode()
    assert PaperLine.objects.count() == 2


@pytest.mark.parametrize("language", ["en", "fr", "both"])
@pytest.mark.parametrize("what", ["cards", "sheet"])
def test_cards_and_sheets_carry_a_code_drawing_and_no_inline_style(
    client: Client, country: BoundarySet, what: str, language: str
) -> None:
    options = {"what": what, "per_page": "8", "size": "a4", "language": language, "riding": str(OAKVILLE)}
    answer = client.get("/pledge/cards/", options)

    page = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert page.count('class="segno"') == (8 if what == "cards" else 1)
    assert ("Je m’engage à voter ensemble – Oakville-Est" in page) is (language != "en")
    assert ("I pledge to vote together – Oakville East" in page) is (language != "fr")
    assert ("http://localhost:8000/fr/pledge/" in page) is (language == "fr")
    assert " style=" not in page


def test_every_sheet_has_a_code_of_its_own(client: Client, country: BoundarySet) -> None:
    codes = {
        re.findall(
            r"Sheet code: <b>([A-Z0-9]{6})</b>", client.get("/pledge/cards/?what=sheet").content.decode()
        )[0]
        for _time in range(5)
    }
    assert len(codes) == 5


def test_cards_asked_for_wrongly_say_so(client: Client, country: BoundarySet) -> None:
    assert client.get("/pledge/cards/?size=a0&riding=x").status_code == 422


def test_the_account_leads_captains_to_their_riding(captain: Client) -> None:
    assert PAGE in captain.get("/account/").content.decode()


def review(client: Client, action: str, **fields: str) -> Any:
    ids = list(PaperLine.objects.values_list("pk", flat=True))
    return client.post(
        "/admin/pledges/paperline/", {"action": action, "_selected_action": ids, **fields}, follow=True
    )


def test_organizers_look_accept_and_the_owner_confirms(
    captain: Client, organizer_client: Client, client: Client
) -> None:
    captain.post(PAGE, typed(AMARA))
    assert "Amara Diallo" in review(organizer_client, "accept").content.decode()
    assert Pledge.objects.count() == 0

    assert "1 line accepted." in review(organizer_client, "accept", decided="1").content.decode()
    mail = write_mail(OutgoingMessage.objects.get(kind="pledges/paper_confirm"))
    path = re.findall(r"http://localhost:8000(/pledge/paper/confirm/\S+)", str(mail.body))[0]
    assert f'href="http://localhost:8000{path}"' in mail.alternatives[0][0]

    assert "Did you pledge on paper?" in client.get(path).content.decode()
    assert Pledge.objects.get().confirmed_at is None
    assert client.post(path).status_code == 303
    assert "your pledge is confirmed" in client.get(path).content.decode()
    client.post(path, {"take_back": "1"})
    assert "There is nothing here any more" in client.get(path).content.decode()


def test_organizers_refuse_with_a_reason_and_not_without(captain: Client, organizer_client: Client) -> None:
    captain.post(PAGE, typed(AMARA))

    assert "Say why." in review(organizer_client, "refuse", decided="1").content.decode()
    assert "1 line refused." in review(organizer_client, "refuse", decided="1", reason="no").content.decode()
    assert PaperLine.objects.get().reason == "no"


def test_a_double_found_at_acceptance_is_told(captain: Client, organizer_client: Client) -> None:
    pledge = voter("amara@example.org")
    assert pledge.supporter is not None
    captain.post(PAGE, typed({**AMARA, "name": pledge.supporter.name}))

    page = review(organizer_client, "accept", decided="1").content.decode()
    assert "1 line refused: its person has pledged already." in page


def test_who_may_only_look_decides_nothing(captain: Client) -> None:
    captain.post(PAGE, typed(AMARA))
    client = client_of(organizer("view_paperline"))

    review(client, "accept", decided="1")

    assert PaperLine.objects.get().state == "waiting"


@pytest.mark.parametrize("token", ["x", "a.b.c", "é", "%00"])
def test_a_broken_link_is_a_kind_404(client: Client, db: None, token: str) -> None:
    assert client.get(f"/pledge/paper/confirm/{token}/").status_code == 404
    assert client.post(f"/pledge/paper/confirm/{token}/").status_code == 404


@pytest.mark.parametrize("flagged", ["yes", "no"])
def test_the_queue_is_filtered_by_what_is_odd(
    captain: Client, organizer_client: Client, flagged: str
) -> None:
    captain.post(PAGE, typed(AMARA, {"name": "Far Away", "postal_code": "V5K 0A1"}))

    page = organizer_client.get(f"/admin/pledges/paperline/?flagged={flagged}").content.decode()

    assert ("Far Away" in page) is (flagged == "yes")
    assert ("Amara Diallo" in page) is (flagged == "no")
