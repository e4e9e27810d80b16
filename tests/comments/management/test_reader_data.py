import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from comments.models import Reader
from tests.comments.builders import make_comment, make_reader

pytestmark = pytest.mark.django_db


def test_it_prints_and_erases_a_readers_data() -> None:
    reader = make_reader(email="me@example.com")
    make_comment("My words", author=reader)
    out = StringIO()
    call_command("reader_data", "Me@example.com", "--export", stdout=out)
    assert json.loads(out.getvalue())["comments"][0]["text"] == "My words"
    call_command("reader_data", "me@example.com", "--erase", stdout=StringIO())
    assert not Reader.objects.filter(pk=reader.pk).exists()


def test_it_says_when_nobody_has_the_address() -> None:
    with pytest.raises(CommandError, match="No reader"):
        call_command("reader_data", "nobody@example.com", "--export")
