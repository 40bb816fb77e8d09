"""The registers of names, quotations and sources say everything they know, and no more."""

from __future__ import annotations

from itertools import combinations
from math import dist
from posixpath import dirname, join, normpath
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from msgspec.structs import replace

from builder.link.entity_records import MOST_SEEN_WITH
from builder.model.archive import (
    Archive,
    EntityRecord,
    Occurrence,
    QuotationOccurrence,
    QuotationRecord,
    Relay,
    SourceRecord,
)
from builder.render.differ import compare, differs
from builder.render.graph import MOST, Edge, Node, diagram, ego
from builder.render.pages import continued, entities, entity, quotations, sources
from builder.render.pages.entity import identifier
from builder.render.pages.shelf import shelf
from builder.render.paging import Group, alphabetical, letter, paged, sort_key
from builder.render.places import Places
from builder.render.speakers import as_told, voiced
from builder.render.template import open_site
from builder.render.words import Words
from tests.render import registers_fixture as made

ENGLISH = Words()


def pages(renderer, archive):
    """Path -> parsed page."""
    site = open_site(made.CONFIG)
    return {file.path: BeautifulSoup(file.content, "html.parser") for file in renderer.render(archive, site)}


@pytest.fixture(scope="module")
def names():
    return pages(entities, made.archive())


@pytest.fixture(scope="module")
def said():
    return pages(quotations, made.archive())["quotations/index.html"]


@pytest.fixture(scope="module")
def relied_on():
    return pages(sources, made.archive())


def words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text().split())


def test_registers_have_their_look(names, said, relied_on):
    """Every page of a register has the sheet that articles do without."""
    for page in (*names.values(), said, *relied_on.values()):
        sheets = [link["href"] for link in page.select("link[rel=stylesheet]")]
        assert [href.rsplit("/", 1)[1] for href in sheets] == ["style.css", "registers.css"]


def test_every_name_has_a_page_and_a_line_in_the_register(names):
    """A name can be reached from the register."""
    links = {a["href"] for a in names["entities/index.html"].select(".entries a")}
    for id_ in made.archive().entities:
        assert f"{id_}/index.html" in links
        assert f"entities/{id_}/index.html" in names


def test_another_name_leads_to_the_one_it_is_known_by(names):
    """An alias stands at its own letter and says “see”."""
    line = next(li for li in names["entities/index.html"].select(".entries li") if words(li).startswith("Captain"))
    assert words(line) == "Captain Tolland see Mira Tolland"


def test_a_kind_has_a_register_of_its_own(names):
    """Kinds are pages, so that they work without a script."""
    page = names["entities/kind/account/index.html"]
    assert [words(a) for a in page.select(".entries a")] == ["@openbooks", "@sluicewatch"]


def test_a_mention_stands_in_its_words_and_links_to_its_place(names):
    """The concordance leads to the very annotation."""
    line = names["entities/mira-tolland/index.html"].select(".concordance li")[1]
    assert (
        words(line)
        == "… Oudeveer was opened on 3 March 2021, said Mira Tolland, the harbour master. confirmed by an editor"
    )
    assert line.a["href"] == "../../articles/sluice/index.html#m1"


def test_what_a_source_says_reads_as_sentences_and_a_name_as_a_concordance(names, relied_on):
    """Whole sentences in a column of their own would leave holes beside them."""
    lists = [page.select(".concordance") for pages in (names, relied_on) for page in pages.values()]
    running = [("running" in ul["class"]) for found in lists for ul in found]
    assert running == sorted(running)
    assert set(running) == {False, True}


def test_an_account_is_never_a_link_unless_the_editor_says_so(relied_on):
    """The address of an account is shown as words."""
    address = relied_on["sources/s-watch/index.html"].select_one("dd.address")
    assert address.a is None
    assert words(address) == "https://example.org/@sluicewatch named, not linked"


def test_what_only_folded_articles_cite_is_no_link():
    """The page of a web address that a threat leads to names it; one that any other article cites is a link."""
    folded = next(a.slug for a in made.archive().articles if a.sensitive)
    plain = next(a.slug for a in made.archive().articles if not a.sensitive)
    for slugs, links in (((folded,), 0), ((folded, plain), 1)):
        places = tuple(Occurrence(slug, "c-1") for slug in slugs)
        web = SourceRecord("threat", "example.org/threat", "web", places, url="https://example.org/threat")
        found = pages(sources, replace(made.archive(), sources={"threat": web}, relays=()))
        assert len(found["sources/threat/index.html"].select(".address a")) == links


def test_a_known_scheme_links_and_an_unknown_one_does_not():
    """Nothing is guessed about an identifier's address."""
    assert identifier("wikidata", "Q42").url == "https://www.wikidata.org/wiki/Q42"
    assert identifier("parish-register", "12").url == ""


def test_those_named_together_are_no_more_than_that(names):
    """Co-mention is called by its name."""
    company = names["entities/mira-tolland/index.html"].select_one("section.company")
    assert "Co-mentioned, no more than that: each number counts the articles that name both." in words(company)
    assert len(company.select("ol li")) == 42


def test_the_drawing_is_no_more_than_a_hundred_dots():
    """Beyond a hundred only the list goes on."""
    crowd = [Node(f"n{n}", f"Name {n}") for n in range(130)]
    drawn = BeautifulSoup(ego(Node("me", "Me"), crowd, {("n0", "n1"): 1}, "Title", "Note"), "html.parser")
    assert len(drawn.select(".node:not(.hub)")) == 100
    assert len(drawn.select("line.tie")) == 1


def test_lines_that_nobody_could_follow_are_left_out_all_alike():
    """Where all are named with all, only those who share more are joined; no line is picked over its equals."""
    crowd = [Node(f"n{n}", f"Name {n}") for n in range(20)]
    every = {(a.id, b.id): 1 for a, b in combinations(crowd, 2)}
    assert ego(Node("me", "Me"), crowd, every, "Title", "Note").count('class="tie"') == 0
    assert ego(Node("me", "Me"), crowd, {**every, ("n0", "n1"): 2}, "Title", "Note").count('class="tie"') == 1


def test_dots_stand_in_rings_and_keep_apart():
    """However many there are, no dot lies on another."""
    for count in (3, 14, 20, 25, 57, 100):
        crowd = [Node(f"n{n}", f"Name {n}") for n in range(count)]
        drawn = BeautifulSoup(ego(Node("me", "Me"), crowd, {}, "Title", "Note"), "html.parser")
        spots = [(float(c["cx"]), float(c["cy"])) for c in drawn.select("circle")]
        assert len(spots) == count + 1
        assert min(dist(a, b) for a, b in combinations(spots, 2)) >= 18, count


def test_a_sensitive_name_is_folded_wherever_it_stands(names):
    """Its page's title, the register and other names' lists show the warning; the name is inside the fold."""
    own = names["entities/letter-writer/index.html"]
    assert words(own.h1) == "Someone who made threats."
    assert "Letter Writer" not in own.title.get_text()
    for path, page in names.items():
        for found in page.find_all(string=lambda s: "The Letter Writer" in s):
            assert found.find_parent("details", class_="sensitive"), path


def test_what_is_from_a_sensitive_article_is_folded(names):
    """Mentions in it stand behind the article's warning."""
    page = names["entities/letter-writer/index.html"]
    assert "This article reprints a threat." in {words(s) for s in page.select("details.sensitive summary")}


def test_quotations_that_name_someone_are_found_by_whole_words():
    """A name inside another word is no mention, and pronouns are none."""
    entity = EntityRecord(
        "ann", "Ann", "person", (Occurrence("a", "m1", exact="Ann"), Occurrence("a", "m2", exact="she"))
    )
    records = {
        "q1": QuotationRecord("q1", "", "direct", (QuotationOccurrence("a", "x", "Ann said she knew", "direct"),)),
        "q2": QuotationRecord("q2", "", "direct", (QuotationOccurrence("a", "y", "Annual, she thought", "direct"),)),
        "q3": QuotationRecord("q3", "", "direct", (QuotationOccurrence("b", "z", "Ann elsewhere", "direct"),)),
    }
    empty = made.empty()
    archive = type(empty)((), {"ann": entity}, records, {}, (), (), empty.open)
    assert shelf(archive).quotations_naming(entity) == ("q1",)


def test_speakers_stand_in_order_and_the_unknown_last():
    """Known names, then where articles disagree, then the unnamed, then nobody."""
    assert [v.standing for v, _ in voiced(made.archive(), ENGLISH)] == ["named", "disputed", "unnamed", "unknown"]


def test_what_someone_said_stands_as_articles_tell_it():
    """What several articles share comes first, then one article after the other, each in the order of its text."""

    def said(id_, *places):
        told = (QuotationOccurrence(slug, id_, "", "direct", number=at) for slug, at in places)
        return QuotationRecord(id_, "", "direct", tuple(told))

    records = [
        said("a", ("new", 30)),
        said("b", ("old", 5)),
        said("c", ("old", 70), ("new", 90)),
        said("d", ("new", 4)),
    ]
    assert [q.id for q in sorted(records, key=as_told(["new", "old"].index))] == ["c", "d", "a", "b"]


def test_a_quotation_of_two_articles_shows_both_wordings(said):
    """The words that differ are marked, and each wording links to its article and names its speaker."""
    first, second = said.select("#q-gates .versions > li")
    assert [words(i) for i in first.select("ins")] == ["[here: second]"]
    assert [words(d) for d in first.select("del")] == ["[not here: had]", "[not here: third]"]
    assert second.select("ins, del") == []
    assert first.a["href"] == "../articles/sluice/index.html#q1"
    assert "said by Mira Tolland, as “she”, passed on by Veer Courier" in words(first)


def test_a_heading_is_not_said_again_below_it(said):
    """Under its speaker a quotation names nobody but who passes it on, and the words it gives the speaker."""
    single = [q for q in said.select(".voice .quotation") if not q.select(".versions")]
    heads = [words(q.find_parent("section").h2) for q in single]
    assert heads and not [h for h, q in zip(heads, single, strict=True) if h in [words(a) for a in q.select(".meta a")]]
    assert not [words(q) for q in single if "said by" in words(q) or "no speaker named" in words(q)]


def test_disagreement_about_the_speaker_is_visible(said, names):
    """Nobody is chosen; each speaker's page shows it as disputed."""
    assert "they name different speakers" in words(said.select_one("#q-torn"))
    assert "Some articles name Mira Tolland as the speaker of these, others someone else" in words(
        names["entities/mira-tolland/index.html"].main
    )


def test_a_sensitive_quotation_is_folded(said):
    """Its words are behind the warning."""
    folded = said.select_one("#q-drown > details.sensitive")
    assert words(folded.summary) == "A threat."
    assert "You will all drown" in words(folded)


def test_marks_and_capitals_are_no_difference():
    """The same words in other typography are the same words."""
    assert not differs(compare("we opened the gates", "“We opened the gates,”"))


def test_a_long_cut_is_counted_not_printed():
    """A reader need not read what an article left out in order to know that it did."""
    pieces = compare("one two three four five six seven eight nine", "one nine")
    assert [(p.kind, p.words, p.cut) for p in pieces] == [("same", 1, False), ("missing", 7, True), ("same", 1, False)]


def test_both_wordings_can_be_read_off_the_pieces():
    """What is same or only here is this wording; what is same or missing is the fullest."""
    fullest, this = "the water had reached the third mark", "the water reached the second mark"
    pieces = compare(fullest, this)
    assert " ".join(p.text for p in pieces if p.kind != "missing") == this
    assert " ".join(p.text for p in pieces if p.kind != "only") == fullest


def test_the_unnamed_stand_under_their_article_each_by_itself(relied_on):
    """They are last, and say which article they are of."""
    last = relied_on["sources/index.html"].select("section.kind")[-1]
    assert words(last.h2) == "Unnamed, by article"
    assert "Who opened the sluice?" in words(last.select_one("li.heading"))


def test_who_reports_whom_is_a_drawing_and_a_list(relied_on):
    """The list says what the drawing shows, and links to every place."""
    section = relied_on["sources/index.html"].select_one("section.relays")
    assert len(section.select("svg path.arc")) == len(made.relays())
    assert len(section.select("svg path.unsure")) == 2
    lines = [words(li) for li in section.select(".relay-list > li")]
    assert "Veer Courier passes on Mira Tolland in Who opened the sluice?, confirmed by an editor" in lines


def test_a_drawing_says_what_it_shows():
    """Without eyes for it, the description names every arrow; what is unknown is not drawn."""
    svg = BeautifulSoup(
        diagram([Node("a", "A <b>"), Node("c", "C")], [Edge("a", "c"), Edge("a", "gone")], ENGLISH), "html.parser"
    )
    assert svg.find("desc").get_text() == "A <b> passes on C."
    assert svg.find("b") is None


def test_reports_in_a_circle_are_drawn_too():
    """Two who report each other do not hang the build."""
    svg = BeautifulSoup(
        diagram([Node("a", "A"), Node("b", "B")], [Edge("a", "b"), Edge("b", "a")], ENGLISH), "html.parser"
    )
    assert len(svg.select("path.arc")) == 2


def test_long_registers_are_split_and_every_record_can_be_linked():
    """The place of each quotation is the page it is on."""
    archive = made.large(events=0, names=500)
    found = pages(quotations, archive)
    assert len(found) > 1
    places = Places(archive, ENGLISH)
    for id_ in archive.quotations:
        path, fragment = places.quotation(id_).split("#")
        assert found[path].find(id=fragment) is not None


def test_no_page_holds_more_than_its_limit_and_none_is_lost():
    """Small groups stay whole; a group larger than a page is cut and goes on."""
    groups = [Group("a", "A", tuple(range(3))), Group("b", "B", tuple(range(4))), Group("c", "C", tuple(range(12)))]
    found = paged(groups, 5, "x/")
    assert [[(g.label, len(g.items), g.continued) for g in p.groups] for p in found] == [
        [("A", 3, False)],
        [("B", 4, False), ("C", 1, False)],
        [("C", 5, True)],
        [("C", 5, True)],
        [("C", 1, True)],
    ]
    assert [p.folder for p in found[:2]] == ["x/", "x/page/2/"]


def test_an_index_files_names_as_a_printed_one_does():
    """Accents, marks and figures have their places; any script has its own letters."""
    assert [letter(n) for n in ("École", "@watch", "1953", "…", "نور")] == ["E", "W", "0–9", "#", "ن"]
    assert sort_key("Item 9") < sort_key("Item 10")
    assert [g.label for g in alphabetical(["zed", "9", "!", "abe"], str)] == ["A", "Z", "0–9", "#"]


@pytest.mark.parametrize("renderer", [entities, quotations, sources])
def test_an_empty_register_says_so(renderer):
    """The first day of an archive has pages too."""
    found = pages(renderer, made.empty())
    assert len(found) == 1
    assert "appear here as soon as" in words(next(iter(found.values())).main)


@pytest.mark.parametrize("renderer", [entities, quotations, sources])
def test_no_page_has_an_id_twice_or_anything_inline(renderer):
    """A strict content security policy holds."""
    for path, page in pages(renderer, made.archive()).items():
        ids = [tag["id"] for tag in page.select("[id]")]
        assert len(ids) == len(set(ids)), path
        assert page.select("[style], [onclick], style") == []
        assert [s.get("type") for s in page.select("script:not([src])")] == ["application/ld+json"]


def test_names_cannot_become_markup():
    """What an article says is text, whatever it looks like."""
    record = EntityRecord(
        "x", "<script>alert(1)</script>", "person", (Occurrence("sluice", "m", "<b>", "<i>", "</p>"),)
    )
    base = made.archive()
    archive = type(base)(base.articles, {"x": record}, {}, {}, (), (), base.open)
    page = pages(entities, archive)["entities/x/index.html"]
    assert [s.get("type") for s in page.select("script:not([src])")] == ["application/ld+json"]
    assert page.select("b, i") == []


def test_a_long_list_of_a_name_goes_on_in_pages_of_its_own():
    """Its page keeps the beginning and leads to the whole; a list a few longer than that stays as it is."""
    short, long = (continued.parts("entities/x/", [("said", "What they said", range(n))])["said"] for n in (30, 31))
    assert (len(short.shown), short.folder) == (30, "")
    assert (len(long.shown), long.path) == (continued.SHOWN, "entities/x/said/index.html")
    base = made.large(events=0, names=240)
    said = tuple(id_ for id_ in base.quotations if id_.startswith("q-0"))
    record = replace(base.entities["mira-tolland"], quotations=said)
    found = pages(entities, replace_entity(base, record))
    own = found["entities/mira-tolland/index.html"]
    assert len(own.select_one("section[aria-labelledby=said] .quoted").select("li")) == continued.SHOWN
    assert own.select_one("p.more a")["href"] == "said/index.html"
    whole = [found[f"entities/mira-tolland/said/{n}index.html"] for n in ("", "page/2/", "page/3/")]
    assert [len(page.select(".quoted > li")) for page in whole] == [100, 100, 40]


def replace_entity(base, record):
    return Archive(
        base.articles, {record.id: record}, base.quotations, base.sources, base.relays, base.chronology, base.open
    )


def test_who_reports_whom_is_paged_when_long():
    """The register keeps those that occur most and leads to all of them."""
    base = made.archive()
    sources_ = {f"s-{n:03}": SourceRecord(f"s-{n:03}", f"Source {n}", "named", ()) for n in range(121)}
    told = (Occurrence("sluice", "q", "", "", ""),)
    relays = tuple(Relay("s-000", f"s-{n:03}", told) for n in range(1, 121))
    archive = Archive(base.articles, base.entities, base.quotations, sources_, relays, base.chronology, base.open)
    found = pages(sources, archive)
    first = found["sources/index.html"].select_one("section.relays")
    assert len(first.select(".relay-list > li > ul > li")) == 40
    assert first.select_one("p.note a")["href"] == "relays/all/index.html"
    rest = [found["sources/relays/all/index.html"], found["sources/relays/all/page/2/index.html"]]
    assert [len(page.select(".relay-list > li > ul > li")) for page in rest] == [100, 20]


def test_an_article_stands_once_above_what_it_alone_reports():
    """Where one reporter's words are all in one article, the list does not say so at every line."""
    archive = made.archive()
    place = (Occurrence("sluice", "q", "", "", ""),)
    relays = tuple(Relay("veer-courier", reported, place) for reported in list(archive.sources)[:2])
    page = pages(sources, Archive(archive.articles, archive.entities, {}, archive.sources, relays, (), archive.open))
    text = words(page["sources/index.html"].select_one(".relay-list"))
    assert text.count(next(a.title for a in archive.articles if a.slug == "sluice")) == 1


def test_the_lines_of_two_who_report_lie_apart():
    """Each reporter has a lane of its own where their lines would lie on each other, and is followed by its own."""
    nodes = [Node(n, n.upper()) for n in "abcdef"]
    edges = [Edge("a", "d"), Edge("a", "e"), Edge("b", "e"), Edge("b", "f"), Edge("d", "c")]
    svg = BeautifulSoup(diagram(nodes, edges, ENGLISH), "html.parser")
    assert [words(t) for t in svg.select("text")] == ["A", "E", "D", "C", "B", "F"]
    lanes = [path["d"].split("Q")[1].split()[0] for path in svg.select(".arc")]
    assert len(set(lanes)) == 3 and lanes[0] == lanes[1] and lanes[2] == lanes[3]


def test_letters_lead_to_every_page_of_quotations():
    """A page lists its own speakers; the letters, and those without a name, lead to the others."""
    archive = made.large(events=0, names=240)
    found = pages(quotations, archive)
    for path, page in found.items():
        targets = [a["href"] for a in page.select("nav.letters a")]
        assert targets and len(page.select(".index li")) in (0, len(page.select("section.voice")))
        for target in targets:
            place, fragment = normpath(join(dirname(path), target.split("#")[0] or "index.html")), target.split("#")[1]
            assert found[place].find(id=fragment) is not None


def test_a_quotation_leads_to_the_day_it_tells_of():
    """Who, where else and when stand together: the date links to its row in the chronology."""
    archive = made.archive()
    record = next(e for e in archive.chronology if e.quotations)
    page = pages(quotations, archive)["quotations/index.html"]
    assert page.find(id=record.quotations[0]).select(f'a[href$="#{record.id}"]')


def test_a_tie_is_drawn_where_only_one_of_two_lists_the_other() -> None:
    """A name that is named with very many lists no more than those it shares most with; they may list it."""
    company = {
        "many": {f"n{n}": 2 for n in range(MOST)},
        "one": {"many": 1, "two": 1},
        "two": {"one": 1},
    }
    ties = entity._ties([Node(id_, id_) for id_ in company], SimpleNamespace(company=company))  # type: ignore[arg-type]
    assert list(ties.items()) == [(("many", "one"), 1), (("one", "two"), 1)]
    assert MOST_SEEN_WITH >= MOST, "who lists fewer than a drawing has lists all"
