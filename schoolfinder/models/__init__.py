"""Schools, their programs, the fields of study, and the places people search from."""

from schoolfinder.models.fields import Field, FieldOccupation
from schoolfinder.models.places import Place, Zip
from schoolfinder.models.schools import AwardLevel, Program, ProgramEarnings, School

__all__ = [
    "AwardLevel",
    "Field",
    "FieldOccupation",
    "Place",
    "Program",
    "ProgramEarnings",
    "School",
    "Zip",
]
