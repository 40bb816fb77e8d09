"""The editors' files: whatever is wrong in one is told with its place, and nothing an editor wrote is passed over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from builder.cache import opened
from builder.model.editorial import Editorial
from builder.problems import Problems
from builder.read.editorial import read

FILES = ("entities.yaml", "sources.yaml", "chronology.yaml", "reviews/storm.yaml")
CONFIRM = "- confirm: entity\n  exact: Ada\n"


def put(root: Path, name: str, content: str | bytes) -> Path:
    path = root / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def error(root: Path) -> str:
    with pytest.raises(Problems) as caught:
        read(root)
    (only,) = caught.value.problems
    return str(only).split("\n")[0]


def told(root: Path, name: str, content: str | bytes) -> str:
    put(root, name, content)
    return error(root)


def test_no_files_are_no_decisions(tmp_path: Path) -> None:
    assert read(tmp_path) == Editorial()


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_file_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "content" / name).mkdir(parents=True)
    assert error(tmp_path) == f"content/{name}: not a file"


@pytest.mark.parametrize("name", FILES)
def test_a_link_that_leads_nowhere_is_not_a_file_that_was_never_written(tmp_path: Path, name: str) -> None:
    put(tmp_path, name, "").unlink()
    (tmp_path / "content" / name).symlink_to(tmp_path / "gone")
    assert error(tmp_path) == f"content/{name}: cannot be read: No such file or directory"


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"- \xff\n", ":1: not UTF-8: byte 2 is 0xff"),
        (b"- a\n- \x00\n", ":2: NUL byte in the text"),
        ("words\n", ":1: not a list"),
        ("- words\n", ": “words” is not an entry"),
        ("- " * 100_000 + "a\n", ":1: YAML: nested too deep"),
        ("[" * 100_000 + "]" * 100_000, ":1: YAML: nested too deep"),
        ("- {a: !!int x}\n", ":1: YAML: “x” is not what its form says"),
        (f"- {{a: {'9' * 5000}}}\n", f":1: YAML: “{'9' * 40}” is not what its form says"),
    ],
)
def test_no_content_crashes_the_reader(tmp_path: Path, name: str, content: str | bytes, message: str) -> None:
    """YAML of some 100 kB in one another used to end the whole program without a word."""
    assert told(tmp_path, name, content) == f"content/{name}{message}"


@pytest.mark.parametrize("name", ["entities.yml", "reviews/storm.yml"])
def test_a_file_that_would_not_be_read_is_told(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, name, CONFIRM) == f"content/{name}: is not read"


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_reviews_that_cannot_be_read_are_told_not_dropped(tmp_path: Path) -> None:
    put(tmp_path, "reviews", "no folder")
    assert error(tmp_path) == "content/reviews: cannot be read: Not a directory"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{name: '', kind: person}", "“name” is empty"),
        ('{name: "a\\x07b", kind: person}', "name: control character U+0007 in the text"),
        ("{name: A, kind: person, aliases: [~]}", "“aliases” is not a list"),
        ('{name: A, kind: person, aliases: ["\\0"]}', "aliases: NUL byte in the text"),
        ("{name: A, kind: person, identifiers: {wikidata: [Q1]}}", "“wikidata” is not text"),
        ("{name: A, kind: person, identifiers: {wikidata: ~}}", "“wikidata” is missing"),
        ("{name: A, kind: person, coordinates: [.nan, 1]}", "“coordinates” lie outside the globe"),
        ("{name: A, kind: person, coordinates: [true, 1]}", "“coordinates” are not two numbers"),
        ("{name: A, kind: person, id: con}", "id “con” cannot name a page"),
        (f"{{name: A, kind: person, id: {'a' * 101}}}", f"id “{'a' * 101}” cannot name a page"),
    ],
)
def test_an_entity_no_page_can_carry_is_told(tmp_path: Path, entry: str, message: str) -> None:
    assert told(tmp_path, "entities.yaml", f"- {entry}\n") == f"content/entities.yaml:1: {message}"


def test_a_name_that_windows_keeps_for_a_device_gets_another_id(tmp_path: Path) -> None:
    put(tmp_path, "entities.yaml", "- {name: Con, kind: person}\n")
    assert read(tmp_path).entities[0].id == "con-entity"


@pytest.mark.parametrize(
    ("decision", "message"),
    [
        ("correct: entity\n  label: ~", "“label” is empty"),
        ("add: entity\n  label: work\n  name: [a]", "“name” is not text"),
        ('add: entity\n  label: work\n  name: "a\\x01"', "name: control character U+0001 in the text"),
        ("correct: quotation\n  form: aloud", "form “aloud” is not known"),
        ("correct: quotation\n  speaker: A\n  speaker_kind: friend", "speaker_kind “friend” is not known"),
        ("correct: quotation\n  via: A\n  via_kind: ~", "“via_kind” is empty"),
        ("correct: quotation\n  speaker: [A]", "“speaker” is not text"),
        ("correct: time\n  timex: DAY", "timex “DAY” is not known"),
        ("correct: time\n  value: ~", "“value” is empty"),
        ("correct: event\n  title: ' '\n  edtf: soon", "edtf “soon” is no EDTF date"),
    ],
)
def test_a_value_no_annotation_can_have_is_told(tmp_path: Path, decision: str, message: str) -> None:
    """Such a value used to end the build with a message about bytes."""
    assert told(tmp_path, "reviews/storm.yaml", f"- {decision}\n  exact: Ada\n").endswith(f".yaml:1: {message}")


def test_an_editor_may_say_that_there_is_none(tmp_path: Path) -> None:
    put(tmp_path, "reviews/storm.yaml", "- correct: quotation\n  exact: Ada\n  speaker: ~\n  cue: ''\n")
    assert read(tmp_path).decisions["storm"][0].values == {"speaker": None, "cue": None}


def test_events_are_a_list(tmp_path: Path) -> None:
    assert told(tmp_path, "chronology.yaml", "- {title: A, events: 5}\n").endswith(":1: “events” is not a list")


def test_a_file_that_did_not_change_is_not_read_as_yaml_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What editors decided is the same from the cache: every type of entry, whole numbers as whole numbers."""
    put(
        tmp_path,
        "entities.yaml",
        "- {name: Quay, kind: place, coordinates: [37, -122.42], identifiers: {wikidata: Q1}}\n",
    )
    put(tmp_path, "sources.yaml", "- {name: The Paper, kind: publication, issued: '2014'}\n")
    sentence = "{article: storm, exact: It rained., prefix: '', suffix: ''}"
    rows = (
        f"- {{title: Rain, edtf: '2014', events: [{sentence}]}}\n- {{apart: true, events: [{sentence}, {sentence}]}}\n"
    )
    put(tmp_path, "chronology.yaml", rows)
    put(tmp_path, "reviews/storm.yaml", CONFIRM)
    with opened(tmp_path / "cache") as cache:
        first = read(tmp_path, cache)
        assert first == read(tmp_path) and first.apart and first.chronology and first.decisions["storm"]
        monkeypatch.setattr("builder.read.yaml_lines.load", lambda *_: pytest.fail("read again"))
        again = read(tmp_path, cache)
        assert again == first and repr(again) == repr(first)
        monkeypatch.undo()
        put(tmp_path, "entities.yaml", "- {name: Quay, kind: harbour}\n")
        for _ in range(2):
            with pytest.raises(Problems, match=r"entities\.yaml:1"):
                read(tmp_path, cache)
        put(tmp_path, "entities.yaml", "- {name: Pier, kind: place}\n")
        cache.store.change("UPDATE decided SET found = 'x'", [()])
        assert [entry.name for entry in read(tmp_path, cache).entities] == ["Pier"]
