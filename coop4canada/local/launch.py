"""Become a program that does not outlive its parent; run as a script of its own by child.py.

Usage: launch.py <orphan signal> <parent pid> <uid or -1> <gid or -1> <command> <argument>…

A script rather than a `preexec_fn`, which is unsafe beside threads. The order matters: the kernel forgets the
death signal when the account changes.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
"""Option of Linux: the signal to get when the parent dies. Source: prctl(2), read 2026-11-23."""

NOT_RUN = 127
"""A shell's exit code for a command that could not be run."""


def die_with_parent(signal_number: int) -> None:
    """Ask the kernel for a signal when the parent dies; only Linux can, elsewhere nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)


def main(arguments: list[str]) -> None:
    """Change the account, tie the process to its parent, become the command."""
    signal_number, parent, uid, gid = map(int, arguments[:4])
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    die_with_parent(signal_number)
    if os.getppid() != parent:
        # The parent died before the kernel could be asked.
        sys.exit(1)
    try:
        os.execvp(arguments[4], arguments[4:])  # noqa: S606 -- a literal list, no shell wanted
    except OSError as error:
        sys.stderr.write(f"{arguments[4]}: {error.strerror}\n")
        sys.exit(NOT_RUN)


if __name__ == "__main__":
    main(sys.argv[1:])
