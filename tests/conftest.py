"""What every test stands on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases

from coop4canada.kit.memory import forget_everything
from ridings.index import holder
from ridings.models import BoundarySet
from supporters.models import User
from tests import people
from tests.shared_country import SharedCountry

DATA_DIR = Path(settings.DATA_DIR)


def has_official_data() -> bool:
    return (DATA_DIR / "boundaries" / "boundaries_2023.geojson.gz").exists()


def _commits_for_real(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


def _needs_database(item: pytest.Item) -> bool:
    named = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or named & {"db", "django_db_setup"})


def _turn(item: pytest.Item) -> int:
    return 2 if _commits_for_real(item) else int(_needs_database(item))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put tests without a database first: they run while one worker loads the country.

    Those with real commits come last: they empty the database of it. Leave out tests of the official files, loudly, where
    the files are not at hand.
    """
    items.sort(key=_turn)
    if has_official_data():
        return
    left_out = pytest.mark.skip(reason=f"the official data files are not in COOP_DATA_DIR ({DATA_DIR})")
    for item in items:
        if item.get_closest_marker("country"):
            item.add_marker(left_out)


@pytest.fixture(scope="session", autouse=True)
def _load_early(request: pytest.FixtureRequest, worker_id: str) -> None:
    """Let the first of several workers load the country at once, if any test will ask for it."""
    if worker_id == "gw0" and any(_needs_database(item) for item in request.session.items):
        request.getfixturevalue("django_db_setup")


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[None]:
    """Make the test database and load the country once: the official files where they are at hand, else the fixtures.

    Several workers share the loading. The plugin's own fixture makes no database when only browser tests are chosen,
    which name none.
    """
    keeps = request.getfixturevalue("django_db_keepdb")
    reuses = keeps and not request.getfixturevalue("django_db_createdb")
    is_shared = worker_id != "master" and not keeps
    with django_db_blocker.unblock():
        shared = SharedCountry(tmp_path_factory.getbasetemp().parent) if is_shared else None
        if shared:
            shared.enter()
        made = setup_databases(0, interactive=False, keepdb=reuses, serialized_aliases=set())
        call_command("load_demo", if_empty=True, verbosity=0)
    yield
    with django_db_blocker.unblock():
        if not keeps:
            teardown_databases(made, verbosity=0)
        if shared:
            shared.leave()


@pytest.fixture(autouse=True)
def _fresh_memories() -> Iterator[None]:
    """Keep no shapes of one test's boundary set for the next, nor anything else that a process remembers."""
    holder.forget()
    forget_everything()
    yield
    holder.forget()
    forget_everything()


@pytest.fixture
def no_country(db: None) -> None:
    """A database without country and words, for tests that make their own; undone with the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE ridings_boundaryset, ridings_election, ridings_preset, campaign_party CASCADE"
        )
        cursor.execute("TRUNCATE campaign_campaign, ridings_recomputerequest, ridings_place CASCADE")
        # The words that a first start installs.
        cursor.execute("TRUNCATE petitions_petition, supporters_consentwording, supporters_maillimit CASCADE")
        cursor.execute("TRUNCATE campaign_sharetext, supporters_addressrule CASCADE")


@pytest.fixture
def country(db: None) -> BoundarySet:
    """The real country: loaded once for all tests; loaded again if a test with real commits has emptied it."""
    if not BoundarySet.objects.exists():
        call_command("load_demo", verbosity=0)
    return BoundarySet.objects.get(status="live")


@pytest.fixture
def organizer(db: None) -> User:
    return people.edith()


@pytest.fixture
def organizer_client(organizer: User) -> Client:
    client = Client()
    client.force_login(organizer)
    return client
