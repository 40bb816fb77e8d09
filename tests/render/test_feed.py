"""Feed, sitemap and robots: what is known, at addresses that hold, with nothing sensitive in the open."""

from __future__ import annotations

import msgspec
import pytest
from lxml import etree

from builder.render.exports import feed, sitemap
from builder.render.exports.moments import moment
from builder.render.template import open_site
from tests.render import registers_fixture as made

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def rendered(renderer, archive, base_url: str = "https://example.org/papers"):
    site = open_site(msgspec.structs.replace(made.CONFIG, base_url=base_url))
    return {file.path: file.content for file in renderer.render(archive, site)}


def parsed(archive, base_url: str = "https://example.org/papers"):
    return etree.fromstring(rendered(feed, archive, base_url)["feed.xml"])


def test_an_entry_is_dated_by_what_is_known_and_never_by_the_build():
    """Captured, else published; the feed is as new as its newest entry."""
    tree = parsed(made.archive())
    updated = tree.xpath("a:entry/a:updated/text()", namespaces=ATOM)
    assert updated == ["2021-11-03T00:00:00Z", "2022-01-10T00:00:00Z", "2021-03-09T00:00:00Z"]
    assert tree.xpath("string(a:updated)", namespaces=ATOM) == "2022-01-10T00:00:00Z"


def test_an_article_without_a_date_is_not_given_one():
    """It is left out of the feed."""
    assert "undated" not in etree.tostring(parsed(made.archive()), encoding="unicode")


def test_a_sensitive_article_shows_its_warning_only():
    """Neither title nor summary is spread."""
    entry = parsed(made.archive()).xpath("a:entry[1]", namespaces=ATOM)[0]
    assert entry.xpath("string(a:title)", namespaces=ATOM) == "This article reprints a threat."
    assert "drown" not in etree.tostring(entry, encoding="unicode")


def test_addresses_are_absolute_only_with_a_base():
    """Without one, ids are names that stay the same and links are relative."""
    tree = parsed(made.archive(), "")
    assert all(i.startswith("urn:uuid:") for i in tree.xpath("//a:id/text()", namespaces=ATOM))
    assert tree.xpath("string(a:entry[2]/a:link/@href)", namespaces=ATOM) == "articles/inquiry/index.html"
    assert tree.xpath("//a:id/text()", namespaces=ATOM) == parsed(made.archive(), "").xpath(
        "//a:id/text()", namespaces=ATOM
    )


def test_a_feed_of_nothing_is_a_feed():
    """It is well-formed and has the parts that Atom asks for."""
    tree = parsed(made.empty())
    assert tree.xpath("count(a:id) + count(a:title) + count(a:updated) + count(a:author)", namespaces=ATOM) == 4


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2021-03-07", "2021-03-07T00:00:00Z"),
        ("2021-09", "2021-09-01T00:00:00Z"),
        ("2021", "2021-01-01T00:00:00Z"),
        ("2021-03-07T10:30:00+02:00", "2021-03-07T10:30:00+02:00"),
        ("2021?", None),
        ("2021/..", None),
        (None, None),
    ],
)
def test_a_moment_is_the_beginning_of_a_certain_date(edtf, expected):
    """A doubtful date is no moment."""
    assert moment(edtf) == expected


def test_the_sitemap_has_every_page_once():
    """Home, registers, articles, names and sources."""
    archive = made.archive()
    tree = etree.fromstring(rendered(sitemap, archive)["sitemap.xml"])
    found = tree.xpath("//*[local-name()='loc']/text()")
    assert len(found) == len(set(found)) == 8 + len(archive.articles) + len(archive.entities) + len(archive.sources)
    assert all(address.startswith("https://example.org/papers/") for address in found)


@pytest.mark.parametrize("most", [1, 7, 10**6])
def test_a_long_sitemap_is_cut_into_parts_below_an_index(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Every address stands in one of them, in the same order; one that fits into a part is not cut."""
    archive = made.archive()
    whole = locations(rendered(sitemap, archive)["sitemap.xml"])
    for limit in (most, len(whole), len(whole) - 1):
        monkeypatch.setattr(sitemap, "MOST", limit)
        files = rendered(sitemap, archive)
        index = locations(files.pop("sitemap.xml"))
        del files["robots.txt"]
        assert files or index == whole
        assert bool(files) is (limit < len(whole))
        parts = [locations(content) for content in files.values()]
        assert [address for part in parts for address in part] == (whole if files else [])
        assert all(len(part) == limit for part in parts[:-1])
        assert [address.rpartition("/")[2] for address in (index if files else [])] == list(files)


def locations(content: bytes) -> list[str]:
    return etree.fromstring(content).xpath("//*[local-name()='loc']/text()")


def test_an_address_with_marks_is_still_xml():
    """What stands for something else in XML is written as XML has it."""
    tree = etree.fromstring(rendered(sitemap, made.archive(), "https://example.org/a&b")["sitemap.xml"])
    assert tree.xpath("string(//*[local-name()='loc'])") == "https://example.org/a&b/"


def test_robots_name_the_sitemap_where_it_has_an_address():
    """A relative address there would mean nothing."""
    assert rendered(sitemap, made.archive())["robots.txt"].endswith(
        b"Sitemap: https://example.org/papers/sitemap.xml\n"
    )
    assert rendered(sitemap, made.archive(), "")["robots.txt"] == b"User-agent: *\nAllow: /\n"
