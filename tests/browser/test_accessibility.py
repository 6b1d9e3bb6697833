"""axe finds nothing to object to, on any public page, in either language."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, Visit

PATHS = [
    "/",
    "/ridings/",
    "/privacy/",
    "/ridings/?riding=35109",
    "/ridings/?view=cartogram&riding=24068",
    "/ridings/find/",
    "/ridings/find/?q=toronto",
    "/ridings/find/?q=xyzzyxyzzy",
    "/ridings/24068/",
    "/ridings/10004/",
    "/account/login/",
    "/chapters/",
    "/coalition/",
    "/coalition/join/",
    "/coalition/join/thanks/",
    "/contact/",
    "/contact/thanks/",
    "/letters/",
    "/plan/",
    "/toolkits/",
    "/my-data/",
    "/petitions/",
    "/pledge/",
    "/pledge/make/",
    "/petitions/to-the-leaders/",
    "/styleguide/",
    "/there-is-no-such-page/",
]


def report(page: Page, visit: Visit) -> str:
    """Return what axe objects to. Axe itself tries inline styles, and our policy forbids it."""
    before = list(visit.problems)
    results = Axe().run(page)
    visit.problems[:] = before
    return "" if results.violations_count == 0 else str(results.generate_report())


@pytest.mark.parametrize("language", ["", "/fr"], ids=["en", "fr"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(visit: Visit, path: str, language: str) -> None:
    visit.expected_statuses = {404}
    page = visit.go(language + path)

    assert report(page, visit) == ""


@pytest.mark.parametrize("visit", [{"viewport": PHONE, "is_mobile": True, "has_touch": True}], indirect=True)
@pytest.mark.parametrize("path", ["/", "/ridings/?riding=35109", "/ridings/24068/"])
def test_axe_finds_nothing_on_a_phone(visit: Visit, path: str) -> None:
    page = visit.go(path)

    assert report(page, visit) == ""
