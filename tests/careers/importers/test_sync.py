from decimal import Decimal

import pytest
from django.db import transaction

from careers.importers.sync import Changes, sync
from careers.models import GlossaryTerm, Guide, Projection
from tests.careers.builders import make_edition, make_guide

pytestmark = pytest.mark.django_db


def term(slug: str, definition: str = "A word.") -> GlossaryTerm:
    return GlossaryTerm(slug=slug, term=slug.title(), definition=definition)


def sync_terms(*terms: GlossaryTerm, **options) -> Changes:
    with transaction.atomic():
        return sync(
            GlossaryTerm.objects.all(),
            terms,
            key=["slug"],
            fields=["term", "definition"],
            **options,
        )


def test_it_adds_changes_and_deletes_only_what_differs():
    assert sync_terms(term("a"), term("b"), term("c")) == Changes(added=3)
    before = dict(GlossaryTerm.objects.values_list("slug", "pk"))
    changes = sync_terms(term("a"), term("b", "Another meaning."), term("d"))
    assert changes == Changes(added=1, changed=1, gone=1, same=1)
    assert set(GlossaryTerm.objects.values_list("slug", flat=True)) == {"a", "b", "d"}
    assert GlossaryTerm.objects.get(slug="b").definition == "Another meaning."
    assert GlossaryTerm.objects.get(slug="b").pk == before["b"]


def test_it_writes_nothing_when_nothing_differs(django_assert_num_queries):
    sync_terms(term("a"), term("b"))
    with django_assert_num_queries(3):  # savepoint, one read, release
        changes = sync_terms(term("a"), term("b"))
    assert not changes.any
    assert str(changes) == "nothing changed (2 rows)"


def test_it_keeps_what_is_gone_when_told_so():
    sync_terms(term("a"), term("b"))
    assert sync_terms(term("a"), gone="keep") == Changes(same=1)
    assert GlossaryTerm.objects.count() == 2


def test_it_touches_nothing_outside_its_scope():
    sync_terms(term("a"), term("z"))
    scope = GlossaryTerm.objects.filter(slug__lt="m")
    sync(scope, [term("b")], key=["slug"], fields=["term", "definition"])
    assert set(GlossaryTerm.objects.values_list("slug", flat=True)) == {"b", "z"}


def test_it_refuses_two_rows_of_one_key():
    with pytest.raises(ValueError, match="two rows have the key"):
        sync_terms(term("a"), term("a", "Twice."))


def test_it_compares_numbers_as_the_database_gives_them_back():
    edition = make_edition()
    rows = [Projection(edition=edition, soc="11-9111", title="Managers", growth=3.5)]
    options = {"key": ["edition_id", "soc"], "fields": ["title", "growth"]}
    sync(Projection.objects.all(), rows, **options)
    rows[0].growth = Decimal("3.50")
    assert not sync(Projection.objects.all(), rows, **options).any


def sync_guides(*guides: Guide) -> Changes:
    return sync(
        Guide.objects.all(), guides, key=["profile"], fields=["slug", "title"], gone="retire"
    )


def copy(guide: Guide) -> Guide:
    return Guide(
        profile=guide.profile,
        slug=guide.slug,
        title=guide.title,
        group=guide.group,
        topic=guide.topic,
    )


def test_it_retires_what_is_gone_and_restores_what_returns():
    stays, goes = make_guide("chefs"), make_guide("farriers")
    assert sync_guides(copy(stays)) == Changes(gone=1, same=1)
    goes.refresh_from_db()
    retired_at = goes.retired_at
    assert retired_at is not None
    assert sync_guides(copy(stays)) == Changes(same=1)  # retired once, not every year again
    goes.refresh_from_db()
    assert goes.retired_at == retired_at
    assert sync_guides(copy(stays), copy(goes)) == Changes(changed=1, same=1)
    goes.refresh_from_db()
    assert goes.retired_at is None


def test_it_adds_up():
    assert Changes(1, 2, 3, 4) + Changes(10, 20, 30, 40) == Changes(11, 22, 33, 44)
    assert str(Changes(1234, 0, 1, 5)) == "1,234 added, 0 changed, 1 gone, 5 as before"
