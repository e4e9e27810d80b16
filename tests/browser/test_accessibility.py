"""Every kind of page, narrow and wide, by day and by night: axe's rules and no sideways scroll."""

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Server
from tests.browser.test_main_path import sign_in_as_moderator

pytestmark = pytest.mark.browser

GUIDE = "/careers/medical-and-health-services-managers/"
PAGES = [
    "/",
    "/careers/",
    "/careers/?education=bachelor&sort=pay",
    "/careers/?q=zzzzzz",
    "/careers/?cluster=health&view=table&sort=pay",
    "/careers/lists/",
    "/careers/lists/no-degree-needed/",
    "/careers/compare/",
    "/careers/compare/?g=registered-nurses&g=actors&g=military-careers&g=wizards",
    "/shortlist/",
    "/shortlist/?g=registered-nurses&g=actors",
    "/careers/glossary/",
    "/careers/in/health/",
    "/careers/in/health/health-administration/",
    "/careers/a-z/",
    GUIDE,
    f"{GUIDE}cite/",
    f"{GUIDE}correction/",
    "/careers/physicians-and-surgeons/",
    "/careers/military-careers/",
    f"{GUIDE}comments/",
    "/search/?q=nurse",
    "/search/?q=qqqqqqqq",
    "/schools/",
    "/schools/?interest=guide:registered-nurses&near=10001&radius=25",
    "/schools/?interest=guide:registered-nurses&near=nowhere",
    "/schools/?interest=nursing&near=North+Dakota&price=9000&control=public&why=ucla",
    "/schools/110662/university-of-california-los-angeles-los-angeles/",
    "/schools/compare/",
    "/schools/compare/?p=200332-51.3801-5&p=174358-51.3801-5&p=junk&near=58102",
    "/shortlist/?p=200332-51.3801-5&p=174358-51.3801-5",
    "/schools/get-info/",
    "/schools/get-info/?p=143084-11.0701-5",
    "/schools/get-info/?p=0",
    "/schools/get-info/sent/",
    "/about/data/",
    "/about/quality/",
    "/about/moderation/",
    "/about/privacy/",
    "/about/accessibility/",
    "/about/terms/",
    "/accounts/login/",
    "/no-such-page/",
]
READERS_PAGES = [
    "/accounts/",
    "/accounts/picture/",
    "/accounts/erase/",
    "/accounts/2fa/",
    f"{GUIDE}comments/",
    f"{GUIDE}comments/new/",
    f"{GUIDE}comments/follow/",
    "/admin/comments/comment/",
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def check(page: Page, path: str, width: int) -> list[str]:
    """What is wrong with a page, for people and for a screen of that width."""
    page.goto(path)
    found = Axe().run(page, options=RULES)["violations"]
    wrong = [
        f"{path} at {width}: {v['id']}: {v['nodes'][0]['html'][:200]}"
        for v in found
        # Django's own admin search is named by an icon.
        if not (path.startswith("/admin/") and v["id"] == "label-title-only")
    ]
    return wrong + sideways(page, path, width)


def sideways(page: Page, path: str, width: int) -> list[str]:
    needed = page.evaluate("document.scrollingElement.scrollWidth")
    return [f"{path} scrolls sideways at {width}"] if needed > width else []


@pytest.mark.parametrize("path", PAGES)
def test_it_is_accessible(new_visitor, path: str):
    for width, scheme in ((1280, "light"), (320, "dark")):
        assert check(new_visitor(width=width, scheme=scheme), path, width) == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_it_is_accessible_to_readers_and_moderators(
    new_visitor, server: Server, width: int, scheme: str
):
    page = new_visitor(width=width, scheme=scheme)
    sign_in_as_moderator(page, server, f"axe-{width}@example.com")
    assert [wrong for path in READERS_PAGES for wrong in check(page, path, width)] == []


def test_it_fits_a_phone_without_javascript(new_visitor):
    page = new_visitor(javascript=False, width=320)
    wrong = []
    for path in PAGES:
        page.goto(path)
        wrong += sideways(page, path, 320)
    assert wrong == []


def test_it_can_be_walked_through_with_the_keyboard(new_visitor):
    """The first stop is the skip link, and every stop can be seen."""
    page = new_visitor()
    page.goto(GUIDE)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the page"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("main :focus").count() == 1
    outline = page.locator(":focus").evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline == "solid"
