"""The command line: python -m coop4canada.local run | with-servers | exec | clean."""

import argparse
import os
import signal
import sys
from pathlib import Path

from coop4canada.local import servers
from coop4canada.local.errors import Cancelled, LocalError
from coop4canada.local.launch import die_with_parent
from coop4canada.local.plan import DEFAULT_PORT, ROOT
from coop4canada.local.ports import HIGHEST
from coop4canada.local.run import run
from coop4canada.local.signals import StopRequests
from coop4canada.local.stack import LocalStack

INTERRUPTED = servers.FAILED_BY_SIGNAL + signal.SIGINT


def main() -> int:
    """Carry out the verb and return its exit code; whatever goes wrong is one sentence."""
    options = _parser().parse_args()
    state = Path(os.environ.get("COOP_VAR_DIR") or ROOT / "var")
    try:
        return _carry_out(options, state)
    except LocalError as error:
        print(error, file=sys.stderr)
        return 1
    except Cancelled:
        return INTERRUPTED


def _carry_out(options: argparse.Namespace, state: Path) -> int:
    if options.verb == "run":
        if options.stop_with_parent:
            die_with_parent(signal.SIGTERM)
        requests = StopRequests()
        stack = LocalStack(
            state,
            host=options.host,
            port=options.port,
            lasting=True,
            outside=os.environ,
            cancelled=requests.any,
        )
        return run(stack, requests, verbose=options.verbose)
    if options.verb == "clean":
        servers.clean(state, database=options.database)
        return 0
    verb = servers.with_servers if options.verb == "with-servers" else servers.execute
    return verb(state, options.command)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= HIGHEST:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no port: write a number from 1 to {HIGHEST}, like 8000"
        )
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m coop4canada.local", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    run_verb = verbs.add_parser("run", help="run the whole site until Ctrl-C")
    run_verb.add_argument("--port", type=_port, default=DEFAULT_PORT)
    run_verb.add_argument("--host", default="127.0.0.1")
    run_verb.add_argument("--verbose", action="store_true", help="show every line the programs write")
    run_verb.add_argument(
        "--stop-with-parent", action="store_true", help="stop when the calling process ends"
    )
    beside = verbs.add_parser("with-servers", help="run a command beside fresh, throwaway servers")
    beside.add_argument("command", nargs="+")
    execute = verbs.add_parser("exec", help="run a command on the data of the local site")
    execute.add_argument("command", nargs="+")
    clean = verbs.add_parser("clean", help="remove logs, collected files and servers of crashed tests")
    clean.add_argument("--database", action="store_true", help="the local database too")
    return parser


if __name__ == "__main__":
    sys.exit(main())
