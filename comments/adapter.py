"""What we tell allauth: who visits, and how its mails look."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from careers.networks import visitor_address


class AccountAdapter(DefaultAccountAdapter):
    def get_client_ip(self, request: HttpRequest) -> str:
        return visitor_address(request) or "unknown"

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from our one sign-in form only."""
        return False

    def format_email_subject(self, subject: str) -> str:
        return f"{subject} · {settings.SITE_NAME}"
