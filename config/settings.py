"""All settings, one file: a value that differs between machines is an environment variable.

Nothing set means *demo*: loopback only, a key made in DATA_DIR, mail into a local outbox.
SITE_ENV=production refuses to start without what a public site needs.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import dj_database_url
from cryptography.fernet import Fernet
from django.contrib.messages import constants as message_levels
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.csp import CSP
from environs import Env

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent

SITE_ENV = env.str("SITE_ENV", "demo")
PRODUCTION = SITE_ENV == "production"
DEMO = SITE_ENV == "demo"
if not (PRODUCTION or DEMO):
    raise ImproperlyConfigured(f"SITE_ENV is {SITE_ENV!r}; it may be demo or production.")
DEBUG = DEMO and env.bool("DEBUG", False)

REQUIRED = (
    *("SECRET_KEY", "PERSONAL_DATA_KEY", "ALLOWED_HOSTS"),
    *("DATABASE_URL", "SMTP_HOST", "MAIL_FROM"),
)
if PRODUCTION and (missing := [name for name in REQUIRED if not env.str(name, "")]):
    raise ImproperlyConfigured(f"SITE_ENV=production needs {', '.join(missing)}.")

# Where the database, the local outbox and the demo's own secret live.
DATA_DIR = Path(env.str("DATA_DIR", "") or BASE_DIR / ".data").expanduser().resolve()


def own_key(name: str, make: Callable[[], str]) -> str:
    """A key of the demo's own, made once and kept beside the database."""
    path = DATA_DIR / name
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(make())
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", "") or own_key(
    "secret-key", lambda: get_random_secret_key() + get_random_secret_key()
)
# Encrypts the personal fields of inquiries. Newest first: it encrypts, the others still decrypt.
PERSONAL_DATA_KEYS: list[str] = env.list("PERSONAL_DATA_KEY", []) or [
    own_key("personal-data-key", lambda: Fernet.generate_key().decode())
]
# Where script/server listens. A demo that listens on every address answers to every name.
HOST = env.str("HOST", "") or "127.0.0.1"
PORT = env.str("PORT", "") or "8000"
HOST_IN_ADDRESS = f"[{HOST}]" if ":" in HOST else HOST
EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104  compared with, not listened on
DEMO_HOSTS = (
    ["*"]
    if HOST in EVERY_ADDRESS
    else list(dict.fromkeys([HOST_IN_ADDRESS, "127.0.0.1", "localhost", "[::1]"]))
)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", DEMO_HOSTS)
SITE_NAME = "Fieldguide"
SITE_HOST = env.str("SITE_HOST", "") or ALLOWED_HOSTS[0]
# For links in mail, feeds and on the terminal: there a request's host is not to be trusted.
SITE_URL = (
    f"https://{SITE_HOST}"
    if PRODUCTION
    else f"http://{'127.0.0.1' if HOST in EVERY_ADDRESS else HOST_IN_ADDRESS}:{PORT}"
)
CONTACT_EMAIL = env.str("CONTACT_EMAIL", "editors@fieldguide.example")
# How many proxies in front of us may be believed about the visitor's address.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
# Only the web process gets short database timeouts; commands may take their time.
WEB_PROCESS = env.bool("FIELDGUIDE_WEB", False)

INSTALLED_APPS = [
    "config",  # the commands that join all apps: load_edition, housekeeping
    "comments",
    "careers",
    "schoolfinder",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "comments.apps.StaffAdminConfig",  # django.contrib.admin, signing in as readers do
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.middleware.add_headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "config.middleware.refuse_odd_requests",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
        },
    }
]

# Database -----------------------------------------------------------------------------------

DATABASE_URL = env.str("DATABASE_URL", "")


def own_database() -> dict[str, Any]:
    """Not by an address: a folder's name may hold what an address would read as its own."""
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA_DIR / "site.sqlite3")}


def named_database() -> dict[str, Any]:
    try:
        return dict(dj_database_url.parse(DATABASE_URL))
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured("DATABASE_URL is no address of a database.") from error


def database() -> dict[str, Any]:
    """SQLite beside the data unless DATABASE_URL names another; tuned for each."""
    settings = named_database() if DATABASE_URL else own_database()
    settings["CONN_MAX_AGE"] = 60  # closing the last connection would checkpoint each request
    options = settings.setdefault("OPTIONS", {})
    if settings["ENGINE"].endswith("sqlite3"):
        options |= {
            "transaction_mode": "IMMEDIATE",  # wait for the lock, do not fail on upgrading it
            "timeout": 5,
            # FULL: an answer says "saved" only when the disk has it.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            " PRAGMA temp_store=MEMORY; PRAGMA cache_size=-20000;"
            " PRAGMA journal_size_limit=67108864;",
        }
        # A file, so that tests with several connections see one database.
        settings["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    else:
        settings["CONN_HEALTH_CHECKS"] = True
        options |= {
            "connect_timeout": 3,
            "application_name": "fieldguide",
            "target_session_attrs": "read-write",
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "tcp_user_timeout": 10_000,
        }
        if WEB_PROCESS:
            options["options"] = (
                "-c statement_timeout=5000 -c lock_timeout=2000"
                " -c idle_in_transaction_session_timeout=10000"
            )
    return settings


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# allauth keeps its attempt counters in the cache: in the database they hold across processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}

# Files --------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # no file is kept
    "staticfiles": {
        "BACKEND": "config.staticfiles.JoinedManifestStorage"
        if env.bool("STATIC_MANIFEST", not DEBUG)
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
WHITENOISE_MAX_AGE = 3600

# Readers and staff --------------------------------------------------------------------------

AUTH_USER_MODEL = "comments.Reader"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# One form for known and unknown addresses (comments/account_views.py); allauth sends the code,
# counts the attempts, and asks staff for their second factor.
ACCOUNT_ADAPTER = "comments.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code that signs in is the verification
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# A class of forty signs in from one network within a lesson.
ACCOUNT_RATE_LIMITS = {"login": "120/10m/ip", "reauthenticate": "10/m/user"}
ACCOUNT_EMAIL_NOTIFICATIONS = True  # when somebody changes a second factor
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO  # http://localhost
MFA_TOTP_ISSUER = SITE_NAME
STAFF_NEED_SECOND_FACTOR = PRODUCTION
MESSAGE_TAGS = {message_levels.SUCCESS: "good", message_levels.WARNING: "warn"}

# Mail ---------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "Fieldguide <editors@fieldguide.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Everything goes into the outbox table first (default) and from there through the transport,
# so that a mail server that is down never fails a request.
MAILERS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "comments.notifications.OutboxBackend"},
    "transport": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": env.str("SMTP_HOST", ""),
            "port": env.int("SMTP_PORT", 587),
            "username": env.str("SMTP_USER", ""),
            "password": env.str("SMTP_PASSWORD", ""),
            "use_tls": env.bool("SMTP_TLS", True),
            "timeout": 5,
        },
    }
    if PRODUCTION
    else {"BACKEND": "config.mail.DemoBackend"},
}

# A second opinion on comments -----------------------------------------------------------------

# Without a key nobody outside is asked. The key belongs to one address of a site.
AKISMET_API_KEY = env.str("AKISMET_API_KEY", "")
AKISMET_BLOG_URL = env.str("AKISMET_BLOG_URL", "") or SITE_URL
if AKISMET_API_KEY and not AKISMET_BLOG_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured("AKISMET_BLOG_URL starts with https://")

# Talk -----------------------------------------------------------------------------------------

# Threads in which nothing was published for so long are closed by housekeeping; 0 is never.
CLOSE_THREADS_AFTER_DAYS = env.int("CLOSE_THREADS_AFTER_DAYS", 0)

# Safety -------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],  # a nonce enters the header only where the admin uses it
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 262_144
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000  # the admin's action page posts a box per row
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
ADMIN_PATH = env.str("ADMIN_PATH", "admin/")

# Words and times ----------------------------------------------------------------------------

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "WARNING")},
    "loggers": {
        # A wrong Host header is the visitor's doing, and answered with 400: nothing to trace.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
