"""What people and robots put into the sign form: the right answer to each, never an error page, never a lost signature."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from petitions.models import Petition, Signature
from supporters.models import ConsentEvent, Supporter
from tests import make

SIGN = "/petitions/cooperate/sign/"
GOOD = {"name": "Amara Diallo", "email": "amara@example.org", "postal_code": "K1A 0B1"}


@pytest.fixture
def petition(no_country: None) -> Petition:
    return make.petition(opens_at=make.LONG_AGO)


def post(client: Client, data: dict[str, Any] | None = None, **changes: Any) -> Any:
    return client.post(SIGN, {**GOOD, **(data or {}), **changes}, headers={"sec-fetch-site": "same-origin"})


def names() -> list[str]:
    return list(Signature.objects.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Zoë", "Zoë"),
        ("Zoe\u0308", "Zoë"),
        ("O'Brien", "O'Brien"),
        ("Nguyễn Thị Minh Khai", "Nguyễn Thị Minh Khai"),
        ("李小龍", "李小龍"),
        ("María de la Cruz", "María de la Cruz"),
        ("ᓄᓇᕗᑦ", "ᓄᓇᕗᑦ"),
        ("עמרה דיאלו", "עמרה דיאלו"),
        ("\u202eevil\u202c Name", "evil Name"),
        ("A\u200bmara", "Amara"),
        ("  Amara \u00a0 Diallo ", "Amara Diallo"),
        ("=SUM(A1)", "=SUM(A1)"),
        ("+Amara", "+Amara"),
        ("@", None),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("{{ 7*7 }} {% load x %}", "{{ 7*7 }} {% load x %}"),
        ("Amara 👩🏽‍🚒", "Amara 👩🏽‍🚒"),
        ("a" * 100, "a" * 100),
        ("a" * 101, None),
        ("a" * 10_000, None),
        ("", None),
        ("   ", None),
        ("\u00a0\u2003", None),
        ("buy at http://spam.example", None),
        ("www.spam.example now", None),
        ("follow @spam", None),
        ("Amara\r\nBcc: x@example.org", None),
        ("Amara\x00", None),
        ("Amara\x1b[31m", None),
    ],
)
def test_names(client: Client, petition: Petition, typed: str, kept: str | None) -> None:
    answer = post(client, name=typed)

    assert (answer.status_code, names()) == ((303, [kept]) if kept else (422, []))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Amara@Example.ORG", "amara@example.org"),
        ("  amara@example.org\t", None),
        ("  amara@example.org ", "amara@example.org"),
        ("amara+petition@example.org", "amara@example.org"),
        ("a.ma.ra@gmail.com", "amara@gmail.com"),
        ("amara@googlemail.com", "amara@gmail.com"),
        ("o'brien@example.org", "o'brien@example.org"),
        ("amara@bücher.example.com", "amara@xn--bcher-kva.example.com"),
        ("amara@mailinator.com", "amara@mailinator.com"),
        ("abuse@example.org", "abuse@example.org"),
        ("a@b", None),
        ("a@-b.ca", None),
        ("amara@example.org.", None),
        ('"quoted"@example.org', None),
        ("amara@[192.0.2.1]", None),
        ("x" * 250 + "@example.org", None),
        ("amara@example.org\r\nBcc: all@example.org", None),
        ("amara@example.org%0d%0aBcc:all@example.org", None),
        ("amara@example.org\x00", None),
        ("amara.example.org", None),
        ("", None),
        ("a@b@example.org", None),
    ],
)
def test_addresses(client: Client, petition: Petition, typed: str, key: str | None) -> None:
    answer = post(client, email=typed)

    keys = list(Supporter.objects.values_list("email_key", flat=True))
    assert (answer.status_code, keys) == ((303, [key]) if key else (422, []))


def test_a_likely_slip_is_asked_about_once_and_never_changed(client: Client, petition: Petition) -> None:
    asked = post(client, email="amara@gmial.com")
    kept = post(client, email="amara@gmial.com", email_asked="amara@gmial.com")

    assert (asked.status_code, kept.status_code) == (422, 303)
    assert "amara@gmail.com" in asked.content.decode()
    assert list(Supporter.objects.values_list("email", flat=True)) == ["amara@gmial.com"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("k1a0b1", "K1A0B1"),
        ("K1A-0B1", "K1A0B1"),
        ("k1a ob1", "K1A0B1"),
        ("H0H 0H0", "H0H0H0"),
        ("K1A", "K1A"),
        ("90210", None),
        ("SW1A 1AA", None),
        ("", None),
        ("K1A 0B1 K1A 0B1", None),
    ],
)
def test_postal_codes(client: Client, petition: Petition, typed: str, kept: str | None) -> None:
    answer = post(client, postal_code=typed)

    codes = list(Signature.objects.values_list("postal_code", "riding_number"))
    assert (answer.status_code, codes) == ((303, [(kept, None)]) if kept else (422, []))


def test_whoever_has_no_postal_code_can_still_sign(client: Client, petition: Petition) -> None:
    refused = post(client, postal_code="90210")
    signed = post(client, postal_code="90210", no_postal_code="on")

    assert (refused.status_code, signed.status_code) == (422, 303)
    assert 'name="no_postal_code"' in refused.content.decode()
    assert list(Signature.objects.values_list("postal_code", "riding_source")) == [("", "unknown")]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("613 555-0199", "+16135550199"),
        ("(604) 736-0199", "+16047360199"),
        ("", ""),
        ("+1 (604) 736-0199 ext 3", None),
        ("+44 20 7946 0958", None),
        ("1-900-555-1234", None),
        ("nonsense", None),
    ],
)
def test_phone_numbers(client: Client, petition: Petition, typed: str, kept: str | None) -> None:
    answer = post(client, phone=typed)

    numbers = list(Supporter.objects.values_list("phone", flat=True))
    assert (answer.status_code, numbers) == ((303, [kept]) if kept is not None else (422, []))


@dataclass(frozen=True)
class Body:
    """A request that is no filled-in form."""

    content: bytes | str
    kind: str = "application/x-www-form-urlencoded"


TYPICAL = "name=Amara&email=amara@example.org&postal_code=K1A0B1"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (Body(b""), 415),
        (Body(b"\xff\xfe\x00"), 422),
        (Body(b"name=Amara%ff%fe&email=amara@example.org&postal_code=K1A0B1"), 422),
        (Body(b"name=Amara%ED%A0%80&email=amara@example.org&postal_code=K1A0B1"), 422),
        (Body(b"name=%00&email=amara@example.org&postal_code=K1A0B1"), 422),
        (Body('{"name": "Amara"}', "application/json"), 415),
        (Body("[" * 10_000, "application/json"), 415),
        (Body("<name/>", "text/xml"), 415),
        (Body("no boundary", "multipart/form-data"), 400),
        (Body("--x\r\nbroken", "multipart/form-data; boundary=x"), 422),
        (Body("&".join(f"f{number}=1" for number in range(5_000))), 400),
        (Body("name=" + "a" * 3_000_000), 413),
        (Body(TYPICAL + "&name=Bruno"), 303),
        (Body(TYPICAL + "&email[]=x@example.org&name[0]=x"), 303),
    ],
)
def test_bodies(client: Client, petition: Petition, body: Body, status: int) -> None:
    answer = client.post(
        SIGN, body.content, content_type=body.kind, headers={"sec-fetch-site": "same-origin"}
    )

    assert answer.status_code in ({status} if status != 413 else {400, 413})
    assert Signature.objects.count() == (1 if status == 303 else 0)


def test_of_a_repeated_field_the_last_counts(client: Client, petition: Petition) -> None:
    client.post(SIGN, TYPICAL + "&name=Bruno", content_type="application/x-www-form-urlencoded")

    assert names() == ["Bruno"]


def test_only_the_fields_of_the_form_are_read(client: Client, petition: Petition) -> None:
    other = make.petition("other")
    extra = {
        "state": "confirmed",
        "confirmed": "true",
        "confirmed_at": "2020-01-01",
        "petition": str(other.pk),
        "petition_id": str(other.pk),
        "is_staff": "1",
        "supporter": "1",
        "method": "paper",
        "next": "//evil.example",
        "redir": "javascript:alert(1)",
    }
    answer = post(client, extra)

    signature = Signature.objects.get()
    assert (signature.petition_id, signature.state, signature.method) == (petition.pk, "pending", "web")
    assert answer["Location"].startswith("/petitions/")


@pytest.mark.parametrize("value", ["on", "true", "987654", "-1", "1e9", "1 OR 1=1", "", "9" * 40, "²"])
def test_a_box_without_known_words_proves_no_consent(client: Client, petition: Petition, value: str) -> None:
    answer = post(client, consent_news=value)

    assert (answer.status_code, ConsentEvent.objects.count()) == (303, 0)


def test_words_of_another_purpose_are_noted_as_what_they_are(client: Client, petition: Petition) -> None:
    post(client, consent_news=str(make.wording("calls").pk))

    assert list(ConsentEvent.objects.values_list("purpose", flat=True)) == ["calls"]


def test_nothing_is_agreed_to_by_default(client: Client, petition: Petition) -> None:
    make.wording("news")
    post(client)

    assert ConsentEvent.objects.count() == 0
    assert "checked" not in client.get(SIGN).content.decode()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "none"}, 303),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://testserver"}, 303),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({}, 303),
    ],
)
def test_forms_of_other_sites_are_refused(
    client: Client, petition: Petition, headers: dict[str, str], status: int
) -> None:
    answer = client.post(SIGN, GOOD, headers=headers)

    assert (answer.status_code, Signature.objects.count()) == (status, 1 if status == 303 else 0)


@pytest.mark.parametrize(
    ("fields", "suspicion"),
    [
        ({"website": "http://spam.example"}, "honeypot no_proof"),
        ({}, "no_proof"),
        ({"proof": "garbage"}, "no_proof"),
        ({"proof": "e30="}, "no_proof"),
        ({"email": "amara@mailinator.com"}, "disposable no_proof"),
    ],
)
def test_robots_get_the_same_page_as_people(
    client: Client, petition: Petition, fields: dict[str, str], suspicion: str
) -> None:
    answer = post(client, fields)

    assert (answer.status_code, answer["Location"]) == (303, "/petitions/cooperate/thanks/")
    assert Signature.objects.values_list("suspicion", flat=True).get() == suspicion
    assert make.mails() == ["petitions/confirm"]


@pytest.mark.parametrize(
    ("remote", "forwarded", "hops", "origin"),
    [
        ("198.51.100.7", "", 0, "198.51.100.7/32"),
        ("198.51.100.7", "203.0.113.9", 0, "198.51.100.7/32"),
        ("10.0.0.1", "203.0.113.9", 1, "203.0.113.9/32"),
        ("10.0.0.1", "1.2.3.4, 203.0.113.9", 1, "203.0.113.9/32"),
        ("10.0.0.1", "1.2.3.4, 203.0.113.9, 10.0.0.2", 2, "203.0.113.9/32"),
        ("10.0.0.1", "garbage", 1, "10.0.0.1/32"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
    ],
)
def test_only_trusted_hops_say_where_somebody_is(  # noqa: PLR0913, PLR0917 — the table's columns
    client: Client,
    petition: Petition,
    settings: Any,
    remote: str,
    forwarded: str,
    hops: int,
    origin: str,
) -> None:
    settings.TRUSTED_HOPS = hops
    forged = {"CF-Connecting-IP": "9.9.9.9", "Forwarded": "for=9.9.9.9", "X-Real-IP": "9.9.9.9"}
    headers = {"X-Forwarded-For": forwarded, **forged} if forwarded else forged
    client.post(SIGN, GOOD, REMOTE_ADDR=remote, headers=headers)

    assert Signature.objects.values_list("origin", flat=True).get() == origin


def test_two_hundred_people_of_one_hall_all_sign(client: Client, petition: Petition) -> None:
    for number in range(200):
        answer = post(client, name=f"Person {number}", email=f"p{number}@example.org")
        assert answer.status_code == 303

    assert Signature.objects.count() == 200


def test_what_is_typed_is_shown_as_text_and_kept_after_an_error(client: Client, petition: Petition) -> None:
    page = post(client, name="<b>Amara</b>", email="wrong", postal_code="K1A 0B1").content.decode()

    assert "&lt;b&gt;Amara&lt;/b&gt;" in page
    assert "<b>Amara</b>" not in page
    assert 'value="wrong"' in page
    assert 'value="K1A 0B1"' in page


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_refused(client: Client, petition: Petition, method: str) -> None:
    assert getattr(client, method)(SIGN).status_code == 405
