"""A real site, served by its real web server on the test database, and a real browser to visit it."""

import datetime as dt
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    expect,
    sync_playwright,
)

from campaign.models import Party
from pledges.models import DriveReminder, MembershipReport, PartyMembershipDrive
from ridings.models import BoundarySet, GeometryDocument
from supporters.models import OutgoingMessage, Supporter
from tests.pledges import build

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SECONDS_TO_START = 60
# A page that is slow because the machine is busy is no failure; one that never comes is.
PATIENCE_MS = 30_000


def _chromium() -> str | None:
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test here, keep them on one worker, leave them out, loudly, where there is no browser."""
    reason = "NO BROWSER: tests in a real browser were left out; install chromium or set CHROMIUM=/path/to/it"
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            # An automatic run installs a browser: without one its tests fail instead of being left out.
            if _chromium() is None and os.environ.get("CI") != "true":
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the running site keeps its files, the books of its trial provider among them."""
    return tmp_path_factory.mktemp("browsed-site")


@pytest.fixture(scope="session")
def _server(django_db_setup: None, django_db_blocker: Any, site_folder: Path) -> Iterator[str]:
    """Start the web server as production does, on the database of this test run."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "DATABASE_URL": _test_database_url(),
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "DJANGO_DEBUG": "false",
        "COOP_VAR_DIR": str(site_folder),
        "COOP_SITE_URL": f"http://127.0.0.1:{port}",
    }
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
    subprocess.run(
        [*manage, "collectstatic", "--noinput", "-v0"], env=environment, check=True, cwd=settings.BASE_DIR
    )
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    with (site_folder / "web.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "coop4canada.wsgi:application"],
            env=environment,
            cwd=settings.BASE_DIR,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz", process, site_folder / "web.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _test_database_url() -> str:
    values = connection.settings_dict
    host, port, user = values["HOST"] or "127.0.0.1", values["PORT"] or 5432, values["USER"]
    password = f":{values['PASSWORD']}" if values["PASSWORD"] else ""
    if str(host).startswith("/"):
        return f"postgresql://{user}{password}@/{values['NAME']}?host={host}&port={port}"
    return f"postgresql://{user}{password}@{host}:{port}/{values['NAME']}"


def _wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    limit = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < limit and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"The site did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(autouse=True)
def _close_the_loops_connection(django_db_blocker: Any) -> Iterator[None]:
    """End the connection that a query beside Playwright's event loop opens: Django keeps one for each context.

    Left open, it would hold on to the test database when that is removed.
    """
    yield
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture
def site_url(_server: str, django_db_blocker: Any) -> str:
    """The address of the running site; the country is loaded again if a test with real commits emptied it."""
    with django_db_blocker.unblock():
        if not BoundarySet.objects.exists():
            call_command("load_demo", verbosity=0)
    return _server


@pytest.fixture
def has_shapes(site_url: str, django_db_blocker: Any) -> bool:
    """Whether boundaries are loaded, or only the fixtures with their cartogram."""
    with django_db_blocker.unblock():
        return GeometryDocument.objects.exists()


@pytest.fixture
def needs_shapes(has_shapes: bool) -> None:
    if not has_shapes:
        pytest.skip("boundaries are not loaded: the official data files are not in COOP_DATA_DIR")


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    # The test database first: beside Playwright's event loop it would be set up on another connection.
    path = _chromium()
    assert path
    # Playwright keeps an event loop in this thread, at which Django would refuse every query of a fixture.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield launched
        launched.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


class Visit:
    """A page and everything that went wrong on it."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.problems: list[str] = []
        self.expected_statuses: set[int] = set()
        self.page = context.new_page()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.problems.append(f"exception: {error}"))
        self.page.on("response", self._on_response)

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path, wait_until="networkidle")
        return self.page

    def _on_console(self, message: ConsoleMessage) -> None:
        # The browser's own line about a failed request repeats what `_on_response` judges.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.problems.append(f"{message.type}: {message.text}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected_statuses:
            self.problems.append(f"{response.status}: {response.url}")


@pytest.fixture
def visit(browser: Browser, site_url: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Visit the site; options of the browser's context by `@pytest.mark.parametrize(..., indirect=True)`.

    Fails on any console error, exception or failed request.
    """
    options = {"viewport": DESKTOP, "reduced_motion": "reduce", **getattr(request, "param", {})}
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    visiting = Visit(context, site_url)
    yield visiting
    context.close()
    assert visiting.problems == []


@pytest.fixture(autouse=True)
def _no_team_stays(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """Leave no team to the next test: whoever is made a captain has one, and what belongs to teams goes with them."""
    yield
    if "site_url" in request.fixturenames:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE volunteers_team CASCADE")


Asking = Callable[[Callable[[], Any]], Any]


@pytest.fixture
def ask(site_url: str, django_db_blocker: Any) -> Iterator[Asking]:
    """Ask the database of the running site; whoever signed there is gone afterwards."""

    def asking(question: Callable[[], Any]) -> Any:
        with django_db_blocker.unblock():
            return question()

    yield asking
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE petitions_signature, petitions_countchange, pledges_pledge CASCADE")
        cursor.execute("TRUNCATE petitions_petitioncount, petitions_tally")
        cursor.execute("TRUNCATE supporters_consentevent, supporters_outgoingmessage, supporters_mailevent")
        cursor.execute("TRUNCATE supporters_usedproof, supporters_sharedcount")
        cursor.execute("TRUNCATE pledges_pledgechange, pledges_pledgetally, pledges_reachedmilestone")
        # Not truncated: accounts point at people, and half the country at accounts.
        Supporter.objects.all().delete()


@pytest.fixture
def drive(site_url: str, django_db_blocker: Any) -> Iterator[PartyMembershipDrive]:
    """A party's vote that one can join today, really committed, and taken away with all that came of it."""
    today = dt.datetime.now(dt.UTC).date()
    days = (("joins_by", 12), ("vote_opens_on", 40), ("vote_closes_on", 47))
    dates: dict[str, Any] = {name: today + dt.timedelta(days=number) for name, number in days}
    with django_db_blocker.unblock():
        made = build.drive(
            "choose-a-leader",
            of=Party.objects.get(code="NDP"),
            slug_fr="choisir-une-direction",
            title_en="Choose a leader",
            title_fr="Choisir une direction",
            **dates,
        )
    yield made
    with django_db_blocker.unblock():
        people = {
            *DriveReminder.objects.filter(drive=made).values_list("supporter_id", flat=True),
            *MembershipReport.objects.filter(drive=made).values_list("supporter_id", flat=True),
        }
        DriveReminder.objects.filter(drive=made).delete()
        MembershipReport.objects.filter(drive=made).delete()
        OutgoingMessage.objects.filter(kind__startswith="pledges/").delete()
        Supporter.objects.filter(pk__in=people).delete()
        made.delete()
