"""The annotated article: the text with its margin, and below it what it relies on and is joined to."""

from __future__ import annotations

import gzip
import json
import posixpath
from itertools import combinations
from urllib.parse import parse_qs

import pytest
from bs4 import BeautifulSoup, Tag

from builder.model.archive import Archive, SourceRecord
from builder.render import assets
from builder.render.lettering import width
from builder.render.notes import Voice
from builder.render.pages import article
from builder.render.relays import Heard, draw, heard
from builder.render.template import open_site
from tests.render import harbour_fixture as sample

LEAVES = ("p", "li", "blockquote", "pre", "h2", "h3", "h4", "h5", "h6")


@pytest.fixture(scope="module")
def pages() -> dict[str, BeautifulSoup]:
    files = article.render(sample.archive(), open_site(sample.CONFIG))
    return {file.path.split("/")[1]: BeautifulSoup(file.content, "html.parser") for file in files}


@pytest.fixture
def page(pages: dict[str, BeautifulSoup]) -> BeautifulSoup:
    return pages["port-closed"]


def text_of(page: BeautifulSoup) -> str:
    copy = BeautifulSoup(str(page.select_one("#text")), "html.parser")
    for apparatus in copy.select(".apparatus"):
        apparatus.decompose()
    return "\n\n".join(tag.get_text() for tag in copy.find_all(LEAVES))


def section(page: BeautifulSoup, heading: str) -> Tag:
    return page.select_one(f'section[aria-labelledby="{heading}"]')


@pytest.mark.parametrize("make", [sample.closing, sample.inspection, sample.folded])
def test_the_text_element_holds_the_articles_text(pages: dict[str, BeautifulSoup], make: object) -> None:
    """Its blocks without apparatus, joined by a blank line, are the text: folded passages, lists and verse too."""
    made = make()  # type: ignore[operator]
    assert text_of(pages[made.slug]) == made.text


def test_between_blocks_there_is_only_white_space(page: BeautifulSoup) -> None:
    """No stray words stand in the text element outside its blocks and the apparatus."""
    for string in page.select_one("#text").find_all(string=True):
        if string.strip():
            assert any(parent.name in LEAVES or "apparatus" in parent.get("class", ()) for parent in string.parents)


def test_every_annotation_can_be_linked_to(page: BeautifulSoup) -> None:
    """Each annotation's id stands exactly once, inside the text."""
    for reviewed in sample.closing().annotations:
        assert len(page.select(f'#text [id="{reviewed.annotation.id}"]')) == 1


def test_ids_are_unique_and_links_never_nest(pages: dict[str, BeautifulSoup]) -> None:
    """On no page two elements share an id or a link stands in a link; every #fragment leads somewhere."""
    for page in pages.values():
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert len(ids) == len(set(ids))
        assert not page.select("a a, time time")
        assert {a["href"][1:] for a in page.select('a[href^="#"]')} <= set(ids)


def test_a_paragraph_is_followed_by_its_notes(page: BeautifulSoup) -> None:
    """The margin says who speaks, by whom it was passed on, how it is given, and who stands behind the reading."""
    note = page.select_one("#q-11").find_parent("p").find_next_sibling("details")
    assert " ".join(note.get_text(" ").split()) == (
        "1 quotation Quotation 2 Ada Kester , via Harbour News Agency word for word · confirmed · "
        "also in 1 other article"
    )


def test_margin_notes_stand_in_the_order_of_their_numbers(pages: dict[str, BeautifulSoup]) -> None:
    """Quotations and links are numbered as they come in the text, and so they stand beside it."""
    for page in pages.values():
        for margin in page.select(".margin"):
            found = [int(number.find(string=True, recursive=False)) for number in margin.select("a.number")]
            assert found == sorted(found)


def test_an_unknown_date_says_why(pages: dict[str, BeautifulSoup]) -> None:
    """Without a publication date nothing is counted from it, and the note says so."""
    notes = pages["the-leaflet"].select_one(".of-time").get_text()
    assert notes == "Sunday: unknown: no publication date"
    assert "since 2011: from 2011 on" in pages["port-closed"].get_text()


def test_a_quotation_leads_to_the_dated_row_it_belongs_to(page: BeautifulSoup) -> None:
    """From its note and from its reference; a note beside the date itself does not say it twice."""
    for place in (".of-quotation", ".references li"):
        found = [note for note in page.select(place) if note.select_one("a[href*=chronology]")]
        (said,) = found
        assert "in the chronology: 10 March 2019" in said.get_text()


def resolved(path: str, href: str) -> str:
    """The page that a link on the page at `path` leads to."""
    target = href.partition("#")[0]
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path


def many(number: int, **metadata: object) -> dict[str, BeautifulSoup]:
    """All pages, by path, of an article with this many quotations."""
    words = [f"“This is the answer to question {n}.”" for n in range(1, number + 1)]
    long = sample.Page("answers", "All answers", *(f"{said} That was all." for said in words), **metadata)
    for said in words:
        long.said(said)
    archive = Archive((long.summary(),), {}, {}, {}, (), (), lambda slug: long.linked())
    found = article.render(archive, open_site(sample.CONFIG))
    return {file.path: BeautifulSoup(file.content, "html.parser") for file in found}


def test_very_many_references_go_on_in_pages_of_their_own() -> None:
    """The article's page begins the list; every number in its text leads to its entry, and every entry back."""
    assert list(many(30)) == ["articles/answers/index.html"]
    found = many(130)
    home = "articles/answers/index.html"
    assert list(found) == [home, *(f"articles/answers/references/{n}index.html" for n in ("", "page/2/"))]
    shown = [entry["id"] for entry in found[home].select(".references li")]
    assert shown == [f"ref-{n}" for n in range(1, 21)]
    assert found[home].select_one(".references p.more a")["href"] == "references/index.html"
    for number in found[home].select("a.ref"):
        path = resolved(home, number["href"])
        entry = found[path].find(id=number["href"].partition("#")[2])
        assert f"question {number.get_text()}.”" in entry.get_text()
        back = entry.select_one("a.back")["href"]
        assert resolved(path, back) == home and found[home].find(id=back.partition("#")[2])
    assert [page.select_one(".references ol").get("start") for page in list(found.values())[1:]] == ["1", "101"]


def test_the_pages_of_a_folded_article_do_not_name_it() -> None:
    """They carry its warning, as every list does, and none of its words."""
    found = many(60, sensitive="A threat, reprinted whole.")
    further = found["articles/answers/references/index.html"]
    assert "A threat, reprinted whole." in further.title.get_text()
    assert "All answers" not in str(further) and "the answer to question" not in str(further)


def test_a_date_beside_the_text_leads_to_what_happened_then(page: BeautifulSoup) -> None:
    """It is a link to the chronology's row where the article tells of something on that day."""
    dated = [note.select_one("a[href*=chronology]") for note in page.select(".of-time")]
    assert [a and a["href"] for a in dated] == ["../../chronology/index.html#port-kester-closed", None, None]


def test_references_and_text_point_at_each_other(page: BeautifulSoup) -> None:
    """Each numbered reference leads to its place in the list, and that back to the words it is about."""
    references = page.select('#text a[role="doc-noteref"]')
    assert [a.get_text() for a in references] == ["1", "2", "3", "4", "5", "6"]
    items = page.select(".references li")
    assert [f"#{li['id']}" for li in items] == [a["href"] for a in references]
    beside = {a.find(string=True, recursive=False): a["href"] for a in page.select(".margin a.number")}
    back = [a["href"] for a in page.select('a[role="doc-backlink"]')]
    assert back == [beside[a.get_text()] for a in references]
    assert all(page.select_one(f"#text {words}") for words in back)


def test_a_sensitive_passage_is_folded_everywhere(page: BeautifulSoup) -> None:
    """Its paragraph stands behind the warning, and its words nowhere else on the page."""
    fold = page.select_one("#text details.sensitive")
    assert fold.summary.get_text() == sample.WARNING and not fold.has_attr("open")
    assert str(page).count("we will burn it") == fold.get_text().count("we will burn it") == 1


def test_a_sensitive_article_is_folded_whole(pages: dict[str, BeautifulSoup]) -> None:
    """Its text stands behind its warning, and so do its words in lists and descriptions."""
    page = pages["the-leaflet"]
    assert page.select_one("details.sensitive > #text")
    assert str(page).count("Whoever stays") == 1
    warning = "A leaflet that threatens people, kept in full."
    assert page.select_one('meta[name="description"]')["content"] == warning
    called = f"An article marked: {warning}"
    assert (
        page.title.get_text().startswith(called) and page.select_one('meta[property="og:title"]')["content"] == called
    )


def test_what_is_folded_leads_nowhere_outside(pages: dict[str, BeautifulSoup]) -> None:
    """What a folded text cites is no link, nor named outside the fold; its own address is told, not linked."""
    page = pages["the-leaflet"]
    assert not [a["href"] for a in page.select("main a[href]") if "leaflet.example.org" in a["href"]]
    assert "leaflet.example.org/more" not in section(page, "in-references").get_text()
    assert "https://leaflet.example.org/first" in page.select_one(".provenance-more").get_text()
    assert "leaflet.example.org/more" in page.select_one("details.sensitive #text").get_text()


def test_the_page_says_where_the_text_is_from(page: BeautifulSoup) -> None:
    """Publisher, byline, date, original, archived copy, rights, fingerprint, and each clean-up with its words."""
    head = page.select_one(".page-head").get_text(" ")
    for words in (
        "Tidewater Post",
        "Tomas Reyl",
        "11 March 2019",
        "2 April 2019",
        "© Tidewater Post",
        "9f86d081",
        "Share this Post",
    ):
        assert words in head
    archived = page.select_one("a[data-versionurl]")
    assert archived["data-originalurl"] == "https://post.example.org/port-closed"
    assert archived["data-versiondate"] == "2019-04-02"


def test_the_page_says_who_stands_behind_its_annotations(page: BeautifulSoup) -> None:
    """In words and numbers, the rejected ones too."""
    standing = " ".join(page.select_one(".standing").get_text().split())
    assert standing == (
        "20 annotations: 15 read by machine, 4 confirmed by an editor, 1 corrected by an editor; 1 more rejected."
    )


def test_titles_are_escaped_everywhere(pages: dict[str, BeautifulSoup]) -> None:
    """Marks and tags in a title stay words, in attributes too."""
    page, title = pages["crane-inspected"], "Inspectors “amazed” by <em>what they found</em> & more"
    assert page.h1.get_text() == page.select_one('meta[property="og:title"]')["content"] == title
    assert json.loads(page.select_one("script[type]").string)["headline"] == title
    assert not page.select("h1 em")


def test_who_reports_whom_is_drawn_and_told(page: BeautifulSoup) -> None:
    """The drawing has a list beside it with the same names; what the publisher heard itself has no one between."""
    told = section(page, "in-relays")
    names = [a.get_text() for a in told.select("ul a")]
    ring = [
        "an engineer",
        "Harbour News Agency",
        "Ada Kester",
        "a message on a wall",
        "Ada Kester",
        "Larsen & Daughters",
    ]
    assert names == ring
    assert sorted(t.get_text() for t in told.select("svg text")) == sorted([*ring, "Tidewater Post"])
    assert told.select_one("svg")["role"] == "img"


def test_a_long_list_of_voices_is_cut_in_the_drawing_only() -> None:
    """The drawing shows some and counts the others."""
    voices = tuple(Heard(Voice(f"Voice {n}", "named", None), 1) for n in range(40))
    drawing = draw("The Post", voices)
    assert drawing.left_out == 40 - (len(drawing.dots) - 1) > 0
    assert heard((), "The Post") == ()


def test_a_folded_name_is_not_drawn_as_its_warning() -> None:
    """The drawing says what the list says, also of those who pass it on."""
    source = SourceRecord("x", "The Red Hand", "organization", (), sensitive="A threat.")
    hidden = Heard(Voice("A threat.", "organization", source), 1)
    drawing = draw("The Post", [Heard(Voice("Mira", "named", None), 1, (hidden,)), hidden], "folded")
    assert [dot.lines[0][0] for dot in drawing.dots] == ["The Post", "Mira", "folded", "folded"]


def test_names_of_the_drawing_keep_apart_and_inside_it() -> None:
    """Long names are broken, and only cut where three lines do not hold them; no line lies on another."""
    long = "The Joint Committee for the Coordination of Relief and of the Reconstruction of the Lower Provinces"
    told = Heard(Voice("A person with knowledge of the suspensions", "anonymous", None), 1)
    voices = (
        told,
        Heard(Voice(long, "named", None), 1, (told,)),
        told,
        Heard(Voice(long, "named", None), 1, (told,) * 3),
    )
    for shown in (voices, voices[:1], voices[1:2], voices[::2]):
        drawing = draw(long, shown)
        set_ = [(dot.x + 14, y, line) for dot in drawing.dots for line, y in dot.lines]
        assert all(12 < y < drawing.height and x + width(line, 15) <= drawing.width for x, y, line in set_)
        for (x, y, line), (other_x, other_y, _) in combinations(sorted(set_), 2):
            assert abs(y - other_y) >= 14 or x + width(line, 15) <= other_x, line
        assert any(line.endswith("…") for _, _, line in set_) and "suspensions" in {line for _, _, line in set_}


def test_the_page_leads_to_the_registers(page: BeautifulSoup) -> None:
    """To the names, the quotations, the sources, the chronology, and the articles that share them."""
    targets = {a["href"] for a in page.select("main a")}
    for target in (
        "entities/ada-kester/index.html",
        "quotations/index.html#no-ship-will-leave",
        "sources/unnamed-engineer/index.html",
        "chronology/index.html#port-kester-closed",
        "articles/crane-inspected/index.html",
    ):
        assert any(href.endswith((target, target.removeprefix("articles/"))) for href in targets), target


def test_the_article_can_be_cited(page: BeautifulSoup) -> None:
    """In words, and for Zotero as a newspaper article."""
    day = "11 March 2019".replace(" ", "\N{NO-BREAK SPACE}")
    assert f"“Port Kester closes after a night of warnings.” Tidewater Post, {day}." in page.get_text()
    coins = parse_qs(page.select_one(".Z3988")["title"])
    assert coins["rft.type"] == ["newspaperArticle"] and coins["rft.date"] == ["2019-03-11"]
    assert coins["rft.source"] == ["Tidewater Post"]


def test_an_uncertain_date_is_not_cited_as_a_day(pages: dict[str, BeautifulSoup]) -> None:
    """COinS and JSON-LD have no word for an interval: they say nothing."""
    page = pages["crane-inspected"]
    assert "rft.date" not in page.select_one(".Z3988")["title"]
    assert "datePublished" not in json.loads(page.select_one("script[type]").string)


def test_layers_offer_what_the_article_has(pages: dict[str, BeautifulSoup]) -> None:
    """One switch for each kind of annotation there is, all but events on, and the plain text."""
    boxes = pages["port-closed"].select(".layers input")
    assert [b["id"] for b in boxes if b.has_attr("checked")] == [
        "layer-entity",
        "layer-quotation",
        "layer-time",
        "layer-citation",
    ]
    assert [b["id"] for b in boxes if not b.has_attr("checked")] == ["layer-event", "layer-confirmed", "layer-plain"]
    assert not pages["crane-inspected"].select("#layer-citation, #layer-event, #layer-confirmed")


def weight(path: str, page: BeautifulSoup) -> int:
    """What a browser fetches for a page: it, its sheets and its scripts, compressed."""
    files = {f.path: f.content for f in assets.render(sample.archive(), open_site(sample.CONFIG))}
    linked = [tag.get("href") or tag["src"] for tag in page.select('link[rel="stylesheet"], script[src]')]
    assert len(linked) == 3
    contents = [str(page).encode(), *(files[resolved(path, href)] for href in linked)]
    return sum(len(gzip.compress(content)) for content in contents)


def test_a_page_is_light() -> None:
    """Below 30 KB with all it needs, also with 120 quotations; half of that with a few."""
    path = "articles/answers/index.html"
    assert weight(path, many(10)[path]) < 15_000
    assert weight(path, many(120)[path]) < 30_000
