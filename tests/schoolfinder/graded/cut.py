"""Cut from the loaded edition what every sixth scenario with a place needs, for the tests.

python manage.py shell < tests/schoolfinder/graded/cut.py
"""

import csv
import io
import lzma
from pathlib import Path

from schoolfinder.models import Program, School
from schoolfinder.quality import scenarios

folder = Path("tests/schoolfinder/graded")
grades = scenarios.read_grades(folder / "scenario_fields.csv")
nation = scenarios.read_nation()
wanted = set()
asked = scenarios.read_scenarios(folder / "scenarios.csv", grades)
for scenario in [scenario for scenario in asked if scenario.near][::6]:
    search = scenarios.search_of(scenario)
    reached = scenarios.reach(nation, scenario, search)
    graded = {cip for cip in nation.programs if scenarios.grade_of(cip, grades[scenario.interest])}
    for cip in graded | set(search.interest.bands):
        wanted |= {
            (unitid, cip) for unitid, _, _ in nation.programs.get(cip, ()) if unitid in reached
        }

columns = {
    "schools.csv.xz": (
        *("unitid", "name", "city", "state", "zip", "lat", "lon", "control", "level", "size"),
        *("offers_online", "all_online", "online_share", "tuition_in", "net_price"),
        *("graduation_rate", "earnings_10y"),
    ),
    "programs.csv.xz": ("school_id", "field_id", "award", "graduates_3y"),
}
schools = School.objects.filter(pk__in={unitid for unitid, _ in wanted}).order_by("pk")
programs = Program.objects.filter(retired_at=None, school__in=schools).order_by("pk")
rows = {
    "schools.csv.xz": list(schools.values_list(*columns["schools.csv.xz"])),
    "programs.csv.xz": [
        row for row in programs.values_list(*columns["programs.csv.xz"]) if row[:2] in wanted
    ],
}
for name, header in columns.items():
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([header, *rows[name]])
    (folder / name).write_bytes(lzma.compress(text.getvalue().encode()))
