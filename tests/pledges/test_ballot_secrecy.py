"""No page, file, mail, log line or join of columns says who chose what; each test first makes what could leak."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.signals import got_request_exception
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.views.debug import ExceptionReporter

from coop4canada.kit.clock import now
from coop4canada.kit.logs import JsonFormatter, WithoutSecrets
from pledges.models import Ballot, RecommendationRound, RollEntry
from pledges.services import plan_reminders, queue_round_mails, withdraw_option
from supporters.models import OutgoingMessage, User
from supporters.queries.my_data import personal_export, personal_page
from tests.pledges import build_rounds as build

TABLES_OF_PEOPLE = (
    "pledges_rollentry",
    "pledges_pledge",
    "pledges_pledgechange",
    "supporters_supporter",
    "supporters_outgoingmessage",
    "supporters_consentevent",
    "supporters_mailevent",
    "django_admin_log",
    "django_session",
    "pledges_roundmailing",
)


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position",
            [table],
        )
        return [row[0] for row in cursor.fetchall()]


def joined_by(table: str, column: str, other: str) -> int:
    """Return how many rows of people a ballot's column meets."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT count(*) FROM pledges_ballot AS b JOIN {table} AS p ON b."{other}"::text = p."{column}"::text'
        )
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
@pytest.mark.parametrize("is_closed", [False, True], ids=["open", "closed"])
def test_no_pair_of_columns_joins_ballots_with_people(is_closed: bool) -> None:
    row, entries = build.opened(people=8)
    build.vote_all(entries, *["ada ben"] * 7)
    queue_round_mails(now=now())
    plan_reminders(now=row.closes_at - build.HOUR)
    queue_round_mails(now=now())
    if is_closed:
        build.closed(row)
    assert (Ballot.objects.count(), OutgoingMessage.objects.count()) == (7, 9)

    met = {
        (table, column, other): joined_by(table, column, other)
        for table in TABLES_OF_PEOPLE
        for column in columns_of(table)
        for other in columns_of("pledges_ballot")
    }

    # What the round's number meets is every row of it alike; small numbers meet other small numbers by chance.
    assert {other for (_table, _column, other), number in met.items() if number} <= {"round_id"}
    assert columns_of("pledges_ballot") == ["key", "marks", "round_id"]


@pytest.mark.django_db
def test_the_roll_and_the_ballots_have_no_column_that_time_or_order_could_join() -> None:
    assert columns_of("pledges_rollentry") == ["id", "pledge_id", "round_id"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conrelid = 'pledges_ballot'::regclass"
            " AND confrelid <> 'pledges_recommendationround'::regclass"
        )
        assert cursor.fetchone()[0] == 0


@pytest.mark.django_db(transaction=True)
def test_a_ballot_is_the_only_row_of_its_transaction() -> None:
    _row, entries = build.opened(people=5)
    queue_round_mails(now=now())
    Client().post(build.link(entries[0]), {"rank-ada": "1"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM pledges_ballot")
        (number,) = cursor.fetchone()
        others = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE xmin::text = %s', [number])
            others[table] = cursor.fetchone()[0]

    assert {table: found for table, found in others.items() if found} == {"pledges_ballot": 1}


@pytest.mark.django_db(transaction=True)
def test_at_closing_ballots_lose_their_keys_and_the_order_in_which_they_came() -> None:
    row, entries = build.opened(people=60)
    build.vote_all(entries, *["ada"] * 20, *["ben"] * 20, *["cy"] * 20)
    before = set(Ballot.objects.values_list("key", flat=True))
    build.closed(row)
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, marks[1], xmin::text FROM pledges_ballot ORDER BY ctid")
        rows = cursor.fetchall()

    assert len({xmin for _key, _mark, xmin in rows}) == 1
    assert before.isdisjoint({key for key, _mark, _xmin in rows})
    marks = [mark for _key, mark, _xmin in rows]
    assert sorted(marks) == ["ada"] * 20 + ["ben"] * 20 + ["cy"] * 20 != marks


def every_role() -> Iterator[User]:
    """Yield an organizer with everything, and one for every single right of this app and of people."""
    yield User.objects.create_superuser("all@example.org", "a long pass phrase")
    rights = Permission.objects.filter(content_type__app_label__in=["pledges", "supporters"])
    for right in rights.order_by("pk"):
        user = User.objects.create_user(f"{right.codename}@example.org", "a long pass phrase", is_staff=True)
        user.user_permissions.add(right)
        yield user


def admin_pages(row: RecommendationRound, entries: list[RollEntry]) -> list[str]:
    person = entries[0].pledge.supporter_id if entries[0].pledge else 0
    mail = OutgoingMessage.objects.latest("pk").pk
    change = "admin:pledges_recommendationround_change"
    return [
        reverse("admin:index"),
        reverse("admin:app_list", args=["pledges"]),
        reverse("admin:pledges_recommendationround_changelist"),
        reverse(change, args=[row.pk]),
        reverse("admin:pledges_recommendationround_history", args=[row.pk]),
        reverse("admin:supporters_supporter_change", args=[person]),
        reverse("admin:supporters_outgoingmessage_changelist"),
        reverse("admin:supporters_outgoingmessage_change", args=[mail]),
    ]


@pytest.mark.django_db
def test_no_organizer_sees_a_ballot_a_tally_or_a_link() -> None:
    row, entries = build.opened(people=6)
    build.vote_all(entries, *["ben none"] * 5, "ada")
    queue_round_mails(now=now())
    tokens = [message.context["token"] for message in OutgoingMessage.objects.all()]
    keys = list(Ballot.objects.values_list("key", flat=True))
    shown = []
    for user in every_role():
        client = Client()
        client.force_login(user)
        for path in admin_pages(row, entries):
            answer = client.get(path)
            assert answer.status_code in {200, 302, 403, 404}
            shown.append(answer.content.decode())

    together = "\n".join(shown)
    assert "Ben Ng" in together
    assert [secret for secret in (*tokens, *keys, "none,", "['ben'") if secret in together] == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", ["ballot", "ballotsecret", "rollentry", "roundresult"])
def test_what_could_tell_has_no_page_in_admin(model: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:pledges_{model}_changelist")


@pytest.mark.django_db
@pytest.mark.parametrize(("cast", "shown"), [(4, "fewer than are ever shown"), (5, "ballots: 5")])
def test_organizers_see_how_many_came_once_they_are_enough(
    organizer_client: Client, cast: int, shown: str
) -> None:
    row, entries = build.opened(people=6)
    build.vote_all(entries[:cast], *["ada"] * cast)
    path = reverse("admin:pledges_recommendationround_change", args=[row.pk])

    assert shown in organizer_client.get(path).content.decode()


@pytest.mark.django_db
def test_my_data_say_that_one_could_vote_and_nothing_of_the_choice() -> None:
    _row, entries = build.opened(people=5)
    build.vote(entries[0], "ben", "cy")
    pledge = entries[0].pledge
    assert pledge is not None
    assert pledge.supporter is not None
    export = json.dumps(personal_export(personal_page(pledge.supporter)), default=str)

    assert "the general election of 2029" in export
    assert [word for word in ("ben", "ada", '"cy"', Ballot.objects.get().key) if word in export.lower()] == []


@pytest.mark.django_db
def test_the_choice_and_the_link_reach_no_log(caplog: pytest.LogCaptureFixture) -> None:
    row, entries = build.opened(people=5)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    handler.addFilter(WithoutSecrets())
    logging.getLogger().addHandler(handler)
    path = build.link(entries[0])
    try:
        with caplog.at_level(logging.DEBUG):
            Client().post(path, {"rank-ada": "1", "rank-ben": "1"})
            Client().post(path, {"rank-ada": "1", "rank-ben": "2"})
            build.let_time_pass(row)
            Client().post(path, {"rank-ada": "1"})
    finally:
        logging.getLogger().removeHandler(handler)

    lines = [line for line in stream.getvalue().splitlines() if "django.db.backends" not in line]
    assert any("ballot" in line for line in lines)
    token = path.split("/")[-2]
    assert [line for line in lines if token in line or "ada" in line or "rank-" in line] == []


@pytest.mark.django_db
def test_an_error_page_hides_what_was_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    _row, entries = build.opened(people=5)
    seen: dict[str, Any] = {}

    def fail(**_kwargs: Any) -> None:
        raise RuntimeError("database away")

    def keep(sender: Any, request: Any, **_kwargs: Any) -> None:
        seen["text"] = ExceptionReporter(request, *sys.exc_info()).get_traceback_text()

    monkeypatch.setattr("pledges.services.cast_ballot", fail)
    got_request_exception.connect(keep)
    client = Client(raise_request_exception=False)
    assert client.post(build.link(entries[0]), {"rank-cy": "1"}).status_code == 500
    got_request_exception.disconnect(keep)

    assert "rank-cy" in seen["text"]
    assert "rank-cy = '1'" not in seen["text"]
    assert "('cy',)" not in seen["text"]


@pytest.mark.django_db
def test_the_ballot_page_never_shows_what_was_chosen() -> None:
    row, entries = build.opened(people=5)
    path = build.link(entries[0])
    empty = Client().get(path).content.decode()
    Client().post(path, {"rank-cy": "1", "rank-ben": "2"})
    filled = Client().get(path).content.decode()
    Client().post(path, {"rank-ada": "1"})
    changed = Client().get(path).content.decode()

    assert "A ballot of yours is in" in filled
    assert filled == changed
    assert " selected" not in empty + filled
    withdraw_option(option_id=row.options.get(key="cy").pk, now=now())
    assert " selected" not in Client().get(path).content.decode()
