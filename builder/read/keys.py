"""The keys of the front matter: what each may hold, and how a wrong value is answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from builder.model.article import Cleanup
from builder.model.readable import unreadable
from builder.problems import unknown_key
from builder.read.edtf_dates import is_edtf
from builder.read.slugs import is_slug, suggested

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
SHA256 = re.compile(r"[0-9a-f]{64}")
FORMATS = ("markdown", "text")


class Wrong(Exception):
    """A value that its key cannot have: what is wrong with it, and how to write it."""

    def __init__(self, what: str, hint: str = "") -> None:
        self.what, self.hint = what, hint


def _string(value: Any) -> str:
    if isinstance(value, bool):
        raise Wrong("YAML reads this word as yes or no, not as text", "Put quotation marks around it.")
    if isinstance(value, int | float):
        raise Wrong(f"a number ({value}) where text belongs", "Put quotation marks around it.")
    if not isinstance(value, str):
        raise Wrong("a list or a mapping where one line of text belongs")
    if found := unreadable(value):
        raise Wrong(found[1])
    return value


def _line(value: Any) -> str:
    """One line of text, whatever lines YAML gave it."""
    return " ".join(_string(value).split())


def _title(value: Any) -> str:
    title = _line(value)
    if not title:
        raise Wrong("is empty", "Every article needs a title.")
    return title


def _date(value: Any) -> str | None:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else _line(value)
    if text in ("", "unknown"):
        return None
    if not is_edtf(text):
        hint = "Write it as EDTF: 2014-09-09, 2014-09, 2014, 2014?, 2015-03-02/2015-03-03, or unknown."
        raise Wrong(f"“{text}” is not a date EDTF knows", hint)
    return text


def _url(value: Any) -> str:
    text = _line(value)
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text
    except ValueError:
        sound = False
    if text and not sound:
        raise Wrong(f"“{text}” is not a web address", "It begins with http:// or https://.")
    return text


def _language(value: Any) -> str:
    text = _line(value)
    if not LANGUAGE.fullmatch(text):
        raise Wrong(f"“{text}” is not a language tag", "Write it like en or pt-BR.")
    return text


def _sensitive(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else ""
    return _line(value)


def _sha256(value: Any) -> str:
    text = _line(value).lower()
    if not SHA256.fullmatch(text):
        raise Wrong("is not a SHA-256 digest", "It has 64 digits of 0 to 9 and a to f.")
    return text


def _slug(value: Any) -> str:
    text = _line(value)
    if not is_slug(text):
        hint = f"Small letters a to z, digits and single hyphens, like “{suggested(text)}”; at most 100."
        raise Wrong(f"“{text}” cannot be part of an address", hint)
    return text


def _format(value: Any) -> str:
    text = _line(value)
    if text not in FORMATS:
        raise Wrong(f"“{text}” is not known", f"Known: {', '.join(FORMATS)}.")
    return text


def _tags(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Wrong("not a list", "Write it like [war, press], or one a line with a leading hyphen.")
    return tuple(dict.fromkeys(tag for tag in map(_line, value) if tag))


def _cleanups(value: Any) -> tuple[Cleanup, ...]:
    if not isinstance(value, list):
        raise Wrong("not a list", "Each entry has kind, before, after and prefix.")
    return tuple(map(_cleanup, value))


def _cleanup(value: Any) -> Cleanup:
    known = Cleanup.__struct_fields__
    if not isinstance(value, dict) or not {"kind", "before"} <= value.keys():
        raise Wrong("an entry without kind and before", "Each entry has kind, before, after and prefix.")
    if unknown := [key for key in value if key not in known]:
        found = unknown_key("", unknown[0], known)
        raise Wrong(f"{found.what} in an entry", found.hint)
    return Cleanup(**{key: _string("" if words is None else words) for key, words in value.items()})


KEYS: dict[str, Callable[[Any], Any]] = {
    "title": _title,
    "dek": _line,
    "byline": _line,
    "publisher": _line,
    "published": _date,
    "captured": _date,
    "url": _url,
    "archived_url": _url,
    "language": _language,
    "rights": _line,
    "sensitive": _sensitive,
    "tags": _tags,
    "slug": _slug,
    "format": _format,
    "original": _line,
    "original_sha256": _sha256,
    "cleanups": _cleanups,
}
