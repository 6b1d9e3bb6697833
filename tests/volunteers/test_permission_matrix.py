"""Every address of teams, canvass, phone team, lists and results, as everybody in turn: who is let in, and that nobody else
changes anything.

The table is complete: an address that is not in it fails the test.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, reverse

from supporters.models import User
from tests import people
from tests.volunteers import calling, contacting, gatherings, imports, walking
from tests.volunteers.contacting import NOON, OTHER_RIDING, RIDING
from volunteers.enums import Channel
from volunteers.models import HelpRequest, Membership, WalkSheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

NAMESPACES = ("teams", "canvass", "doors", "phone", "phone-api", "lists", "results")


def of(email: str) -> Callable[[], User]:
    return lambda: User.objects.get(email=email)


CAST: dict[str, Callable[[], User | None]] = {
    "nobody": lambda: None,
    "olga": lambda: contacting.volunteer("olga@example.org"),  # has an account and belongs nowhere
    "bruno": of("bruno@example.org"),  # member of A, holds a turf there
    "ben": of("ben@example.org"),  # member of B
    "fay": of("fay@example.org"),  # of the phone team, holds a call
    "chantal": people.chantal,  # captain of A
    "oscar": people.oscar,  # local organizer of A
    "dev": people.dev,  # captain of B
    "nora": people.nora,  # captain of the phone team
    "edith": people.edith,  # organizer: works in admin, leads no team
}
EVERYBODY = set(CAST)
WITH_ACCOUNT = EVERYBODY - {"nobody"}
LEADERS = {"chantal", "oscar"}
MEMBERS = LEADERS | {"bruno"}
LIST_MAKERS = LEADERS | {"edith"}

# Address: what stands in it, riding A's unless the phone team's, and who is let in.
ADDRESSES: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "lists:index": (("number",), LIST_MAKERS),
    "lists:make": (("number",), LIST_MAKERS),
    "lists:page": (("number", "list"), LIST_MAKERS),
    "lists:edit": (("number", "list"), LIST_MAKERS),
    "lists:move": (("number", "list"), LIST_MAKERS),
    "lists:purge": (("number", "list"), LIST_MAKERS),
    "lists:upload": (("number", "list"), LIST_MAKERS),
    "lists:import": (("number", "list", "batch"), LIST_MAKERS),
    "lists:begin": (("number", "list", "batch"), LIST_MAKERS),
    "lists:drop": (("number", "list", "batch"), LIST_MAKERS),
    "lists:left-out": (("number", "list", "batch"), LIST_MAKERS),
    "phone-api:next": ((), {"ben", "bruno", "chantal", "dev", "fay", "nora"}),
    "phone-api:dial": ((), WITH_ACCOUNT),
    "phone-api:heartbeat": ((), WITH_ACCOUNT),
    "phone-api:outcome": ((), WITH_ACCOUNT),
    "phone-api:skip": ((), WITH_ACCOUNT),
    "canvass:overview": (("number",), LEADERS),
    "canvass:list": (("number", "list"), LEADERS),
    "canvass:map": (("number", "list"), LEADERS),
    "canvass:cut": (("number", "list"), LEADERS),
    "canvass:draw": (("number", "list"), LEADERS),
    "canvass:merge": (("number", "list"), LEADERS),
    "canvass:turfs": (("number",), MEMBERS),
    "canvass:turf": (("number", "turf"), LEADERS),
    "canvass:describe": (("number", "turf"), LEADERS),
    "canvass:outline": (("number", "turf"), LEADERS),
    "canvass:delete": (("number", "turf"), LEADERS),
    "canvass:give": (("number", "turf"), LEADERS),
    "canvass:take": (("number", "turf"), MEMBERS),
    "canvass:return": (("number", "checkout"), {"bruno"}),
    "canvass:reclaim": (("number", "checkout"), LEADERS),
    "canvass:print": (("number", "checkout"), MEMBERS),
    "canvass:sheet": (("number", "code"), MEMBERS),
    "teams:landing": ((), EVERYBODY),
    "teams:my": ((), WITH_ACCOUNT),
    "teams:shift": (("shift",), MEMBERS),
    "teams:courses": ((), WITH_ACCOUNT),
    "teams:course": (("channel",), WITH_ACCOUNT),
    "teams:team": (("number",), EVERYBODY),
    "teams:join": (("number",), WITH_ACCOUNT),
    "teams:leave": (("number",), {"bruno", "chantal"}),
    "teams:inside": (("number",), MEMBERS),
    "teams:write": (("number",), MEMBERS),
    "teams:lead": (("number",), LEADERS),
    "teams:decide": (("number", "membership"), LEADERS),
    "teams:remove": (("number", "membership"), LEADERS),
    "teams:appoint": (("number", "membership"), {"oscar"}),
    "teams:invite": (("number",), LEADERS),
    "teams:settings": (("number",), LEADERS),
    "teams:hand-over": (("number",), {"chantal"}),
    "teams:events": (("number",), LEADERS),
    "teams:new-event": (("number",), LEADERS),
    "teams:event": (("number", "event"), LEADERS),
    "teams:edit-event": (("number", "event"), LEADERS),
    "teams:cancel-event": (("number", "event"), LEADERS),
    "teams:new-shift": (("number", "event"), LEADERS),
    "teams:edit-shift": (("number", "shift"), LEADERS),
    "teams:cancel-shift": (("number", "shift"), LEADERS),
    "teams:people": (("number", "shift"), LEADERS),
    "doors:worker": ((), EVERYBODY),
    "doors:sheets": ((), WITH_ACCOUNT),
    "doors:sheet": (("code",), MEMBERS),
    "doors:walk": (("checkout",), {"bruno"}),
    "doors:sync": (("checkout",), {"bruno"}),
    "doors:door": (("checkout", "door"), {"bruno"}),
    "doors:review": (("number",), LEADERS),
    "doors:settle": (("number", "door"), LEADERS),
    "phone:start": ((), WITH_ACCOUNT),
    "phone:next": ((), WITH_ACCOUNT),
    "phone:help": ((), WITH_ACCOUNT),
    "phone:leaderboard": ((), WITH_ACCOUNT),
    "phone:call": (("lease",), {"fay"}),
    "phone:dial": (("lease",), {"fay"}),
    "phone:outcome": (("lease",), {"fay"}),
    "phone:skip": (("lease",), {"fay"}),
    "phone:board": ((), {"nora"}),
    "phone:board-now": ((), {"nora"}),
    "phone:duty": ((), {"nora"}),
    "phone:steer-list": (("calls",), {"nora"}),
    "phone:help-request": (("help",), {"nora"}),
    "phone:suspend": (("caller",), {"nora"}),
    "results:team": (("number",), MEMBERS),
    "results:leaderboard": (("number",), MEMBERS),
    "results:export": (("number",), LEADERS),
}
# Their door is the secret in the address: whoever has it is let in, with any other nobody is (tests of sign-ups).
BY_SECRET = {"teams:feed", "teams:signup-link", "teams:signup-calendar"}
# What a form has to say, where without it there is no such thing for anybody.
TYPED = {"phone:steer-list": {"state": "paused"}}
LOG_IN = 401


@pytest.fixture
def world(no_country: None) -> dict[str, Any]:
    """One of everything in riding A and of the phone team; riding B has a team of its own."""
    imports.country()
    team, other = contacting.team(RIDING), contacting.team(OTHER_RIDING)
    bruno = contacting.volunteer("bruno@example.org", of=team)
    bea = contacting.volunteer("bea@example.org", of=team)
    contacting.volunteer("ben@example.org", of=other)
    fay = calling.caller("fay@example.org")
    event = gatherings.event(team)
    checkout = walking.walk(bruno, of=team)
    listed = checkout.turf.contact_list
    sheet = WalkSheet.objects.create(
        code="ABCDEFGH", checkout=checkout, printed_at=NOON, expires_at=checkout.due_at, printed_by=bruno
    )
    calls = calling.phone_list()
    contacting.contact(calls)
    lease = calling.claim(fay).lease_id
    gatherings.course(Channel.DOOR)
    batch = imports.checked(listed, imports.table(imports.DOOR_HEAD, [imports.door_line(9)]))
    return {
        "number": RIDING, "pk": None, "checkout": checkout.pk, "door": walking.doors_of(checkout)[0].pk,
        "code": sheet.code, "lease": lease, "batch": batch.pk, "list": listed.pk, "turf": checkout.turf_id,
        "event": event.pk, "shift": gatherings.shift(event).pk,
        "membership": Membership.objects.get(user=bea).pk,
        "calls": calls.pk, "help": HelpRequest.objects.create(caller=fay, asked_at=NOON).pk, "caller": fay.pk,
        "channel": Channel.DOOR,
    }  # fmt: skip


def asked(client: Client, name: str, path: str) -> tuple[set[int], list[str]]:
    """Read an address and send it a form; return the answers, and what was written of teams and voters. All is undone."""
    statuses, written = set(), []
    for verb in ("GET", "POST"):
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            answer = client.get(path) if verb == "GET" else client.post(path, TYPED.get(name, {}))
            to_log_in = answer.status_code == 302 and "/account/login/" in answer["Location"]
            statuses.add(LOG_IN if to_log_in else int(answer.status_code))
            written += [query["sql"] for query in queries if is_a_change(query["sql"])]
            transaction.set_rollback(True)
    return statuses - {405}, written


def is_a_change(sql: str) -> bool:
    return sql.startswith(("INSERT", "UPDATE", "DELETE")) and "volunteers_" in sql


def names_of(patterns: Any, namespace: str) -> set[str]:
    found: set[str] = set()
    for one in patterns:
        if isinstance(one, URLResolver):
            found |= names_of(one.url_patterns, one.namespace or namespace)
        elif namespace in NAMESPACES:
            found.add(f"{namespace}:{one.name}")
    return found


def path_of(name: str, world: dict[str, Any]) -> str:
    return reverse(name, args=[world[key] for key in ADDRESSES[name][0]])


def test_the_table_is_complete() -> None:
    assert names_of(get_resolver().url_patterns, "") == set(ADDRESSES) | BY_SECRET


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_each_is_let_in_where_they_belong_and_changes_nothing_elsewhere(
    world: dict[str, Any], namespace: str
) -> None:
    names = [name for name in ADDRESSES if name.startswith(f"{namespace}:")]
    for who, make in CAST.items():
        client, user = Client(), make()
        if user is not None:
            client.force_login(user)
        for name in names:
            statuses, written = asked(client, name, path_of(name, world))
            is_in = who in ADDRESSES[name][1]
            shut = {LOG_IN} if user is None else {404}
            assert (who, name, bool(statuses - shut)) == (who, name, is_in)
            assert is_in or (statuses, written) == (shut, [])


def test_leaders_need_a_second_factor_where_others_data_is(world: dict[str, Any], settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    theirs = [name for name, (_args, who) in ADDRESSES.items() if who and who <= LIST_MAKERS | {"nora"}]
    for who, make in {"chantal": people.chantal, "oscar": people.oscar, "nora": people.nora}.items():
        client = Client()
        client.force_login(make())
        for name in theirs:
            if who not in ADDRESSES[name][1]:
                continue
            for answer in (client.get(path_of(name, world)), client.post(path_of(name, world), {})):
                assert (name, answer.status_code in {302, 303}) == (name, True)
                assert "/account/second-factor/" in answer["Location"], name


def test_who_asks_for_what_is_not_theirs_is_noted(
    world: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    client, dev = Client(), people.dev()
    client.force_login(dev)
    paths = [
        path_of(name, world)
        for name in ("teams:lead", "canvass:list", "doors:walk", "lists:page", "phone:board")
    ]
    with caplog.at_level("WARNING", "supporters.doors"):
        for path in paths:
            client.get(path)

    noted = [record.getMessage() for record in caplog.records if record.name == "supporters.doors"]
    assert noted == [f"Account {dev.pk} asked for {path}, which is not theirs." for path in paths]
