"""What other programs may rely on: offsets, the text on the page, ids, and data that agree with the pages."""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
from pathlib import Path

import pytest
from lxml import html

from tests.conftest import Trial

BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "td", "th", "dt", "dd"}
PLACES = ["index.html", "404.html", "feed.xml", "sitemap.xml", "robots.txt", "manifest-sha256.txt"]
FOLDERS = ["articles", "entities", "quotations", "sources", "chronology", "search", "about"]
DATA = ["articles.jsonl", "annotations.jsonl", "entities.json", "quotations.json", "sources.json", "chronology.json",
        "articles.csv", "datapackage.json", "archive.sqlite"]  # fmt: skip


def text_of(page: Path) -> str:
    """The text of an article page, as contract §2 says it is read."""
    (body,) = html.fromstring(page.read_bytes()).xpath('//*[@id="text"]')
    for apparatus in body.xpath('.//*[contains(concat(" ", @class, " "), " apparatus ")]'):
        apparatus.drop_tree()
    blocks = [e for e in body.iter() if e.tag in BLOCKS and not any(c.tag in BLOCKS for c in e.iterdescendants())]
    return "\n\n".join(b.text_content() for b in blocks)


def test_every_place_of_the_contract_is_there(tiny: Trial) -> None:
    wanted = [*PLACES, *(f"{f}/index.html" for f in FOLDERS), *(f"data/{d}" for d in DATA)]
    assert [path for path in wanted if not (tiny.site / path).is_file()] == []


def test_every_article_has_its_page_and_its_web_annotations(tiny: Trial) -> None:
    for article in tiny.lines("articles.jsonl"):
        folder = tiny.site / "articles" / article["slug"]
        page = json.loads((folder / "annotations.jsonld").read_text("utf-8"))
        assert (folder / "index.html").is_file()
        assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")


def test_the_text_on_the_page_is_the_text_in_the_data(tiny: Trial) -> None:
    for article in tiny.lines("articles.jsonl"):
        assert text_of(tiny.site / "articles" / article["slug"] / "index.html") == article["text"]


def test_the_offsets_of_every_annotation_give_its_words(tiny: Trial) -> None:
    texts = {a["slug"]: a["text"] for a in tiny.lines("articles.jsonl")}
    annotations = tiny.lines("annotations.jsonl")
    assert {a["type"] for a in annotations} >= {"entity", "quotation", "time", "event", "citation"}
    for a in annotations:
        assert texts[a["article"]][a["start"] : a["end"]] == a["exact"]
        for part in ("speaker", "cue", "via"):
            if a.get(part):
                assert texts[a["article"]][a[part]["start"] : a[part]["end"]] == a[part]["exact"]


def test_every_annotation_stands_on_its_page_under_its_id(tiny: Trial) -> None:
    for article in tiny.lines("articles.jsonl"):
        tree = html.fromstring((tiny.site / "articles" / article["slug"] / "index.html").read_bytes())
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))
        for a in (a for a in tiny.lines("annotations.jsonl") if a["article"] == article["slug"]):
            pieces = tree.xpath("//*[@data-annotation=$id]", id=a["id"])
            assert pieces, a
            assert pieces[0].get("id") == a["id"]
            words = "".join("".join(p.text_content().split()) for p in pieces)
            assert "".join(a["exact"].split()) in words or len(pieces) == 1


@pytest.mark.parametrize("name", ["entities", "quotations", "sources", "chronology"])
def test_the_registers_point_at_annotations_that_exist(tiny: Trial, name: str) -> None:
    known = {(a["article"], a["id"]) for a in tiny.lines("annotations.jsonl")}
    records = tiny.records(f"{name}.json")
    assert records
    assert len({r["id"] for r in records}) == len(records)
    for record in records:
        for occurrence in record["occurrences"]:
            assert set(occurrence) == {"article", "annotation"}
            assert (occurrence["article"], occurrence["annotation"]) in known


def test_entity_annotations_carry_the_archive_wide_id(tiny: Trial) -> None:
    ids = {r["id"] for r in tiny.records("entities.json")}
    found = {a["entity"] for a in tiny.lines("annotations.jsonl") if a["type"] == "entity"}
    assert found
    assert found <= ids
    assert all((tiny.site / "entities" / id / "index.html").is_file() for id in ids)


def test_the_tables_and_the_database_hold_what_the_lines_hold(tiny: Trial) -> None:
    ids = sorted(a["id"] for a in tiny.lines("annotations.jsonl"))
    with (tiny.site / "data" / "annotations.csv").open(encoding="utf-8", newline="") as table:
        assert sorted(row["id"] for row in csv.DictReader(table)) == ids
    with sqlite3.connect(tiny.site / "data" / "archive.sqlite") as db:
        assert sorted(id for (id,) in db.execute("SELECT id FROM annotations")) == ids


def test_the_manifest_names_every_file_with_its_hash(tiny: Trial) -> None:
    lines = (tiny.site / "manifest-sha256.txt").read_text("utf-8").splitlines()
    manifest = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    files = tiny.files()
    files.pop("manifest-sha256.txt")
    assert manifest == {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}


def test_who_decided_is_told_in_the_data(tiny: Trial) -> None:
    reviews = {(a["exact"], a["review"]) for a in tiny.lines("annotations.jsonl") if a["type"] == "entity"}
    assert ("Karin Brandt", "confirmed") in reviews
    assert ("Hamburg", "machine") in reviews


def test_the_words_both_articles_carry_are_one_quotation(tiny: Trial) -> None:
    both = [r for r in tiny.records("quotations.json") if len({o["article"] for o in r["occurrences"]}) == 2]
    assert len(both) == 1
    assert "a fire of this size" in both[0]["text"]


def test_an_article_without_a_date_gets_no_date_from_anywhere(tiny: Trial) -> None:
    undated = [a for a in tiny.lines("annotations.jsonl") if a["article"] == "a-letter" and "edtf" in a]
    assert "last week" in {a["exact"] for a in undated}
    assert {a["edtf"] for a in undated} == {None}


def test_literal_text_is_no_markup(tiny: Trial) -> None:
    letter = next(a for a in tiny.lines("articles.jsonl") if a["slug"] == "a-letter")
    assert "# this is no heading, *this* is not emphasis, <b>this</b> is not bold, {{ this }}" in letter["text"]
