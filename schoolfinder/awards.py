"""Award levels in the four groups that people ask for, in order of study, in short words."""

from django.db import models

from schoolfinder.models import AwardLevel


class AwardGroup(models.TextChoices):
    """Shortest study first: order is relied on."""

    CERTIFICATE = "certificate", "Certificate"
    ASSOCIATE = "associate", "Associate’s degree"
    BACHELOR = "bachelor", "Bachelor’s degree"
    GRADUATE = "graduate", "Graduate degree or certificate"


# Shortest study first: the numbers of IPEDS are no order.
IN_ORDER = (
    AwardLevel.CERT_SHORT,
    AwardLevel.CERT_TERM,
    AwardLevel.CERT_1,
    AwardLevel.ASSOCIATE,
    AwardLevel.CERT_2,
    AwardLevel.BACHELOR,
    AwardLevel.POSTBACC,
    AwardLevel.MASTER,
    AwardLevel.POSTMASTER,
    AwardLevel.DOCTOR_RESEARCH,
    AwardLevel.DOCTOR_PRACTICE,
    AwardLevel.DOCTOR_OTHER,
)
RANK = {int(award): rank for rank, award in enumerate(IN_ORDER)}

GROUPS: dict[AwardGroup, tuple[int, ...]] = {
    AwardGroup.CERTIFICATE: (20, 21, 2, 4),
    AwardGroup.ASSOCIATE: (3,),
    AwardGroup.BACHELOR: (5,),
    AwardGroup.GRADUATE: (6, 7, 8, 17, 18, 19),
}
GROUP_OF = {award: group for group, awards in GROUPS.items() for award in awards}

# The level under which College Scorecard gives the earnings of an award's graduates (CREDLEV).
CREDENTIAL = {
    20: 1, 21: 1, 2: 1, 4: 1, 3: 2, 5: 3, 6: 4, 7: 5, 17: 6, 19: 6, 18: 7, 8: 8,
}  # fmt: skip


def in_sentence(award: int) -> str:
    """ "bachelor’s degree", "certificate, under 12 weeks"."""
    label = str(AwardLevel(award).label)
    return label[0].lower() + label[1:]
