"""Lines from paper: keyed in once, looked at, counted, confirmed, forgotten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from pledges.models import PaperLine, PaperSheet, Pledge
from pledges.queries.paper import records_of, sheets_of
from pledges.services import (
    Keyed,
    PaperRow,
    accept_line,
    accept_lines,
    confirm_paper_pledge,
    key_lines,
    purge_paper,
    refuse_lines,
    refuse_paper_pledges,
    withdraw_pledge,
)
from pledges.services.paper_review import ALREADY
from ridings.models import BoundarySet
from supporters.models import ConsentEvent, OutgoingMessage, Supporter
from supporters.rules.email import read_address
from supporters.services import erase_supporter
from tests import make, people
from tests.pledges.voters import OAKVILLE, voter

pytestmark = pytest.mark.django_db

NOW = make.NOON
CODE = "L6J1A1"


def row(number: int = 1, name: str = "Amara Diallo", email: str = "", **fields: Any) -> PaperRow:
    address = read_address(email) if email else None
    return PaperRow(number, name, fields.pop("postal_code", CODE), address, **fields)


def key(*rows: PaperRow, code: str = "SHEET1", riding: int = OAKVILLE) -> Keyed:
    return key_lines(riding_number=riding, code=code, rows=rows, by_id=None, now=NOW)


def line(number: int = 1) -> PaperLine:
    return PaperLine.objects.get(number=number)


def accepted(*rows: PaperRow) -> Pledge:
    key(*rows)
    assert accept_line(line_id=line().pk, by_id=None, now=NOW) is True
    return Pledge.objects.latest("pk")


def test_the_same_lines_again_change_nothing() -> None:
    rows = (row(1), row(2, "Bea", "bea@example.org"))

    assert key(*rows) == Keyed(new=2)
    assert key(*rows) == Keyed(same=2)
    assert PaperLine.objects.count() == 2


def test_another_text_is_shown_before_it_replaces_and_nothing_is_half_kept() -> None:
    key(row(1))

    keyed = key(row(1, "Somebody Else"), row(2, "Bea"))
    assert (keyed.new, keyed.differing[1].name) == (0, "Amara Diallo")
    assert PaperLine.objects.count() == 1

    again = key(row(1, "Somebody Else", replaces=True), row(2, "Bea"))
    assert (again.new, again.replaced) == (1, 1)
    assert line(1).name == "Somebody Else"


def test_a_line_that_was_decided_about_is_never_replaced() -> None:
    key(row(1))
    refuse_lines(ids=[line().pk], reason="illegible", by_id=None, now=NOW)

    assert list(key(row(1, "Else", replaces=True)).differing) == [1]
    assert line().name == "Amara Diallo"


def test_the_same_code_in_another_riding_is_another_sheet() -> None:
    key(row(1))
    key(row(1, "Bea"), riding=59036)

    assert PaperSheet.objects.count() == 2
    assert [sheet.code for sheet in sheets_of(OAKVILLE)] == ["SHEET1"]


def test_doubles_and_codes_of_elsewhere_are_flagged(country: BoundarySet) -> None:
    pledged = voter("amara@example.org", postal_code="L6H5R4")
    assert pledged.supporter is not None
    Supporter.objects.filter(pk=pledged.supporter.pk).update(search_text="zoe roy")

    key(
        row(1, "Amara", "amara@example.org", postal_code="L6H5R4"),
        row(2, "Zoë Roy", postal_code="L6H5R4"),
        row(3, "Far Away", postal_code="V5K0A1"),
        row(4, "Plain Person", postal_code="L6H5R4"),
    )
    key(row(1, "PLAIN  person", postal_code="L6H5R4"), code="SHEET2")

    flags = PaperLine.objects.order_by("pk").values_list("flags", flat=True)
    assert list(flags) == ["address", "person", "riding", "", "person"]


def test_an_accepted_line_counts_and_its_person_is_asked_to_confirm() -> None:
    wording = make.wording("news")
    organizer = people.edith()
    key(row(1, email="amara@example.org", wordings=(wording.pk,), voter_status="young", language="fr"))

    done = accept_lines(ids=[line().pk], by_id=organizer.pk, now=NOW)

    assert (done.accepted, done.doubled) == (1, 0)
    pledge = Pledge.objects.get()
    assert (pledge.method, pledge.state, pledge.riding_number) == ("paper", "confirmed", OAKVILLE)
    assert (pledge.voter_status, pledge.confirmed_at) == ("young", None)
    assert pledge.supporter is not None
    assert pledge.supporter.email_confirmed_at is None
    event = ConsentEvent.objects.get()
    assert (event.decision, event.method, event.staff_id) == ("given", "paper", organizer.pk)
    mail = OutgoingMessage.objects.get()
    assert (mail.kind, mail.language) == ("pledges/paper_confirm", "fr")
    assert (line().state, line().pledge_id, line().reviewed_by) == ("accepted", pledge.pk, organizer)


def test_accepting_again_changes_nothing() -> None:
    accepted(row(1, email="amara@example.org"))

    assert accept_line(line_id=line().pk, by_id=None, now=NOW) is None
    assert refuse_lines(ids=[line().pk], reason="x", by_id=None, now=NOW) == 0
    assert (Pledge.objects.count(), OutgoingMessage.objects.count()) == (1, 1)


def test_without_an_address_nobody_is_known_and_it_counts() -> None:
    pledge = accepted(row(1))

    assert (pledge.supporter, pledge.state, pledge.postal_code) == (None, "confirmed", "")
    assert (Supporter.objects.count(), OutgoingMessage.objects.count()) == (0, 0)


def test_who_has_pledged_already_is_refused_with_that_reason() -> None:
    pledge = voter("amara@example.org")
    assert pledge.supporter is not None
    key(row(1, pledge.supporter.name, "amara@example.org"))

    done = accept_lines(ids=[line().pk], by_id=None, now=NOW)

    assert (done.accepted, done.doubled) == (0, 1)
    assert (line().state, line().reason, Pledge.objects.count()) == ("refused", ALREADY, 1)


def test_paper_confirms_a_pledge_that_nobody_confirmed() -> None:
    voter("amara@example.org", state="pending", confirmed_at=None, email_confirmed_at=None)
    person = Supporter.objects.get()
    key(row(1, person.name, "amara@example.org", voter_status="young"))

    done = accept_lines(ids=[line().pk], by_id=None, now=NOW)

    pledge = Pledge.objects.get()
    assert (done.accepted, done.doubled, line().pledge_id) == (1, 0, pledge.pk)
    assert (pledge.supporter_id, pledge.state, pledge.method, pledge.voter_status) == (
        person.pk,
        "confirmed",
        "paper",
        "young",
    )


@pytest.mark.parametrize("state", ["withdrawn", "held", "invalid"])
def test_paper_changes_nothing_that_was_taken_back_or_looked_at(state: str) -> None:
    voter("amara@example.org", state=state)
    key(row(1, Supporter.objects.get().name, "amara@example.org"))

    assert accept_lines(ids=[line().pk], by_id=None, now=NOW).doubled == 1
    assert Pledge.objects.get().state == state


def test_the_owner_confirms_by_mail_once() -> None:
    wording = make.wording("news")
    pledge = accepted(row(1, email="amara@example.org", wordings=(wording.pk,)))

    for hour in (1, 2):
        later = NOW + timedelta(hours=hour)
        confirm_paper_pledge(pledge_id=pledge.pk, circumstances=make.circumstances(), now=later)

    pledge.refresh_from_db()
    assert pledge.confirmed_at == NOW + timedelta(hours=1)
    assert pledge.supporter is not None
    assert pledge.supporter.email_confirmed_at == NOW + timedelta(hours=1)
    assert [event.decision for event in ConsentEvent.objects.order_by("pk")] == ["given", "confirmed"]


def test_the_owner_takes_it_back() -> None:
    pledge = accepted(row(1, email="amara@example.org"))

    for _time in range(2):
        withdraw_pledge(pledge_id=pledge.pk, now=NOW)

    pledge.refresh_from_db()
    assert pledge.state == "withdrawn"
    assert confirm_paper_pledge(pledge_id=pledge.pk, circumstances=make.circumstances(), now=NOW) is None


def test_an_address_that_says_not_me_takes_back_what_stands_on_paper_alone() -> None:
    pledge = accepted(row(1, email="amara@example.org"))
    web = voter("bea@example.org")

    for key_ in ("amara@example.org", "bea@example.org"):
        refuse_paper_pledges(address_key=key_, now=NOW)

    states = Pledge.objects.order_by("pk").values_list("pk", "state")
    assert dict(states) == {pledge.pk: "withdrawn", web.pk: "confirmed"}


def test_the_clock_empties_what_is_decided_and_drops_what_nobody_looks_at() -> None:
    key(row(1, email="amara@example.org"), row(2, "Bea"), row(3, "Cora"))
    accept_line(line_id=line(1).pk, by_id=None, now=NOW)
    refuse_lines(ids=[line(2).pk], reason="illegible", by_id=None, now=NOW + timedelta(days=20))

    assert purge_paper(now=NOW + timedelta(days=29)) == 0
    assert purge_paper(now=NOW + timedelta(days=31)) == 1
    assert (line(1).name, line(1).email, line(1).postal_code, line(2).name) == ("", "", "", "Bea")
    assert purge_paper(now=NOW + timedelta(days=181)) == 2
    assert sorted(PaperLine.objects.values_list("number", "name")) == [(1, ""), (2, "")]
    assert Pledge.objects.get().state == "confirmed"


def test_an_erased_person_is_gone_from_paper_too() -> None:
    pledge = accepted(row(1, email="amara@example.org"))
    key(row(1, email="amara@example.org"), row(2, "Bea"), code="SHEET2")
    assert pledge.supporter is not None
    assert len(records_of(supporter=pledge.supporter).rows) == 2

    erase_supporter(supporter=pledge.supporter, now=NOW)

    left = PaperLine.objects.order_by("pk").values_list("state", "name", "email")
    assert list(left) == [("accepted", "", ""), ("waiting", "Bea", "")]


@pytest.mark.django_db(transaction=True)
def test_two_people_at_one_sheet_leave_every_line_once() -> None:
    def run(index: int) -> Keyed:
        try:
            return key(*(row(number, f"Person {number}") for number in range(1, 11)))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(run, range(6)))

    assert sum(result.new for result in results) == 10
    assert (PaperLine.objects.count(), PaperSheet.objects.count()) == (10, 1)


@pytest.mark.django_db(transaction=True)
def test_two_organizers_at_one_line_make_one_pledge() -> None:
    key(row(1, email="amara@example.org"))
    line_id = line().pk

    def run(_index: int) -> bool | None:
        try:
            return accept_line(line_id=line_id, by_id=None, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(run, range(6)))

    assert sorted(results, key=str) == [None, None, None, None, None, True]
    assert (Pledge.objects.count(), OutgoingMessage.objects.count()) == (1, 1)
