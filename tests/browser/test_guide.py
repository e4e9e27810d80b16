"""A guide's page as a reader handles it: words explained, figures cited, the sheet for paper."""

import pytest

pytestmark = pytest.mark.browser
GUIDE = "/careers/medical-and-health-services-managers/"


@pytest.mark.parametrize("javascript", [True, False])
def test_it_explains_a_word_where_it_stands(new_visitor, javascript: bool):
    page = new_visitor(javascript=javascript)
    page.goto(GUIDE)

    page.get_by_role("button", name="Middle pay a year").click()

    assert page.locator("#term-median").is_visible()


def test_it_cites_a_figure_beside_it_and_gives_the_focus_back(new_visitor):
    page = new_visitor()
    page.goto(GUIDE)
    figure = page.locator('a[href="cite/?figure=pay"]')
    figure.click()

    page.locator(".cite-card").wait_for()
    assert page.locator("#figure-apa").inner_text().startswith("U.S. Bureau of Labor Statistics.")

    page.keyboard.press("Escape")
    assert not page.locator(".cite-card").is_visible()
    assert figure.evaluate("link => link === document.activeElement")


def test_it_cites_a_figure_on_its_own_page_without_a_script(new_visitor):
    page = new_visitor(javascript=False)
    page.goto(GUIDE)
    page.locator('a[href="cite/?figure=pay"]').click()

    assert page.url.endswith("/cite/?figure=pay")
    assert "$117,960" in page.locator("#figure-apa").inner_text()


def test_it_prints_one_clean_article(new_visitor):
    page = new_visitor(width=720)
    page.goto(GUIDE)
    page.emulate_media(media="print")
    gone = ".masthead nav, .page-menu, main form, main .button, figcaption .citable, .term-note"

    assert page.locator(gone).evaluate_all("all => all.every(one => !one.getClientRects().length)")
    assert (
        page.get_by_role("cell", name="Wyoming").or_(page.get_by_text("Wyoming")).first.is_visible()
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_marks_where_the_reader_is(new_visitor):
    page = new_visitor()
    page.goto(GUIDE + "#pay")

    marked = page.locator(".page-menu a[href='#pay']")
    page.wait_for_function(
        "link => getComputedStyle(link).fontWeight === '650'", arg=marked.element_handle()
    )


def test_it_fetches_a_script_once_its_part_is_used(new_visitor):
    page = new_visitor()
    fetched = []
    page.on("request", lambda one: fetched.append(one.url.rsplit("/", 1)[-1].split(".")[0]))
    page.goto(GUIDE, wait_until="networkidle")
    assert not {"tools", "combobox", "copy", "comments"} & set(fetched)
    page.locator("#q-top").focus()
    page.locator("#q-top[role=combobox]").wait_for()
    page.locator("#thread").scroll_into_view_if_needed()
    page.locator("#thread[data-ready]").wait_for()
    assert {"combobox", "comments"} <= set(fetched)
    assert "copy" not in fetched
