"""The data files say what the archive holds: the same in every format, tied to the texts, and the same every time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import closing
from operator import itemgetter
from typing import Any

import msgspec
import pytest

from builder.anchor import match
from builder.config import Config
from builder.model.archive import Archive, LinkedArticle
from builder.model.selector import TextQuoteSelector
from builder.render import links
from builder.render.exports import EXPORTS, web_annotations
from builder.render.exports.annotation_lines import EntityIds
from builder.render.exports.schema import TABLES
from builder.render.places import Places
from builder.render.template import Site, open_site
from builder.render.words import Words
from tests.render.exports_fixture import (
    AGROUND,
    ANNOTATIONS,
    ARTICLES,
    ECHO,
    FERRY,
    LINKS,
    TEXTS,
    archive,
    empty,
    opened,
    place,
)


def site(**settings: str) -> Site:
    return open_site(Config(**{"title": "The Lindholm Papers", "rights": "Data: CC BY-SA 4.0"} | settings))  # type: ignore[arg-type]


def export(of: Archive, to: Site) -> dict[str, bytes]:
    return {file.path: file.content for render in (*EXPORTS, web_annotations.render) for file in render(of, to)}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return export(archive(), site())


def lines(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.splitlines()]


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def annotations_of(files: dict[str, bytes], slug: str) -> dict[str, dict[str, Any]]:
    return {a["id"]: a for a in lines(files["data/annotations.jsonl"]) if a["article"] == slug}


def web(files: dict[str, bytes], slug: str) -> dict[str, Any]:
    page: dict[str, Any] = json.loads(files[f"articles/{slug}/annotations.jsonld"])
    return page


def targets(item: dict[str, Any]) -> list[dict[str, Any]]:
    return item["target"] if isinstance(item["target"], list) else [item["target"]]


@pytest.fixture
def database(files: dict[str, bytes]) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(files["data/archive.sqlite"])
        connection.row_factory = sqlite3.Row
        yield connection


class TestArticles:
    def test_text_and_metadata(self, files: dict[str, bytes]) -> None:
        """A line holds the article's text to the letter and what is known about it; what is unknown is null."""
        ferry, echo = lines(files["data/articles.jsonl"])
        assert (ferry["text"], ferry["title"], ferry["sha256"]) == (FERRY, 'Aground, "again"', "ab" * 32)
        assert ferry["cleanups"] == [{"kind": "credit", "before": "Photo: none", "prefix": "heard it."}]
        assert ferry["sensitive"] == "An accident."
        assert [echo[key] for key in ("published", "sha256", "publisher", "original", "sensitive")] == [None] * 5

    def test_first_keys(self, files: dict[str, bytes]) -> None:
        """The keys other programs rely on come first."""
        assert list(lines(files["data/articles.jsonl"])[0])[:5] == ["slug", "title", "published", "text", "sha256"]


class TestAnnotations:
    def test_exact(self, files: dict[str, bytes]) -> None:
        """Every `exact` is the article's text from start to end, in code points; so are speaker, via and cue."""
        texts = {a["slug"]: a["text"] for a in lines(files["data/articles.jsonl"])}
        found = lines(files["data/annotations.jsonl"])
        assert len(found) == 12
        for annotation in found:
            parts = [annotation, *(annotation.get(key) for key in ("speaker", "via", "cue"))]
            for part in filter(None, parts):
                assert texts[annotation["article"]][part["start"] : part["end"]] == part["exact"]

    @pytest.mark.parametrize("slug", ARTICLES)
    def test_keys_of_the_annotator(self, files: dict[str, bytes], slug: str) -> None:
        """A line has every key that `glossator annotate` writes for it, `type` among them."""
        for reviewed in ANNOTATIONS[slug]:
            line = annotations_of(files, slug)[reviewed.annotation.id]
            own = msgspec.to_builtins(reviewed.annotation)
            same = own.keys() - {"entity", "speaker", "via", "participants"}
            assert {key: line[key] for key in same} == json.loads(json.dumps({key: own[key] for key in same}))
            assert own.keys() <= line.keys()

    def test_entities_are_the_archives(self, files: dict[str, bytes]) -> None:
        """A mention, a speaker, who passed it on and who took part carry the archive's entity ids, or none."""
        ferry = annotations_of(files, "ferry")
        assert ferry["m-4"]["entity"] == "ida-brandt"
        assert ferry["q-1"]["speaker"]["entity"] == "ida-brandt"
        assert ferry["q-1"]["via"]["entity"] is None
        assert ferry["e-1"]["participants"] == ["albatros", "lindholm"]

    @pytest.mark.parametrize(
        ("words", "entity"), [("Ida Brandt", "ida-brandt"), ("Brandt told", "brandt-sons"), ("the pilot", None)]
    )
    def test_split_entities(self, words: str, entity: str | None) -> None:
        """Where an editor split an entity, the mention inside the words at hand tells which one is meant, or nobody."""
        split = LINKS["ferry"]["entities"] | {"m-4": "brandt-sons"}
        ids = EntityIds(msgspec.structs.replace(opened("ferry"), entities=split))
        assert ids.find("person:brandt", *place("ferry", words)[:2]) == entity

    def test_source_tells_the_entity(self) -> None:
        """A speaker whose words name no entity has that of the source an editor took them for."""
        pilot = msgspec.structs.replace(archive().sources["echo-a-pilot"], entity="ida-brandt")
        told = msgspec.structs.replace(archive(), sources=archive().sources | {pilot.id: pilot})
        assert annotations_of(export(archive(), site()), "echo")["q-1"]["speaker"]["entity"] is None
        assert annotations_of(export(told, site()), "echo")["q-1"]["speaker"]["entity"] == "ida-brandt"

    def test_records(self, files: dict[str, bytes]) -> None:
        """An annotation names its record in the registers and the sources it shows."""
        ferry, echo = annotations_of(files, "ferry"), annotations_of(files, "echo")
        assert ferry["q-1"]["record"] == echo["q-1"]["record"] == "we-felt-it"
        assert (ferry["q-1"]["source"], ferry["q-1"]["via_source"]) == ("ida-brandt", "lindholm-post")
        assert (ferry["e-1"]["record"], ferry["c-1"]["record"]) == ("ferry-e-1", "example-org-log")
        assert (echo["q-1"]["source"], echo["q-1"]["via_source"], echo["t-1"]["record"]) == ("echo-a-pilot", None, None)

    def test_review(self, files: dict[str, bytes]) -> None:
        """A line says whether an editor decided, who, and what it is folded behind."""
        ferry = annotations_of(files, "ferry")
        keys = ("review", "by", "note", "sensitive")
        assert [ferry["q-1"][k] for k in keys] == ["corrected", "A. Reader", "The Post has it on tape.", "Distressing."]
        assert [ferry["t-1"][k] for k in keys] == ["machine", None, None, None]


class TestRegisters:
    @pytest.mark.parametrize("name", ["entities", "quotations", "sources", "chronology"])
    def test_occurrences(self, files: dict[str, bytes], name: str) -> None:
        """Every record has an id and occurrences, each an article and an annotation that are there."""
        known = {(a["article"], a["id"]) for a in lines(files["data/annotations.jsonl"])}
        for record in json.loads(files[f"data/{name}.json"]):
            assert record["id"]
            for occurrence in record["occurrences"]:
                assert list(occurrence) == ["article", "annotation"]
                assert (occurrence["article"], occurrence["annotation"]) in known

    def test_undated(self, files: dict[str, bytes]) -> None:
        """A happening without a date has a null `edtf`, and says why."""
        dated, undated = json.loads(files["data/chronology.json"])
        assert (dated["edtf"], dated["title"]) == ("2019-05-03", AGROUND.title)
        assert (undated["edtf"], undated["earliest"], undated["why"]) == (None, None, "The editor gives no date.")

    def test_relays(self, files: dict[str, bytes]) -> None:
        """A source lists the sources whose words it passes on, and where."""
        reports = {s["id"]: s["reports"] for s in json.loads(files["data/sources.json"])}
        assert reports["lindholm-post"] == [
            {"source": "ida-brandt", "occurrences": [{"article": "ferry", "annotation": "q-1"}]}
        ]
        assert reports["ida-brandt"] == []

    def test_empty(self) -> None:
        """An archive without articles gives empty arrays and tables, all of them readable."""
        files = export(empty(), site())
        assert json.loads(files["data/entities.json"]) == []
        assert files["data/articles.jsonl"] == b""
        assert table(files["data/articles.csv"]) == []


KINDS = {column.name: column.type for each in TABLES for column in each.columns}


def shown(value: Any) -> Any:
    """A JSON value as SQLite holds it."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return int(value) if isinstance(value, bool) else value


def flat(record: dict[str, Any]) -> dict[str, Any]:
    joined = {f"{k}_{i}": v for k in ("speaker", "via", "cue", "timex") if isinstance(record.get(k), dict)
              for i, v in record[k].items()}  # fmt: skip
    if record.get("coordinates"):
        joined["latitude"], joined["longitude"] = record["coordinates"]
    return {**record, **joined}


class TestTables:
    @pytest.mark.parametrize("name", [each.name for each in TABLES])
    def test_csv_and_sqlite(self, files: dict[str, bytes], database: sqlite3.Connection, name: str) -> None:
        """A CSV file and the table of its name have the same columns and rows; an empty cell is NULL."""
        (described,) = (each for each in TABLES if each.name == name)
        stored = [dict(row) for row in database.execute(f'SELECT * FROM "{name}"')]
        for row in stored:
            for column, value in row.items():
                as_text = {0: "false", 1: "true"}[value] if KINDS[column] == "boolean" else value
                row[column] = "" if value is None else str(as_text)
        rows = table(files[f"data/{name}.csv"])
        in_order = rows if described.key == ("number",) else sorted(rows, key=itemgetter(*described.key))
        assert in_order == stored
        assert all(list(row) == list(described.names) for row in stored)

    @pytest.mark.parametrize(
        ("name", "path"),
        [
            ("articles", "data/articles.jsonl"),
            ("annotations", "data/annotations.jsonl"),
            *((name, f"data/{name}.json") for name in ("entities", "quotations", "sources", "chronology")),
        ],
    )
    def test_json_and_sqlite(self, files: dict[str, bytes], database: sqlite3.Connection, name: str, path: str) -> None:
        """A JSON file and the table of its name hold the same records, the table sorted by their keys."""
        records = lines(files[path]) if path.endswith("l") else json.loads(files[path])
        (key,) = (each.key for each in TABLES if each.name == name)
        stored = list(database.execute(f'SELECT * FROM "{name}"'))
        assert len(stored) == len(records) > 0
        for row, record in zip(stored, map(flat, sorted(records, key=itemgetter(*key))), strict=True):
            columns = row.keys()
            assert {c: row[c] for c in columns} == {c: shown(record.get(c)) for c in columns}

    def test_occurrences(self, files: dict[str, bytes]) -> None:
        """The occurrences of all registers stand in one long table, one row a place."""
        long = {
            (name, row[column], row["article"], row["annotation"])
            for row in table(files["data/occurrences.csv"])
            for name, column in REGISTERS.items()
            if row[column]
        }
        arrays = {
            (name, record["id"], o["article"], o["annotation"])
            for name in REGISTERS
            for record in json.loads(files[f"data/{name}.json"])
            for o in record["occurrences"]
        }
        assert long == arrays

    def test_cells_are_the_archives(self, files: dict[str, bytes]) -> None:
        """Cells are not altered for spreadsheets: an account keeps its @, a text its line breaks and marks."""
        assert [row["name"] for row in table(files["data/entities.csv"])][1] == "@albatros_crew"
        assert [row["text"] for row in table(files["data/articles.csv"])] == [FERRY, ECHO]

    def test_rfc_4180(self, files: dict[str, bytes]) -> None:
        """Lines end in CRLF and there is no byte order mark."""
        content = files["data/relays.csv"]
        header = b"number,reporter,reported,article,annotation\r\n"
        assert content == header + b"1,lindholm-post,ida-brandt,ferry,q-1\r\n"


REGISTERS = {"entities": "entity", "quotations": "quotation", "sources": "source", "chronology": "chronology"}


class TestPackage:
    def test_resources(self, files: dict[str, bytes]) -> None:
        """The package describes every CSV file: its fields in order, its bytes and their hash."""
        package = json.loads(files["data/datapackage.json"])
        assert [f"data/{r['path']}" for r in package["resources"]] == [p for p in files if p.endswith(".csv")]
        for resource in package["resources"]:
            content = files[f"data/{resource['path']}"]
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            header = next(csv.reader(io.StringIO(content.decode(), newline="")))
            assert [field["name"] for field in resource["schema"]["fields"]] == header

    def test_foreign_keys(self, files: dict[str, bytes]) -> None:
        """Every foreign key points at the primary key of a resource that is there, and every value is found there."""
        resources = {r["name"]: r for r in json.loads(files["data/datapackage.json"])["resources"]}
        for name, resource in resources.items():
            for key in resource["schema"].get("foreignKeys", []):
                reference = key["reference"]
                assert resources[reference["resource"]]["schema"]["primaryKey"] == reference["fields"]
                there = {_values(row, reference["fields"]) for row in table(files[f"data/{reference['resource']}.csv"])}
                held = {_values(row, key["fields"]) for row in table(files[f"data/{name}.csv"])}
                assert {value for value in held if any(value)} <= there

    @pytest.mark.parametrize(
        ("rights", "licence"),
        [
            ("Data: CC BY-SA 4.0", {"name": "CC-BY-SA-4.0"}),
            ("CC0", {"name": "CC0-1.0"}),
            ("See https://example.org/terms.", {"path": "https://example.org/terms"}),
            ("All rights reserved.", None),
            ("", None),
        ],
    )
    def test_licence(self, rights: str, licence: dict[str, str] | None) -> None:
        """A licence is stated where the rights name one, and never guessed."""
        package = json.loads(export(empty(), site(rights=rights))["data/datapackage.json"])
        assert package.get("licenses") == ([{**licence, "title": rights}] if licence else None)
        assert package.get("rights", "") == rights


def _values(row: dict[str, str], names: str | list[str]) -> tuple[str, ...]:
    return tuple(row[name] for name in ([names] if isinstance(names, str) else names))


class TestSqlite:
    def test_sound(self, database: sqlite3.Connection) -> None:
        """The file is whole and every key points at a row."""
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []

    def test_keys(self, database: sqlite3.Connection) -> None:
        """Keys are enforced: an annotation of an article that is not there is refused."""
        database.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            database.execute("UPDATE annotations SET article = 'nowhere' WHERE article = 'echo' AND id = 't-1'")


class TestWebAnnotations:
    @pytest.mark.parametrize("slug", ARTICLES)
    def test_selectors(self, files: dict[str, bytes], slug: str) -> None:
        """Every target has a quote selector that finds one place, and a position selector that is that place."""
        for item in web(files, slug)["items"]:
            for target in targets(item):
                quote, position = target["selector"]
                assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
                selector = TextQuoteSelector(quote["exact"], quote.get("prefix", ""), quote.get("suffix", ""))
                assert match(TEXTS[slug], selector) == [(position["start"], position["end"])]

    @pytest.mark.parametrize("slug", ARTICLES)
    def test_one_each(self, files: dict[str, bytes], slug: str) -> None:
        """The page holds each annotation of the article once, under its own id."""
        page = web(files, slug)
        assert (page["type"], page["@context"]) == ("AnnotationPage", "http://www.w3.org/ns/anno.jsonld")
        assert page["partOf"]["total"] == len(page["items"])
        ids = [item["id"].partition("#")[2] for item in page["items"]]
        assert ids == [reviewed.annotation.id for reviewed in ANNOTATIONS[slug]]

    def test_interrupted(self, files: dict[str, bytes]) -> None:
        """An interrupted quotation has a target for each of its pieces and none for what stands between."""
        said = next(item for item in web(files, "ferry")["items"] if item["id"].endswith("#q-1"))
        assert [t["selector"][0]["exact"] for t in targets(said)] == ["“We felt it,”", "“before we heard it.”"]

    def test_creators(self, files: dict[str, bytes]) -> None:
        """The program made what it read and an editor what an editor changed; a confirmation is the editor's."""
        items = {item["id"].partition("#")[2]: item for item in web(files, "ferry")["items"]}
        assert items["t-1"]["creator"] == {"type": "Software", "name": "names@2"}
        assert items["q-1"]["creator"] == {"type": "Person", "name": "A. Reader"}
        assert items["m-1"]["creator"]["type"] == "Software"
        [state] = [body for body in items["m-1"]["body"] if body.get("purpose") == "assessing"]
        assert (state["value"], state["creator"]) == ("confirmed", {"type": "Person", "name": "A. Reader"})

    def test_fields(self, files: dict[str, bytes]) -> None:
        """What the standard has no words for is there as JSON, as data/annotations.jsonl has it."""
        line = annotations_of(files, "ferry")["q-1"]
        said = next(item for item in web(files, "ferry")["items"] if item["id"].endswith("#q-1"))
        [fields] = [json.loads(b["value"]) for b in said["body"] if b.get("format") == "application/json"]
        assert fields.items() <= line.items()
        assert fields["speaker"]["entity"] == "ida-brandt"

    def test_addresses(self) -> None:
        """With a base URL every address is absolute, without one relative to the file."""
        for base, page, text, entity in (
            (
                "https://example.org/papers/",
                "https://example.org/papers/articles/ferry/annotations.jsonld",
                "https://example.org/papers/articles/ferry/#text",
                "https://example.org/papers/entities/lindholm/",
            ),
            ("", "annotations.jsonld", "index.html#text", "../../entities/lindholm/index.html"),
        ):
            found = web(export(archive(), site(base_url=base)), "ferry")
            item = next(item for item in found["items"] if item["id"] == f"{page}#m-2")
            assert (found["id"], item["target"]["source"]) == (page, text)
            assert entity in [body.get("source") for body in item["body"]]

    def test_split_register(self) -> None:
        """Where a register fills several pages, a link names the page its record stands on."""
        [happening, _] = archive().chronology
        day = {"edtf": "1950-01-01", "earliest": "1950-01-01", "latest": "1950-01-01"}
        before = [msgspec.structs.replace(happening, id=f"e{n}", occurrences=(), **day) for n in range(1200)]
        long = msgspec.structs.replace(archive(), chronology=(*before, happening))
        [told] = [item for item in web(export(long, site()), "ferry")["items"] if item["id"].endswith("#e-1")]
        [link] = [body["source"] for body in told["body"] if body.get("purpose") == "linking"]
        assert link == "../../" + Places(long, Words()).event("ferry-e-1") != "../../" + links.event("ferry-e-1")


def test_same_bytes() -> None:
    """Two runs over the same archive give the same bytes in every file."""
    assert export(archive(), site()) == export(archive(), site())


def test_contract(files: dict[str, bytes]) -> None:
    """Every data file of the contract is there, once."""
    names = ["articles.jsonl", "annotations.jsonl", "datapackage.json", "archive.sqlite"]
    names += [f"{name}.json" for name in REGISTERS] + [f"{each.name}.csv" for each in TABLES]
    expected = {f"data/{name}" for name in names} | {f"articles/{slug}/annotations.jsonld" for slug in ARTICLES}
    paths = [file.path for render in (*EXPORTS, web_annotations.render) for file in render(archive(), site())]
    assert expected <= set(paths)
    assert len(paths) == len(set(paths))


def test_articles_pass_through() -> None:
    """An export that opens an article has let go of all but the one before it."""

    class Held(dict[str, str]):
        """A place for a weak reference: structs have none."""

    alive: list[weakref.ref[Held]] = []

    def watched(slug: str) -> LinkedArticle:
        assert all(one() is None for one in alive[:-1])
        entities = Held(LINKS[slug]["entities"])
        alive.append(weakref.ref(entities))
        return msgspec.structs.replace(opened(slug), entities=entities)

    many = msgspec.structs.replace(archive(), articles=archive().articles * 3, open=watched)
    for render in (*EXPORTS, web_annotations.render):
        if render.__module__.endswith("sqlite"):  # a key is there once; it takes the rows that tables do
            continue
        for _ in render(many, site()):
            pass
