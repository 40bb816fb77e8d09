"""What is searched, that its index is the same each time, and that nothing folded is printed in results."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as some
from pagefind.service import get_executable

from builder.model.annotation import Quotation
from builder.model.archive import Archive, EntityRecord, LinkedArticle, Reviewed, ReviewedArticle
from builder.problems import Problems
from builder.render import (
    cbor,
    indexer,
    indexing,
    placing,
    search_parts,
    search_store,
    search_words,
    searchable,
    searching,
    texts,
)
from builder.render.lookups import Lookups, noted
from builder.render.pages import search
from builder.render.replacing import Before, replaced
from builder.render.search_index import Index, whole
from builder.render.search_known import Open
from builder.render.search_parts import parts
from builder.render.searchable import Document, Searchable, kinds
from builder.render.spelling import SHELVES, Shelves, Vocabulary
from builder.render.template import Site, open_site
from builder.render.words import Words
from tests.render import registers_fixture as made

ENGLISH = Words()


def test_the_page_leads_to_the_registers_without_a_script():
    """Its form is hidden until the script has an index to ask."""
    (file,) = search.render(made.archive(), open_site(made.CONFIG))
    page = BeautifulSoup(file.content, "html.parser")
    assert page.select_one("form#search").has_attr("hidden")
    assert [a["href"] for a in page.select("#without a")] == [
        f"../{name}/index.html" for name in ("articles", "entities", "quotations", "sources", "chronology")
    ]
    assert [s["src"] for s in page.select("script[src]")] == ["../assets/search.js"]
    assert "The Letter Writer" not in {o["value"] for o in page.select("datalist option")}


def found_in(archive: Archive) -> list[Document]:
    searchable = Searchable(archive, ENGLISH)
    return [document for part in parts(archive) for run in part.runs for document in searchable.documents(run)]


def test_everything_can_be_found():
    """Articles, names, quotations, dates, and sources that are no name; each once, however many parts there are."""
    archive = made.archive()
    found = found_in(archive)
    expected = len(archive.articles) + len(archive.entities) + len(archive.quotations) + len(archive.chronology)
    assert len({d.href for d in found}) == expected + sum(1 for s in archive.sources.values() if s.entity is None)
    assert len({d.href for d in found}) == len(found)
    assert {d.kind for d in found} == set(kinds(archive, ENGLISH))


def test_what_is_sensitive_carries_its_warning():
    """In place of its title and its words; it is no choice to narrow by."""
    found = {d.href: d for d in found_in(made.archive())}
    article = found["articles/threat/index.html"].shown("You will all drown")
    assert (article.title, article.warning) == ("This article reprints a threat.",) * 2
    assert "drown" not in str(article)
    assert found["quotations/index.html#q-drown"].warning == "A threat."
    assert all(("name", "The Letter Writer") not in d.filters for d in found.values())


def test_a_count_of_mentions_is_shown_but_is_no_part_of_the_index():
    """One more article with a name does not make every part that has the name be indexed again."""
    (tolland,) = (d for d in found_in(made.archive()) if d.title == "Mira Tolland")
    assert tolland.shown("").about == "2 mentions in 2 articles"
    assert "2 mentions" not in tolland.html("en")


def test_what_a_result_says_cannot_become_markup():
    """Titles and words are text to Pagefind, too."""
    page = Document("a", "Articles", "article", "<b>&", ("</p><script>",), (("name", '"><i>'),), "<u>").html("en")
    read = BeautifulSoup(page, "html.parser")
    assert not read.select("b, script, i, u")
    assert [m["content"] for m in read.select("meta")] == ["Articles", '"><i>', "<u>"]


@pytest.mark.parametrize("text", ["", "You will all “drown”", "\\ </script>\n"])
def test_what_results_show_of_a_document_can_be_given_its_text_later(text):
    """As it would be encoded with it at once."""
    for document in (Document("a", "Articles", "article", "Drowned", ()), *found_in(made.archive())):
        if not document.warning:
            shown = msgspec.json.encode(document.shown(""))
            assert searchable.with_text(shown, text) == msgspec.json.encode(document.shown(text))


def test_a_folded_quotation_is_not_in_its_articles_words():
    """A result of the article must not print it."""
    base = made.archive()
    text = made.text_of("sluice")
    start = text.index("the order came late")
    q = Quotation("q2", start, start + 19, text[start : start + 19], (), "indirect", None, None, None, "made@1", 1.0)

    def opened(slug: str) -> LinkedArticle:
        marked = (Reviewed(q, sensitive="Distressing."),) if slug == "sluice" else ()
        return LinkedArticle(ReviewedArticle(made.article(slug), marked), {}, {}, {}, {}, {}, {})

    archive = Archive(base.articles, {}, {}, {}, (), (), opened)
    article = next(d for d in found_in(archive) if d.href == "articles/sluice/index.html")
    assert "the order came late" not in " ".join(article.paragraphs)
    assert "said" in " ".join(article.paragraphs)


Bundle = dict[str, bytes]


def bundle_of(archive: Archive, work: Path | None = None) -> Bundle:
    return {f.path: f.content for f in searching.render(archive, open_site(made.CONFIG, work=work))}


def test_what_has_no_words_is_no_obstacle():
    """Pagefind leaves such a document out; all others are found."""
    base = made.archive()
    names = {"dots": EntityRecord("dots", "…", "work", ()), **base.entities}
    archive = Archive(base.articles, names, base.quotations, base.sources, (), base.chronology, base.open)
    assert any(path.endswith(".pf_meta") for path in bundle_of(archive))


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    return tmp_path_factory.mktemp("work")


@pytest.fixture
def in_parts(monkeypatch, work):
    """Every part holds a single article; gives the working folder."""
    monkeypatch.setattr(search_parts, "SMALLEST", 2)
    return work


@pytest.fixture(scope="module")
def bundle(work):
    """The index in four parts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_parts, "SMALLEST", 2)
        return bundle_of(made.archive(), work)


def folders(bundle: Bundle) -> list[str]:
    names: list[str] = json.loads(bundle["pagefind/parts.json"])
    return [f"pagefind/{name}" for name in names]


def meta_of(bundle: Bundle, folder: str) -> Any:
    entry = json.loads(bundle[f"{folder}/pagefind-entry.json"])
    (language,) = entry["languages"].values()
    meta = cbor.decode(gzip.decompress(bundle[f"{folder}/pagefind.{language['hash']}.pf_meta"])[12:])
    assert isinstance(meta, list) and len(meta[1]) == language["page_count"]
    return meta


def test_two_runs_give_the_same_bytes(in_parts, bundle):
    """The order in which Pagefind happens to write filters does not reach the site; nor does a kept index."""
    assert bundle_of(made.archive()) == bundle


def test_the_index_holds_together(bundle):
    """Every file that a part names is there, filters are sorted, and no file is named by nobody."""
    named = {f"pagefind/{name}" for name in ("parts.json", "pagefind.js", "pagefind-worker.js", "wasm.en.pagefind")}
    for folder in ["pagefind", *folders(bundle)]:
        meta = meta_of(bundle, folder)
        for name, hash_ in meta[3]:
            path = f"{folder}/filter/{hash_}.pf_filter"
            filter_ = cbor.decode(gzip.decompress(bundle[path])[12:])
            assert filter_[0] == name
            values = [value for value, _ in filter_[1]]
            assert values == sorted(values)
            named.add(path)
        named |= {f"{folder}/index/{hash_}.pf_index" for _, _, hash_ in meta[2]}
        named |= {f"pagefind/shown/{address.split('.')[0]}.json" for address, _ in meta[1]}
        named |= {p for p in bundle if p.startswith(folder) and p.count("/") == folder.count("/") + 1}
    assert set(bundle) == named


def test_an_index_leads_to_what_its_results_show(bundle):
    """Each address of each part is the place of another document; all of them together are the archive's."""
    shown = []
    for folder in folders(bundle):
        for address, _ in meta_of(bundle, folder)[1]:
            pack, place = address.split(".")
            shown.append(json.loads(bundle[f"pagefind/shown/{pack}.json"])[int(place)]["href"])
    assert sorted(shown) == sorted(d.href for d in found_in(made.archive()))


@pytest.fixture
def pages_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All pages that Pagefind is given."""
    found: list[str] = []
    begin = indexing.Reading.__init__

    def noting(self: indexing.Reading, pages: Iterable[str], language: str) -> None:
        found.extend(pages := list(pages))
        begin(self, pages, language)

    monkeypatch.setattr(indexing.Reading, "__init__", noting)
    return found


def test_only_the_part_that_changed_is_indexed_again(in_parts, bundle, pages_read, monkeypatch):
    """The others are taken from the working folder and stay as they are; what is no longer used is deleted there."""
    base, start = made.archive(), indexer.Indexer(open_site(made.CONFIG)).start()
    pages_read.clear()
    monkeypatch.setattr(indexer.Indexer, "start", lambda self: start)
    after = bundle_of(with_title(base, "Nobody rows"), in_parts)
    assert len(pages_read) == 1
    touched = [f for f in folders(after) if any(bundle.get(p) != after[p] for p in after if p.startswith(f + "/"))]
    assert len(touched) == 1 < len(folders(after)) == 4
    kept = {part.name for part in parts(made.archive())}
    assert {f.name for f in (in_parts / "search").iterdir()} == kept


def looked_at(part: search_parts.Part, searchable: Searchable) -> list[Any]:
    return [document for run in part.runs for document in searchable.documents(run)][:0]


def digests(archive: Archive) -> dict[str, bytes]:
    """What each unit of the search looked up, as the build notes it."""
    lookups, found = Lookups(), {}
    for unit in list(searching.units(noted(archive, lookups), open_site(made.CONFIG))):
        with lookups.noting() as reads:
            list(unit.make())
        found[unit.name] = lookups.digest(reads)
    return found


def test_a_part_is_looked_at_again_only_when_something_in_it_changed(in_parts, monkeypatch):
    """Not when a name it has is mentioned in other words elsewhere, though the name is counted there."""
    monkeypatch.setattr(searching, "_part", lambda name, found, of, indexer: looked_at(found[name], of))
    monkeypatch.setattr(searching, "_start", lambda names, indexer: [names["pagefind"]][:0])
    base = made.archive()
    tolland = base.entities["mira-tolland"]
    first, second = tolland.occurrences
    elsewhere = msgspec.structs.replace(tolland, occurrences=(first, msgspec.structs.replace(second, after=" wept")))
    again = msgspec.structs.replace(base, entities={**base.entities, "mira-tolland": elsewhere})
    before = digests(base)
    assert len(before) == 5 and digests(again) == before
    school = msgspec.structs.replace(base.entities["ecole"], description="A school.")
    after = digests(msgspec.structs.replace(base, entities={**base.entities, "ecole": school}))
    assert sum(after[name] != before[name] for name in before) == 1


def looked_up(archive: Archive, work: Path) -> dict[str, dict[str, set[str]]]:
    """What each unit of the search notes when it is made in this working folder."""
    lookups, found = Lookups(), {}
    for unit in list(searching.units(noted(archive, lookups), open_site(made.CONFIG, work=work))):
        with lookups.noting() as reads:
            list(unit.make())
        found[unit.name] = {register: set(keys) for register, keys in reads.items()}
    return found


def test_only_what_would_look_up_something_else_is_opened(tmp_path, monkeypatch):
    """What the others looked up is noted all the same, since the part is to be made again when it changes."""
    opened: list[str] = []
    pieces = Searchable.pieces

    def noted_as(of: tuple[str, Sequence[str]], documents: Callable[[], Iterator[Document]]) -> Iterator[Document]:
        opened.append(" ".join((of[0], *of[1])))
        return documents()

    def noting(self: Searchable, run: search_parts.Run) -> Iterator[searchable.Piece]:
        return ((of, partial(noted_as, of, documents)) for of, documents in pieces(self, run))

    monkeypatch.setattr(search_parts, "FEW", 2)
    monkeypatch.setattr(Searchable, "pieces", noting)
    base = made.archive()
    first = looked_up(base, tmp_path)
    all_opened = sorted(opened)
    assert len(opened) > 12 and len(first) == 2
    assert {slug for reads in first.values() for slug in reads.get("texts", ())} == {a.slug for a in base.articles}
    opened.clear()
    assert looked_up(base, tmp_path) == first and not opened
    retitled = tuple(
        msgspec.structs.replace(a, title="The dike held") if a.slug == "undated" else a for a in base.articles
    )
    changed = msgspec.structs.replace(base, articles=retitled)
    assert looked_up(changed, tmp_path) == first
    assert [of for of in opened if of.startswith("articles")] == ["articles undated"] and len(opened) < 4
    opened.clear()
    monkeypatch.setattr(indexer, "SOURCES", ("__init__.py",))  # stands for a change of the program
    looked_up(changed, tmp_path)
    assert sorted(opened) == all_opened


def test_a_record_that_is_new_in_a_run_is_found(tmp_path):
    """Nothing that was looked up for the run before tells of it."""
    base = made.archive()
    source = next(one for one in base.sources.values() if not one.entity)
    ledger = msgspec.structs.replace(source, id="dike-ledger", name="The dike ledger")
    more = msgspec.structs.replace(base, sources={**base.sources, "dike-ledger": ledger})
    assert noted_bundle(base, tmp_path) != (new := noted_bundle(more, tmp_path)) == bundle_of(more)
    assert noted_bundle(base, tmp_path) == bundle_of(base) != new


def noted_bundle(archive: Archive, work: Path) -> dict[str, bytes]:
    """The bundle as a build makes it, which notes what is looked up."""
    return bundle_of(noted(archive, Lookups()), work)


def with_title(archive: Archive, title: str) -> Archive:
    articles = [msgspec.structs.replace(a, title=title) if a.slug == "undated" else a for a in archive.articles]
    return msgspec.structs.replace(archive, articles=tuple(articles))


def test_only_words_that_were_in_no_document_are_read_again(tmp_path, pages_read, monkeypatch):
    """Those of others of the part, also of some that are gone, were kept; the index is that of all at once."""
    monkeypatch.setattr(search_parts, "FEW", 8)
    start = indexer.Indexer(open_site(made.CONFIG)).start()
    monkeypatch.setattr(indexer.Indexer, "start", lambda self: start)
    pages_read.clear()
    base = made.archive()
    bundle_of(base, tmp_path)
    assert len(pages_read) == 2 and "sluice" in pages_read[0]  # the words, each once, and a sample
    assert len(parts(base)[0].runs) == 1
    for title, new in (("The dike held", "held"), ("Held the dike", "Held"), ("held The dike", "")):
        pages_read.clear()
        changed = with_title(base, title)
        after = bundle_of(changed, tmp_path)
        assert [BeautifulSoup(page, "html.parser").h1.text for page in pages_read] == [f"words {new} …"] * bool(new)
        assert after == bundle_of(changed) != bundle_of(base)


def test_pagefind_begins_with_the_first_new_document_while_others_are_come_by(tmp_path, pages_read):
    """It takes as long to start as all else that a changed word needs; what others have besides is read after it."""
    site, begun = open_site(made.CONFIG, work=tmp_path), []
    four = [accents("dike"), accents("sluice"), accents("lock"), accents("quay")]

    def coming(documents: list[Document]) -> Iterator[Document]:
        for document in documents:
            begun.append(len(pages_read))
            yield document

    index_of(site, four)
    pages_read.clear()
    now = [accents("dike"), accents("weir"), accents("ferry"), accents("quay")]
    index, _ = indexer.Indexer(site).index("0" * 8, {"0" * 16: [Open("0", partial(coming, now))]})
    assert begun == [0, 0, 1, 1] and len(pages_read) == 2 and "weir" in pages_read[0] and "ferry" in pages_read[1]
    assert index.files == index_of(open_site(made.CONFIG), now).files


def test_what_another_program_put_together_is_not_taken(tmp_path, pages_read, monkeypatch):
    """Words may stand otherwise in it, though documents are the same."""
    site = open_site(made.CONFIG, work=tmp_path)
    before = index_of(site, [accents("dike")]).files
    pages_read.clear()
    assert index_of(site, [accents("dike")]).files == before and pages_read == []
    monkeypatch.setattr(indexer, "PLACED_BY", ("__init__.py",))
    assert index_of(site, [accents("dike")]).files == before and len(pages_read) == 2


def test_what_words_are_found_under_is_kept_as_it_is():
    """Also of words that are found under several, or under none; what cannot be read counts as nothing."""
    words = ["dike", "Écluse", "half-open", "—", "don't", "running"]
    vocabulary, again = Vocabulary(), Vocabulary()
    assert placing.learnt(words, "en", vocabulary)
    vocabulary.known["light"] = (vocabulary.number(("light", "")) << 16 | 84,)
    words.append("light")
    some = Shelves(Shelves(b"").more(words[:4], vocabulary))
    kept = Shelves(some.more(words[4:], vocabulary))
    assert kept.of("running").usual["running"] == "run" and len(kept.of("half-open").others["half-open"]) > 1
    assert all(word in kept for word in words) and "ran" not in kept and "running" not in some
    again.take(words, kept)
    found = [
        {word: [(v.keys[e >> 16], e % (1 << 16)) for e in v.known[word]] for word in words} for v in (vocabulary, again)
    ]
    assert found[0] == found[1]
    for spoilt in (b"spoilt", b"", msgspec.msgpack.encode([b"spoilt"]), msgspec.msgpack.encode([b"spoilt"] * SHELVES)):
        assert not any(word in Shelves(spoilt) for word in words)


def test_pagefind_is_ended_where_documents_cannot_be_come_by(tmp_path, monkeypatch):
    """Neither it nor what it was given is left behind."""
    site, scratch = open_site(made.CONFIG, work=tmp_path / "work"), tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    index_of(site, [accents("dike")])
    held, begin = [], indexing.Reading.__init__
    monkeypatch.setattr(indexing.Reading, "__init__", lambda self, *of: held.append(self) or begin(self, *of))

    def broken() -> Iterator[Document]:
        yield accents("weir")
        assert len(list(scratch.iterdir())) == len(held) == 1
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        indexer.Indexer(site).index("0" * 8, {"0" * 16: [Open("0", broken)]})
    assert list(scratch.iterdir()) == [] and held[0]._process.poll() is not None


def test_pagefind_is_asked_once_which_version_it_is(tmp_path, monkeypatch):
    """Until its file is another: a process that does nothing else takes as long as much of a build."""
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\necho pagefind 1\necho asked >> $0.asked\n")
    program.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(program))
    known = indexing.program()
    assert known.version == "pagefind 1" and indexing.program(known) == known
    program.write_text("#!/bin/sh\necho pagefind 1.1\n")
    assert indexing.program(known).version == "pagefind 1.1"
    assert (tmp_path / "pagefind.asked").read_text() == "asked\n"


def index_of(site: Site, *runs: list[Document]) -> Index:
    opened = {f"{number:016}": [Open(str(number), partial(list, run))] for number, run in enumerate(runs)}
    index, _ = indexer.Indexer(site).index("0" * 8, opened)
    return index


def test_a_document_that_is_gone_is_not_found(tmp_path):
    """Nor is its place taken by another; what stays is as if it alone had been read."""
    site = open_site(made.CONFIG, work=tmp_path)
    four = [accents("dike"), accents("…"), accents("sluice"), accents("dike")]
    index_of(site, four)
    fewer, alone = index_of(site, four[1:]), index_of(open_site(made.CONFIG), four[1:])
    assert (fewer.files, fewer.pages, fewer.rest) == (alone.files, alone.pages, alone.rest)
    assert [page.text for page in fewer.pages] == ["… an old word.", "sluice. an old word.", "dike. an old word."]


WORDS = some.text(alphabet="aBé’'-_.,!?&<(5ßЖ字क" + " " * 6, max_size=60)


DOCUMENTS = some.builds(
    Document,
    some.just("x"),
    some.just("Articles"),
    some.just("article"),
    WORDS,
    some.tuples(WORDS, WORDS),
    some.just((("year", "2020"),)),
    WORDS,
)


@given(some.lists(DOCUMENTS, min_size=2, max_size=5))
@settings(max_examples=25, deadline=None)
def test_words_read_once_give_the_index_that_pagefind_makes_of_the_documents(documents):
    """Whatever the words are; in the order of the documents, where Pagefind knows none."""
    documents = [*documents, placing.SAMPLE]
    ours, read = placed(documents), indexing.indexed([d.html("en") for d in documents], "en").read()
    assert ours.pages == sorted(read.pages, key=lambda page: page.number)
    assert words_of(whole([ours])) == words_of(whole([read]))
    assert filters_of(whole([ours])) == filters_of(whole([read]))
    assert (ours.entry["version"], ours.rest) == (read.entry["version"], read.rest)


VOCABULARY = Vocabulary()


def placed(documents: list[Document]) -> indexing.Read:
    found = [texts.text(document) for document in documents]
    assert placing.learnt([word for text in found for word in texts.all_words(text)], "en", VOCABULARY)
    return placing.placed(found, narrowed(documents), VOCABULARY)


def narrowed(documents: list[Document]) -> placing.Narrowed:
    return list(map(search_store.narrowed, documents))


@given(some.lists(DOCUMENTS, max_size=12), some.lists(some.integers(0, 20), max_size=12), some.lists(DOCUMENTS))
@settings(max_examples=60, deadline=None)
def test_an_index_with_documents_replaced_is_that_of_all_documents_placed_at_once(before, order, fresh):
    """Whichever stay, in whatever order, and wherever others are put in between."""
    stay = list(dict.fromkeys(n for n in order if n < len(before)))
    now, same = [before[n] for n in stay], dict(enumerate(stay))
    for number, document in enumerate(fresh):
        now.insert(2 * number, document)
        same = {at + (at >= 2 * number): then for at, then in same.items()}
    read, wanted = placed(before), placed(now)
    added = {n: texts.text(document) for n, document in enumerate(now) if n not in same}
    gone = {n: texts.text(document) for n, document in enumerate(before) if n not in stay}
    for known in ((), narrowed(before)):
        found = replaced(Before(read, same, gone, known), added, narrowed(now), VOCABULARY)
        assert (found.pages, found.filters) == (wanted.pages, wanted.filters)
        assert whole([found]).files == whole([wanted]).files
    stand = found.filters is read.filters
    again = whole([found], whole([read]).files, same_filters=stand)
    assert (again.files, again.rest) == (whole([found]).files, whole([found]).rest)


def test_the_words_of_a_document_can_be_told_from_what_is_shown_of_it():
    """So that it can be taken out of an index that was made when it read otherwise."""
    for document in found_in(made.archive()):
        text = texts.text(document)
        assert texts.reread(text.shown, document.title, document.about) == text


def test_a_vocabulary_of_too_many_words_is_begun_anew(monkeypatch):
    """Memory does not grow with the archive; the index is the same."""
    usual = bundle_of(made.archive())
    monkeypatch.setattr(search_parts, "SMALLEST", 2)
    several = bundle_of(made.archive())
    monkeypatch.setattr(Vocabulary, "MOST", 1)
    assert bundle_of(made.archive()) == several != usual


def test_where_pagefind_takes_words_otherwise_it_reads_the_documents_themselves(monkeypatch):
    """A language that it cuts into words by itself, or another version of it; the index is the same."""
    monkeypatch.setattr(texts, "STOPPED", set())
    assert not placing.learnt([], "en", Vocabulary())
    wholly = bundle_of(made.archive())
    monkeypatch.undo()
    assert wholly == bundle_of(made.archive())


def test_where_pagefind_reads_documents_wholly_it_reads_only_runs_that_changed(tmp_path, monkeypatch, pages_read):
    """The others were kept; the index is that of all at once."""
    monkeypatch.setattr(texts, "STOPPED", set())
    monkeypatch.setattr(search_parts, "FEW", 2)
    start = indexer.Indexer(open_site(made.CONFIG)).start()
    monkeypatch.setattr(indexer.Indexer, "start", lambda self: start)
    base = made.archive()
    bundle_of(base, tmp_path)
    pages_read.clear()
    changed = with_title(base, "Nobody rows")
    after = bundle_of(changed, tmp_path)
    assert 0 < len(pages_read) < len(found_in(base)) and any("Nobody rows" in page for page in pages_read)
    assert after == bundle_of(changed) != bundle_of(base)


@given(some.dictionaries(some.text("abcü", min_size=1), some.binary(max_size=30), max_size=60), some.integers(0, 200))
def test_files_of_words_end_where_they_may(words, least):
    """After a word that may be the last one, once they are large enough, or after any once they are too large."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(search_words, "LEAST", least)
        patched.setattr(search_words, "MOST", 2 * least)
        found = list(search_words.files(words))
    names, cut = list(words), []
    size = 0
    for word, content in words.items():
        size += len(content)
        if size > least and (size > 2 * least or search_words._cut(word)):
            cut.append(word)
            size = 0
    last = [*cut, *names[-1:]] if names and names[-1:] != cut[-1:] else cut
    assert [end for _, end, _ in found] == last
    starts = [0, *(names.index(end) + 1 for end in last)]
    parted = [names[start:end] for start, end in pairwise(starts)]
    wanted = [cbor.joined([cbor.joined([words[name] for name in some_])]) for some_ in parted]
    assert [(some_[0], content) for some_, content in zip(parted, wanted, strict=True)] == [
        (first, content) for first, _, content in found
    ]


Found = dict[str, list[tuple[int, bytes]]]


def words_of(index: Index) -> Found:
    """For every word and form, which documents have it, and where."""
    found: Found = {}
    for path, content in sorted(index.files.items()):
        for key, places in search_words.read(gzip.decompress(content)[12:]) if path.startswith("index/") else ():
            found[" ".join(key)] = [(index.pages[page].number, rest) for page, rest in places_of(places)]
    return {name: sorted(places) for name, places in found.items()}


def places_of(places: search_words.Places) -> Iterator[tuple[int, bytes]]:
    whole = b"\x83" + cbor.encode(places.first) + places.rest
    page = 0
    for match in search_words.PLACE.finditer(whole):
        further = cbor.decode(match[1])
        assert isinstance(further, int)
        page += further
        yield page, match[2]
    assert page == places.last


def test_an_index_that_is_put_together_is_that_of_all_documents_at_once():
    """The same words with their accents, the same filters; documents may stand in another order."""
    pages = [d.html("en") for d in found_in(made.archive())]
    pages += [d.html("en") for d in (accents("Écluse"), accents("ecluse"), accents("été"), accents("ete", "Écluse"))]
    once = whole([indexing.indexed(pages, "en").read()])
    parts_of = [pages[:3], pages[3:9], pages[9:-3], pages[-3:]]
    together = whole([indexing.indexed(some_, "en").read() for some_ in parts_of])
    assert words_of(once) == words_of(together) and len(words_of(once)) > 100
    assert sorted(page.number for page in together.pages) == list(range(len(pages)))
    assert {p.number: p for p in once.pages} == {p.number: p for p in together.pages}
    assert filters_of(once) == filters_of(together)


def accents(title: str, text: str = "an old word") -> Document:
    return Document("x", "Articles", "article", title, (text,), (("year", "2020"),))


def filters_of(index: Index) -> dict[str, dict[str, list[int]]]:
    found: dict[str, dict[str, list[int]]] = {}
    for path, content in index.files.items():
        if path.startswith("filter/"):
            name, values = cbor.decode(gzip.decompress(content)[12:])
            found[name] = {value: sorted(index.pages[page].number for page in pages) for value, pages in values}
    return found


def test_documents_without_a_title_are_indexed_too():
    """What they have to count is then another kind of metadata, and all are read together."""
    index = index_of(open_site(made.CONFIG), [accents("dike")], [accents("", "sluice")])
    assert {"dike ", "sluic "} <= set(words_of(index))


def test_a_file_that_is_no_index_is_left_alone(in_parts, bundle):
    """The working folder may be a link to somewhere else."""
    theirs = in_parts / "search" / "letter.txt"
    theirs.write_text("mine")
    bundle_of(made.archive(), in_parts)
    assert theirs.read_text() == "mine"
    theirs.unlink()


@pytest.mark.parametrize("spoilt", [b"", b"\x93\x01", b"not an index"])
def test_a_spoilt_index_is_made_again(in_parts, bundle, spoilt):
    """Whatever stands in the working folder, the site is the same."""
    for file in (in_parts / "search").iterdir():
        file.write_bytes(spoilt)
    assert bundle_of(made.archive(), in_parts) == bundle


@pytest.mark.parametrize("at", [0.001, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999])
def test_an_index_of_which_a_byte_is_another_is_made_again(in_parts, bundle, at):
    """Wherever it is: most of it is not opened where nothing changed."""
    for file in (in_parts / "search").iterdir():
        content = bytearray(file.read_bytes())
        content[int(at * len(content))] ^= 1
        file.write_bytes(content)
    assert bundle_of(made.archive(), in_parts) == bundle


def test_pagefind_is_found_where_its_own_package_finds_it(monkeypatch):
    """Its service is not imported for that: it would import asyncio on every build that changes a word."""
    assert indexing._executable() == str(get_executable())
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/elsewhere/pagefind")
    assert indexing._executable() == str(get_executable()) == "/elsewhere/pagefind"
    alone = "import sys, builder.render.indexing as i; i.program(); assert 'asyncio' not in sys.modules"
    monkeypatch.delenv("PAGEFIND_BINARY_PATH")
    subprocess.run([sys.executable, "-c", alone], check=True)


def test_a_missing_pagefind_is_told_with_what_helps(monkeypatch):
    """Not as an error of Python's."""
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    monkeypatch.setitem(sys.modules, "pagefind_bin_extended", None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Problems, match="Pagefind’s program is missing"):
        indexing.indexed(["<p>dike"], "en")


def test_an_empty_archive_has_no_index():
    """The page says that search is not there."""
    assert bundle_of(made.empty()) == {}


def summaries(slugs: Iterable[str]) -> Archive:
    one = made.summary("sluice")
    articles = tuple(msgspec.structs.replace(one, slug=slug, earliest=f"20{slug[:2]}-01-01") for slug in slugs)
    return Archive(articles, {}, {}, {}, (), (), made.archive().open)


def test_an_added_article_changes_one_part():
    """Wherever in time it stands; the parts before and after it keep their names and their articles."""
    slugs = [f"{n % 25:02}-{n}" for n in range(3000)]
    before, after = parts(summaries(slugs)), parts(summaries([*slugs, "12-new"]))
    members = {part.name: part.articles for part in before}
    changed = [part for part in after if members.get(part.name) != part.articles]
    assert len(changed) <= 2 and len(before) > 8


@pytest.mark.parametrize("number", [1, 300, 5000, 20_000, 60_000])
def test_parts_are_never_too_large_nor_too_many(number):
    """Memory is bounded by the largest; a reader's browser asks each of them."""
    sizes = [len(part.articles) for part in parts(summaries(f"{n:05}" for n in range(number)))]
    assert sum(sizes) == number
    assert max(sizes) <= 2 * search_parts.LARGEST
    assert len(sizes) <= 1.5 * max(search_parts.MOST, number / search_parts.LARGEST)


def test_a_record_is_in_the_part_of_its_oldest_article(in_parts):
    """A later article that names it again does not move it."""
    by_article = {part.articles[0]: set(part.runs[0].quotations) for part in parts(made.archive())}
    assert by_article == {
        "sluice": {"q-gates", "q-late"},
        "inquiry": {"q-torn"},
        "threat": {"q-drown"},
        "undated": set(),
    }


values = some.recursive(
    some.integers(0, 2**40) | some.text() | some.binary(), lambda inner: some.lists(inner, max_size=30), max_leaves=40
)


@given(values)
def test_what_is_encoded_is_decoded(value):
    """Pagefind's files survive being written anew."""
    assert cbor.decode(cbor.encode(value)) == value


@pytest.mark.parametrize("broken", [b"", b"\x82\x01", b"\x01\x01", b"\x63ab", b"\xf9\x00\x00", b"\x1f"])
def test_what_is_not_understood_is_refused(broken):
    """A change of Pagefind's format is noticed."""
    with pytest.raises(ValueError):
        cbor.decode(broken)
