"""The search index: Pagefind's files, made from the archive, and the same bytes for the same archive.

Pagefind (https://pagefind.app) writes the values of a filter in an order that changes from run to run, and names files
by their content. So its filters are sorted here, and what refers to them is written anew.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pagefind.service import get_executable

from builder.model.archive import Archive
from builder.model.output import OutputFile
from builder.problems import Problem, Problems
from builder.render import cbor
from builder.render.searchable import Document, documents
from builder.render.template import Site

FOLDER = "pagefind"
MAGIC = b"pagefind_dcd"
ENTRY = "pagefind-entry.json"
PARTS = (".pf_fragment", ".pf_index", ".pagefind")  # names and bytes that do not change from run to run
SCRIPTS = ("pagefind.js", "pagefind-worker.js")  # of the others, user interfaces, none is used


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields the index's files below `pagefind/`; none for an empty archive."""
    yield from index(documents(archive, site.words), site.config.language)


def index(found: Iterable[Document], language: str) -> Iterator[OutputFile]:
    """Indexes documents as one language, whatever theirs is, so that one search finds all."""
    with tempfile.TemporaryDirectory(prefix="glossator-") as scratch:
        pages, bundle = Path(scratch, "pages"), Path(scratch, "bundle")
        pages.mkdir()
        number = -1
        for number, document in enumerate(found):
            Path(pages, f"{number:07}.html").write_text(document.html(language), "utf-8")
        if number >= 0:
            _run(pages, bundle, language)
            yield from _settled({p.relative_to(bundle).as_posix(): p for p in bundle.rglob("*") if p.is_file()})


def _run(pages: Path, bundle: Path, language: str) -> None:
    program = get_executable()
    if program is None:
        hint = "Install it with: pip install 'pagefind[bin]'"
        raise Problems([Problem("search", "the search index cannot be made: Pagefind’s program is missing", hint)])
    code = language.split("-")[0].lower()
    command = [str(program), "--site", str(pages), "--output-path", str(bundle), "--force-language", code, "--silent"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Problems([Problem("search", f"Pagefind could not make the search index: {said[-1] if said else '?'}")])


def _settled(files: dict[str, Path]) -> Iterator[OutputFile]:
    """The files that are used, in name order, with filters sorted."""
    filters = {_hash_in(name): _filter(path) for name, path in files.items() if name.endswith(".pf_filter")}
    metas = {name: _meta(path, filters) for name, path in files.items() if name.endswith(".pf_meta")}
    renamed = {_hash_in(name): hash_ for name, (hash_, _) in metas.items()}
    made = {f"filter/{hash_}.pf_filter": _packed(value) for hash_, value in filters.values()}
    made |= {f"pagefind.{hash_}.pf_meta": _packed(value) for hash_, value in metas.values()}
    made[ENTRY] = _entry(files[ENTRY], renamed)
    kept = {name for name in files if name in SCRIPTS or name.endswith(PARTS)}
    for name in sorted(kept | set(made)):
        content = made[name] if name in made else files[name].read_bytes()
        yield OutputFile(f"{FOLDER}/{name}", content)


Settled = tuple[str, cbor.Value]  # a name made from the content, and the content


def _filter(path: Path) -> Settled:
    """[name, [[value, [page, ...]], ...]], values sorted."""
    name, values = _list(_unpacked(path))
    value: cbor.Value = [name, sorted(_list(values), key=lambda pair: str(_list(pair)[0]))]
    return _named(path, value, 7), value


def _meta(path: Path, filters: dict[str, Settled]) -> Settled:
    """[version, pages, chunks, filters as [name, hash], ...], hashes those of the sorted filters."""
    parts = list(_list(_unpacked(path)))
    renamed: list[cbor.Value] = [[name, filters[str(hash_)][0]] for name, hash_ in map(_list, _list(parts[3]))]
    parts[3] = sorted(renamed, key=str)
    return _named(path, parts, 10), parts


def _entry(path: Path, renamed: dict[str, str]) -> bytes:
    entry: dict[str, Any] = json.loads(path.read_bytes())
    for language in entry["languages"].values():
        language["hash"] = renamed[language["hash"]]
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def _hash_in(name: str) -> str:
    """ "filter/en_1a2b.pf_filter" and "pagefind.en_1a2b.pf_meta" carry "en_1a2b"."""
    return Path(name).stem.removeprefix("pagefind.")


def _named(path: Path, value: cbor.Value, length: int) -> str:
    language = _hash_in(path.name).rsplit("_", 1)[0]
    return f"{language}_{hashlib.sha256(cbor.encode(value)).hexdigest()[:length]}"


def _unpacked(path: Path) -> cbor.Value:
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(MAGIC):
        raise Problems(
            [Problem("search", f"Pagefind’s file {path.name} is not as expected", "Is Pagefind 1.5 installed?")]
        )
    return cbor.decode(data[len(MAGIC) :])


def _packed(value: cbor.Value) -> bytes:
    return gzip.compress(MAGIC + cbor.encode(value), compresslevel=9, mtime=0)


def _list(value: cbor.Value) -> list[cbor.Value]:
    if not isinstance(value, list):
        raise Problems([Problem("search", "Pagefind’s files are not as expected", "Is Pagefind 1.5 installed?")])
    return value
