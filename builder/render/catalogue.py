"""The interface's words in the archive's language: catalogues of gettext, read as translators edit them.

A catalogue is `locale/<language>/LC_MESSAGES/interface.po`. English needs none: it is what the sources say.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:  # imported only where it speaks
    from babel import Locale

FOLDER = Path(__file__).resolve().parent / "locale"
SOURCE = "en"


def N_(message: str) -> str:
    """Marks words of a table for the catalogue; they are translated where they are used."""
    return message


def path(language: str) -> Path:
    """Where the catalogue of a language is, or would be."""
    return FOLDER / language / "LC_MESSAGES" / "interface.po"


def spoken(tag: str) -> str:
    """The language of an archive's pages: the one it asks for where there is a catalogue, else English."""
    language = tag.split("-")[0].lower()
    return language if path(language).is_file() else SOURCE


@cache
def compiled(language: str) -> bytes:
    """The messages of a language that `spoken` gave, as gettext reads them; none of the one the sources are in."""
    if language == SOURCE:
        return b""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with path(language).open("rb") as file:
        catalogue = read_po(file, locale=language)
    written = io.BytesIO()
    write_mo(written, catalogue)  # leaves out what is marked fuzzy: a doubtful translation is none
    return written.getvalue()


def opened(messages: bytes) -> NullTranslations:
    """What `compiled` gave, ready to be asked."""
    return GNUTranslations(io.BytesIO(messages)) if messages else NullTranslations()


def measures(
    file: IO[bytes], keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    """For Babel's collector: what accuracy.toml says in words; its figures need no translation."""
    for measure in tomllib.load(file).get("measure", []):
        yield from ((1, "gettext", measure[key], []) for key in ("what", "data"))


@cache
def locale(tag: str) -> Locale:
    """Names of months and forms of numbers, of the region where the pages speak that language, else plain English."""
    from babel import Locale, UnknownLocaleError

    language = spoken(tag)
    if tag.split("-")[0].lower() == language:
        try:
            return Locale.parse(tag.replace("-", "_"))
        except (ValueError, UnknownLocaleError):
            pass
    return Locale.parse(language)
