"""Commands beside throwaway servers."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.local.supervised import ROOT, own_environment, wait_for

pytestmark = [pytest.mark.stack, pytest.mark.enable_socket]

PRINT_ADDRESSES = "import json, os; print(json.dumps([os.environ['DATABASE_URL'], os.environ['REDIS_URL']]))"
POLITE = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(5))
print("up", flush=True)
time.sleep(60)
"""
COUNT_ROWS = """
import os, psycopg, redis
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    print(connection.execute("SELECT 1").fetchone()[0], connection.execute("SHOW fsync").fetchone()[0])
with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
    print(client.ping())
"""


def command(verb: str, *words: str) -> list[str]:
    return [sys.executable, "-m", "coop4canada.local", verb, "--", *words]


def environment(state: Path, **more: str) -> dict[str, str]:
    return {**own_environment(), "COOP_VAR_DIR": str(state), **more}


def run(
    state: Path, *words: str, verb: str = "with-servers", **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(verb, *words),
        cwd=ROOT,
        env=environment(state, **more),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("code", [0, 7])
def test_with_servers_returns_the_exit_code_and_leaves_nothing(tmp_path: Path, code: int) -> None:
    outcome = run(tmp_path, sys.executable, "-c", f"raise SystemExit({code})")

    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (code, "", "")
    assert [*(tmp_path / "test").iterdir()] == []


def test_with_servers_returns_a_signal_as_shells_do(tmp_path: Path) -> None:
    outcome = run(tmp_path, sys.executable, "-c", "import os; os.kill(os.getpid(), 9)")

    assert outcome.returncode == 128 + 9


def test_with_servers_gives_working_servers(tmp_path: Path) -> None:
    outcome = run(tmp_path, sys.executable, "-c", COUNT_ROWS)

    assert (outcome.stdout, outcome.stderr) == ("1 off\nTrue\n", "")


def test_with_servers_keeps_addresses_from_outside(tmp_path: Path) -> None:
    outside = {"DATABASE_URL": "postgresql://elsewhere/site", "REDIS_URL": "redis://elsewhere"}

    outcome = run(tmp_path, sys.executable, "-c", PRINT_ADDRESSES, **outside)

    assert json.loads(outcome.stdout) == [*outside.values()]


def test_with_servers_leaves_the_choice_of_settings_to_the_command(tmp_path: Path) -> None:
    outcome = run(
        tmp_path, sys.executable, "-c", "import os; print(os.environ.get('DJANGO_SETTINGS_MODULE'))"
    )

    assert outcome.stdout == "None\n"


def test_unknown_command_is_one_sentence(tmp_path: Path) -> None:
    outcome = run(tmp_path, "no-such-program-anywhere")

    assert (outcome.returncode, outcome.stderr) == (
        127,
        "no-such-program-anywhere: No such file or directory\n",
    )


def test_killed_test_run_is_swept_up_by_the_next(tmp_path: Path) -> None:
    sleeping = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
    first = subprocess.Popen(
        command("with-servers", *sleeping), cwd=ROOT, env=environment(tmp_path), stdout=subprocess.PIPE
    )
    assert first.stdout
    assert first.stdout.readline() == b"up\n"
    first.send_signal(signal.SIGKILL)
    first.wait()
    first.stdout.close()
    assert len([*(tmp_path / "test").iterdir()]) == 1

    run(tmp_path, "true")

    assert wait_for(lambda: [*(tmp_path / "test").iterdir()] == [])


def test_command_is_told_to_stop_and_its_code_returned(tmp_path: Path) -> None:
    words = command("with-servers", sys.executable, "-c", POLITE)
    process = subprocess.Popen(words, cwd=ROOT, env=environment(tmp_path), stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()

    process.send_signal(signal.SIGTERM)

    assert process.wait(30) == 5
    process.stdout.close()


def test_exec_keeps_its_data_from_one_time_to_the_next(tmp_path: Path) -> None:
    code = "import os, psycopg; c = psycopg.connect(os.environ['DATABASE_URL']); {}; c.commit(); c.close()"
    run(tmp_path, sys.executable, "-c", code.format("c.execute('CREATE TABLE kept (n int)')"), verb="exec")

    again = run(
        tmp_path, sys.executable, "-c", code.format("print(c.execute('TABLE kept').fetchall())"), verb="exec"
    )

    assert again.stdout == "[]\n"
    assert os.listdir(tmp_path / "run") == ["stack.lock"]  # noqa: PTH208


def test_clean_keeps_the_database_unless_asked(tmp_path: Path) -> None:
    run(tmp_path, "true", verb="exec")
    clean = [sys.executable, "-m", "coop4canada.local", "clean"]

    subprocess.run(clean, cwd=ROOT, env=environment(tmp_path), check=True)
    kept = (tmp_path / "postgres").exists()
    subprocess.run([*clean, "--database"], cwd=ROOT, env=environment(tmp_path), check=True)

    assert (kept, (tmp_path / "postgres").exists(), (tmp_path / "log").exists()) == (True, False, False)
