"""Words behind a warning stay behind it wherever the site would repeat them."""

from __future__ import annotations

import json

from lxml import html

from tests.conftest import Trial

TEXT = "Karin Brandt read it in Hamburg. “They should all be drowned by night,” wrote Otto Keller. Hamburg waited."


def built(trial: Trial, **front: str) -> Trial:
    trial.article("one", TEXT, **front)
    trial.build()
    return trial


def quotation(trial: Trial) -> dict[str, object]:
    (found,) = (q for q in trial.records("quotations.json") if "drowned" in q["text"])
    return found


def test_a_word_of_the_archives_list_folds_the_quotation(trial: Trial) -> None:
    trial.write("content/archive.toml", 'title = "T"\n[sensitive]\nwarning = "A threat."\nwords = ["drowned"]\n')
    assert quotation(built(trial))["sensitive"] == "A threat."


def test_an_entity_of_the_editors_file_folds_what_it_said(trial: Trial) -> None:
    trial.write("content/entities.yaml", "- {name: Otto Keller, kind: person, sensitive: He spreads threats.}\n")
    assert quotation(built(trial))["sensitive"] == "He spreads threats."


def test_a_review_folds_one_quotation(trial: Trial) -> None:
    review = {"confirm": "quotation", "exact": "“They should all be drowned by night,”", "sensitive": "true"}
    trial.write("content/reviews/one.yaml", json.dumps([review]))
    assert quotation(built(trial))["sensitive"] == "This passage reprints a threat or other distressing words."


def test_the_words_around_a_name_never_reach_into_a_folded_quotation(trial: Trial) -> None:
    trial.write("content/archive.toml", 'title = "T"\n[sensitive]\nwords = ["drowned"]\n')
    built(trial)
    for page in (trial.site / "entities").rglob("*.html"):
        tree = html.fromstring(page.read_bytes())
        for fold in tree.xpath("//details"):
            fold.drop_tree()
        assert "drowned" not in tree.text_content(), page
    assert "Hamburg" in (trial.site / "entities/hamburg/index.html").read_text("utf-8")


def test_nothing_folded_is_in_the_feed_or_the_search_index_of_a_sensitive_article(trial: Trial) -> None:
    built(trial, sensitive="Not for everyone.", title="They should all be drowned", published="2019-06-05")
    feed = (trial.site / "feed.xml").read_text("utf-8")
    assert "drowned" not in feed
    assert "Not for everyone." in feed


NESTED = (
    "Karin Brandt said on 3 June 2019 that the letter had arrived. “They should all be drowned by night,” wrote the "
    "Harbour League, according to Karin Brandt. Otto Keller told the Port Gazette on 4 June 2019 that the League had "
    "written “they should all be drowned.”"
)


def open_words(trial: Trial) -> dict[str, str]:
    """Path -> what a page says before a reader unfolds anything, its title and descriptions included."""
    found = {}
    for page in trial.site.rglob("*.html"):
        tree = html.fromstring(page.read_bytes())
        for fold in tree.xpath("//details[contains(@class, 'sensitive')]/*[not(self::summary)]"):
            fold.drop_tree()
        said = tree.xpath("//meta/@content | //svg//text() | //script/text()")
        found[page.relative_to(trial.site).as_posix()] = " ".join([tree.text_content(), *said])
    return found


def test_what_is_folded_is_nowhere_repeated_in_the_open(trial: Trial) -> None:
    """Not in registers, sources, the chronology, other names' pages, or an event that tells of it."""
    trial.write("content/archive.toml", 'title = "T"\n[sensitive]\nwords = ["drowned"]\n')
    trial.article("one", NESTED, publisher="The Port Gazette", published="2019-06-05")
    trial.build()
    assert [path for path, said in open_words(trial).items() if "drowned" in said] == []
    assert "drowned" in (trial.site / "quotations/index.html").read_text("utf-8")


def test_a_folded_name_stands_in_the_open_only_in_the_articles_own_words(trial: Trial) -> None:
    """Margins, lists, titles, drawings and machine-readable data do not name it once more."""
    trial.write("content/archive.toml", 'title = "T"\n[sensitive]\nentities = ["Otto Keller"]\n')
    trial.article("one", TEXT, publisher="The Port Gazette", published="2019-06-05")
    trial.article("two", "Otto Keller said “we will write again and again” in Hamburg.", published="2019-06-06")
    trial.build()
    for path in open_words(trial):
        tree = html.fromstring((trial.site / path).read_bytes())
        own = "//*[@class='concordance'] | //*[@id='text']/*[not(contains(@class, 'apparatus'))]"
        folded = "//details[contains(@class, 'sensitive')]/*[not(self::summary)]"
        for element in tree.xpath(f"{own} | {folded}"):
            element.drop_tree()
        assert "Otto Keller" not in html.tostring(tree, encoding="unicode"), path


def test_an_article_marked_sensitive_is_listed_by_its_warning(trial: Trial) -> None:
    """Its title, as its text, is read on its own page; a social card of it shows the warning."""
    built(trial, sensitive="Not for everyone.", title="Drown them", published="2019-06-05")
    for path, said in open_words(trial).items():
        assert "Drown them" not in said or path.startswith("articles/one/"), path
    own = html.fromstring((trial.site / "articles/one/index.html").read_bytes())
    assert own.xpath("string(//meta[@property='og:title']/@content)") == "An article marked: Not for everyone."


def test_the_programs_own_warning_is_in_the_archives_language(trial: Trial) -> None:
    """Where no warning is configured, and wherever an editor writes no more than `true`."""
    trial.write("content/archive.toml", 'title = "T"\nlanguage = "de"\n[sensitive]\nwords = ["drowned"]\n')
    trial.write("content/sources.yaml", "- {id: letter, name: The letter, kind: document, sensitive: true}\n")
    trial.write("content/chronology.yaml", "- {id: row, title: It came, edtf: 2019-06-04, sensitive: true}\n")
    german = "Hier sind eine Drohung oder andere verstörende Worte wiedergegeben."
    assert quotation(built(trial, language="en"))["sensitive"] == german
    (row,) = (r for r in trial.records("chronology.json") if r["id"] == "row")
    (source,) = (r for r in trial.records("sources.json") if r["id"] == "letter")
    assert row["sensitive"] == source["sensitive"] == german
