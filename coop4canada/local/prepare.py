"""Bring the local database to where the site can be served; run as a process of its own by plan.py.

Usage: python -m coop4canada.local.prepare <file for notes>

One process for three commands: starting Django anew for each would cost seconds at every start.
"""

import sys
from pathlib import Path

import django
from django.core.management import CommandError, call_command


def main(notes: Path) -> int:
    """Migrate, load data into an empty database, see to an organizer; return the exit code."""
    django.setup()
    try:
        print("Bringing the database up to date …", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
        print("Looking for data …", flush=True)
        call_command("load_demo", if_empty=True)
        notes.touch(mode=0o600)
        with notes.open("w") as said:
            call_command("ensure_organizer", stdout=said)
    except CommandError as error:
        print(error, file=sys.stderr)
        return error.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
