"""The floor: locks, wake-ups, panels, plain text, the organizer's log-in."""

import logging
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from coop4canada.kit import jobs, panels
from coop4canada.kit.db import advisory_lock
from coop4canada.kit.text import plain, slug
from supporters.models import User


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trois-Rivières", "trois rivieres"),
        ("Ahuntsic—Cartierville", "ahuntsic cartierville"),
        ("  L'Île-d'Orléans ", "l ile d orleans"),
        ("Sacré-Cœur", "sacre coeur"),
        ("Nunavut (ᓄᓇᕗᑦ)", "nunavut"),
    ],
)
def test_plain_text_forgets_accents_case_and_dashes(text: str, expected: str) -> None:
    assert plain(text) == expected
    assert slug(text) == expected.replace(" ", "-")


def test_an_advisory_lock_is_held_inside_and_free_afterwards(db: None) -> None:
    def held() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
            )
            count: int = cursor.fetchone()[0]
            return count

    with advisory_lock("test"):
        assert held() == 1
    assert held() == 0


def test_a_wake_up_is_sent_only_after_the_commit(
    db: None, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    sent: list[tuple[str, float | None]] = []
    monkeypatch.setattr(
        "coop4canada.kit.jobs.current_app.send_task",
        lambda name, countdown, **_options: sent.append((name, countdown)),
    )

    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            jobs.enqueue("a.task", delay_seconds=2)
        assert sent == []

    assert sent == [("a.task", 2)]


def test_a_broker_out_of_reach_is_logged_and_breaks_nothing(
    db: None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    def refuse(*_args: Any, **_options: Any) -> None:
        raise ConnectionRefusedError("no broker")

    monkeypatch.setattr("coop4canada.kit.jobs.current_app.send_task", refuse)

    with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue("a.task")

    assert "the sweep will catch up: a.task" in caplog.text


def test_panels_come_in_order_and_silent_ones_stay_out(monkeypatch: pytest.MonkeyPatch) -> None:
    offers = (
        lambda riding: panels.Panel("late.html", {"riding": riding}, order=20),
        lambda riding: None,
        lambda riding: panels.Panel("early.html", order=10),
    )
    monkeypatch.setattr(panels, "functions_of", lambda slot: offers if slot == "riding_panels" else ())

    found = panels.panels_for("riding_panels", riding="here")

    assert [panel.template for panel in found] == ["early.html", "late.html"]
    assert found[1].context == {"riding": "here"}


def test_the_organizers_log_in_is_made_once_and_printed_again(
    db: None, settings: Any, tmp_path: Path
) -> None:
    settings.DEBUG, settings.VAR_DIR = True, tmp_path
    first, second = StringIO(), StringIO()

    call_command("ensure_organizer", stdout=first)
    call_command("ensure_organizer", stdout=second)

    assert first.getvalue() == second.getvalue()
    email, password = first.getvalue().strip().removeprefix("Organizer log-in: ").split(" / ")
    user = User.objects.get(email=email)
    assert user.is_superuser
    assert user.check_password(password)


def test_production_gets_no_ready_made_organizer(db: None, settings: Any) -> None:
    settings.DEBUG = False

    with pytest.raises(CommandError, match="createsuperuser"):
        call_command("ensure_organizer")
    assert not User.objects.filter(is_superuser=True).exists()
