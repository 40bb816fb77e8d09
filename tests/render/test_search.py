"""What is searched, that its index is the same each time, and that nothing folded is printed in results."""

from __future__ import annotations

import gzip
import json

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as some

from builder.model.annotation import Quotation
from builder.model.archive import Archive, LinkedArticle, Reviewed, ReviewedArticle
from builder.render import cbor, searching
from builder.render.pages import search
from builder.render.searchable import documents, kinds
from builder.render.template import open_site
from builder.render.words import Words
from tests.render import registers_fixture as made

ENGLISH = Words()


def test_the_page_leads_to_the_registers_without_a_script():
    """Its form is hidden until the script has an index to ask."""
    (file,) = search.render(made.archive(), open_site(made.CONFIG))
    page = BeautifulSoup(file.content, "html.parser")
    assert page.select_one("form#search").has_attr("hidden")
    assert [a["href"] for a in page.select("#without a")] == [
        f"../{name}/index.html" for name in ("articles", "entities", "quotations", "sources", "chronology")
    ]
    assert [s["src"] for s in page.select("script[src]")] == ["../assets/search.js"]
    assert "The Letter Writer" not in {o["value"] for o in page.select("datalist option")}


def test_everything_can_be_found():
    """Articles, names, quotations, dates, and sources that are no name."""
    archive = made.archive()
    found = list(documents(archive, ENGLISH))
    expected = len(archive.articles) + len(archive.entities) + len(archive.quotations) + len(archive.chronology)
    assert len(found) == expected + sum(1 for s in archive.sources.values() if s.entity is None)
    assert {d.kind for d in found} == set(kinds(archive, ENGLISH))


def test_what_is_sensitive_carries_its_warning():
    """In place of its title; it is no choice to narrow by."""
    found = {d.href: d for d in documents(made.archive(), ENGLISH)}
    article = found["articles/threat/index.html"]
    assert article.warning == "This article reprints a threat."
    assert 'title[content]" content="This article reprints a threat."' in article.html("en")
    assert found["quotations/index.html#q-drown"].warning == "A threat."
    assert all(("name", "The Letter Writer") not in d.filters for d in found.values())


def test_a_folded_quotation_is_not_in_its_articles_words():
    """A result of the article must not print it."""
    base = made.archive()
    text = made.text_of("sluice")
    start = text.index("the order came late")
    q = Quotation("q2", start, start + 19, text[start : start + 19], (), "indirect", None, None, None, "made@1", 1.0)

    def opened(slug: str) -> LinkedArticle:
        marked = (Reviewed(q, sensitive="Distressing."),) if slug == "sluice" else ()
        return LinkedArticle(ReviewedArticle(made.article(slug), marked), {}, {}, {}, {}, {}, {})

    archive = Archive(base.articles, {}, {}, {}, (), (), opened)
    article = next(d for d in documents(archive, ENGLISH) if d.href == "articles/sluice/index.html")
    assert "the order came late" not in " ".join(article.paragraphs)
    assert "said" in " ".join(article.paragraphs)


@pytest.fixture(scope="module")
def bundle():
    return {f.path: f.content for f in searching.render(made.archive(), open_site(made.CONFIG))}


def test_two_runs_give_the_same_bytes(bundle):
    """The order in which Pagefind happens to write filters does not reach the site."""
    again = {f.path: f.content for f in searching.render(made.archive(), open_site(made.CONFIG))}
    assert again == bundle


def test_the_index_holds_together(bundle):
    """Every file that the entry and the meta file name is there, and filters are sorted."""
    entry = json.loads(bundle["pagefind/pagefind-entry.json"])
    (language,) = entry["languages"].values()
    meta = cbor.decode(gzip.decompress(bundle[f"pagefind/pagefind.{language['hash']}.pf_meta"])[12:])
    for name, hash_ in meta[3]:
        filter_ = cbor.decode(gzip.decompress(bundle[f"pagefind/filter/{hash_}.pf_filter"])[12:])
        assert filter_[0] == name
        values = [value for value, _ in filter_[1]]
        assert values == sorted(values)
    assert [name for name, _ in meta[3]] == ["kind", "name", "publisher", "year"]
    assert len(meta[1]) == sum(1 for path in bundle if path.endswith(".pf_fragment"))


def test_an_empty_archive_has_no_index():
    """The page says that search is not there."""
    assert list(searching.render(made.empty(), open_site(made.CONFIG))) == []


values = some.recursive(
    some.integers(0, 2**40) | some.text() | some.binary(), lambda inner: some.lists(inner, max_size=30), max_leaves=40
)


@given(values)
def test_what_is_encoded_is_decoded(value):
    """Pagefind's files survive being written anew."""
    assert cbor.decode(cbor.encode(value)) == value


@pytest.mark.parametrize("broken", [b"", b"\x82\x01", b"\x01\x01", b"\x63ab", b"\xf9\x00\x00", b"\x1f"])
def test_what_is_not_understood_is_refused(broken):
    """A change of Pagefind's format is noticed."""
    with pytest.raises(ValueError):
        cbor.decode(broken)
