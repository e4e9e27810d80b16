import pytest
from django.db import IntegrityError

from careers.models import Correction
from careers.models.corrections import digest
from tests.careers.builders import make_correction, make_guide

pytestmark = pytest.mark.django_db


def test_it_knows_the_same_words_again():
    assert digest("pay", "Tips count.") == digest("pay", " tips\n COUNT. ")
    assert digest("pay", "Tips count.") != digest("what", "Tips count.")
    assert digest("pay", "Tips count.") != digest("pay", "Tips do not count.")


def test_it_stands_once_a_guide():
    first = make_correction(text="Wrong.")
    make_correction(make_guide(), text="Wrong.")

    with pytest.raises(IntegrityError):
        make_correction(first.guide, text="Wrong.")


def test_it_says_something():
    with pytest.raises(IntegrityError):
        make_correction(text="")


def test_it_counts_a_network_from_a_time_on():
    stored = make_correction(network="203.0.113.0/24")
    make_correction(network="198.51.100.0/24")

    recent = Correction.objects.from_network("203.0.113.0/24", stored.created)

    assert list(recent) == [stored]
