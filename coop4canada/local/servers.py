"""The verbs `with-servers`, `exec` and `clean`: commands beside databases, and tidying up."""

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from coop4canada.local.child import launcher
from coop4canada.local.claim import Claim, read_notes
from coop4canada.local.errors import AlreadyRunning
from coop4canada.local.places import remove_home
from coop4canada.local.plan import DEFAULT_PORT
from coop4canada.local.signals import StopRequests
from coop4canada.local.stack import STOP_ORDER, LocalStack

FAILED_BY_SIGNAL = 128
"""A shell's convention: exit code of a command ended by signal n is 128 + n."""


def with_servers(state: Path, command: Sequence[str]) -> int:
    """Run a command beside fresh, throwaway servers and return its exit code.

    The command finds their addresses in DATABASE_URL and REDIS_URL; those already set stay.
    Raises: LocalError if the servers do not start.
    """
    requests = StopRequests()
    requests.listen()
    with _throwaway_claim(state) as claim:
        stack = LocalStack(claim.state, outside=os.environ, cancelled=requests.any)
        stack.open(claim=claim)
        try:
            return _run_beside(command, {**_callers_environment(), **stack.addresses}, requests)
        finally:
            stack.close()


def _callers_environment() -> dict[str, str]:
    """Return the environment without the settings module that importing this package named in it.

    The command may have one of its own, as pytest has; the site's is everybody's default anyway.
    """
    named_here = ("DJANGO_SETTINGS_MODULE", "coop4canada.settings")
    return {name: value for name, value in os.environ.items() if (name, value) != named_here}


def execute(state: Path, command: Sequence[str]) -> int:
    """Run a command on the data of the local site, whether it runs or not, and return its exit code.

    Raises: LocalError if the servers do not start.
    """
    requests = StopRequests()
    requests.listen()
    stack = LocalStack(state, port=DEFAULT_PORT, lasting=True, outside=os.environ, cancelled=requests.any)
    try:
        stack.open(serving=False)
    except AlreadyRunning:
        stack.addresses = read_notes(state).get("addresses", {})
    try:
        return _run_beside(command, stack.env_for_commands, requests)
    finally:
        if stack.is_open:
            stack.close()


def clean(state: Path, *, database: bool) -> None:
    """Remove logs, collected files and servers of crashed tests; with `database` the local data as well.

    Raises: AlreadyRunning if the site runs.
    """
    claim = Claim(state)
    try:
        claim.stop_leftovers(STOP_ORDER)
        with _tests_lock(state):
            _sweep(state / "test")
        for name in ("log", "static"):
            shutil.rmtree(state / name, ignore_errors=True)
        if database:
            remove_home(state)
            shutil.rmtree(state / "redis", ignore_errors=True)
    finally:
        claim.release()


def _run_beside(command: Sequence[str], env: Mapping[str, str], requests: StopRequests) -> int:
    """Run a command in the foreground; Ctrl-C reaches it directly, other requests to stop are passed on."""
    process = subprocess.Popen([*launcher(signal.SIGTERM), *command], env=dict(env))
    passed_on = 0
    while process.poll() is None:
        if requests.count > passed_on and requests.last:
            passed_on = requests.count
            if requests.last != signal.SIGINT:
                process.send_signal(requests.last)
        time.sleep(0.05)
    code = process.returncode
    return code if code >= 0 else FAILED_BY_SIGNAL - code


@contextmanager
def _throwaway_claim(state: Path) -> Iterator[Claim]:
    parent = state / "test"
    # Made and taken under one lock: a sweep never meets a directory that is new and not yet taken.
    with _tests_lock(state):
        _sweep(parent)
        parent.mkdir(exist_ok=True)
        directory = Path(tempfile.mkdtemp(dir=parent))
        directory.chmod(0o711)
        claim = Claim(directory)
    try:
        yield claim
    finally:
        shutil.rmtree(directory, ignore_errors=True)


@contextmanager
def _tests_lock(state: Path) -> Iterator[None]:
    """Let one process at a time make or sweep throwaway directories."""
    state.mkdir(parents=True, exist_ok=True)
    with (state / "test.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sweep(parent: Path) -> None:
    """Stop and remove what crashed runs left; directories in use are left alone."""
    for directory in sorted(parent.glob("*")):
        try:
            claim = Claim(directory)
        except AlreadyRunning:
            continue
        claim.stop_leftovers(STOP_ORDER)
        remove_home(directory)
        claim.release()
        shutil.rmtree(directory, ignore_errors=True)
