"""Runs the supervisor with small programs in place of the site: standin.py <state directory> <port>."""

import signal
import sys
from pathlib import Path

from coop4canada.local.child import Program
from coop4canada.local.plan import Plan, Site, Step
from coop4canada.local.run import run
from coop4canada.local.signals import StopRequests
from coop4canada.local.stack import LocalStack

WEB = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
# A worker with a child of its own, both deaf to polite requests: only force ends them.
STUBBORN = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.fork()
print("ERROR worker: hello", flush=True)
time.sleep(600)
"""
NOTE = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text('organizer: Edith')"
IDLE = "import time; time.sleep(600)"


def python(code: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code, *arguments)


def steps(site: Site) -> list[Step]:
    return [
        Step("shown", python("print('step output', flush=True)")),
        Step("noted", python(NOTE, str(site.state / "notes")), notes=site.state / "notes"),
    ]


def programs(site: Site) -> list[Program]:
    return [
        Program("web", python(WEB, str(site.port))),
        Program("worker", python(STUBBORN), stop_signals=((signal.SIGTERM, 0.3),)),
        Program("beat", python(IDLE)),
    ]


PLAN = Plan(steps, programs)


def main(state: str, port: str) -> int:
    # As a terminal would start it; the tests themselves may run under nohup.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    requests = StopRequests()
    stack = LocalStack(Path(state), port=int(port), lasting=True, plan=PLAN, cancelled=requests.any)
    return run(stack, requests, plan=PLAN)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
