from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from comments import housekeeping
from comments.models import Block, Suspension
from tests.comments.builders import make_reader

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("email", " Sell@Spam.example ", "sell@spam.example"),
        ("domain", "www.Shop.example", "shop.example"),
        ("domain", "@shop.example", "shop.example"),
        ("network", "203.0.113.77", "203.0.113.0/24"),
        ("network", "2001:db8:1:2::7", "2001:db8:1::/48"),
        ("word", "Cheap-LOANS!", "cheap loans"),
    ],
)
def test_it_keeps_values_as_comments_are_compared_with_them(
    kind: str, typed: str, value: str
) -> None:
    block = Block(kind=kind, value=typed)
    block.clean()
    assert block.value == value


@pytest.mark.parametrize(
    ("kind", "typed"), [("email", "nobody"), ("network", "my school"), ("word", "!!!")]
)
def test_it_refuses_values_that_match_nothing(kind: str, typed: str) -> None:
    with pytest.raises(ValidationError):
        Block(kind=kind, value=typed).clean()


@pytest.mark.parametrize(("points", "stored"), [(-0.1, False), (0, True), (5, True), (5.1, False)])
def test_it_never_has_points_that_make_spam_alone(points: float, stored: bool) -> None:
    try:
        with transaction.atomic():
            Block.objects.create(kind="word", value="casino", points=points)
    except IntegrityError:
        assert not stored
    assert Block.objects.exists() is stored


def test_it_forgets_blocks_that_are_over() -> None:
    now = timezone.now()
    Block.objects.create(kind="word", value="over", expires=now - HOUR)
    Block.objects.create(kind="word", value="live", expires=now + HOUR)
    Block.objects.create(kind="word", value="always")
    assert {block.value for block in Block.objects.live()} == {"live", "always"}
    assert housekeeping.forget_blocks() == 1


def test_it_finds_the_suspension_that_ends_last() -> None:
    reader, now = make_reader(), timezone.now()
    assert Suspension.objects.of(reader) is None
    short = Suspension.objects.create(reader=reader, until=now + HOUR)
    Suspension.objects.create(reader=make_reader())
    assert Suspension.objects.of(reader) == short
    long = Suspension.objects.create(reader=reader, until=now + 2 * HOUR)
    assert Suspension.objects.of(reader) == long
    for_good = Suspension.objects.create(reader=reader)
    assert Suspension.objects.of(reader) == for_good
    assert Suspension.objects.filter(reader=reader).lift() == 3
    assert Suspension.objects.of(reader) is None


def test_it_ends_by_itself() -> None:
    reader, now = make_reader(), timezone.now()
    Suspension.objects.create(reader=reader, created=now - 2 * HOUR, until=now - HOUR)
    assert Suspension.objects.of(reader) is None


def test_it_ends_no_suspension_before_it_began() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.create(reader=make_reader(), until=timezone.now() - HOUR)
