import pytest
from django.core.exceptions import ValidationError

from comments.names import clean_name, shape
from tests.comments.builders import make_moderator

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Renata O.", "Renata O."),
        ("  Dev   Patel ", "Dev Patel"),
        ("O’Neil-Smith", "O’Neil-Smith"),
        ("Zoë", "Zoë"),
        ("李小龙", "李小龙"),
        ("Ａunt Bea", "Aunt Bea"),
        ("Админка", "Админка"),
    ],
)
def test_it_takes_names_as_people_write_them(typed: str, name: str) -> None:
    assert clean_name(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        "x",
        "n" * 41,
        "12345",
        "a\u200bb",
        "a\u202eb",
        "me@example.com",
        "<b>me</b>",
        "cheap-loans.com",
        "Аdmin",  # a Cyrillic capital
        "Adm1n",
        "M0DERAT0R",
        "moderator",
        "Field guide",
        "адмin",
        "B.L.S.",
        "ⓐdmin",
    ],
)
def test_it_refuses_names_that_hide_or_pass_for_an_office(typed: str) -> None:
    with pytest.raises(ValidationError):
        clean_name(typed)


def test_it_refuses_a_name_that_passes_for_a_moderator() -> None:
    moderator = make_moderator("Mo Dee")
    with pytest.raises(ValidationError):
        clean_name("M0 Dee")
    assert clean_name("Mo Dee", moderator) == "Mo Dee"


def test_it_sees_through_lookalikes() -> None:
    assert shape("Adm1n") == shape("аdmіn") == shape("ADMIN")
    assert shape("Renata") != shape("Renate")
