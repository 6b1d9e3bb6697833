"""docs/operations.md names every variable that is read, once, and no other."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs/operations.md").read_text()
READERS = {"text", "flag", "whole", "words"}
PACKAGES = ["campaign", "coop4canada", "petitions", "pledges", "polls", "ridings", "supporters", "volunteers"]


def documented(heading: str) -> list[str]:
    section = GUIDE.split(f"### {heading}\n")[1].split("\n## ")[0].split("\n### ")[0]
    return re.findall(r"^\| `([A-Z_]+)` \|", section, re.MULTILINE)


def read_by(module: Path) -> set[str]:
    """Return the literal names a module reads by env.text("NAME") and the like, or from os.environ."""
    names = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            caller = ast.unparse(node.func)
            is_reader = caller in {f"env.{reader}" for reader in READERS} or caller == "os.environ.get"
            if is_reader and isinstance(node.args[0], ast.Constant):
                names.add(str(node.args[0].value))
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            names.add(str(ast.literal_eval(node.slice)))
    return names


def test_variables_of_the_site_are_those_its_code_reads() -> None:
    modules = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    read = {name for module in modules for name in read_by(module)}

    assert sorted(documented("The site")) == sorted(read - {"PATH"})


def test_variables_of_compose_are_those_it_asks_for() -> None:
    text = (ROOT / "docker-compose.yml").read_text() + (ROOT / "deploy/proxy/site.conf.template").read_text()
    asked = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", text))

    assert sorted(documented("docker-compose.yml")) == sorted(asked - set(documented("The site")))


def test_variables_given_to_containers_are_documented() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    given = set(
        re.findall(r"^\s+((?:DJANGO|COOP|GRANIAN)_[A-Z_]+|DATABASE_URL|REDIS_URL):", text, re.MULTILINE)
    )

    assert given - set(documented("The site")) - set(documented("docker-compose.yml")) == set()


def test_variables_of_make_are_those_it_and_its_scripts_read() -> None:
    makefile = (ROOT / "Makefile").read_text()
    scripts = "".join((ROOT / f".ci/{name}").read_text() for name in ("install", "system"))
    read = set(re.findall(r"^([A-Z]+) \?=", makefile, re.MULTILINE)) | set(
        re.findall(r"\$\{([A-Z_]+):-", scripts)
    )
    read |= {name for name in ("VERBOSE",) if f"$({name})" in makefile or f"$(if $({name})" in makefile}

    assert sorted(documented("make and tests")) == sorted(read - {"COOP_INSTALL_LOCKED"})


def test_commands_named_in_the_guide_exist() -> None:
    section = GUIDE.split("## Loading official data\n")[1].split("\n## ")[0]
    named = re.findall(r"^\| `([a-z_]+)` \|", section, re.MULTILINE)
    there = {path.stem for package in PACKAGES for path in (ROOT / package).glob("management/commands/*.py")}

    assert [name for name in named if name not in there] == []
