"""Templates are compiled to be quick: whatever an archive writes in its own, the pages are those Jinja would make."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape
from msgspec import Struct

from builder.problems import Problems
from builder.render import links
from builder.render.escaping import breakable, escaped
from builder.render.macros import Quick
from builder.render.template import open_site
from tests.render import harbour_fixture as sample

MACROS = """
{% import "inner.html" as inner with context %}
{% macro greet(name, greeting="Hello", mark=punctuation) %}<b>{{ greeting }} {{ name }}{{ mark }}</b>{% endmacro %}
{% macro box(class) %}<i class="{{ class }}">{{ caller("<x>") if caller is defined else "-" }}</i>{% endmacro %}
{% macro all() %}{{ varargs | join("+") }}{{ kwargs.items() | list }}{% endmacro %}
{% macro deep(x) %}{{ inner.deepest(x) }} {{ whom | default("nobody") }}{% endmacro %}
"""
INNER = "{% macro deepest(x) %}{{ x }} of {{ place }}{% endmacro %}"
COUNTING = """
{% set box = namespace(n=0) %}
{% macro count() %}{% set box.n = box.n + 1 %}{{ box.n }}{% endmacro %}
"""
PAGES = {
    "defaults": '{{ m.greet("<Ada>") }}{{ m.greet("Ada", mark="?") }}{{ m.greet(greeting="Ho", name=place) }}',
    "callers": '{% call(x) m.box("a&b") %}{{ x }}{{ place }}{% endcall %}{{ m.box("c") }}',
    "further arguments": '{{ m.all(1, "<2>", a=3, b="&") }}',
    "the importer's variables": '{{ m.deep("<y>") }}{% set whom = "Eve" %}{% import "m.html" as n with context %}'
    '{{ n.deep(2) }}{% from "m.html" import deep with context %}{{ deep(3) }}',
    "without context": '{% import "inner.html" as i %}{{ i.deepest(1) if false }}{{ m.deep(1) }}',
    "counting": '{% import "count.html" as c with context %}{{ c.count() }}{{ c.count() }}'
    '{% import "count.html" as d with context %}{{ d.count() }}{{ c.count() }}',
    "words": '{{ _("<b>fixed</b> %% words") }}{{ _("of %(who)s", who="<Ada>") }}{{ _("x") ~ "<y>" }}'
    '{{ ("<a> " ~ _("x")) | upper }}{{ _(place) }}{% trans who=place %}by {{ who }}{% endtrans %}',
    "included": '{% for x in (1, "<2>") %}{% include "part.html" %}{% endfor %}{% include "none.html" ignore missing %}'
    '{% macro f(x) %}<{% include "part.html" %}>{% endmacro %}{{ f(3) }}'
    '{% set part %}{% include "part.html" %}{% endset %}{{ part | upper }}'
    '{% include ["none.html", "part.html"] %}{% include "part.html" without context %}',
    "items of records": '{{ record["tag"] }}{{ [record, record] | map(attribute="n") | sum }}'
    '{{ record["no"] is defined }}'
    '{{ [record] | rejectattr("tag", "eq", "<t>") | list }}{{ {"n": 2}["n"] }}{{ "abc"[1] }}{{ record.tag[0] }}',
    "its own underscore": "{% for _ in (1, 2) %}{{ _ }}{% endfor %}{% macro f(_) %}{{ _('x') }}{% endmacro %}",
    "escaping": '{{ place }}{{ "<" }}{{ 5 }}{{ none }}{{ tagged }}{{ [tagged, "<"] | join }}'
    '{% autoescape false %}{{ place }}{{ m.greet("<a>") }}{% endautoescape %}{{ {"a": "<"}["a"] }}',
    "calls": "{{ place.replace('o', '<') }}{{ dict(a=1) }}{{ range(*[1, 3]) | list }}{{ joined(**{'sep': '<'}) }}"
    "{% for x in range(3) %}{{ loop.cycle('a', 'b') }}{{ x | string | upper }}{{ ', ' if not loop.last }}{% endfor %}",
    "what is missing": '{{ "<a>" if place == "town" }}{{ "x" ~ ("y" if false) ~ ("<z>" if true) }}'
    '{{ ("q" if false) is defined }}{{ {"get2": 1}.get2 }}{{ {"a": 1}.b is defined }}{{ place.nothing is defined }}'
    '{{ ("u" if false) | default("w") }}{{ "1" if place == "town" else "2" if false }}{{ [1, 2].count(1) }}',
    "explicit callers": "{% macro a(caller=none) %}{{ caller(1) }}{% endmacro %}{% call(n) a() %}{{ n }}<{% endcall %}",
    "blocks": '{% block one %}{% import "m.html" as m with context %}{{ m.greet(1) }}{% endblock %}{{ self.one() }}',
}


def said(message: str, **values: Any) -> Markup:
    return Markup(message) % values


class Thing(Struct, frozen=True):
    tag: str
    n: int


def rendered(kind: type[Environment], page: str) -> list[str]:
    """The page twice, with other values, so that what is kept from the first could show in the second."""
    imported = '{% import "m.html" as m with context %}'
    part = "{{ x }}{% if place is defined %}{{ place }}{% endif %}"
    files = {
        "part.html": "{% set x = x | default('-') %}" + part,
        "m.html": MACROS,
        "inner.html": INNER,
        "count.html": COUNTING,
        "page.html": imported + PAGES[page],
    }
    environment = kind(
        loader=DictLoader(files), autoescape=True, undefined=StrictUndefined, extensions=["jinja2.ext.i18n"]
    )
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals.update(
        {"_": said, "gettext": said, "tagged": Markup("<u>"), "joined": lambda sep: sep * 2, "record": Thing("<t>", 4)}
    )
    template = environment.get_template("page.html")
    return [template.render(place="<home>", punctuation="!"), template.render(place="town", punctuation="&")]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_what_jinja_makes_of_it(page: str) -> None:
    """Macros, callers, imports, messages and escaping, the second page as the first."""
    assert rendered(Quick, page) == rendered(Environment, page)


def test_macros_are_made_once_for_all_pages(tmp_path: Path) -> None:
    """Two pages share the macros of a file, and each has links of its own."""
    (tmp_path / "templates").mkdir()
    own = '{% import "partials/macros.html" as m with context %}{{ keep(m) }}{{ href("about/index.html") }}'
    (tmp_path / "templates" / "about.html").write_text(own)
    site, kept = open_site(sample.CONFIG, tmp_path), []
    made = [site.page(path, "about.html", title="", keep=lambda m: kept.append(m) or "") for path in ("a/b", "c")]
    assert [page.content for page in made] == [b"../about/index.html", b"about/index.html"]
    assert kept[0] is kept[1]


def test_macros_of_the_page_before_are_told_what_they_look_up(tmp_path: Path) -> None:
    """What macros say of the page they stand on is said of this page, also by macros that they call themselves."""
    (tmp_path / "templates").mkdir()
    inner = "{% macro name() %}{{ who }}{% if nick is defined %}, {{ nick }}{% endif %}{% endmacro %}"
    outer = '{% import "inner.html" as i with context %}{% macro hail() %}{{ i.name() }} {{ where }}{% endmacro %}'
    late = '{% macro hail() %}{% import "inner.html" as i with context %}{{ i.name() }} {{ where }}{% endmacro %}'
    again = '{% set where = "again" %}{% import "outer.html" as n with context %}{{ n.hail() }}, {{ o.hail() }}'
    page = "{% import FILE as o with context %}{{ o.hail() }}; "
    for name, text in (("inner", inner), ("outer", outer), ("late", late)):
        (tmp_path / f"templates/{name}.html").write_text(text)
    (tmp_path / "templates/about.html").write_text(page.replace("FILE", '"outer.html"') + again)
    (tmp_path / "templates/404.html").write_text(page.replace("FILE", '"late.html"'))
    site = open_site(sample.CONFIG, tmp_path)

    def said(template: str, **values: Any) -> str:
        return site.page("a", template, title="", **values).content.decode()

    assert said("about.html", who="Ada", where="here") == "Ada here; Ada again, Ada here"
    assert said("about.html", who="Eve", where="there", nick="E") == "Eve, E there; Eve, E again, Eve, E there"
    assert said("about.html", who="Ada", where="here") == "Ada here; Ada again, Ada here"
    assert said("404.html", who="Ada", where="here") == "Ada here; "
    assert said("404.html", who="Eve", where="there") == "Eve there; "


def test_what_pages_beside_each_other_share_is_written_once(tmp_path: Path) -> None:
    """Links are right from every folder, the page that one leads to is marked, and an archive's own file counts."""
    (tmp_path / "templates/partials").mkdir(parents=True)
    own = '{{ section }}:{{ href("a/index.html") }}{{ " here" if is_here("a/index.html") }}'
    (tmp_path / "templates/partials/site-header.html").write_text(own)
    (tmp_path / "templates/about.html").write_text('{{ once("partials/site-header.html", section=section) }}')
    site = open_site(sample.CONFIG, tmp_path)

    def said(path: str, section: str = "s") -> str:
        return site.page(path, "about.html", title="", section=section).content.decode()

    assert said("index.html") == "s:a/index.html"
    assert said("a/index.html") == "s:index.html here"
    assert said("b/index.html") == "s:../a/index.html"
    assert said("a/b/index.html") == said("a/c/index.html") == "s:../index.html"
    assert said("a/c/index.html", "t") == "t:../index.html"
    assert said("a/b/page/2/index.html") == "s:../../../index.html"
    assert said("404.html") == "s:" + site.url("404.html", "a/index.html")
    (tmp_path / "templates/partials/site-header.html").write_text("changed")
    assert said("a/d/index.html") == "s:../index.html"  # nothing is written anew for a page beside others


def test_a_mistake_in_what_pages_share_is_told_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "templates/partials").mkdir(parents=True)
    (tmp_path / "templates/partials/site-footer.html").write_text("{{ nothing.such }}")
    site = open_site(sample.CONFIG, tmp_path)
    with pytest.raises(Problems, match=r"site-footer\.html"):
        site.page("about/index.html", "404.html", title="")


@given(st.text(st.sampled_from("ab<>&\"'é港\U0001f600 "), max_size=30))
def test_words_are_escaped_as_ever(words: str) -> None:
    assert escaped(words) == str(escape(words)) and escaped(Markup(words)) == words
    assert breakable(words) == escape(words)


segments = st.text(st.sampled_from("abc.-~_ ä%&'"), min_size=1, max_size=5).filter(lambda s: s.strip("."))
files = st.lists(segments, min_size=1, max_size=4).map("/".join)


@given(files, files)
def test_a_link_leads_from_any_page_to_any_file(here: str, there: str) -> None:
    """Followed as a browser does from the page it stands on, a link ends at its file."""
    assume(not f"{here}/".startswith(f"{there}/") or here == there)  # no file is another's folder
    page = "https://example.org/" + quote(here)
    assert unquote(urljoin(page, links.relative(here, there))) == "https://example.org/" + there
