"""What Pagefind (https://pagefind.app) makes of documents, taken from its files.

It reads a few of them at a time; `search_index` puts together what is published. Its files for single documents, one
each, are not kept: a document gets an address of ours instead, see `search_packs`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import tempfile
import zlib
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from importlib import import_module
from pathlib import Path
from shutil import which
from typing import Any

import msgspec
from msgspec import Struct

from builder.problems import Problem, Problems
from builder.render import cbor
from builder.render.search_words import Key, Places, Words, read, written

MAGIC = b"pagefind_dcd"
ENTRY = "pagefind-entry.json"
PROGRAMS = (
    "pagefind.js",
    "pagefind-worker.js",
)  # of the scripts that Pagefind writes; its user interfaces are not used
GZIP = 16 + zlib.MAX_WBITS
UNEXPECTED = "Is Pagefind 1.5 installed?"


class Page(Struct, frozen=True, array_like=True, gc=False):
    """A document as Pagefind read it: its number among those given, how many words it has, and which."""

    number: int
    words: int
    text: str


class Fragment(Struct, frozen=True):
    """What Pagefind writes of a document, as far as it is used."""

    url: str
    content: str


_fragment = msgspec.json.Decoder(Fragment)
Pages = list[int]


class Read(Struct, frozen=True):
    """An index of some `documents`: their `pages` in its order, and their words.

    `filters` has, by name and value, the places in `pages`. `rest` is the end of the meta file after the filters: sorts
    and names of metadata, encoded.
    """

    documents: int
    entry: dict[str, Any]
    pages: list[Page]
    words: Words
    filters: dict[str, dict[str, Pages]]
    rest: list[bytes]


class Bundle(Struct, frozen=True):
    """What Pagefind made of some documents: an index whose words are `spelt`, and its `programs`.

    Those are the same for every index of a language.
    """

    index: Read
    spelt: list[tuple[Key, Places]]
    programs: dict[str, bytes]

    def read(self) -> Read:
        """The index with its words written down."""
        return msgspec.structs.replace(self.index, words=written(self.spelt))


class Program(Struct, frozen=True):
    """Which Pagefind is installed: the state of its file, and the version that it told."""

    file: tuple[str, int, int]
    version: str


def program(known: Program | None = None) -> Program:
    """Which Pagefind is installed; it is not asked while its file is as it is `known`. Raises Problems without one."""
    path = _executable()
    found = Path(path).stat()
    file = (path, found.st_size, found.st_mtime_ns)
    return known if known and known.file == file else Program(file, _told(_started([path, "--version"])).strip())


def indexed(pages: Iterable[str], language: str) -> Bundle:
    """Has Pagefind read pages of HTML as one language, whatever theirs is, so that one search finds all."""
    with closing(Reading(pages, language)) as reading:
        return reading.read()


class Reading:
    """Pagefind while it reads pages, so that other things can be done meanwhile."""

    def __init__(self, pages: Iterable[str], language: str) -> None:
        executable = _executable()
        self._scratch = tempfile.TemporaryDirectory(prefix="glossator-")
        site, self._bundle = Path(self._scratch.name, "pages"), Path(self._scratch.name, "bundle")
        site.mkdir()
        self._pages = 0
        for number, page in enumerate(pages):
            Path(f"{site}/{number:07}.html").write_bytes(page.encode())
            self._pages = number + 1
        code = language.split("-")[0].lower()
        options = ["--site", str(site), "--output-path", str(self._bundle), "--force-language", code, "--silent"]
        self._process = _started([executable, *options])

    def read(self) -> Bundle:
        """What it made of them; waits for it."""
        _told(self._process)
        return _read(self._bundle, self._pages)

    def close(self) -> None:
        """Ends it, and takes what it wrote away."""
        with self._process:
            self._process.kill()
        self._scratch.cleanup()


def _executable() -> str:
    """Pagefind's program, looked for where its Python package does, which imports asyncio and more for that."""
    found = os.environ.get("PAGEFIND_BINARY_PATH") or _packaged() or which("pagefind_extended") or which("pagefind")
    if found is None:
        hint = "Install it with: pip install 'pagefind[bin]'"
        raise Problems([Problem("search", "the search index cannot be made: Pagefind’s program is missing", hint)])
    return found


def _packaged() -> str | None:
    for package in ("pagefind_bin_extended", "pagefind_bin"):
        with suppress(ImportError):
            return str(import_module(package).get_executable())
    return None


def _started(command: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _told(process: subprocess.Popen[str]) -> str:
    """What a program says, when it has ended."""
    out, error = process.communicate()
    if process.returncode:
        said = (error or out).strip().splitlines()
        raise Problems([Problem("search", f"Pagefind could not make the search index: {said[-1] if said else '?'}")])
    return out


def _read(bundle: Path, documents: int) -> Bundle:
    entry = json.loads((bundle / ENTRY).read_bytes())
    ((_, known),) = entry["languages"].items()
    _, pages, chunks, _, *rest = _list(_unpacked(bundle / f"pagefind.{known['hash']}.pf_meta"))
    hashes = [str(_list(chunk)[-1]) for chunk in _list(chunks)]
    words = [word for hash_ in hashes for word in read(_opened(bundle / f"index/{hash_}.pf_index"))]
    filters = dict(map(_filter, sorted(bundle.glob("filter/*.pf_filter"))))
    programs = {p.name: p.read_bytes() for p in bundle.iterdir() if p.name in PROGRAMS or p.suffix == ".pagefind"}
    found = [_page(bundle, *map(str, _list(page))) for page in _list(pages)]
    return Bundle(Read(documents, entry, found, {}, filters, [cbor.encode(v) for v in rest]), words, programs)


def _page(bundle: Path, hash_: str, words: str) -> Page:
    fragment = _fragment.decode(_opened(Path(f"{bundle}/fragment/{hash_}.pf_fragment")))
    return Page(int(fragment.url.rpartition("/")[2].partition(".")[0]), int(words), fragment.content)


def _filter(path: Path) -> tuple[str, dict[str, Pages]]:
    """What narrows a search: its name, and for each value the pages that have it."""
    name, values = _list(_unpacked(path))
    pairs = map(_list, _list(values))
    return str(name), {str(value): [int(str(page)) for page in _list(pages)] for value, pages in pairs}


def hash_in(name: str) -> str:
    """What a file is known by: "en_1a2b.pf_filter" and "pagefind.en_1a2b.pf_meta" carry "en_1a2b"."""
    return Path(name).stem.removeprefix("pagefind.")


def named(language: str, content: bytes, length: int) -> str:
    """What a file of this content is known by."""
    return f"{language}_{hashlib.sha256(content).hexdigest()[:length]}"


def _opened(path: Path) -> bytes:
    data = zlib.decompress(path.read_bytes(), GZIP)  # in one call: there is a file for each document
    if not data.startswith(MAGIC):
        raise Problems([Problem("search", f"Pagefind’s file {path.name} is not as expected", UNEXPECTED)])
    return data[len(MAGIC) :]


def _unpacked(path: Path) -> cbor.Value:
    return cbor.decode(_opened(path))


def packed(content: bytes) -> bytes:
    """The content as Pagefind's files hold it."""
    return gzip.compress(MAGIC + content, compresslevel=5, mtime=0)


def _list(value: cbor.Value) -> list[cbor.Value]:
    if not isinstance(value, list):
        raise Problems([Problem("search", "Pagefind’s files are not as expected", UNEXPECTED)])
    return value
