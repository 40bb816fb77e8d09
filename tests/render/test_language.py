"""The interface speaks the archive's language where there is a catalogue for it, whole or not at all."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from bs4 import BeautifulSoup

from builder.render import catalogue, dates, speech
from builder.render.pages import PAGES, chronology, entities, quotations
from builder.render.pages import article as article_page
from builder.render.pages import sources as source_pages
from builder.render.ready import Ready
from builder.render.template import open_site
from builder.render.words import Words
from tests.render import harbour_fixture as sample

CHECKOUT = Path(__file__).resolve().parents[2]
LANGUAGES = sorted(path.name for path in catalogue.FOLDER.iterdir() if path.is_dir())
every_language = pytest.mark.parametrize("language", LANGUAGES)
GERMAN = Words("de")


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every message of the templates and the modules, as `.dev/translate` collects them."""
    found = tmp_path_factory.mktemp("words") / "interface.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", ".dev/messages.ini", "-o", found]
    subprocess.run([*command, "."], cwd=CHECKOUT, check=True)
    with found.open("rb") as file:
        return read_po(file)


def read(language: str) -> Catalog:
    with catalogue.path(language).open("rb") as file:
        return read_po(file, locale=language)


def forms(message: Message) -> list[tuple[str, str]]:
    """Pairs of what is said in English and in the other language, one for each grammatical number."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return [(message.id[min(n, 1)], said) for n, said in enumerate(message.string)]


@every_language
def test_a_catalogue_is_complete(sources: Catalog, language: str) -> None:
    """It has every message the pages can say, and no other: after a change run `sh .dev/translate`."""
    assert {m.id for m in read(language) if m.id} == {m.id for m in sources if m.id}


def test_no_message_of_a_module_is_overlooked(sources: Catalog) -> None:
    """Not even one inside an f-string, where the collector does not look."""
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in sources}
    for path in Path(catalogue.__file__).parent.rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        said = [c.args[0] for c in calls if c.args and getattr(c.func, "attr", "") in ("gettext", "ngettext")]
        assert [s.value for s in said if isinstance(s, ast.Constant) and s.value not in known] == [], path


@every_language
def test_every_message_is_translated(language: str) -> None:
    """None is left empty or in doubt."""
    left = [m.id for m in read(language) if m.id and (m.fuzzy or not all(said for _, said in forms(m)))]
    assert left == []


@every_language
def test_a_translation_keeps_what_is_put_in(language: str) -> None:
    """The same %(values)s and the same elements stand in it, so that no page breaks."""
    parts = re.compile(r"%\(\w+\)s|%%|</?\w+[^>]*>")
    for message in read(language):
        for english, said in forms(message) if message.id else ():
            assert sorted(parts.findall(said)) == sorted(parts.findall(english)), said
            assert said[:1].isspace() == english[:1].isspace() and said[-1:].isspace() == english[-1:].isspace()


@every_language
def test_no_english_is_left_on_a_page(language: str) -> None:
    """Not one message of a catalogue is shown in English where the pages speak another language."""
    site = open_site(msgspec.structs.replace(sample.CONFIG, language=language))
    shown = {m.id if isinstance(m.id, str) else m.id[1] for m in read(language)}
    english = [re.sub(r"%\(\w+\)s", ".+", re.escape(m).replace(r"%\(", "%(").replace(r"\)s", ")s")) for m in shown if m]
    telling = [re.compile(rf"\b{e}\b") for e in english if len(re.findall(r"[a-z]{2,}", e)) > 2 and "<" not in e]
    assert len(telling) > 100
    registers = [page.render for page in (article_page, chronology, entities, quotations, source_pages)]
    for renderer in (*PAGES, *registers):
        for file in renderer(sample.archive(), site):
            words = " ".join(BeautifulSoup(file.content, "html.parser").main.get_text(" ").split())
            assert [e.pattern for e in telling if e.search(words)] == [], file.path


def test_dates_are_told_in_the_language() -> None:
    """Names of months and the order of a date come with the language."""
    told = {
        "2014-09-09": "9. September 2014",
        "2015-03-02/2015-03-03": "2. bis 3. März 2015",
        "2014-03~": "etwa März 2014",
        "2014-09/..": "ab September 2014",
        "201X": "die 2010er-Jahre",
        "-0043": "44 v. Chr.",
        "": "Datum unbekannt",
    }
    assert {edtf: dates.readable(edtf, GERMAN) for edtf in told} == told


def test_numbers_are_written_as_the_language_writes_them() -> None:
    """Thousands and fractions have their own marks."""
    assert (Words().number(1204), GERMAN.number(1204)) == ("1,204", "1.204")
    assert GERMAN.place(53.55, -9.5) == "53,55° N, 9,5° W"


def test_a_region_counts_for_its_forms() -> None:
    """The catalogue is the language's, numbers are the region's."""
    assert Words("de-CH").gettext("Sources") == "Quellen" and Words("de-CH").number(1204) == "1’204"


@pytest.mark.parametrize("language", ["ar", "x-none", "tlh"])
def test_a_language_without_a_catalogue_is_spoken_in_english(language: str) -> None:
    """Words, months and numbers then all are English: one language at a time."""
    words = Words(language)
    assert words.spoken == "en"
    assert dates.readable("2014-09-09", words) == "9 September 2014" and words.number(1204) == "1,204"


@pytest.mark.parametrize(
    ("clause", "headline"),
    [("the harbour was shut", "The harbour was shut"), ("iPhone sales fell", "iPhone sales fell"), ("", "")],
)
def test_a_clause_becomes_a_headline(clause: str, headline: str) -> None:
    """With a capital; a name that is written otherwise stays as it is written."""
    assert Words("en").headline(clause) == headline


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_months_and_numbers_are_those_of_every_region(language: str) -> None:
    """As Babel writes them: Swiss and Indian numbers have their own marks and groups."""
    regions = [name for name in locale_identifiers() if name.split("_")[0] == language]
    for region in regions:
        words, locale = Words(region.replace("_", "-")), Locale.parse(region)
        for number in (0, 7, 12, 123, 999, 1000, 1204, 12345, 123456, 1234567, 1234567890):
            assert words.number(number) == format_decimal(number, locale=locale), region
        for month in range(1, 13):
            assert words.month(month) == locale.months["format"]["wide"][month], region
            assert words.month(month, short=True) == locale.months["format"]["abbreviated"][month], region


@pytest.mark.parametrize("language", ["en", "de-CH"])
def test_a_build_does_not_ask_babel_for_what_an_earlier_one_was_told(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it knows of a language takes it longer to open than a page takes to be made."""
    first = Ready(tmp_path)
    Words(language, first).prepare()
    first.save()
    monkeypatch.setattr(speech, "_asked", None)
    words = Words(language, Ready(tmp_path))
    german = language.startswith("de")
    assert (words.month(3), words.gettext("Sources")) == (("März", "Quellen") if german else ("March", "Sources"))
