"""`content/archive.toml` as a frozen Config; an unknown key is an error that names its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from builder.model.readable import unreadable
from builder.problems import Problem, Problems, at, unknown_key

FILE = "content/archive.toml"


class Theme(Struct, frozen=True, forbid_unknown_fields=True):
    """Colours as CSS hex values; empty: the theme's own."""

    accent: str = ""
    accent_dark: str = ""


class Sensitive(Struct, frozen=True, forbid_unknown_fields=True):
    """What is folded behind a warning besides what articles, entities and reviews mark themselves.

    `warning` is empty for the program's own, in the archive's language; `entities` are entity ids or names; `words`
    fold a quotation that contains one of them.
    """

    warning: str = ""
    entities: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """What an editor says about the whole archive."""

    title: str
    description: str = ""
    base_url: str = ""
    language: str = "en"
    publisher: str = ""
    editor: str = ""
    rights: str = ""
    contact: str = ""
    model: str = "en_core_web_sm"
    profile: Literal["speech", "attribution"] = "speech"
    theme: Theme = Theme()
    sensitive: Sensitive = Sensitive()


COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def load(root: Path) -> Config:
    """Reads the archive's configuration; raises Problems that name file, line and the nearest known key."""
    path = root / FILE
    try:
        raw = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        hint = "Start one with “glossator init DIR”, or name its folder with --archive."
        raise Problems([Problem(str(root), f"there is no archive here: {FILE} is missing", hint)]) from None
    except OSError as error:
        raise Problems([Problem(FILE, f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError as error:
        raise Problems([Problem(FILE, f"not UTF-8 at byte {error.start}", "Save the file as UTF-8.")]) from None
    try:
        data = tomllib.loads(raw)
    except tomllib.TOMLDecodeError as error:
        raise Problems([Problem(FILE, f"not valid TOML: {error}", "See https://toml.io for the format.")]) from None
    except RecursionError:
        raise Problems([Problem(FILE, "lists or tables nested too deep")]) from None
    return _checked(data, raw)


def _checked(data: dict[str, Any], raw: str) -> Config:
    problems = list(_unknown(data, raw, Config, "")) if data else []
    if not problems:
        try:
            config = msgspec.convert(data, Config)
        except msgspec.ValidationError as error:
            problems.append(_mistyped(error, raw))
        else:
            problems.extend(_values(config, raw))
            if not problems:
                return config
    raise Problems(problems)


def _unknown(data: dict[str, Any], raw: str, type_: type[Struct], table: str) -> list[Problem]:
    known = {f.encode_name: f.type for f in msgspec.structs.fields(type_)}
    problems = []
    for key, value in data.items():
        if key not in known:
            problems.append(unknown_key(at(FILE, _line(raw, key, table)), key, known))
        elif isinstance(value, dict) and isinstance(known[key], type) and issubclass(known[key], Struct):
            problems.extend(_unknown(value, raw, known[key], key))
    return problems


def _mistyped(error: msgspec.ValidationError, raw: str) -> Problem:
    found = re.search(r"\$\.([\w.]+)", str(error)) or re.search(r"field `(\w+)`", str(error))
    key = found.group(1).rsplit(".", 1)[-1] if found else ""
    return Problem(at(FILE, _line(raw, key, "")), str(error).split(" - at")[0] + (f" (key “{key}”)" if key else ""))


def _values(config: Config, raw: str) -> list[Problem]:
    problems = list(_words(msgspec.to_builtins(config), raw))
    if not config.title.strip():
        problems.append(Problem(at(FILE, _line(raw, "title", "")), "the archive has no title", "Name it in “title”."))
    if config.base_url and not _is_base(config.base_url):
        what = f"base_url “{config.base_url}” is not a web address"
        problems.append(
            Problem(at(FILE, _line(raw, "base_url", "")), what, "Write it like https://example.org/archive.")
        )
    for key, colour in (("accent", config.theme.accent), ("accent_dark", config.theme.accent_dark)):
        if colour and not COLOUR.fullmatch(colour):
            what = f"theme.{key} “{colour}” is not a colour"
            problems.append(Problem(at(FILE, _line(raw, key, "theme")), what, "Write it like #7a1f1f."))
    if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", config.language):
        what = f"language “{config.language}” is not a language tag"
        problems.append(Problem(at(FILE, _line(raw, "language", "")), what, "Write it like en or pt-BR."))
    return problems


def _words(values: dict[str, Any], raw: str) -> Iterator[Problem]:
    """What TOML's escapes can smuggle into a value and no page may carry."""
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _words(value, raw)
            continue
        for words in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(words, str) and (found := unreadable(words)):
                yield Problem(at(FILE, _line(raw, key, "")), f"{key}: {found[1]}", "Take it out.")


def _is_base(url: str) -> bool:
    try:
        parts = urlsplit(url)
        sound = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # a port that is no number, brackets that do not close
        return False
    return sound and bool(re.fullmatch(r"https?://[^\s/?#\"<>\\]+(/[^\s?#\"<>\\]*)?", url))


def _line(raw: str, key: str, table: str) -> int | None:
    """The line that sets a key; TOML readers keep no positions, and an editor needs one."""
    current = ""
    for number, line in enumerate(raw.splitlines(), 1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line):
            current = header.group(1)
            if current == key:
                return number
        elif re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line) and (not table or current == table):
            return number
    return None
