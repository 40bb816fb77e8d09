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
