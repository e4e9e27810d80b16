from typing import Any

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = "Comments"
    default = True

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from careers.panels import register_guide_panel
        from comments.accounts import confirm_awaiting
        from comments.panels import comments_panel
        from comments.roles import make_moderators

        register_guide_panel(comments_panel, position=90)
        user_logged_in.connect(confirm_awaiting, dispatch_uid="comments.confirm_awaiting")

        def after_migrate(**kwargs: Any) -> None:
            make_moderators(self)

        post_migrate.connect(after_migrate, sender=self, weak=False)


class StaffAdminConfig(admin_apps.AdminConfig):
    """The admin, with our sign-in instead of its password page."""

    default = False
    default_site = "comments.adminsite.StaffSite"
