"""One part of the search index: Pagefind's files, and the same bytes for the same documents.

Pagefind (https://pagefind.app) writes the values of a filter in an order that changes from run to run, and names files
by their content. So its filters are sorted here, and what refers to them is written anew. Its files for single
documents, one each, are not kept: a document gets an address of ours instead, see `search_packs`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import tempfile
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from pagefind.service import get_executable

from builder.problems import Problem, Problems
from builder.render import cbor

MAGIC = b"pagefind_dcd"
ENTRY = "pagefind-entry.json"
PROGRAMS = (
    "pagefind.js",
    "pagefind-worker.js",
)  # of the scripts that Pagefind writes; its user interfaces are not used
GZIP = 16 + zlib.MAX_WBITS
UNEXPECTED = "Is Pagefind 1.5 installed?"


class Page(Struct, frozen=True, array_like=True):
    """A document as Pagefind read it: its number among those given, how many words it has, and which."""

    number: int
    words: int
    text: str


class Fragment(Struct, frozen=True):
    """What Pagefind writes of a document, as far as it is used."""

    url: str
    content: str


_fragment = msgspec.json.Decoder(Fragment)


class Index(Struct, frozen=True):
    """What Pagefind made of some documents: `files` by path below the index's folder, `pages` in Pagefind's order.

    `entry` is the file that a search begins with; `rest` the end of the meta file after the pages: chunks, filters,
    sorts and names of metadata, encoded.
    """

    entry: dict[str, Any]
    pages: list[Page]
    rest: list[bytes]
    files: dict[str, bytes]
    programs: dict[str, bytes]  # the same for every index of a language

    def meta(self, addresses: Sequence[str]) -> tuple[str, bytes]:
        """Name and content of the meta file, where each document is known by its address."""
        return self._settled([[addresses[page.number], page.words] for page in self.pages], self.rest)

    def empty(self) -> dict[str, bytes]:
        """An index of no documents, to which others can be merged."""
        name, content = self._settled([], [cbor.encode([])] * len(self.rest))
        return {name: content, ENTRY: self.entered(name, 0)}

    def entered(self, meta: str, pages: int) -> bytes:
        """The file that a search begins with; it names the meta file."""
        ((language, known),) = self.entry["languages"].items()
        known = {**known, "hash": _hash_in(meta), "page_count": pages}
        entry = {**self.entry, "languages": {language: known}}
        return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")

    def _settled(self, pages: list[cbor.Value], rest: Sequence[bytes]) -> tuple[str, bytes]:
        content = cbor.joined([cbor.encode(self.entry["version"]), cbor.encode(pages), *rest])
        (language,) = self.entry["languages"]
        return f"pagefind.{_named(language, content, 10)}.pf_meta", _packed(content)


@lru_cache
def program() -> str:
    """Which Pagefind is installed; raises Problems where there is none."""
    return _told([_executable(), "--version"]).strip()


def indexed(pages: Iterable[str], language: str) -> Index:
    """Has Pagefind read pages of HTML as one language, whatever theirs is, so that one search finds all."""
    with tempfile.TemporaryDirectory(prefix="glossator-") as scratch:
        site, bundle = Path(scratch, "pages"), Path(scratch, "bundle")
        site.mkdir()
        for number, page in enumerate(pages):
            Path(f"{site}/{number:07}.html").write_bytes(page.encode())
        code = language.split("-")[0].lower()
        options = ["--site", str(site), "--output-path", str(bundle), "--force-language", code, "--silent"]
        _told([_executable(), *options])
        return _index(bundle)


def _executable() -> str:
    found = get_executable()
    if found is None:
        hint = "Install it with: pip install 'pagefind[bin]'"
        raise Problems([Problem("search", "the search index cannot be made: Pagefind’s program is missing", hint)])
    return str(found)


def _told(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Problems([Problem("search", f"Pagefind could not make the search index: {said[-1] if said else '?'}")])
    return done.stdout


def _index(bundle: Path) -> Index:
    entry = json.loads((bundle / ENTRY).read_bytes())
    ((language, known),) = entry["languages"].items()
    filters = {_hash_in(p.name): _filter(p, language) for p in bundle.glob("filter/*.pf_filter")}
    _, pages, chunks, named, *others = _list(_unpacked(bundle / f"pagefind.{known['hash']}.pf_meta"))
    renamed: list[cbor.Value] = [[name, filters[str(hash_)][0]] for name, hash_ in map(_list, _list(named))]
    files = {f"filter/{hash_}.pf_filter": _packed(content) for hash_, content in filters.values()}
    files |= {f"index/{p.name}": p.read_bytes() for p in bundle.glob("index/*.pf_index")}
    rest = [chunks, sorted(renamed, key=str), *others]
    programs = {p.name: p.read_bytes() for p in bundle.iterdir() if p.name in PROGRAMS or p.suffix == ".pagefind"}
    read = [_page(bundle, *map(str, _list(page))) for page in _list(pages)]
    return Index(entry, read, [cbor.encode(v) for v in rest], files, programs)


def _page(bundle: Path, hash_: str, words: str) -> Page:
    fragment = _fragment.decode(_opened(Path(f"{bundle}/fragment/{hash_}.pf_fragment")))
    return Page(int(fragment.url.rpartition("/")[2].partition(".")[0]), int(words), fragment.content)


def _filter(path: Path, language: str) -> tuple[str, bytes]:
    """[name, [[value, [page, ...]], ...]], values sorted: a name made from the content, and the content."""
    name, values = _list(_unpacked(path))
    content = cbor.encode([name, sorted(_list(values), key=lambda pair: str(_list(pair)[0]))])
    return _named(language, content, 7), content


def _hash_in(name: str) -> str:
    """ "en_1a2b.pf_filter" and "pagefind.en_1a2b.pf_meta" carry "en_1a2b"."""
    return Path(name).stem.removeprefix("pagefind.")


def _named(language: str, content: bytes, length: int) -> str:
    return f"{language}_{hashlib.sha256(content).hexdigest()[:length]}"


def _opened(path: Path) -> bytes:
    data = zlib.decompress(path.read_bytes(), GZIP)  # in one call: there is a file for each document
    if not data.startswith(MAGIC):
        raise Problems([Problem("search", f"Pagefind’s file {path.name} is not as expected", UNEXPECTED)])
    return data[len(MAGIC) :]


def _unpacked(path: Path) -> cbor.Value:
    return cbor.decode(_opened(path))


def _packed(content: bytes) -> bytes:
    return gzip.compress(MAGIC + content, compresslevel=9, mtime=0)


def _list(value: cbor.Value) -> list[cbor.Value]:
    if not isinstance(value, list):
        raise Problems([Problem("search", "Pagefind’s files are not as expected", UNEXPECTED)])
    return value
