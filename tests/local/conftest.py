"""A stand-in site for every test of the supervisor."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from coop4canada.local import free_port, processes
from coop4canada.local.places import remove_home
from tests.local.supervised import Supervised


@pytest.fixture(autouse=True)
def _no_database_left(tmp_path: Path) -> Iterator[None]:
    """Delete a lasting database, which may lie elsewhere when root runs the tests."""
    yield
    for state in (tmp_path, tmp_path / "var"):
        remove_home(state)


@pytest.fixture
def supervised(tmp_path: Path) -> Iterator[Supervised]:
    site = Supervised(tmp_path / "var", free_port())
    yield site
    if site.process and not site.ended():
        site.send(signal.SIGTERM)
    for pid in processes.marked(site.state):
        os.kill(pid, signal.SIGKILL)
