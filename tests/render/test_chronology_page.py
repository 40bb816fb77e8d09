"""The chronology says when, how surely, and who disagrees."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from builder.model.archive import ChronologyRecord
from builder.render.pages import chronology
from builder.render.places import Places
from builder.render.strip import strip
from builder.render.template import open_site
from builder.render.years import certainty, months, year_label
from tests.render import registers_fixture as made


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
    assert words(page.select_one("#c-first .why")) == "Why there is no date: “when” names no date."


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
        strip([record("a", "1683", "1683-01-01", "1683-12-31"), record("b", "2014", "2014-01-01", "2014-12-31")]),
        "html.parser",
    )
    assert len(drawn.select(".cut")) == 1
    assert len(drawn.select(".column")) == 2


def test_nothing_dated_draws_nothing():
    """An empty strip would say something."""
    assert strip([record("a", None)]) == ""


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
        (folder / "assets/css/40-chronology.css").read_text("utf-8") for folder in open_site(made.CONFIG).folders
    )


def test_a_long_chronology_is_split_and_every_row_can_be_linked():
    """No page has more than 500 rows; years lead to the page they begin on."""
    archive = made.large(events=1200, names=0)
    found = pages(archive)
    assert sorted(found) == [f"chronology/{p}index.html" for p in ("", "page/2/", "page/3/")]
    assert all(len(p.select("li.row")) <= 500 for p in found.values())
    places = Places(archive)
    for event in archive.chronology[::97]:
        path, fragment = places.event(event.id).split("#")
        assert found[path].find(id=fragment)
    last = found["chronology/index.html"].select("nav.years a")[-1]
    assert last["href"] == "page/3/index.html#y2009"


def test_a_year_alone_is_no_january():
    """What is known by year only stands before the year's months."""
    rows = [record("year", "2020", "2020-01-01", "2020-12-31"), record("day", "2020-01-05", "2020-01-05", "2020-01-05")]
    assert [(g.label, [r.id for r in g.items]) for g in months(rows)] == [
        ("2020, month not known", ["year"]),
        ("January 2020", ["day"]),
    ]


def test_years_before_the_first_are_bc():
    """Astronomical year 0 is 1 BC."""
    assert [year_label(y) for y in (1, 0, -43)] == ["1", "1 BC", "44 BC"]


def test_an_empty_chronology_says_so():
    """The first day of an archive has a page too."""
    assert "Happenings appear here as soon as" in words(pages(made.empty())["chronology/index.html"].main)
