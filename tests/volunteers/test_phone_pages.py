"""The caller's pages, as a browser without scripts uses them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from supporters.models import User
from tests import people
from tests.volunteers import contacting
from tests.volunteers.contacting import NOON
from volunteers.enums import Channel, EndOfLease, Outcome, SuppressedThing, SuppressionSource
from volunteers.models import (
    Attempt,
    AttemptAnswer,
    Contact,
    ContactList,
    Course,
    ElectionPeriod,
    HelpRequest,
    Lease,
    Membership,
    RegistryFiling,
    Suppression,
    TrainerDuty,
)
from volunteers.services.suppression import Refusal, suppress

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

START = "/volunteer/phone/"
# Half past nine in the evening in Toronto.
BEFORE_CLOSING, AFTER_CLOSING = NOON + timedelta(hours=7, minutes=28), NOON + timedelta(hours=7, minutes=31)


@pytest.fixture
def caller() -> User:
    return contacting.volunteer(of=contacting.team(None))


@pytest.fixture
def client(caller: User) -> Client:
    made = Client()
    made.force_login(caller)
    return made


@pytest.fixture
def listed() -> ContactList:
    version = contacting.script_version()
    return contacting.contact_list(script=version.script)


def someone(listed: ContactList, number: int = 1, **fields: Any) -> Contact:
    return contacting.contact(listed, f"+1613555{number:04}", **fields)


def begin(client: Client) -> str:
    """Press "give me someone" and return the address of the call."""
    answer = client.post(reverse("phone:next"))
    assert answer.status_code == 303
    return str(answer["Location"]).split("?", maxsplit=1)[0]


def said(outcome: str, **typed: str) -> dict[str, str]:
    return {"client_id": str(uuid4()), "outcome": outcome, **typed}


def test_the_whole_of_a_call(client: Client, listed: ContactList, caller: User) -> None:
    first, second = someone(listed, 1, name="Ann Lee"), someone(listed, 2, name="Bo Roy")
    path = begin(client)
    page = client.get(path).content.decode()
    assert ("Ann Lee" in page, "+16135550001" in page) == (True, False)

    dialled = client.post(f"{path}dial/")
    page = client.get(path).content.decode()
    answer = client.post(
        f"{path}outcome/", said("answered", answer_support="yes", answer_why="Trees", note="Nice")
    )

    assert (dialled.status_code, 'href="tel:+16135550001"' in page, 'class="segno"' in page) == (
        303,
        True,
        True,
    )
    attempt = Attempt.objects.get()
    assert (attempt.by, attempt.contact, attempt.outcome, attempt.note) == (caller, first, "answered", "Nice")
    assert attempt.is_success
    assert sorted(AttemptAnswer.objects.values_list("question__key", "option__key", "text")) == [
        ("support", "yes", ""), ("why", None, "Trees"),
    ]  # fmt: skip
    held = Lease.objects.get(ended_at=None)
    assert (answer.status_code, held.contact) == (303, second)
    assert answer["Location"] == f"{reverse('phone:call', args=[held.pk])}?done={attempt.lease_id}"
    assert "Recorded: talked." in client.get(answer["Location"]).content.decode()


def test_refreshing_and_pressing_again_keeps_the_same_call(client: Client, listed: ContactList) -> None:
    """Failure case 2."""
    someone(listed, 1)
    someone(listed, 2)

    paths = {begin(client) for _time in range(3)}

    assert len(paths) == 1
    assert Lease.objects.count() == 1
    assert client.get(paths.pop()).status_code == 200


def test_an_outcome_sent_twice_is_one(client: Client, listed: ContactList) -> None:
    """Failure case 6."""
    someone(listed)
    path, typed = begin(client), said("no_answer")

    answers = [client.post(f"{path}outcome/", typed).status_code for _time in range(2)]

    assert (answers, Attempt.objects.count()) == ([303, 303], 1)


def test_never_again_by_answer_or_by_button(client: Client, listed: ContactList) -> None:
    """Failure case 8: the answer itself performs it."""
    someone(listed, 1)
    someone(listed, 2)
    client.post(f"{begin(client)}outcome/", said("answered", answer_support="never"))
    client.post(f"{begin(client)}outcome/", said("dnc"))

    assert set(Attempt.objects.values_list("outcome", flat=True)) == {Outcome.DO_NOT_CONTACT}
    assert Suppression.objects.count() == 2


def test_answers_of_a_branch_that_was_left_do_not_count(client: Client, listed: ContactList) -> None:
    someone(listed)
    path = begin(client)
    version = Lease.objects.get().script_version
    assert version
    client.post(f"{path}outcome/", said("answered", answer_why="Typed before", answer_gone="x"))

    attempt = Attempt.objects.get()
    assert (attempt.answers.count(), attempt.note) == (0, "gone: x")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"outcome": ""}, "Choose what came of the call."),
        ({"outcome": "unknown"}, "Choose what came of the call."),
        ({"outcome": "call_back"}, "Write the day and the time"),
        ({"outcome": "call_back", "callback_on": "1999-01-01", "callback_time": "10:00"}, "next 60 days"),
        ({"outcome": "answered", "note": "a\ufffdb"}, "arrived garbled"),
        ({"outcome": "answered", "note": "n" * 1001}, "1000"),
    ],
)
def test_what_cannot_be_read_keeps_what_was_typed(
    client: Client, listed: ContactList, typed: dict[str, str], sentence: str
) -> None:
    someone(listed)
    path = begin(client)
    given = {**said("x", note="Kept words", answer_support="no", answer_why="Long story"), **typed}

    answer = client.post(f"{path}outcome/", given)

    page = answer.content.decode()
    assert (answer.status_code, sentence in page, "Long story" in page) == (422, True, True)
    assert given["client_id"] in page
    assert Attempt.objects.count() == 0


def test_the_script_goes_on_step_by_step(client: Client, listed: ContactList) -> None:
    someone(listed)
    path = begin(client)
    before = client.get(path).content.decode()

    after = client.post(f"{path}outcome/", {**said(""), "step": "1", "answer_support": "no", "note": "Mine"})

    hidden = 'data-line="why" data-kind="text" hidden'
    assert (hidden in before, hidden in after.content.decode(), after.status_code) == (True, False, 200)
    assert ("Mine" in after.content.decode(), Attempt.objects.count()) == (True, 0)


def test_a_call_back_is_shown_by_the_voters_clock(client: Client, listed: ContactList) -> None:
    someone(listed)
    path = begin(client)
    day = (NOON + timedelta(days=3)).date()

    answer = client.post(
        f"{path}outcome/",
        said("call_back", callback_on=f"{day}", callback_time="14:00", pause="1"),
    )

    page = client.get(answer["Location"]).content.decode()
    assert "by their clock" in page
    assert Contact.objects.get().callback_at is not None


def test_a_break_leads_to_the_beginning(client: Client, listed: ContactList) -> None:
    someone(listed, 1)
    someone(listed, 2)
    path = begin(client)

    answer = client.post(f"{path}outcome/", said("busy", pause="1"))

    assert answer["Location"].startswith(f"{START}?done=")
    assert Lease.objects.filter(ended_at=None).count() == 0


def test_giving_back_takes_the_next_and_counts_no_attempt(client: Client, listed: ContactList) -> None:
    someone(listed, 1)
    someone(listed, 2)
    path = begin(client)

    answer = client.post(f"{path}skip/")

    assert (answer.status_code, Attempt.objects.count()) == (303, 0)
    assert Lease.objects.get(end_reason=EndOfLease.SKIPPED)
    assert answer["Location"] != path


def test_an_unfinished_call_is_shown_and_can_still_be_told(
    client: Client, listed: ContactList, noon: Traveller
) -> None:
    """Failure case 4."""
    contact = someone(listed, name="Ann Lee")
    path = begin(client)
    client.post(f"{path}dial/")
    noon.move_to(NOON + timedelta(hours=1))
    client.post(reverse("phone:next"))

    page = client.get(START).content.decode()
    told = client.get(path).content.decode()
    client.post(f"{path}outcome/", said("answered"))

    assert ("Unfinished calls" in page, path in page) == (True, True)
    assert ("Ann Lee" in told, contact.phone in told) == (False, False)
    assert Attempt.objects.order_by("-pk")[0].outcome == "answered"
    assert "Unfinished calls" not in client.get(START).content.decode()


def test_calling_hours_are_looked_at_again_when_dialling(
    client: Client, listed: ContactList, noon: Traveller
) -> None:
    """Failure case 15."""
    someone(listed)
    noon.move_to(BEFORE_CLOSING)
    path = begin(client)
    noon.move_to(AFTER_CLOSING)

    answer = client.post(f"{path}dial/")

    assert (answer.status_code, "outside of calling hours" in answer.content.decode()) == (409, True)
    assert "tel:" not in client.get(path).content.decode()


def test_a_conversation_begun_in_time_may_finish(
    client: Client, listed: ContactList, noon: Traveller
) -> None:
    """Failure case 15."""
    someone(listed)
    noon.move_to(BEFORE_CLOSING)
    path = begin(client)
    client.post(f"{path}dial/")
    noon.move_to(AFTER_CLOSING)

    page = client.get(path).content.decode()
    answer = client.post(f"{path}outcome/", said("answered"))

    assert ("You may finish a conversation" in page, answer.status_code) == (True, 303)


def test_a_voter_who_opted_out_meanwhile_is_stopped(client: Client, listed: ContactList) -> None:
    """Failure case 9, for pages without scripts."""
    contact = someone(listed, name="Ann Lee")
    path = begin(client)
    digests = {SuppressedThing.PHONE: contact.phone_digest}
    suppress(refusal=Refusal(digests, SuppressionSource.DOOR, NOON), now=NOON)

    page = client.get(path).content.decode()

    assert ("Do not call" in page, "Ann Lee" in page, contact.phone in page) == (True, False, False)


def test_an_empty_queue_says_why(client: Client, listed: ContactList) -> None:
    someone(listed, state="held")
    contacting.contact(listed, "+16135550009", next_at=NOON + timedelta(hours=1))

    answer = client.post(reverse("phone:next"))
    page = client.get(answer["Location"]).content.decode()

    assert answer["Location"] == START
    assert "Nobody can be called right now." in page
    assert "Waits for an organizer: 1" in page
    assert "The next call becomes possible at" in page


def test_who_is_no_member_or_not_trained_is_told_what_to_do(caller: User, client: Client) -> None:
    words = {"title_en": "Calls", "title_fr": "Appels", "body_en": "…", "body_fr": "…"}
    Course.objects.filter(channel=Channel.PHONE).delete()
    Course.objects.create(
        channel=Channel.PHONE, version=1, holds_since=1, created_at=NOON, published_at=NOON, **words
    )
    assert "/volunteer/training/phone/" in client.get(START).content.decode()

    Membership.objects.all().delete()
    assert "/volunteer/phone-team/" in client.get(START).content.decode()


def test_help_is_asked_for_once_and_names_who_is_at_hand(client: Client, caller: User) -> None:
    nora = people.nora()
    TrainerDuty.objects.create(trainer=nora, reach="Room 2", began_at=NOON)
    for words in ("First", "Second"):
        client.post(reverse("phone:help"), {"message": words})

    page = client.get(START).content.decode()

    assert HelpRequest.objects.get().message == "Second"
    assert ("Room 2" in page, "You asked for help" in page) == (True, True)
    client.post(reverse("phone:help"), {"done": "1"})
    assert HelpRequest.objects.get().closed_at is not None


def test_the_first_call_of_an_election_period_arms_the_clock(client: Client, listed: ContactList) -> None:
    """Failure case 43."""
    ElectionPeriod.objects.create(
        name="46th", begins_on=NOON.date(), polling_on=NOON.date() + timedelta(days=37)
    )
    someone(listed)

    begin(client)

    filing = RegistryFiling.objects.get()
    assert filing.due_at - filing.first_call_at == timedelta(hours=48)


def test_members_choose_to_be_on_the_leaderboard(client: Client, caller: User) -> None:
    for typed, shown in (({"show": "1"}, True), ({"hide": "1"}, False)):
        client.post(reverse("phone:leaderboard"), typed)
        assert Membership.objects.get().on_leaderboard is shown


def test_what_is_typed_garbled_in_the_address_is_passed_over(client: Client) -> None:
    assert client.get(START, {"done": "no-uuid"}).status_code == 200
    assert client.get(START, {"done": str(uuid4())}).status_code == 200
