"""An article's text as annotated HTML (contract §2): exact text, ids once, links that do not nest."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from builder.model.annotation import ANNOTATION_TYPES, Citation, Event, Mention, Quotation, TimeExpression, Timex
from builder.model.archive import Archive, LinkedArticle, Reviewed, ReviewedArticle
from builder.model.article import Article, Block, Mark
from builder.render.escaping import breakable
from builder.render.markup import TextWriter
from builder.render.notes import numbers
from tests.render import harbour_fixture as sample

EMPTY = Archive((), {}, {}, {}, (), (), lambda slug: sample.closing().linked())


def written(linked: LinkedArticle, archive: Archive = EMPTY) -> BeautifulSoup:
    """Every block in a <p> of its own."""
    writer = TextWriter(linked, archive, lambda path: path, numbers(linked.reviewed.annotations))
    html = "\n".join(f"<p>{writer.block(block)}</p>" for block in linked.article.blocks)
    return BeautifulSoup(html, "html.parser")


def words(soup: BeautifulSoup) -> str:
    for apparatus in soup.select(".apparatus"):
        apparatus.decompose()
    return "\n\n".join(p.get_text() for p in soup.select("p"))


def page_of(*blocks: str) -> sample.Page:
    return sample.Page("a", "A", *blocks)


def test_the_text_is_the_articles_text() -> None:
    """Without the apparatus, the blocks joined by a blank line are the article's text."""
    linked = sample.closing().linked()
    assert words(written(linked, sample.archive())) == linked.article.text


def test_markup_in_the_text_stays_text() -> None:
    """Nothing that an article says becomes an element."""
    page = page_of("A <script>alert(1)</script> & {{ config }} <b>here</b>")
    soup = written(page.linked())
    assert soup.find("script") is None and soup.find("b") is None
    assert words(soup) == page.text


def test_an_id_stands_once_and_data_annotation_on_every_piece() -> None:
    """An interrupted quotation has its id on the first piece and data-annotation on both."""
    soup = written(sample.closing().linked(), sample.archive())
    pieces = soup.select('[data-annotation="q-12"]')
    assert [p.get_text() for p in pieces] == ["“We have waited,”", "“and we will not wait again.”"]
    assert [p.get("id") for p in pieces] == ["q-12", None]


def test_a_quotation_over_two_paragraphs_has_one_reference() -> None:
    """Its pieces stand in both paragraphs, its numbered reference after its last word."""
    page = page_of("She said: “First.", "Second.” Then she left.")
    page.said("“First.\n\nSecond.”")
    soup = written(page.linked())
    first, second = soup.select("p")
    assert first.select_one("#q-0") and not second.select_one("#q-0")
    assert [a.get_text() for a in soup.select(".ref")] == ["1"]
    assert second.select_one('[data-annotation="q-0"]') and not second.select_one("#q-0")
    assert second.select_one(".ref").previous_sibling.get_text() == "Second.”"


def test_a_name_is_linked_once_in_a_section() -> None:
    """The first mention since the last heading is a link to the register, later ones are plain."""
    page = page_of("Ada Kester came. Ada Kester went.", "Ada Kester slept.")
    page.blocks[1] = Block("heading", page.blocks[1].start, page.blocks[1].end, level=1)
    for nth in (1, 2, 3):
        page.name("Ada Kester", "ada-kester", nth=nth)
    tags = [tag.name for tag in written(page.linked(), sample.archive()).select(".entity")]
    assert tags == ["a", "span", "a"]


def test_links_do_not_nest() -> None:
    """A name inside an article's link is no link itself; the next mention is."""
    page = page_of("The Harbour News Agency wrote; the Harbour News Agency knew.")
    page.mark("The Harbour News Agency wrote", "link", "https://agency.example.org/")
    for nth in (1, 2):
        page.name("Harbour News Agency", "harbour-news-agency", "organization", nth=nth)
    soup = written(page.linked(), sample.archive())
    assert not soup.select("a a")
    assert [tag.name for tag in soup.select(".entity")] == ["span", "a"]


def test_a_reference_waits_for_the_end_of_the_link_around_it() -> None:
    """A quotation that ends inside a link has its reference after the link."""
    page = page_of("He said it was over, period.")
    page.said("it was over", form="indirect")
    page.mark("it was over, period", "link", "https://example.org/")
    soup = written(page.linked())
    assert not soup.select("a a")
    assert soup.select_one(".ref").previous_sibling.name == "a"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "http://example.org/", "//example.org", "data:text/html,x"]
)
def test_only_safe_addresses_become_links(url: str) -> None:
    """Anything but https is shown as words."""
    page = page_of("Read it here.")
    page.mark("here", "link", url)
    soup = written(page.linked())
    assert not soup.select("a") and words(soup) == page.text


def test_an_outside_link_says_so() -> None:
    """A link of the article passes on no standing and no opener."""
    page = page_of("Read it here.")
    page.mark("here", "link", 'https://example.org/?q="x"&y=<z>')
    link = written(page.linked()).select_one("a")
    assert link["href"] == 'https://example.org/?q="x"&y=<z>'
    assert link["rel"] == ["nofollow", "noopener", "external"]


def test_an_account_is_not_linked_live() -> None:
    """A link on an account's handle is dropped, unless the editor made the account live."""
    soup = written(sample.closing().linked(), sample.archive())
    assert "social.example.org" not in str(soup)


def test_a_date_is_marked_as_far_as_it_is_known() -> None:
    """An exact date is a <time>; an open one carries its EDTF; an unknown one carries nothing."""
    soup = written(sample.closing().linked(), sample.archive())
    exact, open_, unknown = soup.select(".time")
    assert (exact.name, exact["datetime"]) == ("time", "2019-03-10")
    assert (open_.name, open_["data-edtf"]) == ("span", "2011/..")
    assert unknown.name == "span" and "data-edtf" not in unknown.attrs


TEXT = "ab cd\nef gh\n\nij “kl” mn <op>\n\nqr & st uv"
BLOCKS = (Block("paragraph", 0, 11), Block("paragraph", 13, 28), Block("paragraph", 30, len(TEXT)))


def annotation(kind: str, id_: str, start: int, end: int) -> object:
    exact = TEXT[start:end]
    if kind == "entity":
        return Mention(id_, start, end, exact, "person", "x", exact, "n@1", 1.0)
    if kind == "quotation":
        return Quotation(id_, start, end, exact, ((start, end),), "direct", None, None, None, "q@1", 1.0)
    if kind == "time":
        return TimeExpression(id_, start, end, exact, Timex("DATE", "2019"), "2019", "t@1", 1.0)
    if kind == "citation":
        return Citation(id_, start, end, exact, "https://example.org/", "c@1", 1.0)
    return Event(id_, start, end, exact, exact, "2019", "", (), (), "v@1", 1.0)


places = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted).filter(lambda p: p[0] < p[1])


@given(
    st.lists(st.tuples(st.sampled_from(ANNOTATION_TYPES), places), max_size=10),
    st.lists(st.tuples(st.sampled_from(["link", "emphasis"]), places), max_size=4),
)
def test_any_overlap_keeps_the_text_and_never_nests_links(
    annotated: list[tuple[str, list[int]]], marked: list[tuple[str, list[int]]]
) -> None:
    """Whatever crosses whatever: the text is exact, ids are unique, and every annotation with words has its element."""
    found = [annotation(kind, f"a{n}", *place) for n, (kind, place) in enumerate(annotated)]
    marks = tuple(Mark(kind, *place, url="https://example.org/") for kind, place in marked)
    article = Article("a", "A", TEXT, BLOCKS, marks)
    ids = {a.id: "ada-kester" for a in found if isinstance(a, Mention)}
    linked = LinkedArticle(ReviewedArticle(article, tuple(Reviewed(a) for a in found)), ids, {}, {}, {}, {}, {})
    soup = written(linked, sample.archive())
    assert not soup.select("a a") and not soup.select("time time")
    elements = [tag["id"] for tag in soup.find_all(id=True) if isinstance(tag, Tag)]
    assert sorted(elements) == sorted(a.id for a in found if a.exact.strip("\n"))
    referred = [a for a in found if isinstance(a, Quotation | Citation) and a.exact.strip("\n")]
    references = soup.select(".ref")
    assert len({a.get_text() for a in references}) == len(references) == len(referred)
    assert all(a["href"] == f"#ref-{a.get_text()}" for a in references)
    for block, p in zip(BLOCKS, soup.select("p"), strict=True):
        for apparatus in p.select(".apparatus"):
            apparatus.decompose()
        assert p.get_text() == TEXT[block.start : block.end]
        for a in found:
            inside = "".join(t.get_text() for t in p.select(f'[data-annotation="{a.id}"]'))
            assert inside == TEXT[max(a.start, block.start) : min(a.end, block.end)]


def test_a_long_hashtag_may_break_after_its_underscores() -> None:
    """The text stays the same; shorter words and other markup are left alone."""
    assert breakable("#The_long_march_of_the_many & a_b") == (
        "#The_<wbr>long_<wbr>march_<wbr>of_<wbr>the_<wbr>many &amp; a_b"
    )
