"""Links between published pages: every local target and every fragment must be there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from builder.problems import Problem

HINT = "Run “glossator build”; if it stays, a template of your own points to the wrong place."


def broken_links(output: Path, pages: Iterable[str], base_url: str = "") -> Iterator[Problem]:
    """Yields a problem for every link of the pages that leads to no file or to no id; nothing is fetched.

    `base_url` is where the site is published: a path below it is a path of the site.
    """
    base = urlsplit(base_url).path.rstrip("/")
    ids: dict[str, set[str]] = {}
    wanted: list[tuple[str, str, str, str]] = []
    for page in pages:
        if not (output / page).is_file():
            continue
        try:
            tree = html.fromstring((output / page).read_bytes())
        except (etree.ParserError, OSError):  # empty, or not to be read; the manifest's hash tells that
            continue
        ids[page] = set(tree.xpath("//@id"))
        for address in tree.xpath("//*[self::a or self::link or self::area]/@href | //@src"):
            if found := _local(page, address, base):
                wanted.append((page, address, *found))
    for page, address, target, fragment in wanted:
        if target.startswith("../") or not (output / target).is_file():
            yield Problem(f"{output.name}/{page}", f"the link “{address}” leads to no file", HINT)
        elif fragment and target in ids and fragment not in ids[target]:
            yield Problem(f"{output.name}/{page}", f"the link “{address}” leads to no place on its page", HINT)


def _local(page: str, address: str, base: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that do not close: no browser finds it here either
        return None
    if parts.scheme or parts.netloc or (not parts.path and not parts.fragment):
        return None
    target = unquote(parts.path)
    if target.startswith("/"):
        path = target.removeprefix(base).lstrip("/")
    else:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), target)) if target else page
    if target.endswith("/"):
        path = posixpath.join(path, "index.html")
    return path, unquote(parts.fragment)
