"""The shape of the code, held by tests: imports, sizes, doors."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPS = ("campaign", "supporters", "ridings", "petitions", "pledges", "volunteers", "polls")
LARGEST_MODULE = 400
LONGEST_FUNCTION = 50
LARGEST_TEMPLATE = 150


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_apps_depend_downwards_only() -> None:
    # In a process of its own: the linter silences every logger of the process it runs in.
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_modules_stay_small() -> None:
    assert [
        str(path) for path in modules("coop4canada", *APPS, "tests") if lines_of(path) > LARGEST_MODULE
    ] == []


def test_functions_stay_short() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in modules("coop4canada", *APPS)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_templates_stay_small() -> None:
    assert [
        str(path) for path in (ROOT / "templates").rglob("*.html") if lines_of(path) > LARGEST_TEMPLATE
    ] == []


@pytest.mark.parametrize("name", ["views.py", "api.py", "represent.py", "panels.py", "documents.py"])
def test_views_ask_queries_and_services_never_the_database(name: str) -> None:
    doors = [
        path for path in modules(*APPS, "coop4canada") if path.name == name and "queries" not in path.parts
    ]
    offenders = [str(path) for path in doors if ".objects" in path.read_text(encoding="utf-8")]

    assert offenders == []


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return names | {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }


def test_services_know_no_http_and_no_clock() -> None:
    services = [
        path
        for app in APPS
        for path in (*ROOT.glob(f"{app}/services.py"), *ROOT.glob(f"{app}/services/**/*.py"))
    ]

    assert services
    for path in services:
        assert not any(
            name.startswith(("django.http", "coop4canada.kit.clock")) for name in imported(path)
        ), path


def test_rules_are_plain_python() -> None:
    rules = [path for app in APPS for path in (ROOT / app).glob("rules/**/*.py")]

    assert rules
    for path in rules:
        assert not any(
            name.split(".")[0] in {"django", "celery", "geopandas", "pandas"} for name in imported(path)
        ), path


def is_mail(path: Path) -> bool:
    """Mail programs know no style sheets of a site: a mail carries its style within itself."""
    return "mail" in path.relative_to(ROOT / "templates").parts


def test_no_script_or_style_stands_inside_a_page() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        if is_mail(path):
            continue
        page = path.read_text(encoding="utf-8")
        assert "<style" not in page, path
        assert " style=" not in page, path
        assert " onclick=" not in page, path
        assert all(
            "src=" in tag.split(">")[0] or "application/json" in tag for tag in page.split("<script")[1:]
        ), path


def test_every_source_of_a_figure_has_a_document_and_a_date() -> None:
    for path in modules("coop4canada", *APPS):
        for line in path.read_text(encoding="utf-8").splitlines():
            if "Source: " in line:
                source = line.split("Source: ")[1]
                dated = any(str(year) in source for year in range(1990, 2030)) or "docs/" in source
                assert dated, f"{path}: {line.strip()}"
