"""Bytes of any encoding to text: stated, proven or detected, and said; never guessed silently."""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

from builder.model.readable import unreadable
from builder.problems import Problem, Problems, at

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What files of the web's age are written in; the DOS code pages would win single words by chance.
CANDIDATES = [
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "iso8859_2"),
    *("iso8859_5", "iso8859_7", "iso8859_9", "koi8_r", "koi8_u", "mac_roman", "mac_latin2", "mac_cyrillic"),
    *("cp932", "euc_jp", "cp949", "gb18030", "big5", "tis_620"),
]
CLOSE_CHAOS = 0.02  # charset-normalizer's share of implausible characters: less apart is a tie ...
CLOSE_COHERENCE = 0.1  # ... unless the letters of a language fit so much better
LATIN_1 = frozenset({"iso8859-1", "ascii"})  # on the web these labels mean windows-1252


class Decoded(Struct, frozen=True):
    """A file's text with "\\n" line ends; `encoding` it was in, and how that is known (a whole sentence, or empty)."""

    text: str
    encoding: str
    note: str = ""


def decode(raw: bytes, where: str, chosen: str = "", declared: str = "") -> Decoded:
    """Decodes by the editor's choice, a byte order mark, valid UTF-8, the page's declaration, or detection.

    Raises Problems where the choice does not fit, where several encodings are as likely, or nothing readable comes out.
    """
    found = _chosen(raw, where, chosen) if chosen else _known(raw, declared) or _detected(raw, where)
    text = found.text.replace("\r\n", "\n").replace("\r", "\n")
    if wrong := unreadable(text.replace("\f", "")):
        line = text.count("\n", 0, wrong[0]) + 1
        hint = f"Read as {found.encoding}. Is it text? If so, name its encoding with --encoding."
        raise Problems([Problem(at(where, line), wrong[1], hint)])
    return Decoded(text, found.encoding, found.note)


def _chosen(raw: bytes, where: str, chosen: str) -> Decoded:
    try:
        name = codecs.lookup(chosen).name
        text = raw.decode("utf-8-sig" if name == "utf-8" else name)
    except LookupError:
        raise Problems([Problem("--encoding", f"“{chosen}” is no encoding known here", "Like windows-1252.")]) from None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Problems([Problem(at(where, line), f"not {chosen}: byte {error.start} does not fit")]) from None
    return Decoded(text, _shown(name), "" if name == "utf-8" else f"read as {_shown(name)}, as asked")


def _known(raw: bytes, declared: str) -> Decoded | None:
    for mark, name in MARKS:
        if raw.startswith(mark):
            text = _attempt(raw, name)
            shown = name.removesuffix("-sig")
            note = "" if shown == "utf-8" else f"read as {shown}, by its byte order mark"
            return None if text is None else Decoded(text.removeprefix("\ufeff"), shown, note)
    # Chance hardly ever writes valid UTF-8, and pages often declare an encoding they are not in.
    text = _attempt(raw, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8")
    if not declared or (text := _attempt(raw, _codec(declared))) is None:
        return None
    name = _shown(_codec(declared))
    return Decoded(text, name, f"read as {name}, which the page declares")


def _attempt(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _codec(label: str) -> str:
    try:
        name = codecs.lookup(label.strip()).name
    except LookupError:
        return label
    return "cp1252" if name in LATIN_1 else name


def _shown(codec: str) -> str:
    """The name people and web pages use."""
    return re.sub(r"^cp(125\d)$", r"windows-\1", codec.replace("_", "-").replace("iso8859", "iso-8859"))


def _detected(raw: bytes, where: str) -> Decoded:
    from charset_normalizer import from_bytes  # slow to import, and seldom needed

    matches = list(from_bytes(raw, cp_isolation=CANDIDATES))
    if not matches:
        raise Problems([Problem(where, "its encoding cannot be told", "Name it with --encoding, like windows-1252.")])
    plausible = [match for match in matches if match.chaos - matches[0].chaos < CLOSE_CHAOS]
    best = max(plausible, key=lambda match: match.coherence)
    close = (match for match in plausible if best.coherence - match.coherence < CLOSE_COHERENCE)
    rivals = [match for match in close if str(match) != str(best)]
    readings = {_name(raw, str(match), match.encoding): str(match) for match in (best, *rivals)}
    if rivals:
        raise Problems([_ambiguous(readings, where)])
    (name, text), *_ = readings.items()
    return Decoded(text, name, f"its encoding is not stated: read as {name}, like “{_odd_word(text)}”")


def _name(raw: bytes, text: str, codec: str) -> str:
    """The most common encoding that gives the same text."""
    return _shown("cp1252" if _attempt(raw, "cp1252") == text else codec)


def _ambiguous(readings: dict[str, str], where: str) -> Problem:
    words = _telling([text.split() for text in readings.values()])
    shown = "; ".join(f"“{word}” ({name})" for name, word in zip(readings, words, strict=True))
    return Problem(where, f"its encoding cannot be told for sure: {shown}", "Name the right one with --encoding.")


def _telling(texts: list[list[str]]) -> tuple[str, ...]:
    """The first word that most readings give differently."""
    best: tuple[str, ...] = ("",) * len(texts)
    for words in zip(*texts, strict=False):
        if len(set(words)) > len(set(best)):
            best = words
    return best


def _odd_word(text: str) -> str:
    """A word by which a reader sees whether the encoding is right."""
    return next((word for word in text.split() if not word.isascii()), "")
