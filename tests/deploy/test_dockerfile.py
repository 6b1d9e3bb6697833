"""The image's recipe, read as text: Docker itself is not needed to run the tests."""

import fnmatch
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "Dockerfile").read_text()


def instructions() -> list[tuple[str, str]]:
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", TEXT, flags=re.MULTILINE))
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in joined.splitlines() if line)]


def final_stage() -> list[tuple[str, str]]:
    steps = instructions()
    start = max(number for number, (word, _) in enumerate(steps) if word == "FROM")
    return steps[start:]


def allowed_into_the_image(path: str) -> bool:
    allowed = False
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = line.removeprefix("!").removeprefix("**/")
        if line and not line.startswith("#") and fnmatch.fnmatch(path, pattern):
            allowed = line.startswith("!")
    return allowed


def test_image_is_built_in_two_stages_of_one_python() -> None:
    assert [rest for word, rest in instructions() if word == "FROM"] == [
        "python:3.13-slim AS build",
        "python:3.13-slim",
    ]


def test_requirements_are_installed_by_hash() -> None:
    install = [rest for _, rest in instructions() if "pip install" in rest]

    assert install == ["pip install --require-hashes --only-binary :all: --requirement /build/runtime.txt"]


def test_final_stage_steps_come_in_order() -> None:
    words = [word for word, _ in final_stage()]

    assert words == [
        "FROM",
        "LABEL",
        "ENV",
        "RUN",
        "COPY",
        "WORKDIR",
        "COPY",
        "RUN",
        "USER",
        "EXPOSE",
        "HEALTHCHECK",
        "ENV",
        "CMD",
    ]


def test_site_runs_as_a_numbered_user_other_than_root() -> None:
    users = [rest for word, rest in final_stage() if word == "USER"]

    assert users == ["10001:10001"]


def test_static_files_are_collected_without_a_secret() -> None:
    collect = next(rest for word, rest in final_stage() if "collectstatic" in rest)

    assert "SECRET" not in collect
    assert "DATABASE_URL=postgresql:///none" in collect


def test_copied_sources_exist_and_reach_the_builder() -> None:
    copied = [
        rest.split()[:-1] for word, rest in instructions() if word == "COPY" and not rest.startswith("--from")
    ]

    assert copied == [["requirements/runtime.txt"], ["."]]
    assert (ROOT / "requirements/runtime.txt").exists()
    assert allowed_into_the_image("requirements/runtime.txt")


def test_only_what_the_site_needs_reaches_the_image() -> None:
    apps = ["campaign", "petitions", "pledges", "polls", "ridings", "supporters", "volunteers"]
    needed = [
        *apps,
        "coop4canada",
        "fixtures",
        "locale",
        "static",
        "templates",
        "manage.py",
        "deploy/healthcheck.py",
    ]

    assert [path for path in needed if not allowed_into_the_image(path)] == []
    kept_out = [".git", ".env", ".venv", "var", "data", "tests", "requirements/dev.txt", "coop4canada/local"]
    assert [path for path in kept_out if allowed_into_the_image(path)] == []
