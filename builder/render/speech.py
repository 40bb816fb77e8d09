"""How a language writes months and numbers, and what it says: Babel is asked once, and the answer kept from then on.

What Babel knows of a language takes it longer to open than many a page takes to make.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from builder.render import catalogue
from builder.render.ready import Ready

if TYPE_CHECKING:  # imported only where it is asked
    from babel import Locale


class Speech(Struct, frozen=True):
    """Names of months, January first; how digits of a whole number are put into groups; the messages, compiled.

    `last` is the size of the group on the right, `others` that of those before it; `mark` stands between them.
    """

    months: tuple[str, ...]
    short: tuple[str, ...]
    mark: str
    last: int
    others: int
    messages: bytes

    def number(self, number: int) -> str:
        """How many there are, at least none: 1204 as “1,204” or “1.204”."""
        digits = str(number)
        groups = [digits[-self.last :]]
        digits = digits[: -self.last]
        while digits:
            groups.append(digits[-self.others :])
            digits = digits[: -self.others]
        return self.mark.join(reversed(groups))


_kept = msgspec.msgpack.Decoder(Speech)


def speech(tag: str, ready: Ready) -> Speech:
    """That of an archive in this language, see `catalogue`."""
    key = f"speech {tag} {ready.made}"
    known = ready.get(key)
    if known is None:
        known = _asked(tag)
        ready.put(key, known)
    return _kept.decode(known)


@cache
def _asked(tag: str) -> bytes:
    from babel.numbers import get_group_symbol

    locale = catalogue.locale(tag)
    last, others = locale.decimal_formats[None].grouping
    speech = Speech(
        months=_months(locale, "wide"),
        short=_months(locale, "abbreviated"),
        mark=get_group_symbol(locale),
        last=last,
        others=others,
        messages=catalogue.compiled(catalogue.spoken(tag)),
    )
    return msgspec.msgpack.encode(speech)


def _months(locale: Locale, width: str) -> tuple[str, ...]:
    names = locale.months["format"][width]
    return tuple(names[number] for number in range(1, 13))
