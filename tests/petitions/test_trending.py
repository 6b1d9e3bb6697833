"""Organizers are told of floods, by an index that only reads the last hour."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from campaign.models import OrganizerAlert
from petitions.enums import TrendKind
from petitions.models import Petition, Signature, TrendingThreshold
from petitions.queries.trending import TRENDS, Trend, trends
from petitions.services import watch_trends
from petitions.tasks import watch_trends as watch_job
from supporters.models import AddressRule
from tests import make
from tests.crowd import make_signatures

pytestmark = pytest.mark.django_db

NOW = make.NOON + timedelta(minutes=30)


@pytest.fixture
def petition() -> Petition:
    for kind, most in (("network", 2), ("wide", 4), ("domain", 2)):
        TrendingThreshold.objects.update_or_create(kind=kind, defaults={"most_per_hour": most})
    return make.petition()


def flood(petition: Petition, origins: list[str], domain: str = "gmail.com") -> None:
    """Let one person sign from each of the networks."""
    Signature.objects.bulk_create(
        Signature(petition=petition, origin=origin, email_domain=domain, created_at=make.NOON, name="x")
        for origin in origins
    )


@pytest.mark.parametrize(
    ("origins", "domain", "found"),
    [
        (["192.0.2.1/32"] * 2, "gmail.com", []),
        (["192.0.2.1/32"] * 3, "gmail.com", [(TrendKind.NETWORK, "192.0.2.1/32", 3)]),
        ([f"192.0.2.{n}/32" for n in range(5)], "gmail.com", [(TrendKind.WIDE, "192.0.2.0/24", 5)]),
        ([f"2001:db8:1:{n}::/64" for n in range(5)], "gmail.com", [(TrendKind.WIDE, "2001:db8:1::/48", 5)]),
        (
            ["2001:db8:1:1::/64"] * 3,
            "firm.example",
            [(TrendKind.DOMAIN, "firm.example", 3), (TrendKind.NETWORK, "2001:db8:1:1::/64", 3)],
        ),
        ([""] * 3, "firm.example", [(TrendKind.DOMAIN, "firm.example", 3)]),
        ([""] * 9, "", []),
    ],
)
def test_what_stands_out_within_an_hour(
    petition: Petition, origins: list[str], domain: str, found: list[tuple[TrendKind, str, int]]
) -> None:
    flood(petition, origins, domain)

    assert trends(NOW) == [Trend(petition.pk, *trend) for trend in found]


@pytest.mark.parametrize("after", [timedelta(0), timedelta(minutes=61)])
def test_another_hour_does_not_count(petition: Petition, after: timedelta) -> None:
    flood(petition, ["192.0.2.1/32"] * 3)

    assert trends(make.NOON + after) == []


@pytest.mark.parametrize(("subject", "pattern"), [("domain", "firm.*"), ("network", "192.0.2.0/24")])
def test_who_is_allowed_does_not_stand_out(petition: Petition, subject: str, pattern: str) -> None:
    flood(petition, ["192.0.2.1/32"] * 3, "firm.example")
    AddressRule.objects.create(verdict="allow", subject=subject, pattern=pattern)

    left = TrendKind.NETWORK if subject == "domain" else TrendKind.DOMAIN
    assert [trend.kind for trend in trends(NOW)] == [left]


def test_organizers_are_told_once_with_a_link_to_the_signatures(
    petition: Petition, caplog: pytest.LogCaptureFixture
) -> None:
    flood(petition, ["192.0.2.1/32"] * 3, "firm.example")
    for _hour in range(2):
        watch_trends(now=NOW)

    alerts = OrganizerAlert.objects.order_by("key").values_list("message", "link")
    assert list(alerts) == [
        (
            "3 signatures from firm.example under “title en” within one hour.",
            f"/admin/petitions/signature/?petition={petition.pk}&q=%40firm.example",
        ),
        (
            "3 signatures from 192.0.2.1/32 under “title en” within one hour.",
            f"/admin/petitions/signature/?petition={petition.pk}&q=192.0.2.1%2F32",
        ),
    ]
    assert [record.levelname for record in caplog.records] == ["ERROR"] * 4


def test_a_quiet_hour_is_no_news(petition: Petition) -> None:
    watch_job()

    assert not OrganizerAlert.objects.exists()


def test_only_the_last_hour_is_read() -> None:
    make_signatures(100_000)
    values: dict[str, Any] = {
        "since": make.NOON - timedelta(hours=1),
        "now": make.NOON,
        "network": 1,
        "wide": 1,
        "domain": 1,
    }

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {TRENDS}", values)
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "Bitmap Index Scan on signature_created" in plan
    assert "Seq Scan on petitions_signature" not in plan
