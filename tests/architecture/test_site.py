"""What is public, what is enqueued, what is migrated."""

import ast
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.template import engines
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).parents[2]

PUBLIC = {
    "account_confirm_login_code",
    "account_login",
    "account_logout",
    "account_request_login_code",
    "account_signup",
    "admin:login",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "api:api-root",
    "api:chapter",
    "api:coalition",
    "api:drives",
    "api:lookup",
    "api:map_cartogram",
    "api:map_colours",
    "api:map_geometry",
    "api:map_recommendations",
    "api:openapi-json",
    "api:petition",
    "api:petition_ridings",
    "api:pledges",
    "api:poll",
    "api:polls",
    "api:poll_project",
    "api:poll_projects",
    "api:recommendation",
    "api:riding",
    "api:ridings",
    "campaign:coalition",
    "campaign:contact",
    "campaign:contact-thanks",
    "campaign:join",
    "campaign:join-thanks",
    "campaign:letter",
    "campaign:letters",
    "campaign:plan",
    "campaign:toolkit",
    "campaign:toolkits",
    "chapters:answers",
    "chapters:chapter",
    "chapters:list",
    "coalition-logo",
    "doors:worker",
    "healthz",
    "home",
    "mail-events",
    "payment-events",
    "map:geometry",
    "paper:cards",
    "paper:confirm",
    "petitions:card",
    "petitions:confirm",
    "petitions:go",
    "petitions:letter",
    "petitions:letter-csv",
    "petitions:manage",
    "petitions:petition-list",
    "petitions:petition-page",
    "petitions:ridings",
    "petitions:sign",
    "petitions:signed",
    "petitions:stall-end",
    "petitions:thanks",
    "pledge:confirm",
    "pledge:go",
    "pledge:make",
    "pledge:manage",
    "pledge:page",
    "pledge:pledged",
    "pledge:thanks",
    "pledges:calendar",
    "pledges:confirm-reminder",
    "pledges:confirm-report",
    "pledges:drive-page",
    "pledges:drives",
    "pledges:joined",
    "pledges:mail-sent",
    "pledges:remind-me",
    "pledges:stop",
    "polls:gift",
    "polls:gift-back",
    "polls:give",
    "polls:give-cancelled",
    "polls:give-for",
    "polls:list",
    "polls:mend-card",
    "polls:poll",
    "polls:poll-readings",
    "polls:project",
    "polls:take-back",
    "privacy",
    "proof",
    "readyz",
    "recommendations:ballot",
    "recommendations:ballot-in",
    "recommendations:file",
    "recommendations:list",
    "recommendations:page",
    "recommendations:round",
    "represent-boundaries",
    "represent-boundary",
    "represent-boundary-set",
    "represent-postcode",
    "ridings:find",
    "ridings:riding-page",
    "ridings:riding-short",
    "ridings:ridings-map",
    "robots",
    "supporters:address-data",
    "supporters:address-data-download",
    "supporters:my-data",
    "supporters:my-data-consents",
    "supporters:my-data-correct",
    "supporters:my-data-download",
    "supporters:my-data-erase",
    "supporters:my-data-erased",
    "supporters:my-data-page",
    "supporters:not-me",
    "supporters:unsubscribe",
    "teams:feed",
    "teams:landing",
    "teams:signup-calendar",
    "teams:signup-link",
    "teams:team",
    "voting:stop",
    "voting:voted",
}


def patterns(resolver: Any, namespace: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found += patterns(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        else:
            found.append((f"{namespace}{entry.name}", entry))
    return found


def test_what_is_open_without_log_in_is_a_known_list() -> None:
    public = {
        name
        for name, entry in patterns(get_resolver())
        if not getattr(entry.callback, "login_required", True)
    }

    assert public == PUBLIC


def test_every_enqueued_job_is_a_registered_task() -> None:
    current_app.loader.import_default_modules()
    names = set()
    for path in ROOT.glob("*/services/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "enqueue":
                assert isinstance(node.args[0], ast.Constant)
                names.add(node.args[0].value)

    assert names
    assert names <= set(current_app.tasks)


def test_every_job_of_the_timetable_is_a_registered_task() -> None:
    current_app.loader.import_default_modules()

    timetable = {entry["task"] for entry in current_app.conf.beat_schedule.values()}
    assert timetable
    assert timetable <= set(current_app.tasks)


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_app_has_one_last_migration() -> None:
    assert MigrationLoader(None).detect_conflicts() == {}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ridings/",
        "/ridings/find/",
        "/chapters/",
        "/volunteer/",
        "/volunteer/phone-team/",
        "/fr/",
        "/fr/ridings/",
    ],
)
def test_public_pages_are_cacheable_and_leave_no_cookie(client: Client, country: Any, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer
    assert "public" in answer["Cache-Control"] or "no-store" in answer["Cache-Control"]
    assert "Cookie" not in answer.get("Vary", "")
    assert "Accept-Language" not in answer.get("Vary", "")
    assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_the_content_security_policy_allows_nothing_inline(client: Client, country: Any) -> None:
    policy = client.get("/")["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "default-src 'self'" in policy


def test_a_get_cannot_be_a_post(client: Client, db: None) -> None:
    assert client.post("/").status_code == 405


@pytest.mark.django_db
def test_an_unknown_page_is_a_kind_404_in_both_languages(client: Client) -> None:
    english, french = client.get("/no/such/page/"), client.get("/fr/no/such/page/")

    assert (english.status_code, french.status_code) == (404, 404)
    assert '<html lang="fr"' in french.content.decode()


@pytest.mark.parametrize(
    ("question", "status"),
    [({"q": "K1A 0B1"}, 200), ({"q": "x" * 10_000}, 422), ({"q": ""}, 422), ({"lat": "1"}, 422)],
)
def test_what_somebody_asks_stays_out_of_shared_caches(
    client: Client, country: Any, question: dict[str, str], status: int
) -> None:
    answer = client.get("/ridings/find/", question)

    assert (answer.status_code, answer["Cache-Control"]) == (status, "private, no-store")


def test_every_template_can_be_read() -> None:
    folder = ROOT / "templates"
    names = sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in {".html", ".txt"}
    )

    # A tag that is not loaded shows only when the template is read.
    engine = engines["django"].engine  # type: ignore[attr-defined]  # of Django's own backend
    assert [engine.get_template(name).name for name in names] == names
