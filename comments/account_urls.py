"""Below /accounts/: allauth's pages that a site without passwords needs, and no others."""

from allauth.account import views as allauth
from django.urls import include, path
from django.views.generic import RedirectView

from comments import account_views as views

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
to_account = RedirectView.as_view(pattern_name="comments:account")

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("login/code/confirm/", views.confirm_code, name="account_confirm_login_code"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("2fa/", include("allauth.mfa.urls")),
    # Names that allauth links to, led to where the thing is done here.
    path("login/code/", to_sign_in, name="account_request_login_code"),
    path("signup/", to_sign_in, name="account_signup"),
    path("email/", to_account, name="account_email"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path(
        "reauthenticate/code/",
        allauth.request_reauthentication_code,
        name="account_request_reauthentication_code",
    ),
    path(
        "reauthenticate/code/confirm/",
        allauth.confirm_reauthentication_code,
        name="account_confirm_reauthentication_code",
    ),
]
