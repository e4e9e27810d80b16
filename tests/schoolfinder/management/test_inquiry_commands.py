import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from schoolfinder.models import Inquiry, Partner, School
from tests.schoolfinder.builders import make_field, make_inquiry, make_partner

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parent.parent.parent.parent


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_it_prints_and_erases_what_is_kept_about_a_person() -> None:
    make_inquiry("ana@example.org")
    make_inquiry("bob@example.org")
    (found,) = json.loads(run("inquiry_data", "Ana@example.org", "--export"))
    assert found["first_name"] == "Ana"
    assert run("inquiry_data", "ana@example.org", "--erase") == "Erased: 1\n"
    assert json.loads(run("inquiry_data", "ana@example.org", "--export")) == []
    assert Inquiry.objects.count() == 1


def test_it_encrypts_everything_again_under_the_newest_key(settings: Any) -> None:
    make_inquiry("ana@example.org")
    secret = make_partner().secret
    new = Fernet.generate_key().decode()
    settings.PERSONAL_DATA_KEYS = [new, *settings.PERSONAL_DATA_KEYS]
    assert "1 inquiries, 1 partners" in run("rotate_personal_data_key")
    settings.PERSONAL_DATA_KEYS = [new]
    assert Inquiry.objects.of("ana@example.org").get().question == "Are there evening classes?"
    assert Partner.objects.get().secret == secret


def test_it_changes_nothing_when_a_key_is_missing(settings: Any) -> None:
    make_inquiry("ana@example.org")
    old = settings.PERSONAL_DATA_KEYS
    settings.PERSONAL_DATA_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="Nothing was changed"):
        run("rotate_personal_data_key")
    settings.PERSONAL_DATA_KEYS = old
    assert Inquiry.objects.get().email == "ana@example.org"


def test_it_prints_a_key() -> None:
    Fernet(run("rotate_personal_data_key", "--print-key").strip())


def make_demo_fields() -> None:
    for cip in ("51.0701", "51.3801", "52.0301"):
        make_field(cip, f"Field {cip}")


def test_a_demo_has_invented_partners_that_say_so() -> None:
    make_demo_fields()
    for _ in range(2):
        run("make_demo")
    assert Partner.objects.active().count() == 3
    for partner in Partner.objects.select_related("school"):
        assert partner.is_invented
        assert partner.school.name.endswith("(invented)")
        assert partner.school.programs.count() == 3
        assert partner.email.endswith(".example")


def test_a_demo_needs_the_fields_first() -> None:
    with pytest.raises(CommandError, match="Load the fields"):
        run("make_demo")
    assert not School.objects.exists()


def test_no_invented_school_enters_a_real_site(settings: Any) -> None:
    make_demo_fields()
    settings.DEMO = False
    with pytest.raises(CommandError, match="for a demo"):
        run("make_demo")
    assert not Partner.objects.exists()


def test_nothing_that_runs_by_default_makes_a_partner() -> None:
    for script in ("server", "setup", "test"):
        assert "make_demo" not in (ROOT / "script" / script).read_text()
    for path in [*(ROOT / "config").rglob("*.py"), *(ROOT / "schoolfinder").rglob("*.py")]:
        if path.name != "make_demo.py":
            assert "make_demo" not in path.read_text().replace("made by make_demo", ""), path
