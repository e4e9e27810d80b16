import csv
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings

from careers.importers.files import BadFile
from careers.importers.taxonomy import import_taxonomy, read_taxonomy
from careers.models import Cluster, Guide, OfficialGroup, Topic, Version
from tests.careers.builders import make_cluster, make_group, make_guide, make_topic

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
TABLES = {
    "clusters.csv": "cluster,title,summary\nhealth,Health careers,Hospitals\narts,Arts,Image\n",
    "topics.csv": "cluster,topic,title\nhealth,nursing,Nursing\nhealth,offices,Offices\n"
    "arts,stage,Stage\n",
    "group_topics.csv": "group,title,topic\nhealthcare,Healthcare,nursing\n",
    "guide_topics.csv": "guide,profile,topic,more_topics\nnurses,001,nursing,\n"
    "clerks,002,offices,nursing stage\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in TABLES.items():
        (tmp_path / name).write_text(content)
    return tmp_path


def listed(guide: Guide) -> tuple[str, set[str]]:
    guide.refresh_from_db()
    return guide.topic.slug, {topic.slug for topic in guide.topics.all()}


def make_guides() -> tuple[Guide, Guide, Guide]:
    """Two that the tables name, and one that a newer edition has brought."""
    group = make_group("healthcare")
    nurses = make_guide("nurses", profile="001", group=group, topic=None)
    clerks = make_guide("clerks", profile="002", group=group, topic=None)
    return nurses, clerks, make_guide("robots", profile="003", group=group, topic=None)


@pytest.mark.django_db
def test_it_puts_each_guide_into_its_topics(folder: Path):
    nurses, clerks, _ = make_guides()
    import_taxonomy(folder)
    assert listed(nurses) == ("nursing", set())
    assert listed(clerks) == ("offices", {"nursing", "stage"})
    assert list(Cluster.objects.values_list("title", flat=True)) == ["Health careers", "Arts"]
    assert Topic.objects.get(slug="stage").cluster.slug == "arts"


@pytest.mark.django_db
def test_it_lets_an_unsorted_guide_fall_to_the_topic_of_its_group(folder: Path):
    _, _, robots = make_guides()
    import_taxonomy(folder)
    assert listed(robots) == ("nursing", set())


@pytest.mark.django_db
def test_it_makes_groups_before_there_are_guides(folder: Path):
    import_taxonomy(folder)
    group = OfficialGroup.objects.get()
    assert (group.title, group.default_topic.slug) == ("Healthcare", "nursing")


@pytest.mark.django_db
def test_it_changes_nothing_the_second_time(folder: Path):
    make_guides()
    assert import_taxonomy(folder).any
    assert str(import_taxonomy(folder)) == "nothing changed (11 rows)"
    assert Version.objects.number_of(Version.DATA) == 1


@pytest.mark.django_db
def test_it_moves_guides_out_of_topics_that_are_gone(folder: Path):
    nurses, clerks, _ = make_guides()
    import_taxonomy(folder)
    (folder / "topics.csv").write_text(TABLES["topics.csv"].replace("arts,stage,Stage\n", ""))
    (folder / "guide_topics.csv").write_text(TABLES["guide_topics.csv"].replace(" stage", ""))
    (folder / "clusters.csv").write_text(TABLES["clusters.csv"].replace("arts,Arts,Image\n", ""))
    import_taxonomy(folder)
    assert listed(clerks) == ("offices", {"nursing"})
    assert listed(nurses) == ("nursing", set())
    assert not Topic.objects.filter(slug="stage").exists()
    assert not Cluster.objects.filter(slug="arts").exists()


@pytest.mark.django_db
def test_it_frees_a_guide_from_an_old_topic_when_its_group_has_none(folder: Path):
    old = make_topic("old", make_cluster("old"))
    guide = make_guide("robots", profile="003", group=make_group("robotics"), topic=old)
    import_taxonomy(folder)
    guide.refresh_from_db()
    assert guide.topic is None
    assert not Cluster.objects.filter(slug="old").exists()


@pytest.mark.parametrize(
    ("name", "line", "complaint"),
    [
        ("clusters.csv", "health,Again,Once more", r"clusters\.csv, line 4: health stands here"),
        ("topics.csv", "sport,golf,Golf", r"topics\.csv, line 5: nothing is called sport"),
        ("group_topics.csv", "legal,Legal,law", r"group_topics\.csv, line 3: nothing is called"),
        ("guide_topics.csv", "doctors,003,surgery,", r"line 4: no topic is called surgery"),
        ("guide_topics.csv", "doctors,003,nursing,surgery", r"line 4: no topic is called surgery"),
        ("guide_topics.csv", "doctors,001,nursing,", r"line 4: profile 001 stands here a second"),
        ("guide_topics.csv", "doctors,003,nursing,nursing", r"line 4: doctors is put into one"),
        ("guide_topics.csv", "doctors,003,nursing", r"line 4: has 3 cells; 4 were expected"),
    ],
)
def test_it_refuses_tables_that_do_not_fit_together(folder: Path, name, line, complaint):
    (folder / name).write_text(f"{TABLES[name]}{line}\n")
    with pytest.raises(BadFile, match=complaint):
        read_taxonomy(folder)


def test_it_sorts_all_342_guides_of_the_embedded_edition():
    taxonomy = read_taxonomy(FIXTURES)
    assert len(taxonomy.guides) == 342
    assert len({place.guide for place in taxonomy.guides.values()}) == 342
    assert len(taxonomy.groups) == 25
    assert 12 <= len(taxonomy.clusters) <= 16
    assert 60 <= len(taxonomy.topics) <= 90
    used = Counter(place.topic for place in taxonomy.guides.values())
    assert used.keys() == taxonomy.topics.keys()
    assert max(used.values()) <= 10


def test_it_puts_health_managers_where_a_student_looks_for_them():
    taxonomy = read_taxonomy(FIXTURES)
    place = taxonomy.guides["035"]
    cluster, title = taxonomy.topics[place.topic]
    assert (place.guide, place.topic) == (
        "medical-and-health-services-managers",
        "health-administration",
    )
    assert (taxonomy.clusters[cluster][0], title) == ("Health careers", "Health administration")


def test_it_paints_each_cluster_in_a_hue_of_its_own():
    tokens = (Path(settings.BASE_DIR) / "static" / "css" / "tokens.css").read_text()
    hues = {m[1]: int(m[2]) for m in re.finditer(r'cluster="(\w+)"\] \{ --hue: (\d+);', tokens)}
    assert hues.keys() == read_taxonomy(FIXTURES).clusters.keys()
    around = sorted(hues.values())
    assert min(b - a for a, b in pairwise([*around, around[0] + 360])) >= 14


def test_it_keeps_slugs_within_what_the_database_holds():
    with (FIXTURES / "topics.csv").open() as file:
        topics = list(csv.DictReader(file))
    assert all(len(row["topic"]) <= 60 and len(row["title"]) <= 80 for row in topics)
