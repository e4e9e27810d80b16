"""Read → comment → moderate → find a school: the whole site in one walk, twice."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Server

pytestmark = pytest.mark.browser

TITLE = "Medical and Health Services Managers"
GUIDE = "/careers/medical-and-health-services-managers/"
WITH_AND_WITHOUT = pytest.mark.parametrize(
    "javascript", [True, False], ids=["with JavaScript", "without JavaScript"]
)


def sign_in_link(server: Server, email: str) -> str:
    made = subprocess.run(
        [sys.executable, "manage.py", "sign_in_link", email, "--make-moderator", "--name", "Mo"],
        cwd=ROOT,
        env=os.environ | {"DATA_DIR": str(server.data)},
        capture_output=True,
        text=True,
        check=True,
    )
    return re.sub(r"^https?://[^/]+", server.address, made.stdout.strip())


def sign_in_as_moderator(page: Page, server: Server, email: str) -> None:
    page.goto(sign_in_link(server, email))
    page.get_by_role("button", name="Sign in", exact=True).click()


def write_as_visitor(page: Page, server: Server, text: str, name: str, email: str) -> None:
    """From the guide to a stored comment: the code comes from the terminal, as on any demo."""
    page.goto(GUIDE)
    page.get_by_role("link", name="Write a comment").click()
    page.get_by_label("Your comment").fill(text)
    page.get_by_label("Your name here").fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Your age").fill("19")
    server.forget()
    page.get_by_role("button", name="Post comment").click()
    code = server.said(rf"(?s)mail to {re.escape(email)}:.*?code: (\S+)")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Held for review").first).to_be_visible()


def decide(page: Page, text: str, button: str) -> None:
    page.goto("/admin/comments/comment/")
    waiting = page.get_by_role("article").filter(has_text=text)
    waiting.get_by_role("button", name=re.compile(f"^{button}")).click()
    expect(page.get_by_role("article").filter(has_text=text)).to_have_count(0)


@WITH_AND_WITHOUT
def test_it_leads_from_a_word_to_the_guide(new_visitor, javascript: bool):
    page = new_visitor(javascript=javascript)
    page.goto("/")
    # A combobox with scripts, a plain search box without.
    page.get_by_role("main").locator("input[name=q]").fill("hospital manager")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    crumbs = page.get_by_role("navigation", name="Breadcrumb")
    expect(crumbs).to_contain_text("Health careers")
    expect(crumbs).to_contain_text("Health administration")
    expect(page.get_by_role("region", name="Quick facts")).to_contain_text("$117,960")
    expect(page.get_by_text("In short, by Fieldguide").first).to_be_visible()


@WITH_AND_WITHOUT
def test_it_takes_a_comment_through_moderation(new_visitor, server: Server, javascript: bool):
    way = "enhanced" if javascript else "plain"
    question = f"How do you become a hospital manager, the {way} way?"
    advert = f"Moncler jackets sale, {way}: cheap coats at our outlet, buy now!"
    reader, other = new_visitor(javascript=javascript), new_visitor(javascript=javascript)
    write_as_visitor(reader, server, question, f"Asker {way}", f"asker-{way}@example.com")
    write_as_visitor(other, server, advert, f"Seller {way}", f"seller-{way}@example.com")

    public = new_visitor(javascript=javascript)
    public.goto(GUIDE)
    expect(public.get_by_text(question)).to_have_count(0)

    moderator = new_visitor(javascript=javascript)
    sign_in_as_moderator(moderator, server, f"mo-{way}@example.com")
    decide(moderator, question, "Publish")
    decide(moderator, advert, "Spam")

    public.wait_for_timeout(1200)  # at most a second old is what every process promises
    public.goto(GUIDE)
    expect(public.get_by_text(question)).to_be_visible()
    expect(public.get_by_text("Moncler")).to_have_count(0)

    moderator.goto(GUIDE)
    asked = moderator.get_by_role("article").filter(has_text=question)
    asked.get_by_role("link", name=re.compile("^Reply")).click()
    moderator.get_by_label("Your comment").fill(f"Start at the front desk, {way}.")
    moderator.get_by_role("button", name="Post reply").click()
    expect(moderator.get_by_text(f"Start at the front desk, {way}.").first).to_be_visible()
    public.wait_for_timeout(1200)
    public.goto(GUIDE)
    expect(public.get_by_text(f"Start at the front desk, {way}.")).to_be_visible()


@WITH_AND_WITHOUT
def test_it_finds_schools_that_lead_to_the_career(new_visitor, javascript: bool):
    page = new_visitor(javascript=javascript)
    page.goto(GUIDE)
    schools = page.get_by_role("region", name=re.compile("Schools nearby"))
    schools.get_by_label(re.compile("ZIP code")).fill("60614")
    schools.get_by_role("button", name="Find schools").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("within 50 miles of 60614")
    expect(page.get_by_role("heading", level=2, name=re.compile("^Exact"))).to_be_visible()
    school = page.get_by_role("heading", level=3).get_by_role("link").first
    name = school.inner_text()
    school.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


@WITH_AND_WITHOUT
def test_it_says_so_when_it_can_only_show_other_programs(new_visitor, javascript: bool):
    page = new_visitor(javascript=javascript)
    page.goto("/schools/?interest=guide:marine-engineers-and-naval-architects&near=59301&radius=25")
    expect(page.get_by_role("main")).to_contain_text(re.compile("similar or unrelated programs"))


def test_it_refuses_the_admin_to_readers(new_visitor, server: Server):
    reader = new_visitor()
    write_as_visitor(reader, server, "Is it a good job?", "Curious", "curious@example.com")
    answer = reader.goto("/admin/")
    assert answer.status == 403
