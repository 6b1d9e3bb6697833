"""Organizers look after people, consent and mail; what is a ledger stays one."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaign.models import Campaign
from coop4canada.kit.memory import forget_everything
from coop4canada.kit.signing import keyed_hash
from petitions.models import Signature
from supporters.models import (
    AddressRule,
    ConsentEvent,
    ConsentWording,
    ExportLog,
    MailEvent,
    MailSuppression,
    OutgoingMessage,
    Supporter,
    User,
)
from supporters.queries.wordings import current_wordings
from supporters.rules.patterns import BadPattern, PatternFault, tidy_pattern
from tests import make, people

pytestmark = [pytest.mark.ignore_template_errors, pytest.mark.django_db]

MODELS = [
    "supporter", "consentwording", "consentevent", "outgoingmessage", "mailevent", "mailsuppression", "maillimit",
    "addressrule", "provideroutage", "exportlog", "user", "ridingrole",
]  # fmt: skip
READ_ONLY = [
    "supporter", "consentevent", "outgoingmessage", "mailevent", "mailsuppression", "provideroutage", "exportlog",
]  # fmt: skip


def url(model: str, action: str = "changelist", *args: Any) -> str:
    return reverse(f"admin:supporters_{model}_{action}", args=args)


@pytest.fixture
def amara() -> Supporter:
    """Amara has signed and agreed to news; her address is suppressed, and the provider has reported about a mail."""
    words = make.wording()
    signature = make.signed(make.petition(), consents=(words.pk,), riding_number=35075, postal_code="K1A0B1")
    address_hash = keyed_hash("amara@example.org")
    MailSuppression.objects.create(address_hash=address_hash, reason="refused", created_at=make.NOON)
    key = OutgoingMessage.objects.get().key
    MailEvent.objects.create(
        provider_id="1", kind="bounced", message_key=key, address_hash=address_hash, at=make.NOON
    )
    assert signature.supporter is not None
    return signature.supporter


def staff(*permissions: str) -> Client:
    user = User.objects.create_user("staff@example.org", "a long pass phrase", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("language", ["", "/fr"])
def test_organizers_open_every_list(organizer_client: Client, amara: Supporter, language: str) -> None:
    assert {
        model: organizer_client.get(language + url(model)).status_code for model in MODELS
    } == dict.fromkeys(MODELS, 200)


@pytest.mark.parametrize("model", MODELS)
def test_nobody_else_gets_in(client: Client, model: str) -> None:
    anonymous = client.get(url(model))
    client.force_login(people.bruno())
    bruno = client.get(url(model))

    assert [answer.status_code for answer in (anonymous, bruno, staff().get(url(model)))] == [302, 302, 403]


@pytest.mark.parametrize("model", READ_ONLY)
def test_ledgers_are_not_added_to_by_hand(organizer_client: Client, model: str) -> None:
    assert organizer_client.get(url(model, "add")).status_code == 403


def test_the_ledger_is_neither_changed_nor_deleted_by_hand(
    organizer_client: Client, amara: Supporter
) -> None:
    event = ConsentEvent.objects.get()

    assert (
        organizer_client.post(url("consentevent", "change", event.pk), {"purpose": "calls"}).status_code
        == 403
    )
    assert organizer_client.post(url("consentevent", "delete", event.pk), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    "model", ["supporter", "consentevent", "outgoingmessage", "mailevent", "mailsuppression"]
)
@pytest.mark.parametrize(("typed", "is_found"), [(" AMARA@example.org", True), ("bruno@example.org", False)])
def test_everything_about_an_address_is_found_by_it(
    organizer_client: Client, amara: Supporter, model: str, typed: str, is_found: bool
) -> None:
    page = organizer_client.get(url(model), {"q": typed})

    assert len(page.context["cl"].result_list) == int(is_found)


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [("Amara", True), ("diallo ama", True), ("35075", True), ("35076", False), ("Wong", False)],
)
def test_people_are_found_by_name_and_riding(
    organizer_client: Client, amara: Supporter, typed: str, is_found: bool
) -> None:
    page = organizer_client.get(url("supporter"), {"q": typed})

    assert len(page.context["cl"].result_list) == int(is_found)


def test_a_mail_is_found_by_its_key_and_shows_no_link_that_acts(
    organizer_client: Client, amara: Supporter
) -> None:
    mail = OutgoingMessage.objects.get()

    listed = organizer_client.get(url("outgoingmessage"), {"q": mail.key})
    page = organizer_client.get(url("outgoingmessage", "change", mail.pk)).content.decode()

    assert len(listed.context["cl"].result_list) == 1
    assert mail.context["confirm_token"] not in page


@pytest.mark.parametrize(
    "model", ["supporter", "consentevent", "outgoingmessage", "exportlog", "addressrule"]
)
def test_lists_cost_the_same_for_one_row_and_for_three(
    organizer_client: Client, organizer: User, amara: Supporter, model: str
) -> None:
    def add(index: int) -> None:
        words = ConsentWording.objects.get(text_en="Yes to news")
        make.signed(
            make.petition(f"p{index}"), f"p{index}@example.org", f"Person {index}", consents=(words.pk,)
        )
        ExportLog.objects.create(user=organizer, what="x", created_at=make.NOON)
        AddressRule.objects.create(verdict="block", subject="domain", pattern=f"d{index}.example")

    seen = []
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE supporters_supporter, supporters_consentevent, supporters_outgoingmessage")
    for indices in ([0], [1, 2]):
        for index in indices:
            add(index)
        forget_everything()
        with CaptureQueriesContext(connection) as captured:
            organizer_client.get(url(model))
        seen.append(len(captured))

    cost = {"supporter": 14, "consentevent": 14, "outgoingmessage": 14, "exportlog": 7, "addressrule": 5}
    assert seen == [cost[model]] * 2


def test_a_person_leads_to_what_they_signed_and_agreed_to(organizer_client: Client, amara: Supporter) -> None:
    page = organizer_client.get(url("supporter", "change", amara.pk)).content.decode()

    links = [
        f"{name}/?supporter__id__exact={amara.pk}"
        for name in ("signature", "consentevent", "outgoingmessage")
    ]
    assert [link in page for link in links] == [True] * 3
    assert all(
        len(organizer_client.get(f"/admin/{app}/{link}").context["cl"].result_list) == 1
        for app, link in zip(("petitions", "supporters", "supporters"), links, strict=True)
    )


def test_a_persons_data_is_handed_out_and_that_is_noted(organizer_client: Client, amara: Supporter) -> None:
    answer = organizer_client.post(url("supporter", "data", amara.pk))

    data = answer.json()
    assert (data["person"]["email"], len(data["consents"])) == ("amara@example.org", 1)
    assert "no-store" in answer["Cache-Control"]
    assert ExportLog.objects.values_list("what", "choice").get() == (
        "supporters.person",
        f"supporter {amara.pk}",
    )
    assert organizer_client.get(url("supporter", "data", amara.pk)).status_code == 405


def test_erasing_is_asked_about_first_and_keeps_counts(organizer_client: Client, amara: Supporter) -> None:
    asked = organizer_client.get(url("supporter", "erase", amara.pk))
    before = Supporter.objects.filter(pk=amara.pk).exists()
    answer = organizer_client.post(url("supporter", "erase", amara.pk))

    assert (asked.status_code, before, answer.status_code) == (200, True, 303)
    signature = Signature.objects.get()
    assert [signature.supporter, signature.name, signature.riding_number] == [None, "", 35075]
    assert not Supporter.objects.exists()
    assert "Amara" not in str(list(LogEntry.objects.values_list("object_repr", "change_message")))


def test_only_who_may_delete_people_erases_them(amara: Supporter) -> None:
    client = staff("view_supporter")

    refused = [
        method(url("supporter", "erase", amara.pk)).status_code for method in (client.get, client.post)
    ]
    page = client.get(url("supporter", "change", amara.pk)).content.decode()

    assert (refused, "Erase this person" in page) == ([403, 403], False)


def test_new_words_are_a_new_version_and_old_ones_stay(organizer_client: Client, amara: Supporter) -> None:
    old = ConsentWording.objects.get(text_en="Yes to news")
    form = {"purpose": "news", "text_en": "Yes, please", "text_fr": "Oui, s’il vous plaît"}

    answers = [organizer_client.post(url("consentwording", "add"), form) for _time in range(2)]
    changed = organizer_client.post(url("consentwording", "change", old.pk), form)

    assert [answer.status_code for answer in (*answers, changed)] == [302, 200, 403]
    assert "These words are in the list already." in answers[1].content.decode()
    assert current_wordings()[0].text_en == "Yes, please"
    assert ConsentWording.objects.filter(pk=old.pk, text_en="Yes to news").exists()


@pytest.mark.parametrize(
    ("subject", "typed", "pattern"),
    [
        ("network", " 192.0.2.77/24", "192.0.2.0/24"),
        ("network", "2001:DB8::1", "2001:db8::1/128"),
        ("network", "0.0.0.0/0", PatternFault.TOO_WIDE),
        ("network", "::/0", PatternFault.TOO_WIDE),
        ("network", "192.0.2", PatternFault.NETWORK),
        ("domain", "@Example.ORG", "example.org"),
        ("domain", "*.example.org", "*.example.org"),
        ("domain", "bücher.example", "xn--bcher-kva.example"),
        ("domain", "*", PatternFault.DOMAIN),
        ("domain", "*.*", PatternFault.TOO_WIDE),
        ("domain", "exa mple.org", PatternFault.DOMAIN),
        ("email", "Name*@Example.org", "name*@example.org"),
        ("email", "spam@*", "spam@*"),
        ("email", "*@*", PatternFault.TOO_WIDE),
        ("email", "name", PatternFault.EMAIL),
        ("email", "@example.org", PatternFault.EMAIL),
    ],
)
def test_a_pattern_means_something(subject: str, typed: str, pattern: str | PatternFault) -> None:
    if isinstance(pattern, PatternFault):
        with pytest.raises(BadPattern) as caught:
            tidy_pattern(subject, typed)
        assert caught.value.fault == pattern
    else:
        assert tidy_pattern(subject, typed) == pattern


def test_a_rule_is_tidied_and_a_bad_one_refused_in_words(organizer_client: Client) -> None:
    AddressRule.objects.all().delete()
    form = {"verdict": "block", "subject": "network", "note": ""}

    good = organizer_client.post(url("addressrule", "add"), {**form, "pattern": "192.0.2.9/24"})
    bad = organizer_client.post(url("addressrule", "add"), {**form, "pattern": "nonsense"})

    assert (good.status_code, bad.status_code) == (302, 200)
    assert "This is no internet address and no network" in bad.content.decode()
    assert AddressRule.objects.get().pattern == "192.0.2.0/24"


def test_the_sender_of_mails_is_written_in_the_campaign(organizer_client: Client) -> None:
    campaign = Campaign.objects.get(is_active=True)

    page = organizer_client.get(
        reverse("admin:campaign_campaign_change", args=[campaign.pk])
    ).content.decode()

    assert [f'name="{name}"' in page for name in ("organization_en", "mailing_address", "contact_email")] == [
        True
    ] * 3


def test_share_texts_are_listed(organizer_client: Client) -> None:
    assert organizer_client.get(reverse("admin:campaign_sharetext_changelist")).status_code == 200


def test_mails_that_did_not_arrive_are_found(organizer_client: Client, amara: Supporter) -> None:
    OutgoingMessage.objects.update(state="failed", due_at=make.NOON + timedelta(days=1))

    found = {
        state: len(organizer_client.get(url("outgoingmessage"), {"state": state}).context["cl"].result_list)
        for state in ("queued", "failed", "nonsense")
    }

    assert found == {"queued": 0, "failed": 1, "nonsense": 1}


def test_accounts_are_made_with_a_password_or_for_mailed_codes(organizer_client: Client) -> None:
    page = "/admin/supporters/user/add/"
    with_password = {
        "usable_password": "true",
        "password1": "a long pass phrase",
        "password2": "a long pass phrase",
    }
    seen = [organizer_client.get(page).status_code]
    seen.append(organizer_client.post(page, {"email": "new@example.org", **with_password}).status_code)
    seen.append(
        organizer_client.post(page, {"email": "code@example.org", "usable_password": "false"}).status_code
    )

    assert seen == [200, 302, 302]
    made = User.objects.filter(email__in=["new@example.org", "code@example.org"]).order_by("email")
    assert [user.has_usable_password() for user in made] == [False, True]
