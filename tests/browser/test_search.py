"""Names under the search field: by keyboard, by pointer, and not at all without JavaScript."""

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

NURSES = "/careers/registered-nurses/"


def type_into(page: Page, field: str, words: str) -> None:
    page.locator(field).press_sequentially(words)
    # Longer than usual: the first question makes each process build its index.
    expect(page.locator(f"{field}-suggestions")).to_be_visible(timeout=20_000)


@pytest.mark.parametrize(
    ("address", "field"),
    [("/", "#q"), ("/", "#q-top"), ("/search/", "#q"), ("/careers/", "#q-top")],
)
def test_it_opens_what_the_keyboard_chose(new_visitor, server, address, field):
    page = new_visitor()
    page.goto(address)
    combobox = page.locator(field)
    expect(combobox).to_have_attribute("role", "combobox")
    expect(combobox).to_have_attribute("aria-expanded", "false")

    type_into(page, field, "registered nur")
    combobox.press("ArrowDown")

    expect(combobox).to_have_attribute("aria-expanded", "true")
    chosen = page.locator(f"#{combobox.get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(chosen).to_contain_text("Registered Nurse")
    expect(combobox).to_be_focused()
    combobox.press("Enter")
    page.wait_for_url(f"{server.address}{NURSES}")


def test_it_closes_with_escape_and_keeps_what_was_typed(new_visitor):
    page = new_visitor()
    page.goto("/")
    type_into(page, "#q", "plumb")

    page.locator("#q").press("Escape")

    expect(page.locator("#q-suggestions")).to_be_hidden()
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#q")).to_have_value("plumb")


def test_it_goes_round_from_the_field_through_the_list_and_back(new_visitor):
    page = new_visitor()
    page.goto("/")
    type_into(page, "#q", "registered nur")
    field, options = page.locator("#q"), page.locator("#q-suggestions [role=option]")

    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")

    expect(page.locator("#q-suggestions [aria-selected=true]")).to_have_count(0)
    assert field.get_attribute("aria-activedescendant") is None


def test_it_searches_for_what_was_typed_when_nothing_is_chosen(new_visitor):
    page = new_visitor()
    page.goto("/")
    type_into(page, "#q", "plumer")

    page.locator("#q").press("Enter")

    page.wait_for_url("**/search/?q=plumer")
    expect(page.get_by_role("link", name="plumber", exact=True)).to_be_visible()


def test_it_opens_what_was_clicked(new_visitor, server):
    page = new_visitor()
    page.goto("/")
    type_into(page, "#q", "registered nur")

    page.get_by_role("option").first.click()

    page.wait_for_url(f"{server.address}{NURSES}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_meets_the_accessibility_rules_while_open(new_visitor, scheme):
    page = new_visitor(scheme=scheme)
    page.goto("/search/")
    type_into(page, "#q", "nurs")
    page.locator("#q").press("ArrowDown")

    assert Axe().run(page)["violations"] == []


def test_it_stays_inside_a_narrow_window(new_visitor):
    page = new_visitor(width=320)
    page.goto("/")
    type_into(page, "#q", "nurs")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_it_works_without_javascript(new_visitor):
    page = new_visitor(javascript=False)
    page.goto("/")
    page.locator("#q").fill("x-ray tech")

    page.get_by_role("main").get_by_role("button", name="Search").click()

    expect(page.get_by_role("heading", name="Radiologic and MRI Technologists")).to_be_visible()
    expect(page.locator("#q")).not_to_have_attribute("role", "combobox")
