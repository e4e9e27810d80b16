from pathlib import Path

import pytest

from careers.importers import download as module
from careers.importers.download import DownloadFailed, download
from tests.careers.importers.webserver import Site, serving

CONTENT = b"<ooh>" + bytes(range(65, 91)) * 20_000 + b"</ooh>"


def part_of(folder: Path) -> Path:
    return folder / "xml-compilation.xml.part"


def test_it_fetches_a_file_and_says_who_asks(tmp_path: Path, settings):
    settings.CONTACT_EMAIL = "data@fieldguide.example"
    with serving(Site(CONTENT)) as site:
        path = download(site.address, tmp_path)
    assert path == tmp_path / "xml-compilation.xml"
    assert path.read_bytes() == CONTENT
    assert "data@fieldguide.example" in site.asked[0]["User-Agent"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["xml-compilation.xml"]


def test_it_resumes_where_a_transfer_broke(tmp_path: Path):
    with serving(Site(CONTENT, stop_after=300_000)) as site:
        with pytest.raises(DownloadFailed, match="run again to go on"):
            download(site.address, tmp_path)
        held = part_of(tmp_path).stat().st_size
        assert 0 < held <= 300_000
        site.stop_after = None
        path = download(site.address, tmp_path)
    assert path.read_bytes() == CONTENT
    assert site.asked[1]["Range"] == f"bytes={held}-"
    assert site.asked[1]["If-Range"] == '"v1"'


def test_it_begins_anew_when_the_file_has_changed_meanwhile(tmp_path: Path):
    with serving(Site(CONTENT, stop_after=300_000)) as site:
        with pytest.raises(DownloadFailed):
            download(site.address, tmp_path)
        site.stop_after, site.etag, site.content = None, '"v2"', CONTENT[::-1]
        assert download(site.address, tmp_path).read_bytes() == CONTENT[::-1]


def test_it_begins_anew_where_the_server_knows_no_ranges(tmp_path: Path):
    with serving(Site(CONTENT, ranges=False, stop_after=300_000)) as site:
        with pytest.raises(DownloadFailed):
            download(site.address, tmp_path)
        site.stop_after = None
        assert download(site.address, tmp_path).read_bytes() == CONTENT


def test_it_does_not_ask_for_the_rest_of_a_version_it_cannot_name(tmp_path: Path):
    part_of(tmp_path).write_bytes(b"left over")
    with serving(Site(CONTENT)) as site:
        assert download(site.address, tmp_path).read_bytes() == CONTENT
    assert "Range" not in site.asked[0]


def test_it_begins_anew_after_a_range_that_the_file_does_not_have(tmp_path: Path):
    part_of(tmp_path).write_bytes(CONTENT + b"more")
    part_of(tmp_path).with_suffix(".part.json").write_text('{"version": "\\"v1\\""}')
    with serving(Site(CONTENT)) as site:
        with pytest.raises(DownloadFailed, match="416"):
            download(site.address, tmp_path)
        assert download(site.address, tmp_path).read_bytes() == CONTENT


def test_it_replaces_the_file_of_before_only_when_the_new_one_is_whole(tmp_path: Path):
    (tmp_path / "xml-compilation.xml").write_bytes(b"before")
    with serving(Site(CONTENT, stop_after=1000)) as site:
        with pytest.raises(DownloadFailed):
            download(site.address, tmp_path)
        assert (tmp_path / "xml-compilation.xml").read_bytes() == b"before"
        site.stop_after = None
        assert download(site.address, tmp_path).read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text/html; charset=utf-8", b"<ooh></ooh>"),
        ("application/xml", b"\n<!DOCTYPE html><html>Access Denied</html>"),
        ("application/octet-stream", b"\xef\xbb\xbf<HTML><body/></HTML>"),
    ],
)
def test_it_refuses_a_web_page(tmp_path: Path, kind: str, content: bytes):
    with (
        serving(Site(content, kind=kind)) as site,
        pytest.raises(DownloadFailed, match="a web page"),
    ):
        download(site.address, tmp_path)
    assert not (tmp_path / "xml-compilation.xml").exists()


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_it_refuses_an_answer_that_is_an_error(tmp_path: Path, status: int):
    with (
        serving(Site(CONTENT, status=status)) as site,
        pytest.raises(DownloadFailed, match=f"answered {status}"),
    ):
        download(site.address, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_it_refuses_an_answer_without_the_file(tmp_path: Path):
    with (
        serving(Site(b"", status=204)) as site,
        pytest.raises(DownloadFailed, match="answered 204"),
    ):
        download(site.address, tmp_path)


def test_it_refuses_a_file_without_end(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 100_000)
    with serving(Site(CONTENT)) as site, pytest.raises(DownloadFailed, match="larger than"):
        download(site.address, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "address",
    [
        "http://www.bls.gov/ooh/xml-compilation.xml",
        "http://127.0.0.1.example.org/x.xml",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x.xml",
        "https://",
        "x.xml",
    ],
)
def test_it_refuses_an_address_that_is_neither_https_nor_here(tmp_path: Path, address: str):
    with pytest.raises(DownloadFailed, match="is not an https address"):
        download(address, tmp_path)


@pytest.mark.parametrize("target", ["http://example.org/x.xml", "file:///etc/passwd"])
def test_it_refuses_to_be_sent_there_either(tmp_path: Path, target: str):
    with serving(Site(redirect=target)) as site, pytest.raises(DownloadFailed):
        download(site.address, tmp_path)
    assert not list(tmp_path.glob("*.part"))


def test_it_says_so_when_nobody_answers(tmp_path: Path):
    with serving(Site(CONTENT)) as site:
        address = site.address
    with pytest.raises(DownloadFailed, match="refused"):
        download(address, tmp_path)
