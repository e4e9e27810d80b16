"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("FIELDGUIDE_WEB", "1")

django_application = get_wsgi_application()

from careers import search  # noqa: E402  they read models, so the apps come first
from config.pagecache import PageCache  # noqa: E402

search.warm_up()

application = PageCache(django_application)
