"""What a moderator may do, written down once and made after every migrate."""

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from comments.models import MODERATORS

MAY = (
    "view_comment",
    "change_comment",  # the queue's actions
    "view_moderationaction",
    "view_report",
    "view_thread",
    "change_thread",  # close and open
    "view_reader",
    "view_picture",
    "change_picture",  # show and remove
    "view_suspension",
    "view_block",
    "add_block",
    "change_block",
    "delete_block",
)


def make_moderators(comments: AppConfig) -> None:
    """The group has exactly these rights: nothing of careers, nothing of inquiries."""
    create_permissions(comments, verbosity=0)  # ours may run before Django's own
    group, _ = Group.objects.get_or_create(name=MODERATORS)
    group.permissions.set(
        Permission.objects.filter(content_type__app_label="comments", codename__in=MAY)
    )
