"""The finder by keyboard and without scripts: names while one types, compare, keep, the nearest."""

import pytest

pytestmark = pytest.mark.browser
FARGO = "/schools/?interest=nursing&near=58102"


def choose(page, field: str, typed: str) -> None:
    page.locator(field).press_sequentially(typed)
    page.locator(f"{field}-suggestions [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.get_attribute(field, "aria-activedescendant") == f"{field[1:]}-suggestions-0"
    page.keyboard.press("Enter")
    assert page.get_attribute(field, "aria-expanded") == "false"


def test_it_fills_in_names_by_keyboard_and_searches(new_visitor):
    page = new_visitor()
    page.goto("/schools/")
    choose(page, "#interest", "x-ray")
    assert page.input_value("#interest") == "Radiologic and MRI Technologists"
    choose(page, "#near", "fargo")
    assert page.input_value("#near") == "Fargo, ND"
    page.keyboard.press("Enter")
    page.locator("article.school").first.wait_for()
    assert page.locator("h1").inner_text().endswith("miles of Fargo, ND")
    assert "award" not in page.url  # empty fields are no part of the address


def test_it_leads_to_a_school_by_its_short_name(new_visitor):
    page = new_visitor()
    page.goto("/schools/")
    page.locator("#interest").press_sequentially("ucla")
    page.locator("#interest-suggestions [role=option]").first.click()
    page.wait_for_url("**/schools/110662/**")


@pytest.mark.parametrize("javascript", [True, False])
def test_it_compares_what_was_ticked(new_visitor, javascript: bool):
    page = new_visitor(javascript=javascript)
    page.goto(FARGO)
    for place in (0, 1):
        page.locator("article.school .check input").nth(place).check()
    page.get_by_role("button", name="Compare the ticked programs").click()
    page.wait_for_url("**/schools/compare/?**")
    assert page.locator("h1").inner_text() == "2 programs side by side"


def test_it_keeps_programs_in_the_browser(new_visitor):
    page = new_visitor()
    page.goto(FARGO)
    for place in (0, 1):
        page.locator("article.school [data-keep-p]").nth(place).click()
    page.goto("/shortlist/")
    page.wait_for_url("**/shortlist/?p=*&p=*")
    page.get_by_role("link", name="Compare programs").click()
    page.wait_for_url("**/schools/compare/?p=*&p=*")
    assert page.context.cookies() == []


def test_it_shows_the_nearest_in_a_guide_and_remembers_only_when_asked(new_visitor):
    page = new_visitor()
    page.goto("/careers/registered-nurses/")
    page.fill("#panel-near", "58102")
    page.get_by_role("button", name="Show the nearest here").click()
    page.locator(".nearby-list").wait_for()
    assert "near" not in [cookie["name"] for cookie in page.context.cookies()]
    page.get_by_role("button", name="Remember 58102").click()
    page.get_by_role("button", name="Forget 58102").wait_for()
    kept = {cookie["name"]: cookie["path"] for cookie in page.context.cookies()}
    assert kept["near"] == "/schools/"
    page.goto("/careers/web-developers/")
    page.locator("#schools").scroll_into_view_if_needed()
    page.locator("#nearby h3").wait_for()
    assert page.locator("#nearby h3").inner_text().endswith("miles of 58102")
