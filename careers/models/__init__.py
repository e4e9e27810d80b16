"""What a guide is made of. Imported tables are written by careers/importers only."""

from careers.models.corrections import Correction
from careers.models.editions import Edition, ImportRecord, Version
from careers.models.figures import Figures, IndustryPay, IndustryShare, PayPercentiles
from careers.models.guides import (
    FormerSlug,
    Guide,
    GuideCode,
    JobTitle,
    OfficialGroup,
    Section,
    SimilarGuide,
)
from careers.models.plain import GlossaryTerm, PlainOverride, PlainVersion
from careers.models.statistics import Attainment, Projection, SocSuccession, WageEstimate
from careers.models.taxonomy import Cluster, Topic

__all__ = [
    "Attainment",
    "Cluster",
    "Correction",
    "Edition",
    "Figures",
    "FormerSlug",
    "GlossaryTerm",
    "Guide",
    "GuideCode",
    "ImportRecord",
    "IndustryPay",
    "IndustryShare",
    "JobTitle",
    "OfficialGroup",
    "PayPercentiles",
    "PlainOverride",
    "PlainVersion",
    "Projection",
    "Section",
    "SimilarGuide",
    "SocSuccession",
    "Topic",
    "Version",
    "WageEstimate",
]
