"""What every page promises, and the front page, the list of articles, the about page and the missing page."""

from __future__ import annotations

import json
import posixpath
import re
from functools import cache
from pathlib import Path

import msgspec
import pytest
from bs4 import BeautifulSoup
from jinja2 import UndefinedError

from builder.config import Theme
from builder.model.archive import Archive
from builder.problems import Problems
from builder.render import assets, links
from builder.render.environment import json_for_script
from builder.render.pages import about, article, articles, home, notfound
from builder.render.template import open_site
from tests.render import harbour_fixture as sample

RENDERERS = (home, articles, article, about, notfound)
EMPTY = Archive((), {}, {}, {}, (), (), lambda slug: sample.closing().linked())


@cache
def plain() -> dict[str, BeautifulSoup]:
    """The pages of the three articles, nothing configured."""
    return pages(sample.archive())


def pages(archive: Archive, root: Path | None = None, **changes: object) -> dict[str, BeautifulSoup]:
    site = open_site(msgspec.structs.replace(sample.CONFIG, **changes), root)
    files = (file for renderer in RENDERERS for file in renderer.render(archive, site))
    return {file.path: BeautifulSoup(file.content, "html.parser") for file in files}


@pytest.mark.parametrize("archive", [sample.archive(), EMPTY], ids=["three articles", "empty"])
def test_every_page_stands_on_its_own(archive: Archive) -> None:
    """Language, one heading, description, JSON-LD, a way past the menu; no script or style inside."""
    for path, page in pages(archive).items():
        assert page.html["lang"] == "en", path
        assert len(page.select("h1")) == len(page.select("main")) == 1, path
        assert page.select_one('meta[name="description"]')["content"], path
        assert page.select_one("a.skip")["href"] == "#main", path
        assert [s["type"] for s in page.select("script:not([src])")] == ["application/ld+json"], path
        additions = [(posixpath.basename(s["src"]), s.has_attr("defer")) for s in page.select("script[src]")]
        assert {("preview.js", True), ("copy.js", True)} >= set(additions), path
        assert not page.select("[style], style, [onclick]"), path
        json.loads(page.select_one("script[type]").string)


def test_no_link_is_absolute() -> None:
    """All links within the site are relative and name a file, so that it works from a folder on disk."""
    for path, page in plain().items():
        for tag in page.select("a[href], link[href]"):
            href = tag["href"]
            if not href.startswith("https://") and not href.startswith("mailto:"):
                assert not href.startswith("/") and not href.endswith("/"), (path, href)


def test_a_base_url_makes_addresses_public() -> None:
    """With a base URL canonical, Open Graph and JSON-LD name the public address."""
    page = pages(sample.archive(), base_url="https://example.org/papers/")["articles/port-closed/index.html"]
    public = "https://example.org/papers/articles/port-closed/"
    assert page.select_one('link[rel="canonical"]')["href"] == public
    assert page.select_one('meta[property="og:url"]')["content"] == public
    assert json.loads(page.select_one("script[type]").string)["@id"] == public


def test_without_a_base_url_no_page_claims_an_address() -> None:
    """A canonical link must be absolute, and nothing is known that it could begin with."""
    for path, page in plain().items():
        assert not page.select('link[rel="canonical"], meta[property="og:url"], meta[property="og:image"]'), path
        data = json.loads(page.select_one("script[type]").string)
        assert not data.get("url") and not data.get("@id") and not data.get("isPartOf", {}).get("url"), path


def test_the_missing_page_works_at_any_depth() -> None:
    """A host shows it for any address: with a base URL its links begin at the host's root."""
    page = pages(sample.archive(), base_url="https://example.org/papers")["404.html"]
    assert page.select_one('link[rel="stylesheet"]')["href"] == "/papers/assets/style.css"


def test_the_menu_says_where_one_is() -> None:
    """The page itself is marked as the current page, its section from the pages below."""
    found = plain()
    assert found["articles/index.html"].select_one('nav [aria-current="page"]').get_text() == "Articles"
    assert found["articles/port-closed/index.html"].select_one('nav [aria-current="true"]').get_text() == "Articles"


def test_the_front_page_leads_everywhere() -> None:
    """Newest articles, numbers, whom they quote, what was printed more than once, and every register."""
    page = plain()["index.html"]
    targets = {a["href"] for a in page.select("main a")}
    registers = ("articles", "entities", "quotations", "sources", "chronology", "search", "about")
    assert {f"{name}/index.html" for name in registers} <= targets
    assert "sources/ada-kester/index.html" in targets
    assert "quotations/index.html#no-ship-will-leave" in targets
    assert "articles/port-closed/index.html" in targets


def test_what_is_folded_is_in_no_list() -> None:
    """Lists and descriptions show the warning of a folded article, never its dek."""
    for path, page in plain().items():
        assert "Words that must not be in any list" not in str(page), path
    listed = plain()["articles/index.html"].get_text()
    assert "A leaflet that threatens people, kept in full." in listed


def test_articles_stand_under_their_years() -> None:
    """Those without a date come last, and say so."""
    page = plain()["articles/index.html"]
    assert [h2.get_text() for h2 in page.select("h2")] == ["2019", "Date not known"]


def test_no_accuracy_is_claimed_that_was_not_measured(tmp_path: Path) -> None:
    """Figures come from the data file alone; without it the page says that there are none."""
    assert about.measures(tmp_path / "accuracy.toml") == ()
    (tmp_path / "accuracy.toml").write_text('[[measure]]\nwhat = "names"\nfigure = "F1 71 %"\ndata = "GUM news"\n')
    assert about.measures(tmp_path / "accuracy.toml") == (about.Measure("names", "F1 71 %", "GUM news"),)


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("", "This archive has named no address to write to yet."),
        ("desk@example.org", "Write to desk@example.org."),
        ("https://example.org/desk", "Write to https://example.org/desk."),
        ("Corrections: ring the harbour office.", "Corrections: ring the harbour office."),
    ],
)
def test_whom_to_write_to_is_told_in_whole_sentences(contact: str, told: str) -> None:
    """An address is written to; any other words stand as they were given; nobody is named twice."""
    page = pages(sample.archive(), contact=contact, editor="Nora Wex", publisher="Nora Wex", rights="CC0")[
        "about/index.html"
    ]
    words = " ".join(page.select_one("section[aria-labelledby=corrections]").get_text().split())
    assert words.endswith(f" what it should be. {told} Responsible: Nora Wex.")


def test_no_sentence_of_the_about_page_runs_into_the_next() -> None:
    """A template's line ends are no spaces where a statement stands before them."""
    page = pages(sample.archive(), rights="CC0", contact="desk@example.org", editor="Nora Wex")["about/index.html"]
    for text in (" ".join(p.get_text().split()) for p in page.select("main p")):
        assert not re.search(r"[a-z0-9]\.(?=[A-Z.])|CC0 A", text), text


def test_an_archive_overrides_a_template_and_a_sheet(tmp_path: Path) -> None:
    """A file of the same name in the archive's own templates/ wins; all others stay."""
    (tmp_path / "templates" / "assets" / "css").mkdir(parents=True)
    (tmp_path / "templates" / "404.html").write_text(
        '{% extends "base.html" %}{% block content %}Own words{% endblock %}'
    )
    (tmp_path / "templates" / "assets" / "css" / "90-own.css").write_text("/* mine */ body { color: red }")
    assert "Own words" in pages(sample.archive(), tmp_path)["404.html"].get_text()
    sheet = next(assets.render(EMPTY, open_site(sample.CONFIG, tmp_path))).content.decode()
    assert "body{color:red}" in sheet and "mine" not in sheet and "--measure" in sheet


def test_the_accent_is_the_archives() -> None:
    """Colours of the configuration come after the theme's own, dark ones only on a dark screen."""
    css = assets.theme(Theme("#123456", "#abcdef"))
    assert "--accent:#123456" in css and "dark){:root{--accent:#abcdef}}" in css
    assert assets.theme(Theme()) == ""


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        ("articles/a/index.html", "entities/b/index.html#x", "../../entities/b/index.html#x"),
        ("index.html", "articles/a/index.html", "articles/a/index.html"),
        ("articles/a/index.html", "articles/a/index.html#q 1", "#q%201"),
        ("articles/a/index.html", "#q-1", "#q-1"),
        ("about/index.html", "about/index.html", "index.html"),
        ("index.html", "entities/ä b/index.html", "entities/%C3%A4%20b/index.html"),
    ],
)
def test_links_are_relative(here: str, there: str, link: str) -> None:
    """From file to file, fragments kept, characters quoted."""
    assert links.relative(here, there) == link


def test_json_cannot_leave_its_script() -> None:
    """No string in JSON-LD ends the script element or opens another."""
    text = json_for_script({"a": "</script><!-- & \u2028"})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"a": "</script><!-- & \u2028"}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("{% extends 'base.html' %}\n{% block content %}\n{% if %}\n{% endblock %}", 3, "Expected an expression"),
        ("{% extends 'base.html' %}\n\n{% block content %}{{ nowhere }}{% endblock %}", 3, "'nowhere' is undefined"),
        ("{% extends 'base.html' %}{% block content %}\n{% include 'gone.html' %}{% endblock %}", 2, "“gone.html”"),
        ("{% extends 'base.html' %}{% block content %}\n{{ 1 + title }}{% endblock %}", 2, "unsupported operand"),
    ],
    ids=["syntax", "unknown name", "missing file", "wrong type"],
)
def test_a_mistake_in_an_archives_own_template_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    """No traceback: the file, the line, and what cannot be done there."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "about.html").write_text(text, "utf-8")
    with pytest.raises(Problems) as raised:
        pages(sample.archive(), tmp_path)
    (problem,) = raised.value.problems
    assert problem.where == f"templates/about.html:{line}" and what in problem.what


def test_a_template_or_sheet_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    """Old editors save other encodings."""
    (tmp_path / "templates" / "assets" / "css").mkdir(parents=True)
    own = tmp_path / "templates" / "about.html"
    own.write_bytes("{% extends 'base.html' %}\xe9".encode("latin-1"))
    with pytest.raises(Problems, match=r"templates/about\.html: not UTF-8"):
        pages(sample.archive(), tmp_path)
    (tmp_path / "templates" / "assets" / "css" / "90-own.css").write_bytes(b"/* \xe9 */")
    with pytest.raises(Problems, match=r"templates/assets/css/90-own\.css: not UTF-8"):
        list(assets.render(sample.archive(), open_site(sample.CONFIG, tmp_path)))


def test_a_mistake_of_our_own_is_not_put_on_the_archive(tmp_path: Path) -> None:
    """What fails outside the archive's templates stays an error of the program."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "about.html").write_text("{% extends 'base.html' %}", "utf-8")
    site = open_site(sample.CONFIG, tmp_path)
    with pytest.raises(UndefinedError):
        site.page("x/index.html", "articles.html", title="x")


def test_what_was_measured_is_told_in_the_archives_language() -> None:
    """Words and figures are set apart: the words are translated."""
    german = pages(sample.archive(), language="de")["about/index.html"]
    cells = {cell.get_text() for cell in german.select("section[aria-labelledby=accuracy] td")}
    assert "Wörtliche Zitate gefunden" in cells and not {m.what for m in about.measures(about.ACCURACY)} & cells


def test_articles_do_not_carry_the_registers_look() -> None:
    """What stands in `css/registers/` is published as a sheet of its own, after that of every page."""
    sheets = {file.path: file.content.decode() for file in assets.render(EMPTY, open_site(sample.CONFIG))}
    assert ".concordance" in sheets["assets/registers.css"] and ".concordance" not in sheets["assets/style.css"]
    assert sheets["assets/style.css"].startswith("@layer base,")  # which sets the order for both
    article_page = plain()["articles/port-closed/index.html"]
    assert [s["href"] for s in article_page.select("link[rel=stylesheet]")] == ["../../assets/style.css"]


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("a { color: red; }\n\n/* why */\n.b ,\n.c  > d {\n  --x: 1px 2px;\n}", "a{color:red}.b,.c > d{--x:1px 2px}\n"),
        (
            'q::before { content: "a \\";  } /"; }\nli :is(b, i)::after { content: \' , \'; }',
            'q::before{content:"a \\";  } /"}li :is(b,i)::after{content:\' , \'}\n',
        ),
        ("@media (min-width: 60rem), print { a { b: c } }", "@media (min-width:60rem),print{a{b:c}}\n"),
        ("@layer base, article;\n:root { }\n", "@layer base,article;:root{}\n"),
    ],
)
def test_the_style_sheet_is_published_without_needless_space(written: str, published: str) -> None:
    """Between marks only; space that parts selectors or values, and what is quoted, stays."""
    assert assets.stylesheet([written]) == published
