"""Schools, their programs, the fields of study, places to search from, and Get Info's tables."""

import schoolfinder.models.lookups  # noqa: F401  # registers `among`
from schoolfinder.models.fields import Field, FieldOccupation
from schoolfinder.models.inquiries import Consent, Delivery, Inquiry, InquiryCount, Partner
from schoolfinder.models.places import Place, Zip
from schoolfinder.models.schools import AwardLevel, Program, ProgramEarnings, School

__all__ = [
    "AwardLevel",
    "Consent",
    "Delivery",
    "Field",
    "FieldOccupation",
    "Inquiry",
    "InquiryCount",
    "Partner",
    "Place",
    "Program",
    "ProgramEarnings",
    "School",
    "Zip",
]
