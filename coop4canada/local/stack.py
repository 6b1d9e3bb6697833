"""The stack of one checkout: PostgreSQL, Redis and the programs of the site, as an object."""

import functools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from signal import Signals
from types import TracebackType
from typing import Self

from coop4canada.local import logs, ports, processes
from coop4canada.local.child import POLL_SECONDS, Child, Program, describe_exit
from coop4canada.local.claim import Claim
from coop4canada.local.errors import Cancelled, LocalError
from coop4canada.local.places import postgres_place, remove_home
from coop4canada.local.plan import ROOT, SITE_PLAN, Plan, Site, Step
from coop4canada.local.postgres import Postgres
from coop4canada.local.redis import Redis

STOP_ORDER = ("beat", "web", "worker", "redis", "postgres")
READY_SECONDS = 60.0


class LocalStack:
    """Real servers and the real site on this machine, for people and for tests.

    Entering starts PostgreSQL and Redis, leaving stops everything:

        with LocalStack(tmp_path, port=free_port()) as stack:
            stack.manage("migrate")
            stack.start("web", "worker", "beat")
            stack.kill("redis")           # SIGKILL
            stack.start("redis")          # same address, waits until it answers
            urllib.request.urlopen(stack.url)

    Names are postgres, redis, web, worker, beat; logs are `state/log/<name>.log`. Start from the main thread:
    the kernel ends the programs with the thread that started them. A throwaway stack's databases end with it.
    """

    def __init__(  # noqa: PLR0913 -- a description, by keyword
        self,
        state: Path,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        lasting: bool = False,
        outside: Mapping[str, str] | None = None,
        plan: Plan = SITE_PLAN,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        """Describe the stack; nothing happens until it is entered.

        Args:
            state: directory everything is written below.
            host: the address web will listen at.
            port: where web will listen; 0 for servers without a site.
            lasting: keep the databases, and write them safely.
            outside: variables that outrank the stack's own; DATABASE_URL and REDIS_URL replace own servers.
            plan: what makes up the site.
            cancelled: asked while waiting; yes ends the wait with Cancelled.
        """
        self.site = Site(state.resolve(), host, port)
        self.state = self.site.state
        self.url = self.site.url
        self.recovered: list[str] = []
        self.children: dict[str, Child] = {}
        self.addresses: dict[str, str] = {}
        self._plan, self._lasting, self._outside, self._cancelled = (
            plan,
            lasting,
            dict(outside or {}),
            cancelled,
        )
        self._site_programs = {program.name: program for program in plan.programs(self.site)}
        self._claim: Claim | None = None
        self._postgres: Postgres | None = None
        self._redis: Redis | None = None

    def __enter__(self) -> Self:
        """Open the stack."""
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop everything."""
        self.close()

    @property
    def env(self) -> dict[str, str]:
        """The environment of the site's programs and of commands that work on its data."""
        own = {
            "DJANGO_SETTINGS_MODULE": "coop4canada.settings",
            "DJANGO_DEBUG": "true",
            "COOP_SITE_URL": self.url.rstrip("/"),
            "PYTHONUNBUFFERED": "1",
        }
        if not self.site.is_loopback:
            own["DJANGO_ALLOWED_HOSTS"] = "*"
        fixed = {**self.addresses, "COOP_VAR_DIR": str(self.state), processes.MARKER: str(self.state)}
        return {**os.environ, **own, **self._outside, **fixed}

    @property
    def env_for_commands(self) -> dict[str, str]:
        """The same for commands a person runs: without the mark of the stack's own processes."""
        return {name: value for name, value in self.env.items() if name != processes.MARKER}

    @property
    def is_open(self) -> bool:
        """Whether the state directory is ours and servers may be running."""
        return self._claim is not None

    def open(self, *, claim: Claim | None = None, serving: bool = True) -> None:
        """Take the state directory, stop what a crashed run left, look at the port, start the servers.

        Args:
            claim: the state directory, if the caller took it already.
            serving: whether web will be started, so that its port has to be free.
        Raises: AlreadyRunning, LocalError, Cancelled; then nothing runs.
        """
        self._claim = claim or Claim(self.state)
        try:
            self.recovered = self._claim.stop_leftovers(STOP_ORDER)
            if serving and self.site.port:
                ports.demand_free(self.site.host, self.site.port)
            self._start_servers()
        except BaseException:
            self.close()
            raise

    def start(self, *names: str) -> None:
        """Start programs one after the other; each server, and web, is waited for until it answers.

        Raises: LocalError with the program's last lines if it ends instead.
        """
        for name in names:
            program, env = self._program(name)
            with logs.opened(self.state, name, fresh=name not in self.children) as output:
                self.children[name] = Child(program, env=env, output=output)
            self._record()
            self._wait(name, self._readiness(name))

    def stop(self, *names: str, impatient: Callable[[], bool] = lambda: False) -> None:
        """Stop programs in an orderly way, one after the other; those that do not run are passed over."""
        for name in names:
            if name in self.children:
                self.children[name].stop(impatient=impatient)

    def kill(self, name: str, signal_number: Signals = signal.SIGKILL) -> None:
        """Send a signal to one program; after SIGKILL also wait for its end."""
        self.children[name].send(signal_number)
        if signal_number == signal.SIGKILL:
            self.children[name].wait(READY_SECONDS)

    def is_running(self, name: str) -> bool:
        """Return whether the program was started and lives."""
        return name in self.children and self.children[name].exit_code() is None

    def manage(self, *arguments: str) -> str:
        """Run a management command to its end and return what it said.

        Raises: LocalError with its output if it fails.
        """
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        outcome = subprocess.run(
            command,
            env=self.env,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if outcome.returncode:
            raise LocalError(f"manage.py {arguments[0]} failed.\n{outcome.stdout}{outcome.stderr}")
        return outcome.stdout

    def run_step(self, step: Step) -> str:
        """Run a preparing step to its end, its output let through, and return its notes.

        Raises: LocalError if it fails, Cancelled.
        """
        child = Child(Program(step.name, step.command, directory=ROOT), env=self.env, output=None)
        self.children[step.name] = child
        self._record()
        while not child.wait(POLL_SECONDS):
            if self._cancelled():
                raise Cancelled
        if code := child.exit_code():
            raise LocalError(f"{step.name} failed ({describe_exit(code)}); above it says why.")
        del self.children[step.name]
        if step.notes is None:
            return ""
        notes = step.notes.read_text()
        step.notes.unlink()
        return notes

    def close(self, *, impatient: Callable[[], bool] = lambda: False) -> None:
        """Stop everything in order, the servers last, and give the state directory back."""
        others = [name for name in self.children if name not in STOP_ORDER]
        self.stop(*others, *STOP_ORDER, impatient=impatient)
        if self._postgres:
            self._postgres.remove_socket()
            if not self._lasting:
                remove_home(self.state)
        if self._claim:
            self._claim.release()
            self._claim = None

    def _start_servers(self) -> None:
        if "DATABASE_URL" not in self._outside:
            self._postgres = Postgres(
                postgres_place(self.state, lasting=self._lasting), lasting=self._lasting
            )
            self.start("postgres")
            self._postgres.make_database()
            # Known only now: a long path gets its socket elsewhere.
            self.addresses["DATABASE_URL"] = self._postgres.url
        if "REDIS_URL" not in self._outside:
            self._redis = Redis(self.state / "redis")
            self.start("redis")
            self.addresses["REDIS_URL"] = self._redis.url
        self._record()

    def _program(self, name: str) -> tuple[Program, dict[str, str]]:
        server = {"postgres": self._postgres, "redis": self._redis}.get(name)
        if server is None:
            return self._site_programs[name], self.env
        server.prepare()
        return server.program(), {**server.environment(), processes.MARKER: str(self.state)}

    def _readiness(self, name: str) -> Callable[[], bool]:
        server = {"postgres": self._postgres, "redis": self._redis}.get(name)
        if server is not None:
            return functools.partial(server.is_ready, self.children[name].pid)
        return self.site.answers if name == "web" else lambda: True

    def _wait(self, name: str, ready: Callable[[], bool]) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not ready():
            code = self.children[name].exit_code()
            if code is not None:
                why = f"{name} ended while it was starting ({describe_exit(code)})"
            elif time.monotonic() > deadline:
                why = f"{name} did not answer within {READY_SECONDS:.0f} seconds"
            elif self._cancelled():
                raise Cancelled
            else:
                time.sleep(POLL_SECONDS)
                continue
            raise LocalError(f"{why}. Its last lines:\n{logs.tail(self.state, name)}")

    def _record(self) -> None:
        alive = {name: (child.pid, child.identity) for name, child in self.children.items()}
        site = {"url": self.url} if self.site.port else {}
        if self._claim:
            self._claim.record({**site, "addresses": self.addresses, "processes": alive})
