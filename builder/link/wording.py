"""English words as headlines are compared by: which carry content, under which form they meet, which change the sense.

Words only, no model: forms meet under a stem that is never shown. The lists know no subject (`lexicon/`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from builder.link.lexicon import lines, words

WORD = re.compile(r"\w+(?:['’]\w+)*")
COUNTS = (
    "- one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
TENS = "thirty forty fifty sixty seventy eighty ninety"
LARGE = "dozen dozens hundred hundreds thousand thousands million millions billion billions"
NUMBERS = {word: str(n) for n, word in enumerate(COUNTS.split()) if n}
NUMBERS |= {word: str(n * 10) for n, word in enumerate(TENS.split(), 3)} | {word: word for word in LARGE.split()}

EMPTY = words("empty", "general", "directions")
TURNS, DIRECTIONS = words("turns"), words("directions")
VERBS = [line.split() for line in lines("verbs")]
BASES = {form: forms[0] for forms in VERBS for form in forms[1:]}
PAST = frozenset(form for forms in VERBS for form in (forms[1:] or forms) if not form.endswith("ing"))
NOT_PAST = words("not_past")
BEING = frozenset({"is", "are", "was", "were", "be", "been", "being", "got"})
AUXILIARIES = BEING | {"will", "would", "shall", "has", "have", "had", "to"}
DETERMINERS = frozenset({"a", "an", "the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my"})
ENDINGS = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Gives the form under which “closes”, “closed” and “closing” meet; it need not be a word."""
    plain = BASES.get(word, word).split("'")[0]
    if len(plain) < 4 or plain.isdigit():
        return plain
    for end, instead in ENDINGS:
        if plain.endswith(end) and len(plain) - len(end) >= 3 and not plain.endswith(("ss", "us", "is")):
            plain = plain[: -len(end)] + instead
            break
    plain = plain.removesuffix("e")
    return plain[:-1] if len(plain) > 3 and plain[-1] == plain[-2] else plain


TURNING = TURNS | {stem(word) for word in TURNS}


def tokens(text: str) -> list[str]:
    """The words in order, small letters."""
    return [word.casefold().replace("’", "'") for word in WORD.findall(text)]


def content(told: Sequence[str]) -> frozenset[str]:
    """Stems of the words that say what happened."""
    kept = (t for t in told if len(t) > 1 and t not in EMPTY and t not in NUMBERS and not t[0].isdigit())
    return frozenset(stem(t) for t in kept)


def figures(told: Sequence[str]) -> frozenset[str]:
    """Numbers, whether in figures or in words."""
    return frozenset(NUMBERS.get(t, t) for t in told if t in NUMBERS or t[0].isdigit())


def turns(told: Sequence[str]) -> frozenset[str]:
    """The words that change which happening it is, or whether it is one."""
    return frozenset("not" if t.endswith("n't") else stem(t) for t in told if stem(t) in TURNING or t.endswith("n't"))


def shared(text: str, stems: frozenset[str]) -> tuple[str, ...]:
    """The words whose stems or figures are among `stems`, as they stand, each once."""
    found = {w: w.casefold() for w in WORD.findall(text)}
    return tuple(w for w, plain in found.items() if stem(plain) in stems or NUMBERS.get(plain, plain) in stems)


def act(told: Sequence[str]) -> str:
    """The stem of the first word that surely is a verb: what a headline says was done. Empty where none is."""
    for before, word in pairwise(["", *told]):
        verb = _is_past(word) or (before in AUXILIARIES and not word.endswith("ly"))
        if verb and word not in EMPTY and before not in DETERMINERS:
            return stem(word)
    return ""


def is_passive(told: Sequence[str]) -> bool:
    """Whether someone may have had it done to them: roles stand the other way round."""
    return any(before in BEING and (_is_past(word) or word in BASES) for before, word in pairwise(told))


def _is_past(word: str) -> bool:
    return word in PAST or (word.endswith("ed") and len(word) > 3 and word not in NOT_PAST)
