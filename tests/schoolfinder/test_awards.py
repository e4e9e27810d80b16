from schoolfinder.awards import CREDENTIAL, GROUP_OF, IN_ORDER, AwardGroup, in_sentence
from schoolfinder.models import AwardLevel


def test_it_ranks_groups_and_translates_every_award_level() -> None:
    every = set(AwardLevel.values)
    assert set(IN_ORDER) == every
    assert set(GROUP_OF) == every
    assert set(CREDENTIAL) == every


def test_it_counts_certificates_after_a_degree_as_graduate_study() -> None:
    assert GROUP_OF[AwardLevel.POSTBACC] == AwardGroup.GRADUATE


def test_it_speaks_of_awards_inside_a_sentence() -> None:
    assert in_sentence(AwardLevel.BACHELOR) == "bachelor’s degree"
