"""Asking a school: by one's own letter, and through the site where a school takes requests."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Server, free_port
from tests.browser.test_accessibility import RULES

pytestmark = pytest.mark.browser

REAL = "/schools/get-info/?p=143084-11.0701-5"
INVENTED = "/schools/get-info/?p=990001-51.0701-5&p=990002-51.3801-5&p=143084-11.0701-5"


@pytest.fixture(scope="module")
def demo(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A site of its own with invented partners: no other test meets them."""
    data = tmp_path_factory.mktemp("demo") / "data"
    shutil.copytree(server.data, data)
    subprocess.run(
        [sys.executable, "manage.py", "make_demo"],
        cwd=ROOT,
        env=os.environ | {"DATA_DIR": str(data)},
        check=True,
    )
    demo = Server(free_port(), data)
    demo.start()
    yield demo
    assert demo.stop() == 0


@pytest.fixture
def new_demo_visitor(chromium, demo: Server):
    contexts = []

    def open_page(*, javascript: bool = True, width: int = 1280, scheme: str = "light") -> Page:
        context = chromium.new_context(
            base_url=demo.address,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
        )
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def say_age(page: Page, path: str, age: int = 19) -> None:
    page.goto(path)
    page.get_by_label("Your age").fill(str(age))
    page.get_by_role("button", name="Go on").click()


def fill(page: Page, email: str) -> None:
    page.get_by_label("First name").fill("Ana")
    page.get_by_role("textbox", name="E-mail").fill(email)
    page.get_by_label("ZIP code").fill("60614")
    page.get_by_label("Your question").fill("Is there an internship?")


def sound(page: Page) -> None:
    """axe's rules hold, and nothing stands out of the page."""
    found = Axe().run(page, options=RULES)["violations"]
    assert [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found] == []
    widths = "() => [document.scrollingElement.scrollWidth, window.innerWidth]"
    content, window = page.locator("body").evaluate(widths)
    assert content <= window


@pytest.mark.parametrize("javascript", [True, False])
def test_for_a_real_school_it_writes_the_letter(new_visitor, javascript: bool):
    page = new_visitor(javascript=javascript)
    say_age(page, REAL)
    fill(page, "ana@example.org")
    page.get_by_role("checkbox", name="Yes, write a letter to Augustana College").check()
    page.get_by_role("button", name="Write the letter").click()
    letter = page.get_by_role("region", name="Letter to Augustana College")
    expect(letter).to_contain_text("Is there an internship?")
    mail = page.get_by_role("link", name="Open in my mail").get_attribute("href")
    assert mail.startswith("mailto:?subject=")
    expect(page.get_by_role("button", name="Print")).to_have_count(1 if javascript else 0)


@pytest.mark.parametrize(
    ("javascript", "width", "scheme"),
    [(True, 1280, "light"), (True, 320, "dark"), (False, 320, "light")],
)
def test_a_partner_gets_what_was_confirmed(
    new_demo_visitor, demo: Server, javascript: bool, width: int, scheme: str
):
    page = new_demo_visitor(javascript=javascript, width=width, scheme=scheme)
    email = f"ana-{javascript}-{width}@example.org".lower()
    say_age(page, INVENTED)
    fill(page, email)
    if javascript:
        expect(page.locator("#preview")).to_contain_text("Is there an internship?")
        sound(page)
    page.get_by_role("checkbox", name="Yes, send Willowmere").check()
    demo.forget()
    page.get_by_role("button", name="Check and confirm by e-mail").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    page.goto(demo.said(r"(/schools/get-info/confirm/\S+)"))
    expect(page.get_by_role("main")).to_contain_text("Is there an internship?")
    if javascript:
        sound(page)
    page.get_by_role("button", name="Yes, send it to 1 school").click()
    demo.said(r"(mail to admissions@school-990001)")
    page.goto(demo.said(r"(/schools/get-info/receipt/\S+)"))
    expect(page.get_by_text(re.compile("^Sent on"))).to_be_visible()
    if javascript:
        sound(page)
    page.get_by_role("button", name="Withdraw and erase it now").click()
    expect(page.get_by_role("listitem").filter(has_text="Willowmere")).to_be_visible()


def test_no_name_or_address_is_printed_but_in_the_mail(demo: Server):
    """What the demo prints of mail apart, its terminal knows nobody."""
    said = re.sub(r"(?s)--- mail to .*?\n---", "", "".join(demo.lines))
    assert "@example.org" not in said


def test_a_child_is_sent_away_and_cannot_try_again(new_visitor):
    page = new_visitor()
    say_age(page, REAL, age=11)
    expect(page.get_by_role("heading", level=1)).to_have_text("We cannot send a request for you")
    page.goto(REAL)
    expect(page.get_by_label("Your age")).to_have_count(0)


def test_a_minor_is_not_asked_for_a_phone_number(new_visitor):
    page = new_visitor()
    say_age(page, REAL, age=15)
    expect(page.get_by_label("First name")).to_be_visible()
    expect(page.get_by_label("Phone")).to_have_count(0)
