"""Settings are read once a process, so each case starts a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PRODUCTION = {
    "SITE_ENV": "production",
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "fieldguide.example",
    "DATABASE_URL": "postgres://reader@db.example:5433/fieldguide",
    "SMTP_HOST": "mail.example",
    "MAIL_FROM": "editors@fieldguide.example",
    "PERSONAL_DATA_KEY": "bmV3ZXN0LWtleS1mb3ItdGVzdHMtb25seS0wMDAwMDE=",
}


def settings_say(expression: str, environment: dict[str, str], tmp_path: Path):
    code = f"from config import settings; print(repr(({expression})))"
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=kept | {"DATA_DIR": str(tmp_path)} | environment,
        capture_output=True,
        text=True,
    )


def test_it_starts_as_a_demo_with_nothing_set(tmp_path):
    said = settings_say("settings.DEMO, settings.DEBUG, settings.ALLOWED_HOSTS", {}, tmp_path)
    assert said.stdout.strip() == "(True, False, ['127.0.0.1', 'localhost', '[::1]'])"


def test_it_makes_the_demos_key_once(tmp_path):
    first = settings_say("settings.SECRET_KEY", {}, tmp_path).stdout
    assert len(first) > 90
    assert settings_say("settings.SECRET_KEY", {}, tmp_path).stdout == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_it_makes_the_demos_key_for_personal_data_once(tmp_path):
    first = settings_say("settings.PERSONAL_DATA_KEYS", {}, tmp_path).stdout
    assert len(first.strip()) == len("['']") + 44
    assert settings_say("settings.PERSONAL_DATA_KEYS", {}, tmp_path).stdout == first
    assert (tmp_path / "personal-data-key").stat().st_mode & 0o077 == 0


def test_it_takes_several_keys_for_personal_data_newest_first(tmp_path):
    both = PRODUCTION | {"PERSONAL_DATA_KEY": "new,old"}
    assert settings_say("settings.PERSONAL_DATA_KEYS", both, tmp_path).stdout == "['new', 'old']\n"


@pytest.mark.parametrize(
    "name",
    [
        *("SECRET_KEY", "PERSONAL_DATA_KEY", "ALLOWED_HOSTS"),
        *("DATABASE_URL", "SMTP_HOST", "MAIL_FROM"),
    ],
)
def test_it_refuses_to_serve_the_public_without(name, tmp_path):
    said = settings_say("1", PRODUCTION | {name: ""}, tmp_path)
    assert said.returncode != 0
    assert f"SITE_ENV=production needs {name}" in said.stderr


def test_it_asks_akismet_about_its_own_address_unless_told_another(tmp_path):
    expression = "settings.AKISMET_API_KEY, settings.AKISMET_BLOG_URL"
    said = settings_say(expression, PRODUCTION | {"AKISMET_API_KEY": "a-key"}, tmp_path)
    assert said.stdout.strip() == "('a-key', 'https://fieldguide.example')"


def test_it_refuses_an_unknown_environment(tmp_path):
    assert settings_say("1", {"SITE_ENV": "staging"}, tmp_path).returncode != 0


def test_it_protects_cookies_in_production(tmp_path):
    said = settings_say(
        "settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE",
        PRODUCTION,
        tmp_path,
    )
    assert said.stdout.strip() == "('__Host-sessionid', True)"


def test_it_chooses_the_database_by_its_address_alone(tmp_path):
    said = settings_say(
        "settings.DATABASES['default']['ENGINE'], settings.DATABASES['default']['HOST'],"
        " settings.DATABASES['default']['PORT']",
        PRODUCTION,
        tmp_path,
    )
    assert said.stdout.strip() == "('django.db.backends.postgresql', 'db.example', 5433)"


def test_it_limits_statements_in_the_web_process_only(tmp_path):
    options = "'options' in settings.DATABASES['default']['OPTIONS']"
    assert settings_say(options, PRODUCTION, tmp_path).stdout.strip() == "False"
    web = PRODUCTION | {"FIELDGUIDE_WEB": "1"}
    assert settings_say(options, web, tmp_path).stdout.strip() == "True"


def test_it_waits_for_the_lock_on_sqlite(tmp_path):
    said = settings_say("settings.DATABASES['default']['OPTIONS']", {}, tmp_path)
    assert "'transaction_mode': 'IMMEDIATE'" in said.stdout
    assert "synchronous=FULL" in said.stdout


@pytest.mark.parametrize(
    ("host", "answered", "address"),
    [
        ("", "'127.0.0.1', 'localhost', '[::1]'", "http://127.0.0.1:8000"),
        ("127.0.0.2", "'127.0.0.2', '127.0.0.1'", "http://127.0.0.2:8000"),
        ("::1", "'[::1]', '127.0.0.1'", "http://[::1]:8000"),
        ("0.0.0.0", "'*'", "http://127.0.0.1:8000"),  # noqa: S104  only named
    ],
)
def test_it_answers_to_the_host_it_listens_on(host, answered, address, tmp_path):
    said = settings_say("settings.ALLOWED_HOSTS, settings.SITE_URL", {"HOST": host}, tmp_path)
    assert answered in said.stdout
    assert f"'{address}'" in said.stdout


@pytest.mark.parametrize("name", ["a b", "d#x", "d?q=1", "d%41"])
def test_it_keeps_the_database_in_the_folder_however_it_is_called(name, tmp_path):
    folder = tmp_path / name
    said = settings_say(
        "settings.DATABASES['default']['NAME']", {"DATA_DIR": str(folder)}, tmp_path
    )
    assert said.stdout.strip() == repr(str(folder / "site.sqlite3"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"DATABASE_URL": "nonsense"},
        {"SITE_ENV": "production"},
        {"SITE_ENV": "x"},
        {"AKISMET_API_KEY": "a-key", "AKISMET_BLOG_URL": "fieldguide.example"},
    ],
)
def test_it_says_in_one_line_what_is_wrong_with_the_environment(wrong, tmp_path):
    said = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)} | wrong,
        capture_output=True,
        text=True,
    )
    assert said.returncode != 0
    assert len(said.stderr.strip().splitlines()) == 1
