"""House rules of templates, styles and scripts."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import RequestFactory

from coop4canada import views

TEMPLATES = Path(settings.BASE_DIR) / "templates"
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
# Django lays out its admin without layers: a sheet in a layer would never win over it.
STYLES = sorted(set((Path(settings.BASE_DIR) / "static" / "css").glob("[!a]*.css")))
SCRIPTS = sorted((Path(settings.BASE_DIR) / "static" / "js").glob("*.js"))
INCLUDES = re.compile(r'include "(components/[a-z_]+\.html)"( with [^%]*)?')


def read_all(folder: Path) -> str:
    return "\n".join(path.read_text() for path in folder.rglob("*.html"))


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_component_begins_with_its_arguments(path: Path) -> None:
    assert re.match(r"\{# (Arguments: |No arguments\.)", path.read_text())


def test_components_see_only_what_they_are_given() -> None:
    for path, given in INCLUDES.findall(read_all(TEMPLATES)):
        if given:
            assert given.rstrip().endswith(" only"), path


@pytest.mark.usefixtures("country")
def test_the_style_guide_shows_every_component(rf: RequestFactory) -> None:
    shown: set[str] = set()

    def follow(template: str) -> None:
        for path, _given in INCLUDES.findall((TEMPLATES / template).read_text()):
            if path not in shown:
                shown.add(path)
                follow(path)

    follow("styleguide.html")
    follow("base.html")

    assert {path.name for path in COMPONENTS} == {Path(path).name for path in shown}
    assert views.styleguide(rf.get("/styleguide/")).status_code == 200


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_styles_stand_in_a_layer_and_name_no_ids(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)

    assert re.match(r"\s*(@layer|@import)", text)
    selectors = re.sub(r"\{[^{}]*\}", "{}", text)
    assert re.findall(r"#[A-Za-z][\w-]*", selectors) == []


def test_scripts_are_few_and_short() -> None:
    sizes = {path.name: len(path.read_text().splitlines()) for path in SCRIPTS}

    assert {name: size for name, size in sizes.items() if size > 150} == {}
    # The canvasser's page alone has to work by itself: it opens, records and sends without a server.
    offline = sum(size for name, size in sizes.items() if name.startswith("canvass-") or name == "canvass.js")
    assert offline <= 800
    assert sum(sizes.values()) - offline <= 1500


def test_every_feature_named_in_a_template_has_its_script() -> None:
    named = set(re.findall(r'data-c4c="([a-z-]+)"', read_all(TEMPLATES)))
    started = set(
        re.findall(
            r'^ {2}"([a-z-]+)": \(\) => import', (SCRIPTS[0].parent / "main.js").read_text(), re.MULTILINE
        )
    )

    assert named == started
