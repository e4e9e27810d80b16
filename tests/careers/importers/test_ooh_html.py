import time

import pytest

from careers.importers.ooh_html import (
    clean,
    fold,
    profile_group,
    profile_slug,
    text_of,
    words_outside_tables,
)

SLUGS = {"chefs", "software-developers"}


def cleaned(source: str) -> str:
    return clean(source, SLUGS)


@pytest.mark.parametrize(
    "source",
    [
        '<p onclick="x()">a</p>',
        "<p>a</p><script>alert(1)</script>",
        '<p style="color:red" class="x" id="y" data-ccp-timestamp="1">a</p>',
        '<p>a<img src="x" onerror="x()"></p>',
        "<p>a<!-- b --></p>",
        "<p><font face='x'>a</font></p>",
        "<p>a<iframe src='https://example.org'></iframe></p>",
        '<p>a</p><form action="/x"><input name="y"></form>',
    ],
)
def test_it_keeps_only_the_text_of_what_is_not_allowed(source):
    assert cleaned(source) == "<p>a</p>"


@pytest.mark.parametrize("address", ["javascript:x()", "JaVaScRiPt:x()", "data:text/html,x", "x:"])
def test_it_unlinks_an_address_that_is_not_of_the_web(address):
    assert cleaned(f'<p><a href="{address}">a</a></p>') == "<p>a</p>"


@pytest.mark.parametrize(
    "address",
    [
        "/ooh/food-preparation-and-serving/chefs.htm",
        "https://www.bls.gov/ooh/food-preparation-and-serving/chefs.htm",
        "http://www.bls.gov/ooh/food-preparation-and-serving/chefs.htm#tab-2",
        "/OOH/Food-Preparation-and-Serving/Chefs.htm ",
        "../ooh/food-preparation-and-serving/chefs.htm",
    ],
)
def test_it_points_links_to_profiles_at_our_pages(address):
    assert cleaned(f'<p><a href="{address}">a</a></p>') == '<p><a href="/careers/chefs/">a</a></p>'


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/ooh/legal/unknown.htm", "https://www.bls.gov/ooh/legal/unknown.htm"),
        ("/ooh/healthcare/home.htm", "https://www.bls.gov/ooh/healthcare/home.htm"),
        ("https://www.sec.gov/ ", "https://www.sec.gov/"),
        ("https://chefs.example/ooh/x/chefs.htm", "https://chefs.example/ooh/x/chefs.htm"),
    ],
)
def test_it_marks_other_links_as_external(address, kept):
    expected = f'<p><a href="{kept}" rel="external">a</a></p>'
    assert cleaned(f'<p><a href="{address}" target="_blank">a</a></p>') == expected


@pytest.mark.parametrize("anchor", ['<a name="_Hlk1">a</a>', '<a href="#x">a</a>', "<a>a</a>"])
def test_it_unlinks_an_anchor_that_leads_nowhere(anchor):
    assert cleaned(f"<p>{anchor}</p>") == "<p>a</p>"


def test_it_keeps_tables_with_their_spans_and_gives_heads_a_scope():
    source = (
        "<table width='1'><caption>&nbsp;<span>All</span></caption><thead><tr><th colspan='2'>"
        "<p><strong>Rank</strong></p></th><th>N</th></tr></thead><tbody><tr><th><p>One</p></th>"
        "<td rowspan='2'>2</td><td></td></tr></tbody></table>"
    )
    assert cleaned(source) == (
        '<table><caption>All</caption><thead><tr><th colspan="2" scope="col">Rank</th>'
        '<th scope="col">N</th></tr></thead><tbody><tr><th scope="row">One</th>'
        '<td rowspan="2">2</td><td></td></tr></tbody></table>'
    )


def test_it_gives_text_outside_of_any_paragraph_one():
    assert cleaned("a <em>b</em><p>c</p> d <div>e</div>") == "<p>a <em>b</em></p><p>c</p><p>d e</p>"


def test_it_lowers_headings_that_are_ours():
    assert cleaned("<h1>a</h1><h2>b</h2><h3>c</h3><h5>d</h5>") == (
        "<h3>a</h3><h3>b</h3><h3>c</h3><h4>d</h4>"
    )


def test_it_drops_breaks_at_the_edge_of_a_block():
    assert cleaned("<p><br />a<br />b<br /></p>") == "<p>a<br>b</p>"


def test_it_survives_a_fragment_cut_anywhere():
    source = '<p>They <strong>plan <a href="/ooh/x/chefs.htm">x</a></strong></p><table><tr><td>1'
    for end in range(len(source)):
        assert "<script" not in cleaned(source[:end])


@pytest.mark.parametrize("source", ["", " ", "&nbsp;", "<p>&nbsp;</p>", "<!-- -->", "<ul></ul>"])
def test_it_leaves_nothing_of_nothing(source):
    assert cleaned(source) == ""


@pytest.mark.parametrize("piece", ["<div>", "<strong><em>", "<p>&nbsp;</p>", " ", "<td>", "<br>"])
def test_it_takes_time_in_proportion_to_the_text(piece):
    source = piece * 3000
    start = time.perf_counter()
    cleaned(source)
    assert time.perf_counter() - start < 5


def test_it_folds_every_white_space_and_drops_the_invisible():
    assert fold("\ta\u00a0\u2003b\u200b\ufeff \n") == "a b"
    assert fold(None) == ""


def test_it_keeps_blocks_apart_in_text():
    assert text_of("<p>One.</p><p>Two<br>three</p><ul><li>four</li></ul>") == "One. Two three four"


def test_it_counts_words_outside_of_tables():
    assert words_outside_tables("<p>one two</p><table><tr><td>three</td></tr></table>") == 2


def test_it_reads_group_and_slug_of_an_address():
    address = "https://www.bls.gov/OOH/Healthcare/Ward-Planners.htm"
    assert (profile_group(address), profile_slug(address)) == ("healthcare", "ward-planners")
    assert profile_slug("https://[broken") is None
    assert profile_slug("https://www.bls.gov/ors/healthcare/x.htm") is None
