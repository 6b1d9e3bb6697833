"""Pinned requirements: complete, hashed, free of addresses, and what pyproject.toml gives."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = {"runtime": [], "local": ["local"], "dev": ["local", "dev"]}
NO_INDEX = re.compile(
    r"Failed to fetch|error sending request|Connection refused|timed out|dns error", re.IGNORECASE
)


def pins(text: str) -> dict[str, str]:
    """Return {name with its marker: version} of a pinned file."""
    lines = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    found = (re.fullmatch(r"([a-z0-9-]+(?:\[.+\])?)==(\S+)( ; .+?)? \\", line) for line in lines)
    return {match[1] + (match[3] or ""): match[2] for match in found if match}


def extras_of(requirement: str) -> tuple[str, set[str]]:
    """Return ("psycopg", {"binary", "pool"}) for "psycopg[binary, pool]==3.3.9"."""
    name, extras = re.match(r"([A-Za-z0-9._-]+)(?:\[(.+?)\])?", requirement).groups()  # type: ignore[union-attr]
    return name.lower().replace("_", "-"), {extra.strip() for extra in (extras or "").split(",") if extra}


def wanted(groups: list[str]) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lines = [
        *project["project"]["dependencies"],
        *(line for group in groups for line in project["dependency-groups"][group]),
    ]
    return {re.match(r"[A-Za-z0-9-]+", line)[0].lower() for line in lines}  # type: ignore[index]


@pytest.mark.parametrize("name", FILES)
def test_every_dependency_is_pinned_with_hashes_and_no_address(name: str) -> None:
    text = (ROOT / f"requirements/{name}.txt").read_text()
    requirements = re.split(r"\n(?=\S)", text.strip())

    pinned = {extras_of(requirement)[0] for requirement in requirements}

    assert [requirement for requirement in requirements if "--hash=sha256:" not in requirement] == []
    assert wanted(FILES[name]) - pinned == set()
    assert re.findall(r"https?:|file:|@ |--index|--find-links|^/", text, re.MULTILINE) == []


def test_smaller_files_hold_the_same_pins_as_the_full_one() -> None:
    runtime, local, dev = (pins((ROOT / f"requirements/{name}.txt").read_text()).items() for name in FILES)

    assert runtime <= local <= dev


@pytest.mark.parametrize("name", FILES)
def test_extras_that_a_package_asks_for_are_pinned_with_it(name: str) -> None:
    # pip takes the newest release for an extra whose pin does not name it, and then misses that release's hash.
    text = (ROOT / f"requirements/{name}.txt").read_text()
    pinned = dict(map(extras_of, pins(text)))

    missing = {
        requirement
        for package in pinned
        for requirement in installed_requirements(package)
        if (asked := extras_of(requirement))[0] in pinned and asked[1] - pinned[asked[0]]
    }

    assert missing == set()


def installed_requirements(package: str) -> list[str]:
    """Return what an installed package asks for with no extra of its own; nothing where it is not installed here."""
    try:
        lines = requires(package) or []
    except PackageNotFoundError:
        return []
    return [line for line in lines if "extra ==" not in line]


def test_compiling_again_gives_the_same_pins(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    (tmp_path / ".venv").symlink_to(Path(sys.prefix))

    # What the make that runs the tests was told is not meant for this one.
    environment = {name: value for name, value in os.environ.items() if name not in {"ARGS", "MAKEFLAGS"}}
    outcome = subprocess.run(
        ["make", "lock"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )

    if outcome.returncode and NO_INDEX.search(outcome.stderr):
        pytest.skip("no package index can be reached: whether the pins follow pyproject.toml stays unchecked")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    for name in FILES:
        before, after = ((folder / f"requirements/{name}.txt").read_text() for folder in (ROOT, tmp_path))
        assert pins(after) == pins(before), f"make lock changes requirements/{name}.txt: run it"
