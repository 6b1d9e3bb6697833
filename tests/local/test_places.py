"""Where the servers' programs are looked for."""

import importlib.util
import os
from pathlib import Path

import pytest

from coop4canada.local import LocalError, account, places


def server_that_says(folder: Path, name: str, words: str) -> None:
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\necho '{words}'\n")
    program.chmod(0o755)


@pytest.mark.parametrize(
    ("name", "words"),
    [("redis-server", "Redis server v=7.0.15 sha=0"), ("valkey-server", "Valkey server v=8.1.8 sha=0")],
)
def test_new_enough_server_of_the_machine_takes_precedence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, words: str
) -> None:
    server_that_says(tmp_path, name, words)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")

    assert places.redis_program() == tmp_path / name


@pytest.mark.parametrize("words", ["Redis server v=6.0.16 sha=0", "something else altogether"])
def test_too_old_server_of_the_machine_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    server_that_says(tmp_path, "redis-server", words)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")

    assert places.redis_program().parent != tmp_path


def test_missing_servers_are_one_sentence_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(places, "database_account", lambda _existing: None)

    with pytest.raises(
        LocalError, match=r"^No Redis 6\.2 or newer found: install redis-server, or set REDIS_URL"
    ):
        places.redis_program()
    with pytest.raises(LocalError, match="^PostgreSQL is not installed: run make, or set DATABASE_URL"):
        places.postgres_place(tmp_path, lasting=False)


def test_root_takes_an_existing_unprivileged_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    stand_in = account.database_account(tmp_path / "absent")

    assert stand_in is not None
    assert stand_in.uid != 0
    assert stand_in.name in account.UNPRIVILEGED


def test_ordinary_user_stays_who_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    assert account.database_account(tmp_path) is None


def test_root_alone_on_the_machine_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(account, "_candidates", lambda _existing: [])

    with pytest.raises(LocalError, match="^PostgreSQL cannot run as root and this machine has no other user"):
        account.database_account(tmp_path)
