"""Plain files and their surroundings on disk: `plain_file()` passes every check as it stands."""

from pathlib import Path

HEADER = {
    "slug": "chefs",
    "profile": "101",
    "edition": "2024-34",
    "grade": "2.7",
    "terms": "license, median, shift-work",
    "words": "cook, kitchen boss, line cook",
}
PARTS = {
    "Summary": "You plan the menu, run the kitchen and make sure that each plate is right.",
    "What the work is": """\
Orders fly in, the pans are hot, and three people ask you for help at once. You taste a sauce,
fix the salt, and send a plate back because the rim has a smear on it. By nine at night the worst
is over, and you can talk with the crew about what went well.

In the morning it is quiet. You call the fish market, count the boxes in the cold room, and write
down what must be used first. A good part of your job is money, since food that rots is cash in
the bin. Later you train a new cook.

- Write menus and set prices
- Order food and check what comes in
- Train the crew
- Taste and fix each dish""",
    "Where and when": """\
Kitchens are hot, loud and tight, with knives and wet floors all around. You stand for ten hours
or more. Nights, weekends and holidays are when guests want to eat, so that is when you work.
Some chefs run a place of their own, and their days are longer still.""",
    "How to start": """\
Now: Cook at home each week, and get a summer job in a kitchen, even if you only wash pots.
Next: You can learn on the job or take a program at a college. Both roads start at the bottom,
with peeling and chopping, and both need a high school diploma in most places.
Later: Move up station by station until you lead one. Your city may want a food safety license,
so ask before you sign a lease.""",
    "What pay depends on": """\
A famous place in a big city pays more than a small town grill. The size of the crew you lead
counts, and so do your years at the stove. Owners keep what is left when the bills are paid.""",
    "Where it is heading": """\
People eat out more than they did, so new places keep opening, and each one needs somebody to
lead the kitchen. Many close again within a short time, which means that you may change jobs
a lot.""",
    "You may like it if": """\
- Heat and noise wake you up
- You taste things others miss
- A crew that works as one makes you proud""",
    "Think twice if": """\
- You want your evenings free
- Standing all day hurts
- Sharp words at rush hour would sting""",
}
FACTS = {
    "qf_entry_level_education": "High school diploma or equivalent",
    "qf_work_experience": "5 years or more",
    "qf_on_the_job_training": "None",
}


def plain_file(parts: dict[str, str] | None = None, **header: str) -> str:
    lines = [f"{key}: {value}" for key, value in (HEADER | header).items()]
    for heading, text in (PARTS | (parts or {})).items():
        lines += ["", f"# {heading}", text]
    return "\n".join([*lines, ""])


def write_plain(folder: Path, content: str, slug: str = "chefs") -> Path:
    path = folder / "plain" / f"{slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def write_edition(folder: Path, *contents: str) -> Path:
    """A fixtures folder with these plain files, by their own slugs, and all they refer to."""
    guides = ["guide,profile"]
    for content in contents:
        slug, profile = (line.split(": ")[1] for line in content.split("\n")[:2])
        write_plain(folder, content, slug)
        guides.append(f"{slug},{profile}")
    (folder / "guide_topics.csv").write_text("\n".join([*guides, ""]))
    (folder / "glossary.csv").write_text(
        "slug,term,definition\n"
        'license,license,"Leave from a state to do ""certain"" work."\n'
        "median,median,The middle.\n"
        "shift-work,shift work,Work that people take turns at.\n"
    )
    return folder


def write_handbook(data: Path, become: str = "", **facts: str) -> Path:
    """A data folder with a handbook of one profile, the chefs, in BLS's layout."""
    figures = "".join(
        f"<{name}><value>{value}</value></{name}>" for name, value in (FACTS | facts).items()
    )
    folder = data / "ooh"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ooh-2024-34.xml.xz").write_text(f"""<ooh>
        <current_year>2024</current_year><projection_year>2034</projection_year>
        <reference_period>May 2024</reference_period>
        <occupation>
          <title>Chefs</title><occupation_code>B101</occupation_code>
          <quick_facts>{figures}</quick_facts>
          <how_to_become_one>
            <section_title>How</section_title><section_body><![CDATA[<p>{become}</p>]]></section_body>
          </how_to_become_one>
          <citation><![CDATA[<a href="/ooh/sales/chefs.htm">Chefs</a>]]></citation>
        </occupation></ooh>""")
    return data
