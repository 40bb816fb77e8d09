"""`glossator import`: the words stay the author's, the bytes stay as they were, and every change is on record.

tests/cases/import holds the inputs, each beside the article it becomes (`<name>.article`).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from builder.model.article import Article, Cleanup
from builder.problems import Problems
from builder.read.front_matter import parse, split
from builder.read.importing import Imported, front, import_files, page_body, text_file
from builder.read.markdown_body import markdown
from tests.read.reading_fixture import read_all

CASES = Path(__file__).parent.parent / "cases" / "import"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
INPUTS = sorted(path for path in CASES.iterdir() if path.suffix in (".txt", ".md", ".html"))
LINED = [path for path in INPUTS if path.suffix == ".txt" and path.stem != "wrapped"]
STORY = (
    "The Quay Is Open Again\n\nThe quay was opened on Monday, the port said.\n\nShips may land there from noon on.\n"
)


def put(root: Path, name: str, content: str | bytes) -> Path:
    path = root / "in" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def bring(root: Path, name: str, content: str | bytes, **metadata: Any) -> tuple[Imported, Article]:
    (done,) = import_files(root, [put(root, name, content)], metadata)
    return done, next(article for article in read_all(root) if article.slug == done.slug)


def errors(root: Path, name: str, content: str | bytes, **metadata: Any) -> str:
    with pytest.raises(Problems) as caught:
        import_files(root, [put(root, name, content)], metadata)
    assert not (root / "content").exists(), "nothing is written"
    return str(caught.value).replace(str(root / "in") + "/", "")


def files(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted((root / "content").rglob("*")) if p.is_file()}


def undone(text: str, cleanups: tuple[Cleanup, ...]) -> str:
    """The text before import: each change's place is the first, after the last one's, where prefix and after stand."""
    if cleanups and cleanups[-1].kind == "paragraphs one a line":
        text, cleanups = text.replace("\n\n", "\n"), cleanups[:-1]
    places, cursor = [], 0
    for cleanup in cleanups:
        found = text.index(cleanup.prefix + cleanup.after, max(0, cursor - len(cleanup.prefix)))
        start = found + len(cleanup.prefix)
        cursor = start + len(cleanup.after)
        places.append((start, cursor, cleanup.before))
    for start, end, before in reversed(places):
        text = text[:start] + before + text[end:]
    return text


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def body_of(root: Path, done: Imported) -> str:
    return (root / done.article).read_text("utf-8").split("\n---\n\n", 1)[1]


@pytest.mark.parametrize("path", INPUTS, ids=lambda p: p.name)
def test_each_case_becomes_its_article(path: Path, tmp_path: Path) -> None:
    """The file beside each input is the article it becomes, front matter and all."""
    (done,) = import_files(tmp_path, [path], {})
    assert (tmp_path / done.article).read_text("utf-8") == (CASES / f"{path.name}.article").read_text("utf-8")
    assert len(list(read_all(tmp_path))) == 1


@pytest.mark.parametrize(
    "path", [p for p in INPUTS if p.suffix == ".txt" and p.stem != "wrapped"], ids=lambda p: p.name
)
def test_every_change_can_be_undone(path: Path, tmp_path: Path) -> None:
    """The recorded clean-ups, taken back, give the original's lines, headline and all."""
    (done,) = import_files(tmp_path, [path], {})
    (article,) = read_all(tmp_path)
    assert lines(undone(body_of(tmp_path, done), article.cleanups)) == lines(path.read_text("utf-8"))


def test_unwrapping_loses_no_word(tmp_path: Path) -> None:
    """Joined lines keep every word; a hyphen that ended a line is on record, as only a reader knows whose it is."""
    (done,) = import_files(tmp_path, [CASES / "wrapped.txt"], {})
    (article,) = read_all(tmp_path)
    title, *rest = article.cleanups
    found = (title.before + body_of(tmp_path, done)).replace("sixty-four", "sixty-\nfour")
    assert found.split() == (CASES / "wrapped.txt").read_text("utf-8").split()
    assert [c.kind for c in rest] == ["wrapped lines joined", "hyphen at a line’s end"]


DEBRIS = (
    "— -- ",
    "\xa0",
    " -– ",
    "))",
    "Share this post",
    "(Photo by A. Reed/Agency)",
    "Print",
    "\u200b",
    "(",
    "\n",
    "\n\n",
    "—",
)
WORDS = ("The quay ", "is open", "again. ", "He said it.", "Ships wait ", "“No,” ")


@settings(deadline=None)
@given(st.lists(st.sampled_from(DEBRIS + WORDS), min_size=1, max_size=40))
def test_any_mixture_of_debris_can_be_undone(parts: list[str]) -> None:
    """However words and debris are mixed, the record leads back to them."""
    assume("".join(parts).strip())
    text = "Of Ships And Quays\n\n" + "".join(parts)
    draft = text_file.read(text, "in.txt")
    assume(not any(c.kind == "wrapped lines joined" for c in draft.cleanups))
    assert lines(undone(draft.body, draft.cleanups)) == lines(text)


def test_plain_text_is_never_markup(tmp_path: Path) -> None:
    """What Markdown or HTML would take for markup stays as the author wrote it."""
    odd = "# one *two* _three_ `four` [five](six) <b>seven</b> {{ eight }} &amp; \\ 1. | @nine #ten"
    _, article = bring(tmp_path, "a.txt", f"{STORY}\n{odd}\n\n    - eleven\n\n> twelve\n")
    assert article.text.split("\n\n")[2:] == [odd, "    - eleven", "> twelve"]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell.",
        "Printing stopped at noon.",
        "Read more books, the minister said.",
        "(he laughed)",
        "Photos showed the quay on fire.",
        "— Non, dit-il.",
        "Comments were few.",
        "(Photos of it were shared by thousands.)",
        "He wrote :-))",
    ],
)
def test_the_authors_lines_stay(tmp_path: Path, line: str) -> None:
    """Lines that only resemble page furniture, credits or datelines are the article's own."""
    _, article = bring(tmp_path, "a.txt", f"{STORY}\n{line}\n\nEnd of it.\n")
    assert article.text.split("\n\n")[2] == line
    assert [c.kind for c in article.cleanups] == ["title"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Share this post", "page furniture"),
        ("READ MORE »", "page furniture"),
        ("Click here to see the pictures", "page furniture"),
        ("Story continues below advertisement", "page furniture"),
        ("(Photo of the quay by J. Doe/Coast Pictures))", "photo credit"),
        ("(CP Photo/Jane Doe)", "photo credit"),
        ("(Jane Doe/Coast Pictures)", "photo credit"),
        ("Photo: Jane Doe/Coast Pictures", "photo credit"),
        ("Image credit: Coast Pictures", "photo credit"),
        ("[File photo courtesy of the Port]", "photo credit"),
    ],
)
def test_what_a_page_left_goes_on_record(tmp_path: Path, line: str, kind: str) -> None:
    """Furniture and credits leave the text and stand in the front matter, word for word."""
    _, article = bring(tmp_path, "a.txt", f"{STORY}\n{line}\n\nEnd of it.\n")
    assert line not in article.text
    assert [(c.kind, c.before.strip()) for c in article.cleanups[1:]] == [(kind, line)]


def test_a_short_first_paragraph_is_no_dek(tmp_path: Path) -> None:
    """A short sentence under the title is the first paragraph, unless something says otherwise."""
    long = "The port said on Monday that the ships may land there again from noon on, whatever the weather may be like."
    _, article = bring(tmp_path, "a.txt", f"The Quay Is Open Again\nThe storm is over.\n{long}\n{long}\n")
    assert (article.dek, article.text.split("\n\n")[0]) == ("", "The storm is over.")


def test_the_editor_s_metadata_win(tmp_path: Path) -> None:
    """Options are written as given; the file's own headline leaves the text only where it is the same."""
    given = {
        "title": "the quay is open again",
        "published": "2014-09-09",
        "publisher": "The Courier",
        "tags": ("a", "b"),
        "slug": "quay",
        "sensitive": "true",
        "url": None,
    }
    done, article = bring(tmp_path, "a.txt", STORY, **given)
    assert (done.slug, article.title, article.published, article.tags) == (
        "quay",
        "the quay is open again",
        "2014-09-09",
        ("a", "b"),
    )
    assert (article.sensitive, article.language) == ("true", "en")
    assert article.text.startswith("The quay was opened")
    done, article = bring(tmp_path, "b.txt", STORY + "More.\n", title="Another headline")
    assert article.text.startswith("The Quay Is Open Again\n\n")
    assert "the file’s first line is not the title given, and stays in the text" in done.messages


def test_the_bytes_are_kept(tmp_path: Path) -> None:
    """The original is the input byte for byte, and the article names its digest."""
    raw = b"\xef\xbb\xbf" + STORY.replace("\n", "\r\n").encode()
    done, article = bring(tmp_path, "a.TXT", raw)
    assert (tmp_path / done.original).read_bytes() == raw
    assert article.original == done.original == "content/originals/the-quay-is-open-again.txt"
    assert article.original_sha256 == hashlib.sha256(raw).hexdigest()


def test_the_same_bytes_are_imported_once(tmp_path: Path) -> None:
    """A second import of the same bytes says so and changes nothing, under whatever name and options."""
    first, _ = bring(tmp_path, "a.txt", STORY)
    before = files(tmp_path)
    again, twice = import_files(
        tmp_path, [put(tmp_path, "b.txt", STORY), put(tmp_path, "a.txt", STORY)], {"tags": ["x"]}
    )
    assert files(tmp_path) == before
    for done in (again, twice):
        assert (done.new, done.slug) == (False, first.slug)
        assert done.messages == (f"imported before, as {first.article}",)


def test_a_slug_is_never_taken_twice(tmp_path: Path) -> None:
    """Another article of the same title gets a number."""
    bring(tmp_path, "a.txt", STORY)
    done, _ = bring(tmp_path, "b.txt", STORY + "\nMore.\n")
    assert done.slug == "the-quay-is-open-again-2"
    done, article = bring(tmp_path, "c.txt", STORY + "\nStill more.\n", slug="the-quay-is-open-again")
    assert article.slug == "the-quay-is-open-again-3"
    assert "the slug “the-quay-is-open-again” is taken" in done.messages


def test_all_or_nothing(tmp_path: Path) -> None:
    """Where one file cannot be imported, none is, and all that is wrong is said."""
    paths = [put(tmp_path, "good.txt", STORY), put(tmp_path, "empty.txt", ""), put(tmp_path, "a.pdf", "x")]
    with pytest.raises(Problems) as caught:
        import_files(tmp_path, paths, {})
    assert [p.what for p in caught.value.problems] == [
        "the file is empty",
        "not a kind of file that can be imported",
    ]
    assert not (tmp_path / "content").exists()


@pytest.mark.parametrize(
    ("name", "content", "metadata", "message"),
    [
        ("a.txt", STORY, {"published": "soon"}, "--published: “soon” is not a date EDTF knows"),
        ("a.txt", STORY, {"archived_url": "x"}, "--archived-url: “x” is not a web address"),
        ("a.txt", STORY, {"slug": "../../etc/x"}, "--slug: “../../etc/x” cannot be part of an address"),
        ("a.txt", STORY, {"original": "x"}, "--original: unknown key “original”"),
        ("a.txt", STORY, {"encoding": "martian"}, "--encoding: “martian” is no encoding known here"),
        ("a.txt", b"caf\xe9 x\n", {"encoding": "utf-8"}, "a.txt:1: not utf-8: byte 3 does not fit"),
        ("a.txt", "A sentence is no title.\n\nMore.\n", {}, "a.txt: no line looks like its title"),
        ("a.txt", "Only A Title\n", {}, "a.txt: no line looks like its title"),
        ("a.txt", "Only A Title\n", {"title": "x"}, ""),
        ("a.txt", "A Title\n\nPrint\n", {}, "a.txt: no text is left below its title"),
        ("a.txt", "A Title\n\nA\0B\n", {}, "a.txt:3: NUL byte in the text"),
        ("a.txt", "A Title\n\n" + "word " * 30_000, {}, "a.txt:3: a paragraph of 150,000 characters"),
        ("a.txt", "x" * 20_000_001, {}, "a.txt: 20,000,001 bytes; 20,000,000 is the limit"),
        ("a.md", "Text only.\n", {}, "a.md: it has no title"),
        ("a.md", "---\ntitle: x\n", {}, "a.md:1: the front matter is not closed"),
        ("a.md", "---\ntitle: [x\n---\nText.\n", {}, "a.md:3: YAML: "),
        ("a.html", "<title>x</title><p></p>", {}, "a.html: no main text found in the page"),
    ],
)
def test_what_cannot_be_imported_says_why(
    tmp_path: Path, name: str, content: str | bytes, metadata: dict[str, Any], message: str
) -> None:
    """Each failure names the option, or the file and line."""
    if message:
        assert errors(tmp_path, name, content, **metadata).startswith(message)
    else:
        assert bring(tmp_path, name, content, **metadata)[1].text == "Only A Title"


def test_one_title_fits_one_file(tmp_path: Path) -> None:
    """Options that two articles cannot share are refused with several files."""
    paths = [put(tmp_path, "a.txt", STORY), put(tmp_path, "b.txt", STORY + "x")]
    with pytest.raises(Problems, match="--title: fits one file only"):
        import_files(tmp_path, paths, {"title": "x"})


ACCENTED = "Le quai est rouvert\n\nL’été, le maire a dit : « Voilà »."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str) -> None:
    """Files with a byte order mark need nothing."""
    _, article = bring(tmp_path, "a.txt", ACCENTED.encode(encoding))
    assert article.text.startswith("L’été")


def test_a_chosen_encoding_is_recorded(tmp_path: Path) -> None:
    """What is not UTF-8 says so in the front matter."""
    _, article = bring(tmp_path, "a.txt", ACCENTED.encode("cp1252"), encoding="windows-1252")
    assert article.text.startswith("L’été")
    assert article.cleanups[0] == Cleanup("encoding", "windows-1252", "utf-8")


def test_an_encoding_that_cannot_be_told_is_asked_for(tmp_path: Path) -> None:
    """Where several encodings are as likely, the readings are shown and nothing is guessed."""
    message = errors(tmp_path, "a.txt", "Short news\n\nThe caf\xe9 closed.".encode("cp1252"))
    assert message.startswith("a.txt: its encoding cannot be told for sure: “café”")
    assert "Name the right one with --encoding." in message


RUSSIAN = "Мост закрыт\n\nМэр заявил в понедельник, что мост закрыт до конца года. Жители этим недовольны."
JAPANESE = "橋は閉鎖\n\n市長は月曜日、橋は年末まで閉鎖されると述べた。住民は遠回りをしなければならない。"


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "koi8_r"), (RUSSIAN, "cp1251"), (JAPANESE, "euc_jp")])
def test_a_detected_encoding_is_said(tmp_path: Path, text: str, encoding: str) -> None:
    """A detection that stands out is taken, said in a message with a word to check, and recorded."""
    done, article = bring(tmp_path, "a.txt", text.encode(encoding))
    assert article.text == text.split("\n\n")[1]
    assert done.messages[0].startswith("its encoding is not stated: read as ")
    assert article.cleanups[0].kind == "encoding"


def test_a_page_may_declare_its_encoding(tmp_path: Path) -> None:
    """A declared Latin 1 is windows-1252, as on the web; a wrong declaration loses against valid UTF-8."""
    words = (
        "<p>The café’s owner said on Monday that the quay in front of it is open again, and so are its doors.</p>" * 2
    )
    page = f'<meta charset="iso-8859-1"><title>The café</title><article>{words}</article>'
    assert "café’s" in bring(tmp_path, "a.html", page.encode("cp1252"))[1].text
    assert "café’s" in bring(tmp_path, "b.html", page.encode())[1].text


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1)
    .map(str.split)
    .map(" ".join)
)
@example("No")
@example("- {a: b}")
@example("a: #c 'd' \"e\" \\")
@example("\u200b\ufeffx")
def test_written_front_matter_reads_back(words: str) -> None:
    """Any title, tag and clean-up comes back as it was."""
    assume(words)
    metadata = {"title": words, "tags": (words,), "cleanups": (Cleanup("x", f"{words}\n\xa0", words, "\t" + words),)}
    yaml, body, _ = split(front.write(metadata, "Text."), "x")
    read, _ = parse(yaml, "x")
    assert (read.title, read.tags, read.cleanups) == (words, (words,), metadata["cleanups"])
    assert body.strip() == "Text."


MARKED = st.text(st.sampled_from("ab1 .,*_`#>-+=~|:!&;<()[]{}\\@/\n\"'"), min_size=1, max_size=40)


@settings(deadline=None)
@given(MARKED)
@example("1. one\n2. two")
@example("a\n===")
@example("&amp; &#35; <a@b.c> <http://x>")
@example("<1@1>")
def test_escaped_words_are_no_markup(words: str) -> None:
    """Whatever words a page has, Markdown gives them back unchanged, line by line."""
    expected = "\n".join(line for line in (" ".join(line.split()) for line in words.split("\n")) if line)
    assume(expected)
    source = page_body.block("\n".join(map(page_body.escape, words.split("\n"))))
    body = markdown(source)
    assert (body.text, body.marks, len(body.blocks)) == (expected, (), 1)


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS.is_dir(), reason="needs ../shared/seeds, the two articles beside the checkout")
def test_the_seeds_come_in_clean(tmp_path: Path) -> None:
    """Both seeds: headline and dek in their places, no debris in the text, all of it on record."""
    paths = sorted(SEEDS.glob("0*.txt"))
    first, second = (import_files(tmp_path, [path], {})[0] for path in paths)
    found = {article.slug: article for article in read_all(tmp_path)}
    assert [len(found[done.slug].blocks) for done in (first, second)] == [10, 9]
    assert [bool(found[done.slug].dek) for done in (first, second)] == [False, True]
    for done, path in ((first, paths[0]), (second, paths[1])):
        article = found[done.slug]
        assert not any(debris in article.text for debris in ("— --", "))", "-–", "\xa0", "Photo", "Share this"))
        assert lines(undone(body_of(tmp_path, done), article.cleanups)) == lines(path.read_text("utf-8"))
        assert article.published is None


ANYTHING = st.lists(
    st.sampled_from([*DEBRIS, *WORDS, "# ", "---\n", "<p>", "</p>", "<", "&amp;", "\r\n", "title: x\n"])
)


@given(ANYTHING.map("".join), st.sampled_from([".txt", ".md", ".html"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_any_file_is_imported_or_answered(tmp_path: Path, words: str, suffix: str) -> None:
    """Whatever is in a file, import gives an article that reads back, or problems; never anything else."""
    root = Path(mkdtemp(dir=tmp_path))
    with contextlib.suppress(Problems):
        import_files(root, [put(root, f"a{suffix}", f"A Title\n\n{words}")], {"title": "A Title"})
        assert len(list(read_all(root))) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_among_the_articles_does_not_keep_import_waiting(tmp_path: Path) -> None:
    (tmp_path / "content/articles").mkdir(parents=True)
    os.mkfifo(tmp_path / "content/articles/of-ships-and-quays.md")
    (tmp_path / "content/articles/gone.md").symlink_to("nowhere")
    path = put(tmp_path, "a.txt", "Of Ships And Quays\n\nThe quay was opened on Monday, the port said.\n")
    (done,) = import_files(tmp_path, [path], {})
    assert done.slug == "of-ships-and-quays-2", "the name is taken all the same"
