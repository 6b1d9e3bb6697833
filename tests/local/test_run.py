"""The supervisor with real servers and small programs in place of the site."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys

import psycopg
import pytest

from coop4canada.local import processes
from coop4canada.local.claim import read_notes
from tests.local.supervised import Supervised, wait_for

pytestmark = [pytest.mark.stack, pytest.mark.enable_socket]


def pid_of(site: Supervised, name: str) -> int:
    return int(read_notes(site.state)["processes"][name][0])


def database_url(site: Supervised) -> str:
    return str(read_notes(site.state)["addresses"]["DATABASE_URL"])


def write_and_read(site: Supervised, statement: str = "") -> list[str]:
    with psycopg.connect(database_url(site)) as connection:
        if statement:
            connection.execute(statement)
        return [row[0] for row in connection.execute("SELECT words FROM note")]


def stubborn_processes(site: Supervised) -> list[int]:
    return [pid for pid in processes.marked(site.state) if "SIG_IGN" in processes.command_line(pid)]


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_request_to_stop_leaves_no_process(supervised: Supervised, signal_number: signal.Signals) -> None:
    supervised.start()

    code = supervised.send(signal_number)

    assert (code, supervised.survivors()) == (0, [])
    assert supervised.said().endswith("Stopping …\nEverything is stopped.\n")
    assert not (supervised.state / "postgres/data/postmaster.pid").exists()


def test_request_to_stop_while_starting_leaves_no_process(supervised: Supervised) -> None:
    supervised.begin()
    assert wait_for(lambda: "Starting the servers" in supervised.said())

    supervised.send(signal.SIGINT)

    assert supervised.survivors() == []


@pytest.mark.skipif(shutil.which("setsid") is None, reason="setsid, which gives a terminal, is not installed")
def test_closing_the_terminal_leaves_no_process(supervised: Supervised) -> None:
    # As make does, the session's leader takes the kernel's signal and waits for its child.
    leader = "import signal, subprocess, sys; signal.signal(1, lambda *_: 0); subprocess.call(sys.argv[1:])"
    ours, theirs = os.openpty()
    supervised.start(through=["setsid", "--ctty", "--wait", sys.executable, "-c", leader], terminal=theirs)
    os.close(theirs)

    os.close(ours)

    assert wait_for(supervised.ended)
    assert supervised.survivors() == []
    assert supervised.said().endswith("Stopping …\nEverything is stopped.\n")


def test_closing_block_names_addresses_and_organizer(supervised: Supervised) -> None:
    supervised.start()

    said = supervised.said()

    assert f"English   http://localhost:{supervised.port}/\n" in said
    assert f"Français  http://localhost:{supervised.port}/fr/\n" in said
    assert "organizer: Edith\n" in said
    assert "Ctrl-C stops everything.\n" in said
    assert "step output\n" in said


def test_errors_of_programs_show_with_their_name(supervised: Supervised) -> None:
    supervised.start()

    assert wait_for(lambda: "worker   ERROR worker: hello\n" in supervised.said())


def test_killed_supervisor_takes_its_programs_along_and_loses_no_row(supervised: Supervised) -> None:
    supervised.start()
    write_and_read(supervised, "CREATE TABLE note AS SELECT 'kept' AS words")

    supervised.send(signal.SIGKILL)

    polite = ["http.server", "redis", "postgres", "import time; time.sleep"]
    assert wait_for(lambda: not [line for line in supervised.survivors() for word in polite if word in line])
    supervised.start()
    assert write_and_read(supervised) == ["kept"]


def test_next_start_ends_what_outlived_a_killed_supervisor(supervised: Supervised) -> None:
    supervised.start()
    # The stand-in worker and its child are deaf to the kernel's polite signal.
    assert wait_for(lambda: len(stubborn_processes(supervised)) == 2)
    stubborn = stubborn_processes(supervised)
    supervised.send(signal.SIGKILL)

    supervised.start()

    assert "An earlier run ended without stopping: " in supervised.said()
    assert [pid for pid in stubborn if processes.identity(pid)] == []


def test_everything_killed_at_once_is_recovered_from(supervised: Supervised) -> None:
    supervised.start()
    write_and_read(supervised, "CREATE TABLE note AS SELECT 'kept' AS words")

    supervised.send(signal.SIGKILL)
    for pid in processes.marked(supervised.state):
        os.kill(pid, signal.SIGKILL)
    supervised.start()

    assert write_and_read(supervised) == ["kept"]


def test_process_that_only_inherited_a_number_is_left_alone(supervised: Supervised) -> None:
    supervised.start()
    supervised.send(signal.SIGINT)
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    notes = {"processes": {"worker": [bystander.pid, "the start time of another life"]}}
    (supervised.state / "run/stack.json").write_text(json.dumps(notes))
    lock = supervised.state / "postgres/data/postmaster.pid"
    lock.write_text(f"{bystander.pid}\n{lock.parent}\n1\n5432\n\n\n0 0\nready\n")
    shutil.copystat(lock.parent, lock)
    os.chown(lock, lock.parent.stat().st_uid, lock.parent.stat().st_gid)

    supervised.start()

    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


def test_busy_port_is_one_sentence_and_starts_nothing(supervised: Supervised) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", supervised.port))
        busy.listen()
        supervised.begin()
        assert wait_for(supervised.ended)

    assert supervised.process
    assert supervised.process.returncode == 1
    sentence = supervised.said().removeprefix("Starting the servers …\n")
    assert sentence.startswith(
        f"Port {supervised.port} is used by another program: stop that one, or choose: make"
    )
    assert sentence.count("\n") == 1
    assert not (supervised.state / "postgres").exists()


def test_second_run_in_the_same_folder_is_one_sentence(supervised: Supervised) -> None:
    supervised.start()
    second = Supervised(supervised.state, supervised.port)
    second.screen = supervised.screen.with_name("second")

    second.begin()

    assert wait_for(second.ended)
    assert supervised.process
    assert second.said() == (
        "Starting the servers …\n"
        f"coop4canada already runs from this folder at http://localhost:{supervised.port}/ "
        f"(process {supervised.process.pid}): stop it first, with Ctrl-C in its terminal.\n"
    )
    assert not supervised.ended()


@pytest.mark.parametrize("name", ["web", "worker", "beat", "redis"])
def test_program_that_ends_is_reported_and_started_again(supervised: Supervised, name: str) -> None:
    supervised.start()
    first = pid_of(supervised, name)

    os.kill(first, signal.SIGKILL)

    assert wait_for(lambda: f"{name} runs again." in supervised.said())
    assert f"{name} ended unexpectedly (signal SIGKILL). Its last lines:" in supervised.said()
    assert pid_of(supervised, name) != first


def test_lost_database_stops_the_rest_with_a_sentence(supervised: Supervised) -> None:
    supervised.start()

    os.kill(pid_of(supervised, "postgres"), signal.SIGKILL)

    assert wait_for(supervised.ended)
    assert supervised.process
    assert supervised.process.returncode == 1
    assert "Without the database the site cannot go on. Start again with: make run\n" in supervised.said()
    assert wait_for(lambda: supervised.survivors() == [])


def test_notes_are_closed_to_others_and_vanish_at_the_end(supervised: Supervised) -> None:
    supervised.start()
    notes = supervised.state / "run/stack.json"

    mode = notes.stat().st_mode & 0o777
    supervised.send(signal.SIGTERM)

    assert mode == 0o600
    assert not notes.exists()
