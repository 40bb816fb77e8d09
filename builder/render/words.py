"""The words pages use, in the archive's language: for its kinds, states and numbers, and every sentence between them.

What is said in Python goes through `Words.gettext` and `ngettext`, in templates through `_`, `ngettext` and
`{% trans %}`; tables of fixed words mark theirs with `N_`. `.dev/translate` collects them all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from gettext import NullTranslations
from typing import Any

from markupsafe import Markup

from builder.render import catalogue
from builder.render.catalogue import N_ as N_
from builder.render.ready import Ready
from builder.render.speech import Speech, speech

KINDS = {
    "person": (N_("person"), N_("People")),
    "organization": (N_("organization"), N_("Organizations")),
    "place": (N_("place"), N_("Places")),
    "facility": (N_("facility"), N_("Buildings and facilities")),
    "group": (N_("group"), N_("Groups")),
    "work": (N_("work"), N_("Works")),
    "event": (N_("event"), N_("Named events")),
    "law": (N_("law"), N_("Laws")),
    "product": (N_("product"), N_("Products")),
    "account": (N_("account"), N_("Accounts")),
    "hashtag": (N_("hashtag"), N_("Hashtags")),
}
SPEAKERS = {
    "named": N_("named person"),
    "anonymous": N_("unnamed source"),
    "organization": N_("organization"),
    "document": N_("document"),
    "account": N_("account"),
    "publication": N_("publication"),
    "web": N_("web page"),
}
SOURCES = {
    "named": N_("People named"),
    "organization": N_("Organizations"),
    "document": N_("Documents"),
    "account": N_("Accounts"),
    "publication": N_("Publications"),
    "web": N_("Web pages"),
    "anonymous": N_("Unnamed, by article"),
}
FORMS = {
    "direct": N_("word for word"),
    "mixed": N_("partly word for word"),
    "indirect": N_("in the article’s words"),
}
REVIEWS = {
    "machine": (N_("read by machine"), N_("by machine")),
    "confirmed": (N_("confirmed by an editor"), N_("confirmed")),
    "corrected": (N_("corrected by an editor"), N_("corrected")),
    "added": (N_("added by an editor"), N_("added")),
}
LAYERS = {
    "entity": N_("Names"),
    "quotation": N_("Quotations"),
    "time": N_("Dates"),
    "event": N_("Dated events"),
    "citation": N_("Links"),
}
CSL = {
    "author": N_("Author"),
    "editor": N_("Editor"),
    "title": N_("Title"),
    "container-title": N_("Appeared in"),
    "publisher": N_("Publisher"),
    "publisher-place": N_("Place of publication"),
    "issued": N_("Issued"),
    "accessed": N_("Accessed"),
    "number": N_("Number"),
    "page": N_("Page"),
    "volume": N_("Volume"),
    "issue": N_("Issue"),
    "genre": N_("Genre"),
    "note": N_("Note"),
}
SEASONS = {"21": N_("spring"), "22": N_("summer"), "23": N_("autumn"), "24": N_("winter")}

RIGHT_TO_LEFT = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku", "ps", "sd", "ug", "ur", "yi"])


def direction(language: str) -> str:
    """The way a language is written, for the `dir` attribute."""
    return "rtl" if language.lower().split("-")[0] in RIGHT_TO_LEFT or "-arab" in language.lower() else "ltr"


class Words:
    """Speaks `language` if there is a catalogue for it, else English; `spoken` says which it is.

    Values for the %(placeholders)s are given by name; they are not escaped here. `marked` are the attributes of an
    element with words of the interface, where these are not in the archive's language.
    """

    def __init__(self, language: str = catalogue.SOURCE, ready: Ready | None = None) -> None:
        self.spoken = catalogue.spoken(language)
        self.direction = direction
        self._language, self._ready = language, ready or Ready()
        same = language.split("-")[0].lower() == self.spoken
        self.marked = Markup("" if same else f' lang="{self.spoken}" dir="{direction(self.spoken)}" data-spoken')

    @cached_property
    def speech(self) -> Speech:
        """How months and numbers are written."""
        return speech(self._language, self._ready)

    @cached_property
    def translations(self) -> NullTranslations:
        """The messages of the language that is spoken."""
        return catalogue.opened(self.speech.messages)

    def prepare(self) -> None:
        """Has all at hand, so that processes forked from this one need not look for it."""
        _ = self.translations

    @cached_property
    def _number(self) -> Callable[[int], str]:
        return lru_cache(maxsize=10_000)(self.speech.number)

    def gettext(self, message: str, **values: Any) -> str:
        """A message in the archive's language."""
        return self.translations.gettext(message) % values

    def ngettext(self, one: str, many: str, num: int, **values: Any) -> str:
        """A message that counts: `%(num)s` is the number, written as the language writes it."""
        return self.translations.ngettext(one, many, num) % {"num": self.number(num), **values}

    def number(self, number: int) -> str:
        """1204 as “1,204” or “1.204”."""
        return self._number(number)

    def month(self, number: int, short: bool = False) -> str:
        """The name of a month as it stands in a date; 1 is January."""
        return (self.speech.short if short else self.speech.months)[number - 1]

    def season(self, code: str) -> str:
        """EDTF's 21 to 24."""
        return self.gettext(SEASONS[code])

    def kind(self, label: str) -> str:
        """A kind of name in the singular."""
        return self.gettext(KINDS[label][0]) if label in KINDS else label

    def kinds(self, label: str) -> str:
        """A kind of name as a heading."""
        return self.gettext(KINDS[label][1]) if label in KINDS else label.capitalize()

    def layer(self, kind: str) -> str:
        """A kind of annotation as a heading."""
        return self.gettext(LAYERS[kind])

    def speaker(self, kind: str) -> str:
        """What sort of speaker or source it is."""
        return self.gettext(SPEAKERS[kind]) if kind in SPEAKERS else kind

    def sources(self, kind: str) -> str:
        """A kind of source as a heading."""
        return self.gettext(SOURCES[kind]) if kind in SOURCES else kind.capitalize()

    def csl(self, key: str) -> str:
        """What sources.yaml says of a source, as a label; CSL's own name where no other is known."""
        return self.gettext(CSL[key]) if key in CSL else key.replace("-", " ").capitalize()

    def place(self, latitude: float, longitude: float) -> str:
        """Coordinates in degrees: “53.55° N, 9.99° E”."""
        from babel.numbers import format_decimal  # few pages need it, and it takes its time to open

        north = self.gettext("N") if latitude >= 0 else self.gettext("S")
        east = self.gettext("E") if longitude >= 0 else self.gettext("W")
        locale = catalogue.locale(self._language)
        degrees = [format_decimal(abs(d), "0.##", locale=locale) for d in (latitude, longitude)]
        return f"{degrees[0]}° {north}, {degrees[1]}° {east}"

    def form(self, value: str) -> str:
        """How a quotation is given: word for word, or in the article's words."""
        return self.gettext(FORMS[value]) if value in FORMS else value

    def review(self, state: str, short: bool = False) -> str:
        """Who stands behind an annotation; `short` where room is scarce."""
        return self.gettext(REVIEWS[state][short]) if state in REVIEWS else state

    def confidence(self, value: float) -> str:
        """What the machine makes of its own reading; an editor's word needs no such figure."""
        if value >= 0.9:
            return self.gettext("very likely")
        if value >= 0.75:
            return self.gettext("likely")
        return self.gettext("uncertain") if value >= 0.5 else self.gettext("a guess")

    def headline(self, clause: str) -> str:
        """A clause as a row’s headline: with a capital, unless its first word has one elsewhere, as “iPhone”."""
        plain = clause.partition(" ")[0].islower()
        return clause[:1].title() + clause[1:] if plain else clause

    def joined(self, parts: Sequence[str]) -> str:
        """“a, b and c”."""
        if len(parts) < 2:
            return "".join(parts)
        return self.gettext("%(first)s and %(last)s", first=", ".join(parts[:-1]), last=parts[-1])
