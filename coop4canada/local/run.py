"""The verb `run`: bring the whole site up, watch over it, take it down."""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from coop4canada.local import logs
from coop4canada.local.child import describe_exit
from coop4canada.local.errors import Cancelled, LocalError
from coop4canada.local.plan import SITE_PLAN, Plan
from coop4canada.local.signals import StopRequests
from coop4canada.local.stack import LocalStack

LOOK_SECONDS = 0.2
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 30.0
STEADY_SECONDS = 60.0
"""A program that ran so long before it ended starts its pauses over."""


def say(text: str = "") -> None:
    """Print a line at once; a closed terminal takes nothing and is no reason to stop halfway."""
    try:
        print(text, flush=True)
    except OSError:
        # What is still buffered would fail again when the interpreter ends.
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123


@dataclass
class Restart:
    """When a program that ended is started again: the pause doubles each time."""

    pause: float = FIRST_PAUSE_SECONDS
    due: float | None = None

    def plan(self, lived_seconds: float, now: float) -> float:
        """Set the time of the next start and return the pause before it, in seconds."""
        if lived_seconds > STEADY_SECONDS:
            self.pause = FIRST_PAUSE_SECONDS
        pause, self.pause = self.pause, min(self.pause * 2, LONGEST_PAUSE_SECONDS)
        self.due = now + pause
        return pause


@dataclass
class Supervisor:
    """Watches the programs of an entered stack until somebody asks to stop."""

    stack: LocalStack
    stopping: Callable[[], bool]
    watches: list[logs.Watch]
    restarts: dict[str, Restart] = field(default_factory=dict)

    def watch(self) -> None:
        """Show errors and start again what ends, until stopping is asked for.

        Raises: LocalError if the database ends, without which nothing can go on.
        """
        while not self.stopping():
            self.show_logs()
            for name in [*self.stack.children]:
                self._look_after(name)
            time.sleep(LOOK_SECONDS)

    def show_logs(self) -> None:
        """Print what the logs gained, as far as it is worth showing."""
        for watch in self.watches:
            for line in watch.new_lines():
                say(line)

    def _look_after(self, name: str) -> None:
        code = self.stack.children[name].exit_code()
        if code is None:
            return
        restart = self.restarts.setdefault(name, Restart())
        if restart.due is None:
            self._report(name, code, restart)
        elif time.monotonic() >= restart.due:
            restart.due = None
            self._start_again(name)

    def _report(self, name: str, code: int, restart: Restart) -> None:
        tail = logs.tail(self.stack.state, name)
        said = f"{name} ended unexpectedly ({describe_exit(code)}). Its last lines:\n{tail}"
        if name == "postgres":
            raise LocalError(
                f"{said}\nWithout the database the site cannot go on. Start again with: make run"
            )
        now = time.monotonic()
        pause = restart.plan(now - self.stack.children[name].started_at, now)
        say(f"{said}\nStarting {name} again in {pause:.0f} s.")

    def _start_again(self, name: str) -> None:
        try:
            self.stack.start(name)
        except LocalError as error:
            # It ended again, which the next look reports with a longer pause.
            say(str(error))
        else:
            say(f"{name} runs again.")


def run(stack: LocalStack, requests: StopRequests, *, plan: Plan = SITE_PLAN, verbose: bool = False) -> int:
    """Run the site until somebody asks to stop; return the exit code.

    Args:
        stack: described with the same plan, and `requests.any` as its `cancelled`.
        requests: the requests to stop; listened to from here on.
        plan: what makes up the site.
        verbose: show every line the programs write.
    """
    requests.listen()
    supervisor = Supervisor(stack, requests.any, [])
    code = 0
    try:
        say("Starting the servers …")
        stack.open()
        _bring_up(stack, plan, supervisor, verbose=verbose)
        supervisor.watch()
    except Cancelled:
        pass
    except LocalError as error:
        say(str(error))
        code = 1
    if stack.is_open:
        say("Stopping …")
        stack.close(impatient=requests.urgent)
        say("Everything is stopped.")
    return code


def _bring_up(stack: LocalStack, plan: Plan, supervisor: Supervisor, *, verbose: bool) -> None:
    if stack.recovered:
        say(f"An earlier run ended without stopping: {', '.join(stack.recovered)} cleared away.")
    notes = [stack.run_step(step).strip() for step in plan.steps(stack.site)]
    names = [program.name for program in plan.programs(stack.site)]
    say(f"Starting {', '.join(names)} …")
    supervisor.watches = [logs.Watch(stack.state, name, verbose=verbose) for name in names]
    stack.start(*names)
    say(_closing_block(stack, [note for note in notes if note]))


def _closing_block(stack: LocalStack, notes: list[str]) -> str:
    logs_at = os.path.relpath(stack.state / "log")
    lines = [
        f"English   {stack.url}",
        f"Français  {stack.url}fr/",
        f"Admin     {stack.url}admin/",
        *(line for note in notes for line in ("", *note.splitlines())),
        "",
        f"Logs: {logs_at}; errors show here too, all lines with: make run VERBOSE=1",
        "Ctrl-C stops everything.",
    ]
    return "\n".join(["", "coop4canada is running", *(f"  {line}".rstrip() for line in lines), ""])
