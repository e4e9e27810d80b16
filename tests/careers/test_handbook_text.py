import pytest

from careers.handbook_text import as_markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("", ""),
        (
            "<p>One.</p><p>Two <em>and</em> <strong>three</strong>.</p>",
            "One.\n\nTwo *and* **three**.",
        ),
        ("<h3>Duties</h3><h4>Daily</h4>", "### Duties\n\n#### Daily"),
        ("<ul><li>Bake</li><li>Sell</li></ul>", "- Bake\n- Sell"),
        (
            "<ol><li>Bake<ul><li>bread</li></ul></li><li>Sell</li></ol>",
            "1. Bake\n   - bread\n2. Sell",
        ),
        ('<p>See <a href="/careers/cooks/">cooks</a>.</p>', "See [cooks](/careers/cooks/)."),
        ("<p>One<br>two &amp; 3 &lt; 4</p>", "One two & 3 < 4"),
        ("<p>H<sub>2</sub>O</p>", "H2O"),
    ],
)
def test_it_keeps_what_markdown_can_say(html, markdown):
    assert as_markdown(html) == markdown


def test_it_draws_tables_with_pipes():
    html = """<table><caption>Pay</caption><thead><tr><th>Who</th><th>Pay</th></tr></thead>
    <tbody><tr><td colspan="2">All | some</td></tr>
    <tr><td>Bakers</td><td>$1</td></tr></tbody></table>"""

    assert as_markdown(html) == (
        "**Pay**\n\n| Who | Pay |\n| --- | --- |\n| All \\| some |  |\n| Bakers | $1 |"
    )


def test_it_draws_no_empty_table():
    assert as_markdown("<table></table><p>x</p>") == "x"
