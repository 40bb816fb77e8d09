"""The event annotator: which date belongs to which happening, and the headline cut for it.

A case file (tests/cases/events/*.txt) reads so: `published:` holds for what follows (empty: not known); then a
paragraph, and below it one line an event, in order: EDTF (`-` where unknown), the time expression it is dated by,
the headline, parted by ` | `. A paragraph without such a line reports nothing dated. Lines with # say what is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.annotate import events, times
from builder.annotate.document import Document
from builder.annotate.engine import load, parse
from builder.model.annotation import Annotation, Event, Mention, Quotation

CASES = Path(__file__).parent.parent / "cases" / "events"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def document(text: str, published: str | None) -> Document:
    return parse(load(), "t", text, published)


def read(text: str, published: str | None = None, *others: Annotation) -> list[tuple[str, str, Event]]:
    """Gives (EDTF, words of the time expression, event) for each event."""
    parsed = document(text, published)
    dated = list(times.annotate(parsed, ()))
    words = {t.id: t.exact for t in dated}
    return [(e.edtf or "-", words[e.time], e) for e in events.annotate(parsed, (*others, *dated))]


def cases() -> Iterator[tuple[str, str | None, str, list[str]]]:
    for file in sorted(CASES.glob("*.txt")):
        published: str | None = None
        text, results = "", list[str]()
        for line in [*file.read_text(encoding="utf-8").splitlines(), ""]:
            if line.startswith("    "):
                results.append(line.strip())
                continue
            if text:
                yield file.stem, published, text, results
            text, results = "", []
            if line.startswith("published:"):
                published = line.partition(":")[2].strip() or None
            elif line and not line.startswith("#"):
                text = line


@pytest.mark.parametrize(("file", "published", "text", "expected"), [*cases()])
def test_cases(file: str, published: str | None, text: str, expected: list[str]) -> None:
    """Every case file holds: these events, dated and headed so, and no others."""
    assert [f"{edtf} | {words} | {e.title}" for edtf, words, e in read(text, published)] == expected


@pytest.mark.parametrize(("file", "published", "text", "expected"), [*cases()])
def test_headlines_are_cut_not_composed(file: str, published: str | None, text: str, expected: list[str]) -> None:
    """Every headline stands word for word in its sentence, and is not much longer than a line."""
    for _, _, event in read(text, published):
        assert event.title.removesuffix("…") in event.exact
        assert len(event.title) <= 121


def test_participants_and_quotations_of_the_sentence() -> None:
    """An event has the entities of its own sentence, each once, and the quotations that reach into it."""
    text = "Anna Berg met Otto Lind on Monday, and Berg praised “the house”. Lind went home."

    def mention(words: str, entity: str, start: int = 0) -> Mention:
        at = text.index(words, start)
        return Mention(f"m{at}", at, at + len(words), words, "person", entity, words, "test", 1.0)

    people = [
        mention("Anna Berg", "e1"),
        mention("Otto Lind", "e2"),
        mention("Berg", "e1", 20),
        mention("Lind", "e3", 60),
    ]
    at = text.index("“")
    quoted = text[at : at + 11]
    quotation = Quotation("q1", at, at + 11, quoted, ((at, at + 11),), "direct", None, None, None, "test", 1.0)
    found = read(text, "2015-03-05", *people, quotation)
    assert [(e.participants, e.quotations) for _, _, e in found] == [(("e1", "e2"), ("q1",))]


def test_participants_of_a_clause() -> None:
    """Each clause has those it names and the subject it shares with the one before; a clause within has its noun."""

    def taking_part(text: str, *names: str) -> list[tuple[str, ...]]:
        found = ((name, text.index(name)) for name in names)
        people = (Mention(n, at, at + len(n), n, "person", n, n, "test", 1.0) for n, at in found)
        events_ = read(text, "2015-03-05", *people)
        assert len({(e.start, e.end) for _, _, e in events_}) == len({e.id for _, _, e in events_}) == len(events_)
        return [e.participants for _, _, e in events_]

    text = "Karim Vane was arrested by Lind on 3 February and met Otto Berg on 5 February."
    assert taking_part(text, "Karim Vane", "Lind", "Otto Berg") == [("Karim Vane", "Lind"), ("Karim Vane", "Otto Berg")]
    text = "Ann Bell, who beat Otto Berg in 1998, resigned on Monday."
    assert taking_part(text, "Ann Bell", "Otto Berg") == [("Ann Bell", "Otto Berg"), ("Ann Bell",)]


def test_offsets_and_ids() -> None:
    """`exact` is text[start:end], ids are unique, and reading twice gives the same."""
    text = "\n\n😀 It sank on Monday.\n\nIt sank on Monday.\n"
    found = [e for _, _, e in read(text, "2015-03-05")]
    assert [text[e.start : e.end] for e in found] == [e.exact for e in found]
    assert len({e.id for e in found}) == len(found) == 2
    assert found == [e for _, _, e in read(text, "2015-03-05")]


def test_a_day_beside_a_present_verb_is_to_come() -> None:
    """With the parse at hand, `the polls close at 8 p.m. Friday` means the Friday to come."""
    parsed = document("The polls close at 8 p.m. Friday.", "2015-03-05")
    assert [t.edtf for t in times.annotate(parsed, ())] == ["2015-03-06"]


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the two seed articles are not beside the checkout")
def test_seeds() -> None:
    """The two reports' threats are two events, six months apart; undated both where nothing says when."""
    one, other = (next(SEEDS.glob(name)).read_text(encoding="utf-8") for name in ("000_*.txt", "004_*.txt"))
    assert [edtf for edtf, _, _ in read(one, "2014-09-09")] == ["2014-09-06/2014-09-07", "2014-09-07"]
    assert "2015-03-02" in [edtf for edtf, _, _ in read(other, "2015-03-02/2015-03-03")]
    assert {edtf for edtf, _, _ in read(one) + read(other)} == {"-"}
