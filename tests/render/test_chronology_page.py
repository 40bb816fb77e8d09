"""The chronology says when, how surely, and who disagrees."""

from __future__ import annotations

import gzip

import msgspec
import pytest
from bs4 import BeautifulSoup

from builder.link.chronology import row as register_row
from builder.model.annotation import Event
from builder.model.archive import ChronologyRecord, Occurrence
from builder.render.dates import certainty
from builder.render.pages import chronology
from builder.render.places import Places
from builder.render.strip import strip
from builder.render.template import open_site, packaged_templates
from builder.render.words import Words
from builder.render.years import LIMIT, ROW, YEARS, month_of, months, navigation, why, year_label
from builder.render.years import pages as paged
from tests.render import chronicle_fixture as chronicle
from tests.render import registers_fixture as made

ENGLISH = Words()


def pages(archive):
    return {f.path: BeautifulSoup(f.content, "html.parser") for f in chronology.render(archive, open_site(made.CONFIG))}


@pytest.fixture(scope="module")
def page():
    return pages(made.archive())["chronology/index.html"]


def words(tag) -> str:
    return " ".join(tag.get_text().split())


def record(id_: str, edtf: str | None, first: str = "", last: str = "") -> ChronologyRecord:
    return ChronologyRecord(id_, id_, edtf, (), first, last)


def test_rows_stand_by_year_and_month_and_what_is_known_by_year_first(page):
    """The order is that of the register."""
    assert [words(h) for h in page.select(".year > h2")] == ["1953", "2019", "2021", "Without a date"]
    assert [li["id"] for li in page.select("li.row")] == [r.id for r in made.chronology()]


def test_only_what_html_can_hold_is_a_time(page):
    """A doubtful or open date is a label with its EDTF value, and says so in words."""
    assert page.select_one("#c-opened-3 time")["datetime"] == "2021-03-03"
    doubtful = page.select_one("#c-begun .when")
    assert doubtful.find("time") is None
    assert doubtful.select_one("[data-edtf]")["data-edtf"] == "2019~"
    assert words(doubtful) == "about 2019 uncertain"
    assert words(page.select_one("#c-since .when")) == "from March 2021 on open"


@pytest.mark.parametrize(
    ("edtf", "sure"),
    [
        ("2021-03-03", "certain"),
        ("2021", "certain"),
        ("2021-03-03/2021-03-05", "certain"),
        ("2021?", "uncertain"),
        ("201X", "uncertain"),
        ("[2020,2021]", "uncertain"),
        ("2014-09/..", "open"),
        ("../2014", "open"),
        ("2014/", "open"),
        (None, "undated"),
    ],
)
def test_certainty_is_read_off_the_value(edtf, sure):
    """Coarse is not uncertain; a missing end is open."""
    assert certainty(edtf) == sure


def test_a_row_leads_to_its_sentence_and_its_people(page):
    """The title links to the annotation, names to their pages."""
    row = page.select_one("#c-opened-3")
    assert row.select_one(".title a")["href"] == "../articles/sluice/index.html#e-c-opened-3"
    assert [a["href"] for a in row.select("a.entity")] == [
        "../entities/mira-tolland/index.html",
        "../entities/oudeveer/index.html",
    ]


def test_what_has_no_date_says_why(page):
    """Undated happenings are apart, each with its reason."""
    assert words(page.select_one("#c-first .why")) == "No publication date is known to count “when” from."


@pytest.mark.parametrize(
    ("when", "published", "told"),
    [
        ("Monday", "", "No publication date is known to count “Monday” from."),
        ("one of these days", "2021", "“one of these days” names no day, month or year."),
        ("two days after the flood", "2021", "The article gives no date from which “two days after the flood” could"),
        ("the day before the vote", "", "The article gives no date from which “the day before the vote” could be"),
    ],
)
def test_the_reason_is_the_one_that_holds(when, published, told):
    """What counts from a happening would not be dated by a publication date either; the register says the same."""
    where = Occurrence("sluice", "e", "", "", "")
    event = Event("e", 0, 1, "x", "x", None, "t", (), (), "test", 1.0)
    row = register_row("sluice", event, where, when, published or None, (), ())
    articles = {"sluice": msgspec.structs.replace(made.archive().articles[0], slug="sluice", published=published)}
    assert why(row, articles, ENGLISH).startswith(told)
    assert row.why == why(row, articles, ENGLISH)


def test_articles_that_disagree_stand_side_by_side(page):
    """Both rows show both dates."""
    for id_, other in (("c-opened-3", "c-opened-4"), ("c-opened-4", "c-opened-3")):
        box = page.select_one(f"#{id_} .disagrees")
        assert "Articles disagree about the date" in words(box)
        assert "3 March 2021" in words(box)
        assert "possibly 4 March 2021" in words(box)
        assert box.select_one(f'a[href="#{other}"]')


def test_a_sensitive_row_is_folded(page):
    """The date shows, the words wait."""
    row = page.select_one("#c-letter")
    assert words(row.select_one("details.sensitive summary")) == "A threat."
    assert row.select_one("details.sensitive .title")


def test_the_strip_is_one_image_with_words(page):
    """It has a title and says what it shows."""
    svg = page.select_one("figure.strip svg")
    assert svg["role"] == "img"
    assert svg.find("title").get_text() == "Happenings over time"
    said = svg.find("desc").get_text()
    assert said.startswith("From 1953 to 2021: 6 dated happenings.")
    assert "Stretches without any are cut out." in said
    assert svg.select("a, [style], [id]") == []


def test_an_empty_stretch_is_cut_out_of_the_strip():
    """Centuries between two years do not push them together."""
    drawn = BeautifulSoup(
        strip(
            [record("a", "1683", "1683-01-01", "1683-12-31"), record("b", "2014", "2014-01-01", "2014-12-31")], ENGLISH
        ),
        "html.parser",
    )
    assert len(drawn.select(".cut")) == 1
    assert len(drawn.select(".column")) == 2


def test_nothing_dated_draws_nothing():
    """An empty strip would say something."""
    assert strip([record("a", None)], ENGLISH) == ""


def test_a_row_can_be_narrowed_to_by_what_it_carries(page):
    """Every choice that is offered stands on some row as a class, and the style sheet knows it."""
    css = (made_css()).replace(" ", "")
    for option in page.select(".choices option[value]"):
        if option["value"]:
            assert f'option[value="{option["value"]}"]' in css
        if option["value"][:1] in "ae" and option["value"][1:].isdigit():
            assert page.select(f".row.{option['value']}")


def made_css() -> str:
    return next(
        (folder / "assets/css/registers/40-chronology.css").read_text("utf-8")
        for folder in open_site(made.CONFIG).folders
    )


@pytest.fixture(scope="module")
def long():
    """The pages of five thousand happenings, four hundred of them undated."""
    archive = chronicle.archive()
    site = open_site(chronicle.CONFIG)
    return archive, {f.path: f.content for f in chronology.render(archive, site)}


def test_a_long_chronology_is_split_and_every_row_can_be_linked(long):
    """No page has more rows than anyone walks through; each row stands once, where links to it lead."""
    archive, found = long
    parsed = {path: BeautifulSoup(content, "html.parser") for path, content in list(found.items())[::9]}
    assert all(0 < len(p.select("li.row")) <= LIMIT // ROW for p in parsed.values())
    rows = b"".join(found.values()).count(b'<li class="row')
    assert rows == len(archive.chronology) == 5000
    places = Places(archive, ENGLISH)
    for event in archive.chronology[::97]:
        path, fragment = places.event(event.id).split("#")
        assert f'id="{fragment}"'.encode() in found[path]


def test_a_page_of_a_long_chronology_stays_light(long):
    """With the style sheets, no page takes 30 KB on the way."""
    _, found = long
    folder = open_site(chronicle.CONFIG).folders[-1] / "assets/css"
    sheets = len(gzip.compress(b"".join(file.read_bytes() for file in sorted(folder.rglob("*.css")))))
    assert max(len(gzip.compress(content)) for content in found.values()) + sheets < 30_000


def stops(page) -> list:
    """What the Tab key comes to; nothing inside a closed fold but its summary."""
    found = page.select("a[href], select, input, button, summary")
    return [one for one in found if one.name == "summary" or not one.find_parent("details")]


def test_a_page_of_a_long_chronology_can_be_walked_through(long):
    """No page has more than five hundred tab stops, also where every row names a dozen people."""
    archive, found = long
    people = tuple(archive.entities)[:12]
    crowd = [msgspec.structs.replace(r, participants=people) for r in archive.chronology[:400]]
    crowded = pages(msgspec.structs.replace(archive, chronology=tuple(crowd)))
    parsed = [BeautifulSoup(content, "html.parser") for content in list(found.values())[::9]]
    assert max(len(stops(page)) for page in [*parsed, *crowded.values()]) <= 500
    assert sum(len(page.select("li.row")) for page in crowded.values()) == 400


def test_a_row_leads_to_its_sentence_once(long):
    """Where one article tells it, the headline is the link, and the article is named beside it as plain words."""
    archive, found = long
    row = BeautifulSoup(found["chronology/index.html"], "html.parser").select("li.row")[1]
    slug = next(r.occurrences[0].article for r in archive.chronology if r.id == row["id"])
    assert len([a for a in row.select("a") if "articles/" in a["href"]]) == 1
    assert next(a.title for a in archive.articles if a.slug == slug) in words(row.select_one(".what"))


def test_centuries_of_years_are_led_to_by_decade_or_century():
    """No page leads to hundreds of years; each link stands where the first of its years begins."""
    rows = [record(str(y), f"{y:04}", f"{y:04}-01-01", f"{y:04}-12-31") for y in range(1801, 2001)]
    archive = msgspec.structs.replace(made.empty(), chronology=tuple(rows))
    decades = navigation(tuple(paged(archive, ENGLISH).values()), ENGLISH)
    assert len(decades) == 21 <= YEARS
    assert decades[1][1:] == ("1810s", 10)
    assert decades[1][0].endswith("#y1810")
    old = [record(f"b{y}", f"-{y:04}", f"-{y:04}-01-01", f"-{y:04}-12-31") for y in range(900, 0, -1)]
    archive = msgspec.structs.replace(made.empty(), chronology=(*old, *rows))
    centuries = navigation(tuple(paged(archive, ENGLISH).values()), ENGLISH)
    before = [f"{n}00s BC" for n in range(9, 0, -1)]
    assert [label for _, label, _ in centuries] == [*before, "1–99 BC", "1800s", "1900s", "2000s"]


def test_years_and_the_undated_are_linked_where_they_begin(long):
    """Also from the first page, where neither stands."""
    _, found = long
    first = BeautifulSoup(found["chronology/index.html"], "html.parser")
    last, apart = first.select("nav.years a")[-1], first.select_one(".dek a")
    for link in (last, apart):
        path, fragment = link["href"].split("#")
        assert f'<h2 id="{fragment}"'.encode() in found[f"chronology/{path}"]
    assert words(apart) == "400 without a date"


def test_what_articles_share_is_shown(long):
    """A row that stands for several articles says why, and leads to each of them."""
    _, found = long
    row = BeautifulSoup(found["chronology/index.html"], "html.parser").select_one("li.row")
    told = words(row.select_one(".what .note"))
    assert told.startswith("Taken for one happening. The articles share: date ")
    assert told.endswith("words “closed” and “harbour”.")
    assert len({a["href"] for a in row.select(".meta a") if "articles/" in a["href"]}) == 2


def test_an_editors_row_leads_to_the_source_it_rests_on():
    """Sources by their names, live addresses as links, other words as words."""
    own = ChronologyRecord("own", "It rained", "2021-03-02", (), "2021-03-02", "2021-03-02", citations=("s-watch",))
    found = pages(msgspec.structs.replace(made.archive(), chronology=(own,)))["chronology/index.html"]
    link = found.select_one("#own .note a")
    assert (link["href"], words(link)) == ("../sources/s-watch/index.html", made.archive().sources["s-watch"].name)


def test_a_year_alone_is_no_january():
    """What is known by year only stands before the year's months."""
    rows = [record("year", "2020", "2020-01-01", "2020-12-31"), record("day", "2020-01-05", "2020-01-05", "2020-01-05")]
    assert [(g.label, [r.id for r in g.items]) for g in months({month_of(r): [r] for r in rows}, ENGLISH)] == [
        ("2020, month not known", ["year"]),
        ("January 2020", ["day"]),
    ]


def test_a_year_alone_has_no_heading_but_its_own():
    """Beside months, what is known by year only is headed so; alone, it stands under the year."""
    alone, both = ("2020", "2020-01-01", "2020-12-31"), ("2021", "2021-01-01", "2021-12-31")
    rows = (record("a", *alone), record("b", *both), record("c", "2021-03-02", "2021-03-02", "2021-03-02"))
    found = pages(msgspec.structs.replace(made.empty(), chronology=rows))["chronology/index.html"]
    seen = [h.get_text() for h in found.select(".year :is(h2, h3):not(.visually-hidden)")]
    assert seen == ["2020", "2021", "Month not known", "March 2021"]


def test_the_strip_names_years_before_the_first_as_the_rows_do():
    """No minus sign, and no year 0."""
    rows = [record("old", "-0311", "-0311-01-01", "-0311-12-31"), record("new", "2018", "2018-01-01", "2018-12-31")]
    labels = [text.get_text() for text in BeautifulSoup(strip(rows, ENGLISH), "html.parser").select(".label")]
    assert labels == ["312 BC", "2018"]


def test_years_before_the_first_are_bc():
    """Astronomical year 0 is 1 BC."""
    assert [year_label(y, ENGLISH) for y in (1, 0, -43)] == ["1", "1 BC", "44 BC"]


def test_an_empty_chronology_says_so():
    """The first day of an archive has a page too."""
    assert "Happenings appear here as soon as" in words(pages(made.empty())["chronology/index.html"].main)


def test_rows_are_laid_out_before_a_reader_comes_to_them() -> None:
    """Placeholders of another height made links move while they were aimed at; a page has a hundred rows at most."""
    sheets = (packaged_templates() / "assets" / "css").glob("*.css")
    assert not [sheet.name for sheet in sheets if "content-visibility: auto" in sheet.read_text("utf-8")]
    assert LIMIT // ROW <= 100
