"""Reading content/articles: good files become Articles, bad ones errors that an editor can mend."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.model.article import Article
from builder.problems import Problems
from builder.read.walk import articles
from tests.read.reading_fixture import read_all

GOOD = "---\ntitle: Harbour closed\n---\nThe harbour was closed.\n"


def put(root: Path, name: str, content: str | bytes = GOOD) -> Path:
    path = root / "content/articles" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def article(root: Path, head: str = "", body: str = "The harbour was closed.\n") -> Article:
    put(root, "harbour.md", f"---\ntitle: Harbour closed\n{head}---\n{body}")
    return next(read_all(root))


def errors(root: Path) -> list[str]:
    with pytest.raises(Problems) as caught:
        list(read_all(root))
    return [str(problem) for problem in caught.value.problems]


def error(root: Path, content: str | bytes, name: str = "harbour.md") -> str:
    put(root, name, content)
    (only,) = errors(root)
    return only


def head_error(root: Path, line: str) -> str:
    return error(root, f"---\ntitle: Harbour closed\n{line}\n---\nText.\n")


def test_every_key_of_the_front_matter_arrives(tmp_path: Path) -> None:
    """Front matter keys become the article's metadata, each with its line."""
    original = tmp_path / "content/originals/h.txt"
    original.parent.mkdir(parents=True)
    original.write_bytes(b"raw")
    digest = hashlib.sha256(b"raw").hexdigest()
    found = article(
        tmp_path,
        "dek: All ships wait\nbyline: Ann Reed\npublisher: The Quay\npublished: 2014-09-09\n"
        "captured: 2014-09?\nurl: https://quay.example/a\narchived_url: https://old.example/a\nlanguage: en-GB\n"
        "rights: © The Quay\nsensitive: true\ntags: [ships, law]\noriginal: content/originals/h.txt\n"
        f"original_sha256: {digest}\ncleanups:\n- {{kind: furniture, before: Print, prefix: closed}}\n",
    )
    assert (found.slug, found.title, found.dek, found.byline) == (
        "harbour",
        "Harbour closed",
        "All ships wait",
        "Ann Reed",
    )
    assert (found.published, found.captured, found.language) == ("2014-09-09", "2014-09?", "en-GB")
    assert (found.url, found.archived_url) == ("https://quay.example/a", "https://old.example/a")
    assert (found.sensitive, found.tags, found.original_sha256) == ("true", ("ships", "law"), digest)
    assert found.cleanups[0].before == "Print"
    assert found.path == "content/articles/harbour.md"
    assert found.lines["title"] == 2
    assert found.lines["dek"] == 3


@pytest.mark.parametrize("value", ["unknown", "", '""', "~"])
def test_an_unknown_date_is_none(tmp_path: Path, value: str) -> None:
    """A date that nobody knows is None, not a guess."""
    assert article(tmp_path, f"published: {value}\n").published is None


@pytest.mark.parametrize("value", ["2014", "2014-09", "2014-09-09", "2015-03-02/2015-03-03", "2014-09/..", "201X"])
def test_edtf_dates_are_taken_as_written(tmp_path: Path, value: str) -> None:
    """Every level of EDTF is a date, a bare year too."""
    assert article(tmp_path, f"published: {value}\n").published == value


@pytest.mark.parametrize(
    "value", ["9 September 2014", "2014-13", "2014-02-30", "2015-03-03/2015-03-02", "09/09/2014", "soon"]
)
def test_other_dates_are_errors_with_their_line(tmp_path: Path, value: str) -> None:
    """What EDTF or the calendar does not know is refused where it stands."""
    assert head_error(tmp_path, f"published: {value}").startswith("content/articles/harbour.md:3: published: “")


def test_a_sensitive_article_may_word_its_own_warning(tmp_path: Path) -> None:
    """`sensitive` takes the words of the warning as well as true."""
    assert article(tmp_path, "sensitive: Reprints a threat.\n").sensitive == "Reprints a threat."
    assert article(tmp_path, "sensitive: false\n").sensitive == ""


def test_literal_text_has_no_markup(tmp_path: Path) -> None:
    """In `format: text` everything stays as it is: marks, brackets, indents and line breaks."""
    body = "# one *two* _three_ <b>four</b> {{ five }}  \n@six\n\n\n    #seven\n- eight\n"
    found = article(tmp_path, "format: text\n", body)
    assert found.text == "# one *two* _three_ <b>four</b> {{ five }}\n@six\n\n    #seven\n- eight"
    assert {block.kind for block in found.blocks} == {"paragraph"}
    assert found.marks == ()


def test_a_slug_key_names_the_article(tmp_path: Path) -> None:
    """The slug is the key where there is one, else the file's name; folders play no part."""
    put(tmp_path, "2014/first.md")
    put(tmp_path, "Second One.md", "---\ntitle: x\nslug: second\n---\nText.\n")
    assert [a.slug for a in read_all(tmp_path)] == ["first", "second"]


def test_hidden_files_are_no_articles(tmp_path: Path) -> None:
    """Names with a leading dot are an editor's or a system's own."""
    put(tmp_path, ".draft.md", "")
    put(tmp_path, ".git/x.md", "")
    put(tmp_path, "notes.txt", "")
    assert articles(tmp_path) == []


def test_every_problem_of_every_file_is_shown_together(tmp_path: Path) -> None:
    """An editor sees all that is wrong in one go."""
    put(tmp_path, "a.md", "---\ntitel: x\npublished: soon\n---\nText.\n")
    put(tmp_path, "b.md")
    put(tmp_path, "c.md", "no front matter")
    found = errors(tmp_path)
    assert len(found) == 4


def test_unknown_key_names_the_nearest_known_one(tmp_path: Path) -> None:
    """A slip of the pen is answered with the key that was meant."""
    assert head_error(tmp_path, "publishd: 2014") == (
        "content/articles/harbour.md:3: unknown key “publishd”\n    Did you mean “published”?"
    )


def test_yaml_is_no_surprise(tmp_path: Path) -> None:
    """A word YAML takes for yes or no, or for a number, is answered with the way to write it."""
    assert error(tmp_path, "---\ntitle: No\n---\nText.\n") == (
        "content/articles/harbour.md:2: title: YAML reads this word as yes or no, not as text\n"
        "    Put quotation marks around it."
    )
    assert "a number (1984) where text belongs" in error(tmp_path, "---\ntitle: 1984\n---\nText.\n")


def test_broken_yaml_names_its_line(tmp_path: Path) -> None:
    """A YAML error points at the line of the file, not of the front matter."""
    assert head_error(tmp_path, "dek: one: two").startswith("content/articles/harbour.md:3: YAML: ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "content/articles/harbour.md: the file is empty"),
        (b"\xef\xbb\xbf \n", "content/articles/harbour.md: the file is empty"),
        (b"Just words.\n", "content/articles/harbour.md:1: there is no front matter"),
        (b"---\ntitle: x\nText.\n", "content/articles/harbour.md:1: the front matter is not closed"),
        (b"---\n---\nText.\n", "content/articles/harbour.md:1: the front matter is empty"),
        (b"---\n- a\n---\nText.\n", "content/articles/harbour.md:1: the front matter holds no “key: value” lines"),
        (b"---\ndek: x\n---\nText.\n", "content/articles/harbour.md:1: there is no title"),
        (b"---\ntitle: ''\n---\nText.\n", "content/articles/harbour.md:2: title: is empty"),
        (b"---\ntitle: x\n---\n\n \n", "content/articles/harbour.md:4: the article has no text"),
        (b"---\ntitle: x\n---\n![](a.png)\n", "content/articles/harbour.md:4: the article has no text"),
        (b"---\ntitle: x\n---\ncaf\xe9\n", "content/articles/harbour.md:4: not UTF-8: byte 20 is 0xe9"),
        ("---\ntitle: x\n---\nText\n".encode("utf-16"), "content/articles/harbour.md:1: not UTF-8: byte 0 is 0xff"),
        (b"---\ntitle: x\n---\nA\n\x00B\n", "content/articles/harbour.md:5: NUL byte in the text"),
        (b"---\ntitle: x\n---\nA \xc2\x93B\n", "content/articles/harbour.md:4: control character U+0093 in the text"),
        (b"---\ntitle: x\n---\nA &#1; B\n", "content/articles/harbour.md:4: control character U+0001 in the text"),
        (b'---\ntitle: "a\\0b"\n---\nText.\n', "content/articles/harbour.md:2: title: NUL byte in the text"),
    ],
)
def test_unreadable_files_say_what_and_where(tmp_path: Path, content: bytes, message: str) -> None:
    """Each kind of broken file has its own message with file and line."""
    assert error(tmp_path, content).split("\n")[0] == message


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("url: javascript:alert(1)", "url: “javascript:alert(1)” is not a web address"),
        ("url: http://[x", "url: “http://[x” is not a web address"),
        ("archived_url: /a/b", "archived_url: “/a/b” is not a web address"),
        ("language: English language", "language: “English language” is not a language tag"),
        ("tags: ships", "tags: not a list"),
        ("byline: [A, B]", "byline: a list or a mapping where one line of text belongs"),
        ("format: html", "format: “html” is not known"),
        ("original_sha256: abc", "original_sha256: is not a SHA-256 digest"),
        ("cleanups: [{before: x}]", "cleanups: an entry without kind and before"),
        ("cleanups: [{kind: x, before: y, aftr: z}]", "cleanups: unknown key “aftr” in an entry"),
        ("slug: ../../etc/x", "slug: “../../etc/x” cannot be part of an address"),
        ("slug: con", "slug: “con” cannot be part of an address"),
        (f"slug: {'a' * 101}", f"slug: “{'a' * 101}” cannot be part of an address"),
        ("original: ../../secret", "original “../../secret” is not in content/originals/"),
        ("original: content/originals/x.txt", "original “content/originals/x.txt” is not there"),
    ],
)
def test_wrong_values_say_what_and_where(tmp_path: Path, line: str, message: str) -> None:
    """Each key's value is checked, and the error names its line."""
    assert head_error(tmp_path, line).split("\n")[0] == f"content/articles/harbour.md:3: {message}"


def test_a_changed_original_is_an_error(tmp_path: Path) -> None:
    """The captured bytes are what they were, or the build stops."""
    original = tmp_path / "content/originals/x.txt"
    original.parent.mkdir(parents=True)
    original.write_bytes(b"raw")
    found = hashlib.sha256(b"raw").hexdigest()
    assert f"Add “original_sha256: {found}”." in head_error(tmp_path, "original: content/originals/x.txt")
    head = f"original: content/originals/x.txt\noriginal_sha256: {found}\n"
    assert article(tmp_path, head).original_sha256 == found
    original.write_bytes(b"other")
    assert errors(tmp_path)[0].startswith("content/articles/harbour.md:4: the original is not the file it was")


def test_a_slug_belongs_to_one_article(tmp_path: Path) -> None:
    """Two files of one name in different folders are an error that names both."""
    put(tmp_path, "a/storm.md")
    put(tmp_path, "b/storm.md")
    assert errors(tmp_path) == [
        "content/articles/b/storm.md: the slug “storm” is taken by content/articles/a/storm.md\n"
        "    Rename the file, or give it a “slug:” of its own."
    ]


def test_a_name_that_is_no_address_is_answered_with_one(tmp_path: Path) -> None:
    """Capitals and spaces are refused (two names could differ by case only), and a better name is given."""
    put(tmp_path, "My Storm.md")
    assert "Rename it like “my-storm.md”" in errors(tmp_path)[0]


def test_links_out_of_the_archive_are_refused(tmp_path: Path) -> None:
    """What is published stands in content/: no link leads elsewhere, to a file or to a folder."""
    put(tmp_path, "a.md")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "b.md").write_text(GOOD)
    (tmp_path / "content/articles/b.md").symlink_to(outside / "b.md")
    assert errors(tmp_path)[0].startswith("content/articles/b.md: a link to a file outside content/")
    (tmp_path / "content/articles/b.md").unlink()
    (tmp_path / "content/articles/more").symlink_to(outside)
    assert errors(tmp_path)[0].startswith("content/articles/more: a link to another folder is not followed")


@pytest.mark.parametrize("format_", ["text", "markdown"])
@pytest.mark.parametrize("size", [150_000, 19_000_000, 50_000_000])
def test_an_endless_line_fails_at_once(tmp_path: Path, size: int, format_: str) -> None:
    """A line of 50 MB is an error within a second or two, not a build that hangs."""
    put(tmp_path, "harbour.md", f"---\ntitle: x\nformat: {format_}\n---\n" + "word " * (size // 5))
    started = time.process_time()
    (only,) = errors(tmp_path)
    assert time.process_time() - started < 5
    assert "is the limit" in only


@pytest.mark.parametrize("body", ["[" * 99_000, "![" * 49_000, "[a](b" * 19_000, "1. " * 33_000])
def test_no_markup_keeps_the_reader_busy(tmp_path: Path, body: str) -> None:
    """Marks that Markdown readers choke on are an error with a way out."""
    started = time.process_time()
    assert "set “format: text”" in error(tmp_path, f"---\ntitle: x\n---\n{body}\n")
    assert time.process_time() - started < 10


def test_an_editor_s_own_html_is_shown_not_run(tmp_path: Path) -> None:
    """Scripts, templates and handlers in an article are words like any others; only safe links are links."""
    body = (
        "<script>alert(1)</script> {{ config }} {% raw %} <b onclick=x>bold</b> <!-- gone? -->\n\n"
        "<div>\n\n[a](javascript:alert(1)) [b](JaVaScRiPt:x) [c](data:text/html,x) [d](//evil.example)"
        " [e](https://x.example) [f](../g/) [h](mailto:a@b.example) [i](&#1;javascript:x)\n"
    )
    with pytest.raises(Problems, match=r"control character U\+0001"):
        article(tmp_path, "", body.replace("[i]", "&#1;[i]"))
    found = article(tmp_path, "", body)
    assert found.text.split("\n\n") == [
        "<script>alert(1)</script> {{ config }} {% raw %} <b onclick=x>bold</b> <!-- gone? -->",
        "<div>",
        "a b c d e f h i",
    ]
    assert [mark.url for mark in found.marks] == ["https://x.example", "../g/", "mailto:a@b.example"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize(
    ("name", "shown", "like"),
    [
        (b"new\nline.md", "new\\nline.md", "new-line"),
        (b"\x1b[31mred.md", "\\x1b[31mred.md", "31mred"),
        (b"\xff\xfe.md", "\\udcff\\udcfe.md", "udcff-udcfe"),
        (b"con.md", "con.md", "con-article"),
    ],
)
def test_no_name_of_a_file_is_too_odd_to_be_told(tmp_path: Path, name: bytes, shown: str, like: str) -> None:
    """Line breaks, control characters and bytes that are no text are shown escaped, and a name that works is given."""
    put(tmp_path, os.fsdecode(name))
    assert errors(tmp_path) == [
        f"content/articles/{shown}: the file’s name cannot be part of an address\n"
        f"    Rename it like “{like}.md”, or give it a “slug:” (small letters, digits, single hyphens)."
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    """A pipe would be waited for; links may lead nowhere or in a circle; a folder x.md is a folder like others."""
    folder = put(tmp_path, "dir.md/inside.md").parent.parent
    os.mkfifo(folder / "pipe.md")
    (folder / "broken.md").symlink_to("nowhere")
    (folder / "loop.md").symlink_to("loop.md")
    assert errors(tmp_path) == [
        "content/articles/broken.md: cannot be read: No such file or directory",
        "content/articles/loop.md: cannot be read: Too many levels of symbolic links",
        "content/articles/pipe.md: not a file",
    ]


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passed over in silence, it would take its articles off the site."""
    put(tmp_path, "closed/a.md")
    scandir = os.scandir

    def refuses(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuses)
    assert errors(tmp_path) == ["content/articles/closed: cannot be read: Permission denied"]


def test_an_original_that_is_a_circle_of_links_is_told(tmp_path: Path) -> None:
    original = tmp_path / "content/originals/x.txt"
    original.parent.mkdir(parents=True)
    original.symlink_to("x.txt")
    assert "content/articles/harbour.md:3: original “content/originals/x.txt”" in head_error(
        tmp_path, "original: content/originals/x.txt"
    )


@pytest.mark.parametrize("value", ["!!int x", "!!float x", "!!bool x", "!!timestamp x", "9" * 5000])
def test_a_value_that_is_not_what_its_form_says_is_told(tmp_path: Path, value: str) -> None:
    assert "is not what its form says" in head_error(tmp_path, f"dek: {value}")
