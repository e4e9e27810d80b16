import pytest
from django.db import IntegrityError, transaction

from careers.models import Edition, ImportRecord, Version
from tests.careers.builders import make_edition, make_figures, make_projection

pytestmark = pytest.mark.django_db


def test_an_edition_has_a_label_with_a_dash_and_a_slug_with_a_hyphen():
    edition = Edition(base_year=2024, projection_year=2034)
    assert (str(edition), edition.slug) == ("2024–34", "2024-34")
    assert Edition(base_year=1998, projection_year=2008).label == "1998–08"


def test_it_allows_each_span_of_years_once():
    Edition.objects.create(base_year=2024, projection_year=2034)
    Edition.objects.create(base_year=2024, projection_year=2033)
    with (
        pytest.raises(IntegrityError, match=r"edition_years_unique|base_year"),
        transaction.atomic(),
    ):
        Edition.objects.create(base_year=2024, projection_year=2034)


@pytest.mark.parametrize(("target", "possible"), [(2025, True), (2024, False), (2023, False)])
def test_an_edition_looks_ahead(target: int, possible: bool):
    if possible:
        Edition.objects.create(base_year=2024, projection_year=target)
    else:
        with pytest.raises(IntegrityError, match="edition_looks_ahead"), transaction.atomic():
            Edition.objects.create(base_year=2024, projection_year=target)


def test_it_lists_editions_of_the_handbook_newest_first():
    for year in (2019, 2024):
        make_figures(edition=make_edition(year))
        make_figures(edition=make_edition(year))
    make_projection(edition=make_edition(2021))
    years = [edition.base_year for edition in Edition.objects.newest_first()]
    assert years == [2024, 2021, 2019]
    with_guides = Edition.objects.with_guides().newest_first()
    assert [edition.base_year for edition in with_guides] == [2024, 2019]


def test_it_keeps_one_record_of_a_source_and_release():
    ImportRecord.objects.create(source="ooh", label="2024-34", sha256="a", rows=1)
    ImportRecord.objects.create(source="ooh", label="2025-35", sha256="a", rows=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportRecord.objects.create(source="ooh", label="2024-34", sha256="b", rows=1)


def test_a_version_counts_up_from_nothing():
    assert Version.objects.number_of("data") == 0
    for number in (1, 2, 3):
        Version.objects.bump("data")
        assert Version.objects.number_of("data") == number
    assert Version.objects.number_of("other") == 0
