"""What the browser itself keeps: the shortlist, the guides being compared, a copied citation."""

import pytest

pytestmark = pytest.mark.browser
NURSES, ACTORS = "registered-nurses", "actors"


def kept_by(page):
    return page.evaluate("() => JSON.parse(localStorage.getItem('shortlist'))")


def test_it_keeps_guides_in_the_browser_and_drops_them(new_visitor):
    page = new_visitor()
    page.goto(f"/careers/{NURSES}/")
    page.locator(f'[data-keep-g="{NURSES}"]').first.click()
    assert page.locator(f'[data-keep-g="{NURSES}"]').first.inner_text().startswith("Kept")
    page.goto(f"/careers/{ACTORS}/")
    page.locator(f'[data-keep-g="{ACTORS}"]').first.click()
    assert kept_by(page) == {"g": [NURSES, ACTORS], "p": []}

    page.goto("/shortlist/")  # leads to the list with its address
    page.wait_for_url(f"**/shortlist/?g={NURSES}&g={ACTORS}")
    assert page.locator("[data-shortlist]").inner_text() == "Shortlist (2)"
    page.locator(f'[data-drop-g="{NURSES}"]').click()
    page.wait_for_url(f"**/shortlist/?g={ACTORS}")
    assert kept_by(page) == {"g": [ACTORS], "p": []}
    assert page.context.cookies() == []


def test_it_keeps_a_list_that_somebody_sent_only_when_told(new_visitor):
    page = new_visitor()
    page.goto(f"/shortlist/?g={NURSES}&g={ACTORS}")
    assert kept_by(page) is None
    page.get_by_role("button", name="Keep this list in this browser").click()
    assert kept_by(page) == {"g": [NURSES, ACTORS], "p": []}


def test_it_survives_foreign_words_in_the_storage(new_visitor):
    page = new_visitor()
    page.goto("/about/terms/")
    for foreign in ("no json", "[]", "null", '{"g": 7, "p": [null, "x"]}'):
        page.evaluate("words => localStorage.setItem('shortlist', words)", foreign)
        page.goto(f"/careers/{NURSES}/")
        assert page.locator(f'[data-keep-g="{NURSES}"]').first.inner_text().startswith("Keep")


def test_it_adds_to_the_guides_compared_before(new_visitor):
    page = new_visitor()
    page.goto(f"/careers/compare/?g={NURSES}")
    page.goto(f"/careers/{ACTORS}/")
    page.locator(f'[data-compare="{ACTORS}"]').first.click()
    page.wait_for_url(f"**/careers/compare/?g={NURSES}&g={ACTORS}")
    assert page.locator("h1").inner_text() == "2 guides side by side"


def test_it_keeps_and_compares_without_javascript(new_visitor):
    page = new_visitor(javascript=False)
    page.goto(f"/careers/{NURSES}/")
    page.locator(f'[data-keep-g="{NURSES}"]').first.click()
    assert page.locator("h1").inner_text() == "Your shortlist: 1"
    page.goto(f"/careers/compare/?g={NURSES}")
    page.locator("select#g").select_option(ACTORS)
    page.get_by_role("button", name="Add").click()
    assert page.locator("h1").inner_text() == "2 guides side by side"


def test_it_copies_a_citation(new_visitor):
    page = new_visitor()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/careers/{NURSES}/cite/")
    page.locator('[data-copy="guide-bibtex"]').click()
    page.get_by_text("Copied").first.wait_for()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == page.locator("#guide-bibtex").inner_text()


def test_it_takes_a_correction_without_javascript(new_visitor):
    page = new_visitor(javascript=False)
    page.goto(f"/careers/{NURSES}/")
    page.locator("#pay").get_by_role("link", name="Suggest a correction").click()
    assert page.locator("select").input_value() == "pay"
    page.get_by_role("button", name="Send").click()
    assert "Write what is wrong." in page.locator("main").inner_text()
    page.locator("textarea").fill("Night work pays more.")
    page.get_by_role("button", name="Send").click()
    assert page.locator("h1").inner_text() == "Thank you"
