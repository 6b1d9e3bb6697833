"""What a newcomer does: find the riding, read why, use the map with pointer, keyboard or neither."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit

ON_A_PHONE = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
WITHOUT_SCRIPTS = {"java_script_enabled": False}
TORONTO_CENTRE = "35109"
ALL_RIDINGS = 343


def wait_for_map(page: Page) -> None:
    page.wait_for_selector('[data-state="ready"]')


def expect_rows(page: Page, count: int) -> None:
    """Wait until the table shows so many ridings: a click returns before its page has come."""
    expect(page.locator("tr[data-riding]:visible")).to_have_count(count)


def classes_of(page: Page, selector: str) -> dict[str, str]:
    pairs = page.locator(selector).evaluate_all(
        "found => found.map(({dataset}) => [dataset.riding, dataset.class])"
    )
    return dict(pairs)


def test_home_search_with_a_typo_leads_to_the_riding(visit: Visit) -> None:
    page = visit.go("/")

    page.get_by_role("textbox", name="Postal code, place or riding").fill("sherbroke")
    page.get_by_role("button", name="Find my riding").click()
    page.get_by_role("link", name="Sherbrooke", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sherbrooke")
    expect(page).to_have_url(re.compile(r"/ridings/\d{5}-sherbrooke/$"))
    expect(page.locator(".c-reasons li").first).to_contain_text("points")


def test_home_says_how_many_ridings_each_class_has(visit: Visit) -> None:
    page = visit.go("/")

    counts = [int(text) for text in page.locator("[data-count-of]").all_inner_texts()]

    assert len(counts) == 3
    assert sum(counts) == ALL_RIDINGS
    expect(page.locator("a.c-hex-cell")).to_have_count(ALL_RIDINGS)


@pytest.mark.usefixtures("needs_shapes")
def test_a_click_on_the_map_names_the_riding_and_links_to_it(visit: Visit) -> None:
    page = visit.go("/ridings/?province=PE")
    wait_for_map(page)

    page.locator(".c-shape[data-riding='11001']").click(force=True)

    card = page.locator("[data-part=details]")
    expect(card.locator("[data-part=name]")).to_have_text("Cardigan")
    expect(card.get_by_role("link", name="Check this exact spot")).to_have_attribute(
        "href", re.compile(r"/ridings/find/\?lat=46\.\d+&lon=-6\d\.\d+$")
    )
    expect(page).to_have_url(re.compile(r"riding=11001"))
    card.get_by_role("link", name="Open this riding").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cardigan")


@pytest.mark.usefixtures("needs_shapes")
def test_the_exact_spot_of_a_click_is_looked_up(visit: Visit) -> None:
    page = visit.go("/ridings/?province=PE")
    wait_for_map(page)

    page.locator(".c-shape[data-riding='11001']").click(force=True)
    page.get_by_role("link", name="Check this exact spot").click()

    expect(page.locator(".c-match h3").first).to_have_text(re.compile("Cardigan|Charlottetown|Malpeque"))


@pytest.mark.usefixtures("needs_shapes")
def test_the_map_shows_every_riding_in_its_class(visit: Visit) -> None:
    page = visit.go("/ridings/")
    wait_for_map(page)

    shapes = classes_of(page, ".c-shape")

    assert len(shapes) == ALL_RIDINGS
    assert shapes == classes_of(page, "tr[data-riding]")


@pytest.mark.usefixtures("needs_shapes")
def test_zooming_in_loads_the_fine_shapes_of_the_province(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))

    page = visit.go(f"/ridings/?riding={TORONTO_CENTRE}")
    wait_for_map(page)
    page.wait_for_timeout(500)

    fine = {url.split("province=")[1] for url in asked if "map/geometry?province=" in url}
    assert fine == {"ON"}


@pytest.mark.usefixtures("needs_shapes")
def test_a_riding_page_shows_where_it_lies_and_leads_to_its_neighbours(visit: Visit) -> None:
    page = visit.go("/fr/ridings/11002/")
    page.wait_for_selector(".c-mini-map[data-state=ready]")

    expect(page.locator(".c-mini-map [data-marked=chosen]")).to_have_attribute("data-riding", "11002")
    # The middle of a riding's box may lie in a neighbour, so the shape itself is clicked.
    page.locator(".c-mini-map [data-riding='11001']").dispatch_event("click")

    expect(page.get_by_role("heading", level=1)).to_have_text("Cardigan")
    expect(page).to_have_url(re.compile(r"/fr/ridings/11001-"))


def test_the_filter_works_at_once_and_stays_in_the_address(visit: Visit) -> None:
    page = visit.go("/ridings/")
    expect_rows(page, ALL_RIDINGS)

    page.get_by_label("Province or territory").select_option("PE")
    expect_rows(page, 4)
    page.get_by_label("Class", exact=True).select_option("other")

    expect(page).to_have_url(re.compile(r"province=PE&riding_class=other"))
    classes = page.locator("tr[data-riding]:visible").evaluate_all(
        "rows => rows.map(row => row.dataset.class)"
    )
    assert set(classes) <= {"other"}
    expect(page.locator("[data-part=shown]")).to_have_text(str(len(classes)))


def test_a_filtered_address_opens_filtered_and_can_be_widened(visit: Visit) -> None:
    page = visit.go("/ridings/?province=PE")
    expect(page.get_by_label("Province or territory")).to_have_value("PE")
    expect_rows(page, 4)

    page.get_by_label("Province or territory").select_option("")

    expect_rows(page, ALL_RIDINGS)
    expect(page.locator("a.c-hex-cell")).to_have_count(ALL_RIDINGS)


def test_the_cartogram_is_a_switch_away_and_stays_in_the_address(visit: Visit, *, has_shapes: bool) -> None:
    page = visit.go("/ridings/")
    if has_shapes:
        page.get_by_role("button", name="Cartogram").click()
        expect(page.get_by_role("button", name="Cartogram")).to_have_attribute("aria-pressed", "true")
        expect(page).to_have_url(re.compile(r"view=cartogram"))

    page.locator(f"a.c-hex-cell[data-riding='{TORONTO_CENTRE}']").click()

    expect(page.locator("[data-part=name]")).to_have_text("Toronto Centre")
    expect(page.locator("[data-part=canvas]")).to_be_hidden()


def test_a_deep_link_opens_with_its_riding_chosen(visit: Visit) -> None:
    page = visit.go(f"/ridings/?riding={TORONTO_CENTRE}")

    expect(page.locator("[data-part=name]")).to_have_text("Toronto Centre")
    expect(page.get_by_role("combobox", name="Go to a riding")).to_have_value("Toronto Centre")
    expect(page.locator(f"[data-riding='{TORONTO_CENTRE}'][data-marked=chosen]:visible")).to_have_count(1)


def test_the_keyboard_alone_reaches_a_riding(visit: Visit) -> None:
    page = visit.go("/")
    picker = page.get_by_role("combobox", name="Go to a riding")
    expect(picker).to_be_visible()

    for _ in range(20):
        page.keyboard.press("Tab")
        if picker.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.type("trois riv")
    page.keyboard.press("ArrowDown")
    assert picker.get_attribute("aria-activedescendant") == page.locator("[role=option]").first.get_attribute(
        "id"
    )
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=name]")).to_have_text("Trois-Rivières")
    page.get_by_role("link", name="Open this riding").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Trois-Rivières")


def test_escape_closes_the_card(visit: Visit) -> None:
    page = visit.go(f"/ridings/?riding={TORONTO_CENTRE}")
    expect(page.locator("[data-part=details]")).to_be_visible()

    page.get_by_role("button", name="Close").focus()
    page.keyboard.press("Escape")

    expect(page.locator("[data-part=details]")).to_be_hidden()
    expect(page).not_to_have_url(re.compile(r"riding="))


@pytest.mark.parametrize("visit", [WITHOUT_SCRIPTS], indirect=True)
def test_everything_is_there_without_scripts(visit: Visit) -> None:
    page = visit.go("/")
    expect(page.locator("a.c-hex-cell:visible")).to_have_count(ALL_RIDINGS)

    page.get_by_role("link", name="Map and ridings").first.click()
    page.get_by_label("Province or territory").select_option("NU")
    page.get_by_role("button", name="Show").click()

    expect_rows(page, 1)
    page.get_by_role("link", name="Nunavut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nunavut")
    expect(page.locator(".c-chart svg[role=img]").first).to_be_visible()


def test_french_leads_through_in_french(visit: Visit) -> None:
    page = visit.go("/")
    page.get_by_role("link", name="Français").click()
    expect(page).to_have_url(re.compile(r"/fr/$"))

    page.get_by_role("textbox", name="Code postal, localité ou circonscription").fill("quebec centre")
    page.get_by_role("button", name="Trouver ma circonscription").click()
    page.locator(".c-match h3 a").first.click()

    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("heading", level=1)).to_have_text("Québec-Centre")
    assert re.search(r"\d,\d\N{NO-BREAK SPACE}%", page.locator(".c-chart-value").first.text_content() or "")


@pytest.mark.parametrize("visit", [ON_A_PHONE], indirect=True)
@pytest.mark.parametrize(
    "path", ["/", "/ridings/", "/ridings/find/?q=london", "/ridings/24068/", "/fr/ridings/10004/"]
)
def test_nothing_is_wider_than_a_phone(visit: Visit, path: str) -> None:
    page = visit.go(path)

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.parametrize("visit", [ON_A_PHONE], indirect=True)
def test_a_phone_finds_its_riding(visit: Visit) -> None:
    page = visit.go("/")

    page.get_by_role("textbox", name="Postal code, place or riding").fill("Nunavut")
    page.get_by_role("button", name="Find my riding").tap()
    page.locator(".c-match").first.tap()

    expect(page.get_by_role("heading", level=1)).to_have_text("Nunavut")


@pytest.mark.usefixtures("needs_shapes")
@pytest.mark.parametrize(
    "visit",
    [{"geolocation": {"latitude": 45.4236, "longitude": -75.7009}, "permissions": ["geolocation"]}],
    indirect=True,
)
def test_my_location_finds_my_riding(visit: Visit) -> None:
    page = visit.go("/")

    page.get_by_role("button", name="Use my location").click()

    expect(page.locator(".c-match h3")).to_have_text("Ottawa Centre")


def test_a_refused_location_says_what_to_do(visit: Visit) -> None:
    page = visit.go("/ridings/find/")

    page.get_by_role("button", name="Use my location").click()

    expect(page.get_by_role("alert").filter(has_text="Type your postal code or town")).to_be_visible()
    expect(page.get_by_role("button", name="Use my location")).to_be_enabled()


def test_an_empty_question_is_answered_by_the_field(visit: Visit) -> None:
    visit.expected_statuses = {422}
    page = visit.go("/ridings/find/?q=")

    field = page.get_by_role("textbox", name="Postal code, place or riding")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("alert").first).to_contain_text("Type a postal code")


def test_without_boundaries_the_cartogram_steps_in(visit: Visit) -> None:
    visit.expected_statuses = {404}
    visit.page.route(
        "**/api/v1/map/geometry",
        lambda route: route.fulfill(status=404, json={"detail": "Boundaries are not loaded."}),
    )

    page = visit.go("/ridings/")

    expect(page.locator("[data-part=note]")).to_contain_text("Boundaries are not loaded here")
    expect(page.locator("a.c-hex-cell:visible")).to_have_count(ALL_RIDINGS)
    page.locator(f"a.c-hex-cell[data-riding='{TORONTO_CENTRE}']").click()
    expect(page.locator("[data-part=name]")).to_have_text("Toronto Centre")


def test_new_colours_reach_an_open_page(visit: Visit) -> None:
    page = visit.page
    page.clock.install()
    visit.go("/ridings/")
    page.wait_for_selector("[data-version]")
    document = page.evaluate("fetch('/api/v1/map/colours').then(answer => answer.json())")
    changed = {**document["classes"], TORONTO_CENTRE: "emerging"}
    page.route(
        "**/api/v1/map/colours",
        lambda route: route.fulfill(json={**document, "version": "new", "classes": changed}),
    )

    page.clock.run_for(61_000)

    expect(page.locator("[data-version=new]")).to_have_count(1)
    expect(page.locator(f"a.c-hex-cell[data-riding='{TORONTO_CENTRE}']")).to_have_attribute(
        "data-class", "emerging"
    )
