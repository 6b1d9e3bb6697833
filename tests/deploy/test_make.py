"""The Makefile and the scripts behind it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TARGETS = [
    "help",
    "run",
    "test",
    "check",
    "fix",
    "bench",
    "browser",
    "messages",
    "lock",
    "demo",
    "manage",
    "clean",
    "reset",
]


def make(*words: str, folder: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        ["make", *words], cwd=folder, env=kept | env, capture_output=True, text=True, check=False
    )


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A checkout without .venv."""
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT / ".ci", checkout / ".ci")
    shutil.copytree(ROOT / "requirements", checkout / "requirements")
    shutil.copy(ROOT / "Makefile", checkout)
    return checkout


def old_python(folder: Path) -> Path:
    folder.mkdir()
    program = folder / "python3"
    program.write_text("#!/bin/sh\ncase $2 in *platform*) echo is 3.9.2 ;; *) exit 1 ;; esac\n")
    program.chmod(0o755)
    return folder


def test_make_alone_lists_every_target_with_a_sentence() -> None:
    listed = re.findall(r"^  make (\w+) +\S.+$", make().stdout, re.MULTILINE)

    assert sorted(listed) == sorted(TARGETS)


def test_too_old_python_is_one_sentence(fresh: Path, tmp_path: Path) -> None:
    folder = old_python(tmp_path / "bin")
    for name in ("sh", "dirname", "cmp", "flock", "mkdir", "make"):
        if found := shutil.which(name):
            (folder / name).symlink_to(found)

    outcome = make("run", folder=fresh, PATH=str(folder))

    first, _ = outcome.stderr.split("\n", 1)
    assert first == (
        "coop4canada needs Python 3.11 or newer; python3 is 3.9.2. "
        "Name another one: make PYTHON=/path/to/python3.11"
    )
    assert outcome.returncode != 0
    assert not (fresh / ".venv").exists()


def test_installed_requirements_are_not_installed_again(fresh: Path) -> None:
    (fresh / ".venv/bin").mkdir(parents=True)
    (fresh / ".venv/bin/python").symlink_to(sys.executable)
    for name in ("dev", "local"):
        note = ".venv/dev.installed" if name == "dev" else ".venv/dev-local.installed"
        shutil.copy(fresh / f"requirements/{name}.txt", fresh / note)

    outcomes = [make(f".venv/{name}.installed", folder=fresh) for name in ("dev", "local")]

    assert [(outcome.returncode, outcome.stdout, outcome.stderr) for outcome in outcomes] == [(0, "", "")] * 2


@pytest.mark.parametrize(("given", "seen"), [("", "{beside}"), ("/elsewhere", "/elsewhere")])
def test_official_files_beside_the_checkout_are_handed_over(fresh: Path, given: str, seen: str) -> None:
    beside = fresh.parent / "shared/data"
    beside.mkdir(parents=True)
    show = "--eval=show: ; @echo $$COOP_DATA_DIR"

    outcome = make(show, "show", folder=fresh, **({"COOP_DATA_DIR": given} if given else {}))

    assert outcome.stdout.strip() == seen.format(beside=beside)


def test_no_official_files_leave_the_choice_to_the_settings(fresh: Path) -> None:
    outcome = make("--eval=show: ; @echo [$$COOP_DATA_DIR]", "show", folder=fresh)

    assert outcome.stdout.strip() == "[]"
