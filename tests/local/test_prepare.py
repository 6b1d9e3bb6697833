"""The commands that prepare the local database, in one process."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from coop4canada.local import prepare


def test_commands_run_in_order_and_the_log_in_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []

    def call_command(name: str, **options: Any) -> None:
        called.append(name)
        if "stdout" in options:
            options["stdout"].write("Organizer log-in: edith")

    monkeypatch.setattr(prepare, "call_command", call_command)

    code = prepare.main(tmp_path / "notes")

    assert (code, called) == (0, ["migrate", "load_demo", "ensure_organizer"])
    assert (tmp_path / "notes").read_text() == "Organizer log-in: edith"
    assert (tmp_path / "notes").stat().st_mode & 0o777 == 0o600


def test_command_that_refuses_is_its_sentence_and_ends_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def call_command(name: str, **_options: Any) -> None:
        if name == "load_demo":
            raise CommandError("The file boundaries.zip is cut off.", returncode=3)

    monkeypatch.setattr(prepare, "call_command", call_command)

    assert prepare.main(tmp_path / "notes") == 3
    assert capsys.readouterr().err == "The file boundaries.zip is cut off.\n"
    assert not (tmp_path / "notes").exists()
