"""A passkey as second factor, with Chromium's own pretended key."""

import re

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.browser.conftest import Server
from tests.browser.test_main_path import sign_in_link

pytestmark = pytest.mark.browser

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_it_adds_a_passkey_and_asks_for_it_at_the_next_sign_in(chromium: Browser, server: Server):
    """Under the name localhost: a passkey needs a name in the address, not a number."""
    email = "keys@example.com"
    context = chromium.new_context(base_url=f"http://localhost:{server.port}")
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if is_fault(said) else None)
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    sign_in(page, server, email)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_role("button", name="Send the code").click()
    code = server.said(rf"(?s)mail to {re.escape(email)}:.*?code: (\S+)")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name of the passkey").fill("My laptop")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto("/accounts/")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, server, email)
    expect(page.get_by_role("heading", name="One more proof")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile("/admin/$"))
    assert problems == []
    context.close()


def sign_in(page: Page, server: Server, email: str) -> None:
    page.goto(sign_in_link(server, email).removeprefix(server.address))
    page.get_by_role("button", name="Sign in", exact=True).click()


def is_fault(said: ConsoleMessage) -> bool:
    """The browser may look for a favicon.ico, which is not here."""
    return said.type == "error" and "status of 404" not in said.text
