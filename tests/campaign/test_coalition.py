"""Organizations sign on, are reviewed and shown; their contact persons are not."""

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from campaign.models import Organization, OrganizationReview
from campaign.queries import look_alikes
from campaign.queries.records import contact_records
from campaign.services import NotWaiting, forget_person, forget_what_is_old, review_organization
from supporters.models import AddressRule, OutgoingMessage, Supporter, User
from supporters.services.letters import write_mail
from tests import make
from tests.bench.proofs import solved_proof

pytestmark = pytest.mark.django_db

JOIN = "/coalition/join/"
FORM = {
    "name_en": "Society for Tests",
    "website": "https://tests.example.org",
    "kind": "national",
    "statement_en": "We test <b>everything</b>.",
    "contact_name": "Amara Diallo",
    "contact_email": "amara@tests.example.org",
    "may_speak": "1",
}


def upload(kind: str = "PNG") -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (200, 100), "teal").save(file, kind)
    return SimpleUploadedFile("../../logo.html", file.getvalue(), "text/html")


def sent(client: Client, path: str = JOIN, headers: Any = None, **changes: Any) -> Any:
    return client.post(path, {**FORM, "proof": solved_proof(), **changes}, headers=headers or {})


def signed_on(client: Client, **changes: Any) -> Organization:
    answer = sent(client, **changes)
    assert answer.status_code == 303, answer.content.decode()
    return Organization.objects.latest("pk")


def approved(client: Client, **changes: Any) -> Organization:
    return review(signed_on(client, **changes), "approve")


def review(organization: Organization, decision: str, reason: str = "") -> Organization:
    return review_organization(
        organization_id=organization.pk, decision=decision, reason=reason, user_id=None, now=make.NOON
    )


def test_a_sign_on_waits_and_nobody_is_told(client: Client) -> None:
    answer = sent(client, logo=upload())

    organization = Organization.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, "/coalition/join/thanks/")
    assert (organization.state, organization.doubts, organization.language) == ("pending", "", "en")
    assert organization.website == "https://tests.example.org/"
    assert client.get(organization.logo.get_absolute_url()).status_code == 404
    assert "Society for Tests" not in client.get("/coalition/").content.decode()
    assert client.get("/api/v1/coalition").json() == []
    assert make.mails() == []


def test_once_approved_it_is_shown_without_its_contact(client: Client) -> None:
    organization = approved(client, logo=upload("JPEG"))

    pages = [
        client.get(path).content.decode() for path in ("/coalition/", "/fr/coalition/", "/api/v1/coalition")
    ]
    (facts,) = client.get("/api/v1/coalition").json()
    for page in pages:
        assert "Society for Tests" in page
        assert organization.logo.get_absolute_url() in page
        assert "Amara" not in page
        assert "amara@" not in page
    assert "We test &lt;b&gt;everything&lt;/b&gt;." in pages[0]
    assert '<h2 lang="en">' in pages[1]
    assert (facts["name_en"], facts["name_fr"], facts["kind"]) == ("Society for Tests", "", "national")


def test_the_home_page_shows_the_coalition_once_there_is_one(client: Client, country: Any) -> None:
    before = client.get("/").content.decode()
    approved(client)

    assert "coalition-title" not in before
    assert "1 organization takes part" in client.get("/").content.decode()


def test_a_logo_is_kept_for_good_and_never_run(client: Client) -> None:
    logo = approved(client, logo=upload()).logo

    answer = client.get(logo.get_absolute_url())

    assert (answer.status_code, answer["Content-Type"], answer.content[:4]) == (200, "image/webp", b"RIFF")
    assert set(answer["Cache-Control"].split(", ")) == {"public", "max-age=31536000", "immutable"}
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Set-Cookie" not in answer


def test_a_declined_organization_is_shown_no_more_nor_its_logo(client: Client) -> None:
    organization = approved(client, logo=upload())

    review(organization, "decline", "It asked us to.")

    assert client.get(organization.logo.get_absolute_url()).status_code == 404
    assert client.get("/api/v1/coalition").json() == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name_en": " "}, "name in English or French"),
        ({"website": "http://tests.example.org"}, "secure sites only"),
        ({"kind": "bank"}, "not one of the available choices"),
        ({"contact_email": "amara"}, "one @ sign"),
        ({"contact_email": "amara@tests.example.org\r\nBcc: x@example.org"}, "cannot be shown"),
        ({"contact_name": ""}, "Write your name"),
        ({"may_speak": ""}, "may speak for the organization"),
        ({"statement_en": "x" * 601}, "600"),
        ({"logo": SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>", "image/png")}, "SVG"),
    ],
)
def test_bad_input_keeps_what_was_typed(client: Client, changes: dict[str, Any], sentence: str) -> None:
    answer = sent(client, **{"statement_fr": "Nous testons tout.", **changes})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Nous testons tout." in page
    assert "no-store" in answer["Cache-Control"]
    assert not Organization.objects.exists()


def test_an_empty_file_is_named(client: Client) -> None:
    answer = sent(client, logo=SimpleUploadedFile("logo.png", b""))

    assert answer.status_code == 422
    assert "This file is empty" in answer.content.decode()


def test_a_good_logo_beside_a_mistake_is_asked_for_again(client: Client) -> None:
    assert "choose it again" in sent(client, kind="", logo=upload()).content.decode()


def test_french_alone_is_enough(client: Client) -> None:
    client.post(
        "/fr" + JOIN, {**FORM, "name_en": "", "name_fr": "Société des tests", "proof": solved_proof()}
    )
    organization = Organization.objects.get()

    assert (organization.name, organization.language) == ("Société des tests", "fr")


@pytest.mark.parametrize(
    ("changes", "doubts"),
    [
        ({"url": "https://spam.example"}, "trap"),
        ({"proof": ""}, "no_proof"),
        ({"proof": "rubbish"}, "no_proof"),
    ],
)
def test_doubts_are_noted_for_the_reviewer(client: Client, changes: dict[str, str], doubts: str) -> None:
    assert signed_on(client, **changes).doubts == doubts


def test_a_form_sent_at_once_is_doubtful(client: Client) -> None:
    page = client.get(JOIN).content.decode()
    stamp = page.split('name="opened" value="')[1].split('"')[0]

    assert signed_on(client, proof="", opened=stamp).doubts == "fast no_proof"


def test_an_address_rule_is_noted(client: Client) -> None:
    AddressRule.objects.create(verdict="block", subject="domain", pattern="tests.example.org")

    assert signed_on(client).doubts == "blocked"


def test_a_proof_counts_once(client: Client) -> None:
    proof = solved_proof()
    first = signed_on(client, proof=proof)
    second = signed_on(client, proof=proof, name_en="Another society")

    assert (first.doubts, second.doubts) == ("", "no_proof")


def test_a_form_from_another_site_is_refused(client: Client) -> None:
    answer = sent(client, headers={"Sec-Fetch-Site": "cross-site"})

    assert (answer.status_code, Organization.objects.count()) == (403, 0)


def test_the_same_form_twice_is_one_sign_on(client: Client) -> None:
    assert signed_on(client, logo=upload()) == signed_on(client, logo=upload())


def test_a_flood_from_one_connection_ends(client: Client) -> None:
    statuses = [sent(client, name_en=f"Society {number}").status_code for number in range(6)]

    assert statuses == [303] * 5 + [429]
    assert Organization.objects.count() == 5


def test_the_contact_hears_of_the_decision_in_their_language(client: Client) -> None:
    organization = signed_on(client, name_fr="Société des tests")
    Organization.objects.update(language="fr")

    review(organization, "approve")

    mail = OutgoingMessage.objects.get()
    assert (mail.kind, mail.to, mail.language, mail.supporter_id) == (
        "campaign/approved", "amara@tests.example.org", "fr", None,
    )  # fmt: skip
    assert "Société des tests" in write_mail(mail).subject


def test_a_declined_contact_reads_why(client: Client) -> None:
    review(
        signed_on(client, name_en="Evil\r\nBcc: x@example.org"), "decline", "We list <organizations> only."
    )

    mail = write_mail(OutgoingMessage.objects.get())
    assert "We list <organizations> only." in str(mail.body)
    assert "\n" not in mail.subject
    assert mail.bcc == []


def test_a_discarded_one_is_not_written_to(client: Client) -> None:
    review(signed_on(client), "discard")

    assert make.mails() == []


def test_two_reviewers_decide_once(client: Client) -> None:
    organization = approved(client)

    with pytest.raises(NotWaiting):
        review(organization, "approve")
    with pytest.raises(NotWaiting):
        review(organization, "decline", " ")
    assert (OrganizationReview.objects.count(), make.mails()) == (1, ["campaign/approved"])


def test_the_same_name_or_site_is_noticed(client: Client) -> None:
    first = signed_on(client, name_en="Société des Tests", website="https://a.example")
    same_name = signed_on(client, name_en="societe des tests", website="https://b.example")
    same_site = signed_on(client, name_en="Others", website="https://www.a.example/us")
    signed_on(client, name_en="Elsewhere", website="https://c.example")

    assert look_alikes(first) == [same_site, same_name]


def test_an_erased_contact_leaves_the_organization(client: Client) -> None:
    organization = approved(client)
    amara = Supporter(email="Amara@tests.example.org", email_key="amara@tests.example.org")
    assert contact_records(supporter=amara).rows[0][3:] == ("Amara Diallo", "amara@tests.example.org")

    forget_person(supporter=amara)

    organization.refresh_from_db()
    assert (organization.contact_name, organization.contact_email, organization.contact_key) == ("", "", "")
    assert contact_records(supporter=amara).rows == ()
    assert "Society for Tests" in client.get("/coalition/").content.decode()


def test_what_is_old_goes(client: Client) -> None:
    declined = review(signed_on(client), "decline", "Why not.")
    kept = approved(client, name_en="Kept", logo=upload())

    forget_what_is_old(now=make.NOON + dt.timedelta(days=200))

    assert list(Organization.objects.values_list("pk", "origin")) == [(kept.pk, "")]
    assert not OrganizationReview.objects.filter(organization_id=declined.pk).exists()


def change(organization: Organization) -> str:
    return reverse("admin:campaign_organization_change", args=[organization.pk])


def correction(organization: Organization, **changes: str) -> dict[str, str]:
    columns = ("name_en", "name_fr", "website", "kind", "statement_en", "statement_fr")
    return {column: getattr(organization, column) for column in columns} | {
        "decision": "",
        "reason": "",
        **changes,
    }


@pytest.mark.ignore_template_errors
def test_a_reviewer_corrects_and_approves(client: Client, organizer_client: Client, organizer: User) -> None:
    organization = signed_on(client, logo=upload())
    page = organizer_client.get(change(organization)).content.decode()

    answer = organizer_client.post(
        change(organization), correction(organization, name_en="Society of Tests", decision="approve")
    )

    row = OrganizationReview.objects.get()
    organization.refresh_from_db()
    assert "data:image/webp;base64," in page
    assert answer.status_code == 302
    assert (row.by, row.decision) == (organizer, "approve")
    assert (organization.name_en, organization.state) == ("Society of Tests", "approved")
    assert str(organizer) in organizer_client.get(change(organization)).content.decode()


@pytest.mark.ignore_template_errors
def test_declining_needs_a_reason(client: Client, organizer_client: Client) -> None:
    organization = signed_on(client)

    answer = organizer_client.post(change(organization), correction(organization, decision="decline"))

    organization.refresh_from_db()
    assert (answer.status_code, organization.state) == (200, "pending")
    assert "Say why." in answer.content.decode()


@pytest.mark.ignore_template_errors
def test_the_list_forgets_contacts_on_their_wish(client: Client, organizer_client: Client) -> None:
    organization = signed_on(client)
    path = reverse("admin:campaign_organization_changelist")

    organizer_client.post(path, {"action": "forget_contact", "_selected_action": [organization.pk]})

    organization.refresh_from_db()
    assert (organization.contact_email, organizer_client.get(path).status_code) == ("", 200)
