"""The words pages use for the archive's kinds, states and numbers, in one place."""

from __future__ import annotations

KINDS = {
    "person": ("person", "People"),
    "organization": ("organization", "Organizations"),
    "place": ("place", "Places"),
    "facility": ("facility", "Buildings and facilities"),
    "group": ("group", "Groups"),
    "work": ("work", "Works"),
    "event": ("event", "Named events"),
    "law": ("law", "Laws"),
    "product": ("product", "Products"),
    "account": ("account", "Accounts"),
    "hashtag": ("hashtag", "Hashtags"),
}
SPEAKERS = {
    "named": "named person",
    "anonymous": "unnamed source",
    "organization": "organization",
    "document": "document",
    "account": "account",
    "publication": "publication",
    "web": "web page",
}
FORMS = {"direct": "word for word", "mixed": "partly word for word", "indirect": "in the article’s words"}
REVIEWS = {
    "machine": "read by machine",
    "confirmed": "confirmed by an editor",
    "corrected": "corrected by an editor",
    "added": "added by an editor",
}
LAYERS = {
    "entity": "Names",
    "quotation": "Quotations",
    "time": "Dates",
    "event": "Dated events",
    "citation": "Links",
}

RIGHT_TO_LEFT = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku", "ps", "sd", "ug", "ur", "yi"])


def direction(language: str) -> str:
    """The way a language is written, for the `dir` attribute."""
    return "rtl" if language.lower().split("-")[0] in RIGHT_TO_LEFT or "-arab" in language.lower() else "ltr"


def count(number: int, one: str, many: str = "") -> str:
    """“1 article”, “1,204 articles”; `many` where the plural is not made with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def kind(label: str) -> str:
    """A kind of name in the singular."""
    return KINDS.get(label, (label, label))[0]


def kinds(label: str) -> str:
    """A kind of name as a heading."""
    return KINDS.get(label, (label, label.capitalize()))[1]


def speaker(kind_: str) -> str:
    """What sort of speaker or source it is."""
    return SPEAKERS.get(kind_, kind_)


def form(value: str) -> str:
    """How a quotation is given: word for word, or in the article's words."""
    return FORMS.get(value, value)


def review(state: str) -> str:
    """Who stands behind an annotation."""
    return REVIEWS.get(state, state)


def short_review(state: str) -> str:
    """The same in one word, where room is scarce."""
    return state if state != "machine" else "by machine"


def confidence(value: float) -> str:
    """What the machine makes of its own reading; an editor's word needs no such figure."""
    if value >= 0.9:
        return "very likely"
    if value >= 0.75:
        return "likely"
    return "uncertain" if value >= 0.5 else "a guess"


def joined(parts: list[str] | tuple[str, ...]) -> str:
    """“a, b and c”."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else ""
