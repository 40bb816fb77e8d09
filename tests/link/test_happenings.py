"""One happening, told by several articles: merged on evidence, told apart in doubt, side by side in disagreement.

A case file (tests/cases/happenings/*.txt) reads so: a line with # claims something; each line with @ begins an
article, named one, two, three, with its day of publication (none: not known). Below stand, indented, the rows that
are merged (`EDTF = articles | headline | shared names | shared words`) or that disagree (`EDTF | article | shared
names | shared words | not EDTF`). A case without such lines has neither.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.annotate import annotate
from builder.annotate.engine import load, parse
from builder.link import happenings
from builder.link.telling import Told
from builder.link.wording import act, stem, tokens
from builder.model.archive import Archive, ChronologyRecord, Occurrence, Reviewed, ReviewedArticle
from builder.model.article import Article, Block
from builder.model.editorial import Apart, ChronologyEntry, Editorial, EventReference
from builder.model.selector import TextQuoteSelector
from builder.problems import Problems
from builder.read.editorial import read as read_editorial
from tests.conftest import Trial
from tests.link.shares_fixture import archive_of

CASES = Path(__file__).parent.parent / "cases" / "happenings"
NUMBERS = ("one", "two", "three", "four")
MET = "Anna Berg met Otto Lind in Oslo on Monday."


def article(slug: str, text: str, published: str | None) -> ReviewedArticle:
    found = annotate(parse(load(), slug, text, published))
    made = Article(slug, f"About {slug}", text, (Block("paragraph", 0, len(text)),), published=published)
    return ReviewedArticle(made, tuple(map(Reviewed, found)))


def linked(articles: Sequence[tuple[str, str | None]], editorial: Editorial | None = None, turn: int = 0) -> Archive:
    """The archive of articles as (text, published), read in an order turned round by `turn`."""
    made = [article(slug, *one) for slug, one in zip(NUMBERS, articles, strict=False)]
    return archive_of(made[turn:] + made[:turn], editorial)


def told(archive: Archive) -> list[str]:
    """The rows that are merged or disagree, as case files write them."""
    dates = {r.id: r.edtf for r in archive.chronology}
    lines = []
    for row in archive.chronology:
        if row.evidence is None:
            continue
        slugs = sorted((o.article for o in row.occurrences), key=NUMBERS.index)
        names = ", ".join(sorted(archive.entities[e].name for e in row.evidence.names))
        words = ", ".join(sorted(row.evidence.words))
        head = f"{row.edtf} = {', '.join(slugs)} | {row.title}" if len(slugs) > 1 else f"{row.edtf} | {slugs[0]}"
        other = [f"not {', '.join(str(dates[d]) for d in row.disagrees)}"] if row.disagrees else []
        lines.append(" | ".join([head, names, words, *other]))
    return lines


def cases() -> Iterator[tuple[str, list[tuple[str, str | None]], list[str]]]:
    for file in sorted(CASES.glob("*.txt")):
        for case in file.read_text("utf-8").split("\n\n"):
            claim, *lines = case.strip("\n").split("\n")
            articles: list[tuple[str, str | None]] = []
            for line in (x for x in lines if not x.startswith("    ")):
                if line.startswith("@"):
                    articles.append(("", line[1:].strip() or None))
                else:
                    text, published = articles[-1]
                    articles[-1] = (f"{text}\n\n{line}".strip(), published)
            yield f"{file.stem}: {claim[2:]}", articles, [x.strip() for x in lines if x.startswith("    ")]


CASE = [pytest.param(articles, rows, id=claim) for claim, articles, rows in cases()]


@pytest.mark.parametrize(("articles", "rows"), CASE)
def test_cases(articles: list[tuple[str, str | None]], rows: list[str]) -> None:
    """Every case file holds: these rows are merged or disagree, and no others; whatever the articles' order."""
    archives = [linked(articles, turn=turn) for turn in range(len(articles))]
    assert [told(archive) for archive in archives] == [rows] * len(articles)
    assert all(list(a.chronology) == list(archives[0].chronology) for a in archives)


def test_a_merged_row_leads_to_every_sentence_and_every_sentence_to_it() -> None:
    archive = linked([(MET, "2019-06-05"), (f"It rained. {MET}", "2019-06-06")])
    (row,) = archive.chronology
    assert [o.article for o in row.occurrences] == ["one", "two"]
    assert all(list(archive.open(o.article).events.values()) == [row.id] for o in row.occurrences)
    assert all(row.id in archive.entities[e].events for e in row.participants)


def reference(slug: str, exact: str = MET) -> EventReference:
    return EventReference(slug, TextQuoteSelector(exact, "", ""), "chronology.yaml:1")


BOTH = [(MET, "2019-06-05"), (MET, "2019-06-06")]


def test_an_editor_splits_what_was_merged() -> None:
    apart = Apart((reference("one"), reference("two")), "chronology.yaml:1")
    archive = linked(BOTH, Editorial(apart=(apart,)))
    assert [len(r.occurrences) for r in archive.chronology] == [1, 1]
    assert told(archive) == []


def test_an_editor_takes_one_sentence_out_and_the_others_stay_together() -> None:
    apart = Apart((reference("two"),), "chronology.yaml:1")
    archive = linked([*BOTH, (MET, "2019-06-07")], Editorial(apart=(apart,)))
    assert sorted([o.article for o in r.occurrences] for r in archive.chronology) == [["one", "three"], ["two"]]


def test_what_an_editor_keeps_apart_does_not_disagree() -> None:
    other = MET.replace("Monday", "Sunday")
    apart = Apart((reference("one"), reference("two", other)), "chronology.yaml:1")
    archive = linked([(MET, "2019-06-05"), (other, "2019-06-05")], Editorial(apart=(apart,)))
    assert [r.disagrees for r in archive.chronology] == [(), ()]


def test_an_editors_row_keeps_what_it_does_not_correct() -> None:
    entry = ChronologyEntry("", "", "chronology.yaml:1", note="Seen.", events=(reference("one"), reference("two")))
    (machine,) = linked(BOTH).chronology
    (row,) = linked(BOTH, Editorial(chronology=(entry,))).chronology
    assert (row.id, row.title, row.edtf, row.review) == (machine.id, machine.title, "2019-06-03", "corrected")
    corrected = msgspec.structs.replace(entry, edtf="2019-06-02", title="They met")
    (row,) = linked(BOTH, Editorial(chronology=(corrected,))).chronology
    assert (row.title, row.edtf, row.earliest) == ("They met", "2019-06-02", "2019-06-02")


def test_an_editor_who_merges_two_dates_and_gives_none_leaves_it_open() -> None:
    other = MET.replace("Monday", "Sunday")
    entry = ChronologyEntry("met", "They met", "c:1", events=(reference("one"), reference("two", other)))
    (row,) = linked([(MET, "2019-06-05"), (other, "2019-06-05")], Editorial(chronology=(entry,))).chronology
    assert (row.edtf, row.why) == (None, "The editor gives no date.")


def test_a_sentence_stands_in_one_entry_only() -> None:
    entries = [ChronologyEntry(id, id, f"c:{id}", events=(reference("one"),)) for id in ("a", "b")]
    with pytest.raises(Problems, match="stands in the entry at c:a already"):
        linked(BOTH, Editorial(chronology=tuple(entries)))


@pytest.mark.parametrize("exact", ["Nobody wrote this.", "Anna Berg"])
def test_a_sentence_that_is_no_event_is_told(exact: str) -> None:
    apart = Apart((reference("one", exact),), "chronology.yaml:7")
    with pytest.raises(Problems, match="is not the sentence of one event of “one”"):
        linked(BOTH, Editorial(apart=(apart,)))


def written(trial: Trial, *rows: object) -> Editorial:
    trial.write("content/chronology.yaml", json.dumps(rows))
    return read_editorial(trial.root)


SENTENCES = [{"article": "one", "exact": MET}, {"article": "two", "exact": MET}]


def test_the_file_says_apart(trial: Trial) -> None:
    found = written(trial, {"apart": True, "events": SENTENCES, "note": "Two meetings."}, {"events": SENTENCES})
    assert [(len(a.events), a.note) for a in found.apart] == [(2, "Two meetings.")]
    assert [(c.id, c.title) for c in found.chronology] == [("", "")]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({"apart": True}, "“apart” without “events”"),
        ({"apart": True, "title": "x", "events": SENTENCES}, "“title” beside “apart”"),
        ({"apart": "yes please", "events": SENTENCES}, "“apart” is neither true nor false"),
        ({"edtf": "2019"}, "“title” is missing"),
        ({"appart": True}, "appart"),
    ],
)
def test_what_the_file_cannot_mean_is_told(trial: Trial, row: object, what: str) -> None:
    with pytest.raises(Problems, match=what):
        written(trial, row)


@pytest.mark.parametrize(
    "forms",
    ["closes closed closing close", "die dies died dying", "met meets meeting meet", "stopped stops stopping",
     "carry carries carried", "shot shoot shoots", "bomb bombs bombed", "killed kill killing"],
)  # fmt: skip
def test_forms_of_a_verb_meet(forms: str) -> None:
    assert len({stem(word) for word in forms.split()}) == 1, forms


@pytest.mark.parametrize("words", ["bomb bombast", "die dig", "shoot short", "rise rose-garden"])
def test_other_words_do_not(words: str) -> None:
    assert len({stem(word) for word in words.split()}) > 1


@pytest.mark.parametrize(
    ("title", "done"),
    [("the wounded soldiers returned home", "return"), ("the plant will close", "clos"), ("a ferry sank", "sink"),
     ("peace at last", ""), ("the need for speed", ""), ("the king is old", "old")],
)  # fmt: skip
def test_the_act_of_a_headline(title: str, done: str) -> None:
    """A wrong word is no harm: both headlines must have the same one."""
    assert act(tokens(title)) == done


# The rules again, over every archive of up to six made-up events: no annotator, all collisions.
EVENTS = st.builds(
    lambda slug, id, first, width, order, broad, words, act, printed: Told(
        (slug, id), first, first + width, printed and (printed, printed), tuple(order), frozenset(order),
        frozenset(broad), frozenset(words) | {act}, frozenset(), (frozenset(), frozenset()), act, False, {},
    ),
    st.sampled_from("abc"), st.sampled_from("xyz"), st.integers(1, 6), st.integers(0, 2),
    st.permutations("PQ"), st.sets(st.sampled_from("OH")), st.sets(st.sampled_from("uv")), st.sampled_from("mn"),
    st.one_of(st.none(), st.integers(4, 12)),
)  # fmt: skip


def joined(events: Sequence[Told]) -> list[ChronologyRecord]:
    rows = {
        t.at: ChronologyRecord(
            "-".join(t.at), " ".join(sorted(t.words)), "x", (Occurrence(*t.at),), participants=t.order
        )
        for t in events
    }
    candidates = happenings.Candidates()
    for event in events:
        candidates.add(event)
    found = {one.at: one for one in sorted(candidates.found(), key=lambda one: one.at)}
    made = {**rows, **happenings.join(rows.__getitem__, found)}
    return sorted(filter(None, made.values()), key=lambda r: r.id)


@settings(max_examples=300, deadline=None)
@given(st.lists(EVENTS, max_size=6, unique_by=lambda t: t.at), st.randoms(use_true_random=False))
def test_whatever_is_joined(events: list[Told], random: object) -> None:
    """Nothing is lost or doubled; every two of a row fit each other; who disagrees is told of it; order is nothing."""
    by_place = {t.at: t for t in events}
    rows = joined(events)
    places = [(o.article, o.annotation) for r in rows for o in r.occurrences]
    assert sorted(places) == sorted(by_place)
    ids = {r.id: r for r in rows}
    for row in rows:
        group = [by_place[o.article, o.annotation] for o in row.occurrences]
        for a, b in itertools.combinations(group, 2):
            assert happenings.is_alike(a, b)
            assert a.first <= b.first <= b.last <= a.last or b.first <= a.first <= a.last <= b.last
        assert len(group) == 1 or len({t.at[0] for t in group}) > 1
        assert row.id not in row.disagrees
        for other in row.disagrees:
            assert row.id in ids[other].disagrees
            assert not {o.article for o in row.occurrences} & {o.article for o in ids[other].occurrences}
    random.shuffle(events)  # type: ignore[attr-defined]
    assert joined(events) == rows
