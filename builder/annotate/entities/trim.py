"""Where a name begins and ends: without articles, titles, possessives and what the model took along."""

from __future__ import annotations

import re
from dataclasses import replace

from builder import authority
from builder.annotate.entities.lexicon import either, words
from builder.annotate.entities.names import Name, View

TOKEN = re.compile(r"\S+")
EDGE = " \t&\"'`*_•|<>{}~,;:!?…–—-/\\=+^"
HONORIFIC = re.compile(r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Dame)\.? (?=[A-Z])")
TAIL = re.compile(
    rf"(?:'s|'|-(?:{either('suffixes')})| (?:&|and|of|for|in|at|the)"
    r"|\s\d{4}|\s\d+[–:-]\d+|\s\([^)]*\)?|\s\[[^\]]*\]?)$"
)
FROM_OR_BY = re.compile(r"[a-z]-(?:based|born|backed|led|run|owned|linked|affiliated|funded)$")
FOR_OR_AGAINST = re.compile(r"(?:[Pp]ro|[Aa]nti)-[A-Z]")  # whom a body is for or against is not its name
PREFIXED = re.compile(r"(?:[a-z]{2,3}-|[dl]')[A-Z]")  # al-Amin, d'Alembert
SCORED = re.compile(r" \d{1,2}$")  # a team's goals, which the model takes for a part of its name
RESULT = re.compile(r" ?[–-] ?\d")
ABBREVIATED = re.compile(rf"\b(?:[A-Z]|{either('abbreviations')})\.$")
FORM = re.compile(r" (?:Inc|Ltd|Co|Corp|Bros)\.$")
UNDOTTED = re.compile(r" (?:Inc|Ltd|Co|Corp)(?=[ ,'])")
NUMBERED = frozenset({"event", "law", "product"})  # kinds whose names may end in a year
SMALL_START = frozenset({"work", "product"})  # kinds whose names may begin small


def trim(view: View, name: Name) -> Name | None:
    """Gives the name's own span, or None when nothing of a name is left."""
    text, start, end = view.text, name.start, name.end
    if HONORIFIC.match(text, start, end):
        name = replace(name, kind="person")
    before = None
    while before != (start, end) and start < end:
        before = (start, end)
        start, end = _strip(text, start, end)
        start = _front(text, start, end, name.kind)
        end = _back(text, start, end, name.kind)
    if text[start:end].endswith((" Jr", " Sr")) and text.startswith(".", end):
        end += 1
    if not any(c.isalpha() for c in text[start:end]):
        return None
    return replace(name, start=start, end=end)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start] in EDGE or text[start] in ")]." or _symbol(text[start])):
        start += 1
    while start < end and (text[end - 1] in EDGE or text[end - 1] in "([@#" or _symbol(text[end - 1])):
        end -= 1
    if start < end and text[start] in "([" and not any(c in text[start:end] for c in ")]"):
        start += 1
    return start, end


def _symbol(char: str) -> bool:
    return ord(char) > 0x2100 and not char.isalnum()


def _front(text: str, start: int, end: int, kind: str) -> int:
    first = TOKEN.match(text, start, end)
    if first is None or first.end() == end or kind == "work":
        return start
    rest = text[first.end() : end].lstrip()
    return first.end() if _leaves(first.group(), rest, kind) else start


def _leaves(word: str, rest: str, kind: str) -> bool:
    """Tells whether a first word is no part of the name."""
    low = word.lower().rstrip(".,")
    if low in words("determiners") or FOR_OR_AGAINST.match(word) or FROM_OR_BY.search(word):
        return True
    titled = low in words("titles") and word != "Don"  # more often short for Donald
    if kind == "person" and rest[:1].isupper() and (titled or _office(word, rest)):
        return True
    particle = low in words("particles") or low.startswith(("al-", "el-"))
    return word[0].islower() and not particle and kind not in SMALL_START


def _office(word: str, rest: str) -> bool:
    """A country or people before a full name says whose office it is: `Peru` in `Ambassador to Peru Ana Ruiz`."""
    return word in authority.names() and " " in rest


def _back(text: str, start: int, end: int, kind: str) -> int:
    exact = text[start:end]
    if kind == "work" or not exact:
        return end
    cut = TAIL.search(exact)
    if cut and cut.start() and not (kind in NUMBERED and cut.group().strip().isdigit()):
        return start + cut.start()
    if exact.endswith(".") and (not ABBREVIATED.search(exact) or (FORM.search(exact) and UNDOTTED.search(text))):
        return end - 1
    if exact[-1] in ")]" and exact.count("(") + exact.count("[") < exact.count(")") + exact.count("]"):
        return end - 1
    if SCORED.search(exact) and RESULT.match(text, end):
        return start + exact.rindex(" ")
    head, _, last = exact.rpartition(" ")
    if head and (last in words("captions") or (kind != "person" and last in words("offices"))):
        return end - len(last)
    small = last[:1].islower() and not PREFIXED.match(last)
    return end - len(last) if head and small and kind not in NUMBERED else end
