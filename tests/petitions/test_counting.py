"""Counts follow the rows, whatever writes them."""

from datetime import timedelta

import pytest
from django.db import connection

from petitions.models import CountChange, Petition, PetitionCount, Signature, Tally
from petitions.services import confirm_signature, count_signatures, recount_signatures, withdraw_signature
from petitions.services.counting import Drift
from tests import make


@pytest.fixture
def petition(no_country: None) -> Petition:
    return make.petition()


def crowd(petition: Petition, size: int = 5, riding: int | None = 35075) -> list[Signature]:
    return [
        make.signed(petition, f"p{index}-{riding}@example.org", f"Person {index}", riding_number=riding)
        for index in range(size)
    ]


def counts(petition: Petition) -> tuple[int, int]:
    count_signatures(now=make.NOON)
    row = PetitionCount.objects.get(petition=petition)
    return row.confirmed, row.pending


def confirm(signature: Signature) -> None:
    confirm_signature(
        signature_id=signature.pk, riding_number=None, circumstances=make.circumstances(), now=make.NOON
    )


def test_counts_follow_signing_confirming_and_withdrawing(petition: Petition) -> None:
    rows = crowd(petition)
    seen = [counts(petition)]
    for row in rows[:3]:
        confirm(row)
    seen.append(counts(petition))
    withdraw_signature(signature_id=rows[0].pk, now=make.NOON)
    seen.append(counts(petition))

    assert seen == [(0, 5), (3, 2), (2, 2)]


def test_counts_follow_changes_in_bulk_and_deletions(petition: Petition) -> None:
    crowd(petition, 4, 35075)
    crowd(petition, 2, None)
    Signature.objects.update(state="confirmed", confirmed_at=make.NOON)
    seen = [counts(petition)]
    Signature.objects.filter(riding_number=35075).update(riding_number=59001)
    Signature.objects.filter(riding_number__isnull=True).delete()
    seen.append(counts(petition))

    assert seen == [(6, 0), (4, 0)]
    tallies = Tally.objects.exclude(confirmed=0).values_list("riding_number", "confirmed")
    assert list(tallies) == [(59001, 4)]


def test_suspect_signatures_do_not_count_before_they_are_confirmed(petition: Petition) -> None:
    make.signed(petition, suspicion=frozenset({"honeypot"}))

    count_signatures(now=make.NOON)

    assert not PetitionCount.objects.exists()


def test_counting_twice_adds_nothing(petition: Petition) -> None:
    crowd(petition)

    assert [counts(petition), counts(petition)] == [(0, 5), (0, 5)]
    assert CountChange.objects.count() == 0


def test_a_change_of_other_columns_notes_nothing(petition: Petition) -> None:
    crowd(petition, 1)
    count_signatures(now=make.NOON)
    Signature.objects.update(mail_count=3, name="Somebody")

    assert CountChange.objects.count() == 0


def test_a_recount_finds_no_fault_with_right_counts(petition: Petition) -> None:
    for row in crowd(petition)[:2]:
        confirm(row)
    seen = [recount_signatures(now=make.NOON)]
    count_signatures(now=make.NOON)
    seen.append(recount_signatures(now=make.NOON + timedelta(days=1)))

    assert seen == [[], []]
    assert counts(petition) == (2, 3)


def test_a_recount_mends_and_reports_wrong_counts(petition: Petition) -> None:
    crowd(petition)
    count_signatures(now=make.NOON)
    Tally.objects.update(confirmed=7)
    PetitionCount.objects.update(pending=99)

    drifts = recount_signatures(now=make.NOON)

    assert drifts == [Drift(petition.pk, 35075, -7, 0)]
    assert counts(petition) == (0, 5)
    assert Tally.objects.values_list("confirmed", "pending").get() == (0, 5)


def test_a_recount_sees_rows_written_behind_the_triggers_back(petition: Petition) -> None:
    crowd(petition)
    count_signatures(now=make.NOON)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing deferred may wait while triggers change
        cursor.execute("ALTER TABLE petitions_signature DISABLE TRIGGER USER")
        cursor.execute("UPDATE petitions_signature SET state = 'confirmed', confirmed_at = now()")
        cursor.execute("ALTER TABLE petitions_signature ENABLE TRIGGER USER")

    assert recount_signatures(now=make.NOON) == [Drift(petition.pk, 35075, 5, -5)]
    assert counts(petition) == (5, 0)
