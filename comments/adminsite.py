"""The admin's door: staff sign in as readers do, and prove a second factor in production."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from comments.accounts import safe_next, with_next
from comments.models import Reader


class StaffSite(AdminSite):
    site_header = site_title = settings.SITE_NAME
    index_title = "Editors and moderators"

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not lacks_second_factor(request.user)

    def login(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """No password page: to our sign-in, to the second factor, or no further."""
        next_url = safe_next(request) or reverse("admin:index")
        if not request.user.is_authenticated:
            return HttpResponseRedirect(with_next(reverse("account_login"), next_url))
        if lacks_second_factor(request.user):
            messages.warning(request, "Set up a second factor first: staff need one here.")
            return HttpResponseRedirect(reverse("mfa_index"))
        if not self.has_permission(request):
            raise PermissionDenied("This account is not staff.")
        return HttpResponseRedirect(next_url)


def lacks_second_factor(user: Reader | AnonymousUser) -> bool:
    """Only where it is required: the demo offers it and asks nobody."""
    return settings.STAFF_NEED_SECOND_FACTOR and user.is_staff and not is_mfa_enabled(user)
