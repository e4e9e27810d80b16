"""A handbook file in BLS's layout, in our own words: `write(path, [occupation("chefs")])`.

The markup is as untidy as the real one's: no-break spaces, units in the first row only, sort keys
in titles, server-side includes in the citation.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

HEAD = {
    "publication_title": "Occupational Outlook Handbook",
    "current_year": "2024",
    "projection_year": "2034",
    "reference_year": "2024",
    "reference_period": "May 2024",
    "last_updated": "9/29/2025",
}
GROWTH_HELP = "The projected change. The average growth rate for all occupations is 3 percent."
PAY_HELP = "Half earned more. In May 2024, the median annual wage for all workers was $49,500."
PAIR = (
    "The lowest 10 percent earned less than $34,100, "
    "and the highest 10 percent earned more than $102,300."
)


def table(rows: Mapping[str, str], attributes: str = "") -> str:
    """Two cells a row, with the unit in the first row only when the caller says so."""
    cells = "".join(
        f'<tr>\n\t<td>{name}</td><td style="text-align:right;">\t {value}\n</td></tr>'
        for name, value in rows.items()
    )
    return f'<table class="ooh-tab-table" {attributes}><tbody>{cells}</tbody></table>'


def similar_table(links: Iterable[str]) -> str:
    """Addresses as in the file: "management/chefs"."""
    rows = "".join(
        f'<tr><td><a href="/ooh/{link}.htm"><img src="x.jpg" alt="x" /></a></td>'
        f'<td><strong><a href="/ooh/{link}.htm">    Its title</a></strong></td>'
        f'<td>Does it. See <a href="/ooh/legal/never-similar.htm">others</a>.</td>'
        f"<td><span title=\"6.     Bachelor's degree\">    Bachelor's degree</span></td>"
        f'<td><span title="9999999     This wage is high">$239,200 or more</span></td></tr>'
        for link in links
    )
    return f"<table><thead><tr><th>Occupation</th></tr></thead><tbody>{rows}</tbody></table>"


def datatable(rows: Mapping[str, str]) -> str:
    """Title → code; "—" for a group without one."""
    body = "".join(
        f'<tr><th><p class="sub1"><strong>    {title}</strong></p></th><td>{code}</td>'
        f'<td>1,000</td><td><a href="https://data.bls.gov/x?q={code}&ioType=o">Get data</a></td>'
        "</tr>"
        for title, code in rows.items()
    )
    return (
        "<table><caption>Projections, 2024&ndash;34</caption><thead><tr><th>Title</th>"
        "<th>SOC Code</th><th>Employment, 2024</th><th>Employment by Industry</th></tr></thead>"
        '<tfoot><tr><td colspan="4">SOURCE: nobody</td></tr></tfoot>'
        f"<tbody>{body}</tbody></table>"
    )


def occupation(slug: str = "ward-planners", **values: str) -> str:
    """One <occupation>. Give an element by its name (`title=…`, `qf_jobs=…`, `pay=…`)."""
    name = slug.replace("-", " ")
    v = {
        "group": "healthcare",
        "code": "B901",
        "title": name.title(),
        "singular": f"{name.title()[:-1]} ",
        "video_link": "https://www.youtube.com/watch?v=abc",
        "publish_date": "2025-08-28",
        "socs": "11-9111",
        "annual": "61250",
        "annual_note": "",
        "hourly": "29.45",
        "education": "Bachelor's degree",
        "experience": "None",
        "training": "None",
        "jobs": "120400",
        "growth": "5",
        "outlook": "Faster than average",
        "change": "6000",
        "what": f"<p>They plan&nbsp;wards.</p><h3>Duties</h3><ul><li>Plan {name}</li></ul>",
        "where": (
            f"<p>The largest employers of {name} were as follows:</p>"
            + table({"Hospitals": "23%", "Offices &amp; clinics": "8"})
            + "<h3>Work Schedules</h3><p>By day.</p>"
        ),
        "become": "<p><strong><em>Patience.</em></strong> You wait.</p>",
        "pay": (
            f"<p>The median annual wage for {name} was $61,250 in May 2024. Half earn more. "
            f"{PAIR}</p><p>In May 2024, the median annual wages for {name} in the top industries "
            "in which they worked were as follows:</p>"
            + table({"Hospitals": "$64,000", "Offices": "58,500"})
        ),
        "outlook_body": (
            f"<p>It is projected to grow\t\t\t 5 percent.</p><p>About&nbsp;9,300 openings for "
            f"{name} are projected each year.</p><h3></h3>"
        ),
        "datatable": datatable({f"{name.capitalize()}": "11-9111"}),
        "similar": similar_table([]),
        "more": '<p>See <a href="https://example.org/">them</a>.</p>',
        "citation": "",
    } | values
    citation = v["citation"] or (
        f'<p>{v["title"]}, at <a href="https://www.bls.gov/ooh/{v["group"]}/{slug}.htm">it</a> '
        '(visited <em><!--#config timefmt="%B" --><!--#echo var="DATE_LOCAL" --></em>).</p>'
    )
    codes = "".join(f'<soc_code type="text">{soc}</soc_code>' for soc in v["socs"].split())
    return f"""
	<occupation>
		<title type="text">{v["title"]}</title>
		<description type="text">They plan.</description>
		<occupation_code>{v["code"]}</occupation_code>
		<soc_coverage>{codes}</soc_coverage>
		<occupation_name_short_singular type="text">{v["singular"]}</occupation_name_short_singular>
		<video_link>{v["video_link"]}</video_link>
		<publish_date type="date" format="yyyy-mm-dd">{v["publish_date"]}</publish_date>
		<quick_facts>
			<qf_median_pay_annual>
				<value type="int">{v["annual"]}</value><range>$50,000 to $74,999</range>
				<note type="text">{v["annual_note"]}</note><help type="text">{PAY_HELP}</help>
			</qf_median_pay_annual>
			<qf_median_pay_hourly>
				<value type="decimal">{v["hourly"]}</value><note></note><help>{PAY_HELP}</help>
			</qf_median_pay_hourly>
			<qf_entry_level_education><value>{v["education"]}</value></qf_entry_level_education>
			<qf_work_experience><value>{v["experience"]}</value></qf_work_experience>
			<qf_on_the_job_training><value>{v["training"]}</value></qf_on_the_job_training>
			<qf_number_of_jobs><value>{v["jobs"]}</value><range>Declining</range></qf_number_of_jobs>
			<qf_employment_outlook>
				<value>{v["growth"]}</value><description>{v["outlook"]}</description>
				<help>{GROWTH_HELP}</help>
			</qf_employment_outlook>
			<qf_employment_openings><value type="int">{v["change"]}</value></qf_employment_openings>
		</quick_facts>
		{html("summary_what_they_do", f"<h4>What they do</h4><p>They plan {name}.</p>")}
		{html("summary_pay", "<h4>Pay</h4><p>It&rsquo;s fair.</p>")}
		{section("what_they_do", v["what"])}
		{section("work_environment", v["where"])}
		{section("how_to_become_one", v["become"])}
		{section("pay", v["pay"])}
		<job_outlook>
			<section_title>Job Outlook</section_title>
			{html("section_body", v["outlook_body"])}{html("section_datatable", v["datatable"])}
		</job_outlook>
		{section("similar_occupations", v["similar"])}
		{section("more_information", v["more"])}
		{html("citation", citation)}
	</occupation>"""


def section(element: str, body: str) -> str:
    title = element.replace("_", " ").capitalize()
    image = '<img src="/ooh/images/1.jpg" alt="" /><div>A caption.</div>'
    return (
        f"<{element}><section_title>{title}</section_title>"
        f"{html('section_image', image)}{html('section_body', body)}</{element}>"
    )


def html(element: str, source: str) -> str:
    return f'<{element} type="html"><![CDATA[\n{source}\n]]></{element}>'


def handbook(occupations: Iterable[str], **head: str) -> str:
    elements = "".join(f"\n\t<{name}>{text}</{name}>" for name, text in (HEAD | head).items())
    body = "".join(occupations)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<ooh>{elements}{body}\n</ooh>\n'


def write(path: Path, occupations: Iterable[str], **head: str) -> Path:
    path.write_text(handbook(occupations, **head), encoding="utf-8")
    return path


def next_edition(path: Path) -> Path:
    """2025–35: of the two of `this_edition` one was renamed and moved, one is gone, one is new."""
    years = {"current_year": "2025", "projection_year": "2035", "reference_period": "May 2025"}
    renamed = occupation("ward-managers", code="A901", annual="63000", socs="11-9111")
    new = occupation("bed-testers", code="A903", socs="51-9061", group="production")
    return write(path, [renamed, new], **years)


def this_edition(path: Path) -> Path:
    return write(
        path,
        [
            occupation("ward-planners", similar=similar_table(["management/lamp-lighters"])),
            occupation("lamp-lighters", code="B902", socs="47-2111", group="management"),
        ],
    )
