"""Every address on the site is written here, relative to the page that uses it.

Links to folders name their `index.html`, so that the site works under any base path and from `file://`.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

HOME = "index.html"
# Nothing to quote and nothing to resolve: nearly every path of a site, so no time is lost on those.
FILE = re.compile(r"(?:[\w~-][\w.~-]*/)*[\w~-][\w.~-]*", re.ASCII)
FRAGMENT = re.compile(r"[\w.~/-]+", re.ASCII)
KEPT = 20_000  # ways that pages beside each other share


def relative(from_path: str, to_path: str) -> str:
    """The way from one file of the site to another, `#fragment` kept, characters quoted as URLs need.

    Both are files, relative to the output folder; `to_path` may be a fragment alone.
    """
    own, beside = out_of(from_path)
    target, hash_, fragment = to_path.partition("#")
    if not target or target.startswith(own):
        return _within(from_path, target, hash_, fragment)
    way = beside.get(target)
    if way is None:
        if len(beside) >= KEPT:
            beside.clear()
        way = beside[target] = _way(from_path, target)
    return way + hash_ + _quoted(fragment) if hash_ else way


@lru_cache(maxsize=1000)
def out_of(from_path: str) -> tuple[str, dict[str, str]]:
    """The folder of a page, and the ways out of it that are known: they are the same from all folders beside it."""
    own = from_path[: from_path.rfind("/") + 1]
    return own, _ways(posixpath.dirname(own[:-1]))


@lru_cache(maxsize=1000)
def _ways(parent: str) -> dict[str, str]:
    return {}


def _within(from_path: str, target: str, hash_: str, fragment: str) -> str:
    """A link that may lead to the page itself."""
    end = hash_ + _quoted(fragment)
    return end if not target or (target == from_path and fragment) else _way(from_path, target) + end


def _quoted(fragment: str) -> str:
    return fragment if FRAGMENT.fullmatch(fragment) else quote(fragment, safe="!$&'()*+,;=:@/?-._~")


def _way(from_path: str, target: str) -> str:
    if _is_plain(target):
        home, above, folders = _upwards(from_path)
        if home and not target.startswith(home):
            return above + target
        for folder, way in folders:
            if target.startswith(folder):
                return way + target[len(folder) :]
    return quote(posixpath.relpath(target, posixpath.dirname(from_path) or "."), safe="/")


@lru_cache(maxsize=20_000)
def _is_plain(path: str) -> bool:
    return FILE.fullmatch(path) is not None


@lru_cache(maxsize=1000)
def _upwards(path: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """The outermost folder of a file and the way out of it; and all folders, innermost first, each with the way to it.

    Nothing where the path is not plain.
    """
    if not FILE.fullmatch(path):
        return "", "", ()
    parts = path.split("/")[:-1]
    folders = [("".join(f"{p}/" for p in parts[: len(parts) - up]), "../" * up) for up in range(len(parts) + 1)]
    return f"{parts[0]}/" if parts else "", "../" * len(parts), tuple(folders)


def article(slug: str, annotation: str = "") -> str:
    """The annotated page of an article, or a place in it."""
    return f"articles/{slug}/index.html" + (f"#{annotation}" if annotation else "")


def entity(record_id: str) -> str:
    """The register page of a name."""
    return f"entities/{record_id}/index.html"


def source(record_id: str) -> str:
    """The register page of a source."""
    return f"sources/{record_id}/index.html"


def quotation(record_id: str) -> str:
    """A quotation's place in the register of quotations."""
    return f"quotations/index.html#{record_id}"


def event(record_id: str) -> str:
    """A happening's place in the chronology."""
    return f"chronology/index.html#{record_id}"


def absolute(base_url: str, to_path: str) -> str:
    """The public address of a page: its folder, without `index.html`."""
    folder = to_path.removesuffix("index.html")
    return base_url.rstrip("/") + "/" + (folder if _is_plain(to_path) else quote(folder, safe="/"))


def is_live(url: str) -> bool:
    """True for an address that may be a link: https only.

    Any other scheme is shown as words: `javascript:` and the like are unsafe, and plain http can be changed on the way.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)


def is_web(url: str) -> bool:
    """True for a web address of either kind, live or not."""
    return url.startswith(("https://", "http://")) and bool(host(url))


def host(url: str) -> str:
    """The site an address belongs to, as a reader would call it; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
