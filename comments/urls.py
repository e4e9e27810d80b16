"""Addresses of comments: the name of each is the name of its view."""

from django.urls import path

from comments import account_views, feeds, follow_views, picture_views, views, write_views

app_name = "comments"

THREAD = "careers/<slug:slug>/comments"

urlpatterns = [
    path(f"{THREAD}/", views.thread, name="thread"),
    path(f"{THREAD}.json", views.thread_json, name="thread_json"),
    path(f"{THREAD}/feed/", feeds.thread_feed, name="thread_feed"),
    path(f"{THREAD}/new/", write_views.add, name="add"),
    path(f"{THREAD}/follow/", follow_views.follow_thread, name="follow_thread"),
    path(f"{THREAD}/<slug:public_id>/", views.comment, name="comment"),
    path(f"{THREAD}/<slug:public_id>/reply/", write_views.reply, name="reply"),
    path(f"{THREAD}/<slug:public_id>/edit/", write_views.edit, name="edit"),
    path(f"{THREAD}/<slug:public_id>/withdraw/", write_views.withdraw, name="withdraw"),
    path(f"{THREAD}/<slug:public_id>/helpful/", write_views.helpful, name="helpful"),
    path(f"{THREAD}/<slug:public_id>/appeal/", write_views.appeal, name="appeal"),
    path(f"{THREAD}/<slug:public_id>/follow/", follow_views.follow_replies, name="follow_replies"),
    path(f"{THREAD}/<slug:public_id>/report/", write_views.report, name="report"),
    path("comments/feed/", feeds.site_feed, name="site_feed"),
    path("readers/<slug:public_id>/", views.profile, name="profile"),
    path(
        "readers/<slug:public_id>/picture/<slug:digest>.webp",
        picture_views.picture,
        name="picture",
    ),
    path("about/moderation/", views.about_moderation, name="about_moderation"),
    path("accounts/", account_views.account, name="account"),
    path("accounts/picture/", picture_views.own_picture, name="own_picture"),
    path("accounts/mail/", follow_views.mail_choices, name="mail_choices"),
    path("accounts/mail/stop/<str:token>/", follow_views.stop_mail, name="stop_mail"),
    path("accounts/my-data.json", account_views.account_data, name="account_data"),
    path("accounts/erase/", account_views.account_erase, name="account_erase"),
    path("accounts/replies/new/", feeds.new_replies_feed, name="new_replies_feed"),
    path("accounts/replies/<str:token>/", feeds.replies_feed, name="replies_feed"),
    path("accounts/link/<str:token>/", account_views.sign_in_link, name="sign_in_link"),
]
