"""Which names of a document are the same one: fullest form, surnames, acronyms, stated aliases."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from builder import authority
from builder.annotate.entities.aliases import initials
from builder.annotate.entities.junk import LINEAGE
from builder.annotate.entities.lexicon import words
from builder.annotate.entities.names import Name, View
from builder.annotate.entities.teams import shorts
from builder.model.annotation import EntityKind

SUFFIX = re.compile(r",? (?:Inc|Ltd|LLC|Corp|Co|PLC|plc|Limited|Corporation|Company|GmbH|AG|SA)\.?$")
OF = re.compile(r"([A-Z]\w+) of ")
HEADED: tuple[EntityKind, ...] = ("organization", "facility")
Form = tuple[EntityKind, str]


@dataclass(frozen=True, slots=True)
class Known:
    """An entity of the document: its readable id and the fullest of its names."""

    id: str
    name: str


class Forms:
    """Surface forms joined into entities; the first form of a group stands for it."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._parent = {form: form for form in forms}

    def root(self, form: Form) -> Form:
        while self._parent[form] != form:
            form = self._parent[form]
        return form

    def join(self, one: Form, two: Form) -> None:
        self._parent[self.root(two)] = self.root(one)

    def groups(self) -> dict[Form, list[Form]]:
        found: defaultdict[Form, list[Form]] = defaultdict(list)
        for form in self._parent:
            found[self.root(form)].append(form)
        return found


def resolve(view: View, names: Sequence[Name], stated: Iterable[tuple[int, int]]) -> list[Known]:
    """Gives the entity of each name, in the order of the names; `stated` are pairs the text calls one."""
    forms = [_form(view, name) for name in names]
    joined = Forms(dict.fromkeys(forms))
    for keys in (_spelling, _record, _person):
        _join_by(joined, list(dict.fromkeys(forms)), keys)
    _join_acronyms(joined, list(dict.fromkeys(forms)))
    _join_bodies(joined, list(dict.fromkeys(forms)))
    for one, two in stated:
        joined.join(forms[one], forms[two])
    entities = _entities(joined)
    return [entities[joined.root(form)] for form in _referents(view, names, forms)]


def _form(view: View, name: Name) -> Form:
    if name.kind in ("account", "hashtag"):
        return name.kind, view.document.text[name.start : name.end]
    return name.kind, view.surface(name)


def _join_by(joined: Forms, forms: list[Form], key: Callable[[Form], tuple[str, ...] | None]) -> None:
    first: dict[tuple[str, ...], Form] = {}
    for form in forms:
        if (value := key(form)) is not None:
            joined.join(first.setdefault(value, form), form)


def _spelling(form: Form) -> tuple[str, ...] | None:
    """Case, a leading article and the form of a company make no difference."""
    return form[0], SUFFIX.sub("", form[1].removeprefix("The ")).casefold().replace(".", "").replace("-", " ")


def _record(form: Form) -> tuple[str, ...] | None:
    record = authority.find(form[1])
    return (record.kind, record.name) if record and record.kind == form[0] else None


def _person(form: Form) -> tuple[str, ...] | None:
    """First and last name, whatever stands between."""
    parts = LINEAGE.sub("", form[1]).replace(".", ". ").split()
    return (parts[0].rstrip("."), parts[-1]) if form[0] == "person" and len(parts) > 1 else None


def _join_acronyms(joined: Forms, forms: list[Form]) -> None:
    """A word of capitals is the one name of its kind that it abbreviates."""
    for short in forms:
        if not (short[1].isupper() and 2 < len(short[1]) < 9 and short[1].isalpha()):
            continue
        fitting = [f for f in forms if f[0] == short[0] and " " in f[1] and initials(f[1]) == short[1]]
        if len({joined.root(f) for f in fitting}) == 1:
            joined.join(fitting[0], short)


def _join_bodies(joined: Forms, forms: list[Form]) -> None:
    """A body is also called without the word that says what it is: the Labour Party Labour, where one party is."""
    for short in forms:
        if short[0] == "organization":
            fitting = [f for f in forms if f[0] == "organization" and _called_short(f[1], short[1])]
            if len({joined.root(f) for f in fitting}) == 1:
                joined.join(fitting[0], short)


def _called_short(long: str, short: str) -> bool:
    rest, _, head = long.rpartition(" ")
    if short in shorts([long]):
        return True
    return long == f"Church of {short}" or (rest == short and head in words("left_out"))


def _referents(view: View, names: Sequence[Name], forms: Sequence[Form]) -> list[Form]:
    """Gives each name the form it stands for: a single word the person whose surname, or else first name, it is.

    Of several such persons it is the one whom the word has meant before, unless another was named in this paragraph;
    at first the one named last.
    """
    full = [form for form in dict.fromkeys(forms) if form[0] == "person" and " " in form[1]]
    bearing: defaultdict[str, list[Form]] = defaultdict(list)
    for at in (-1, 0):
        for form in full:
            bearing[LINEAGE.sub("", form[1]).split()[at]].append(form)
    meant: dict[str, Form] = {}
    out: list[Form] = []
    for i, form in enumerate(forms):
        form = _named_by_head(form, out)
        bearers = bearing[form[1]] if form[0] == "person" and " " not in form[1] else []
        if bearers:
            near = _named_last(view, names, out, bearers, names[i].start)
            form = near or meant.get(form[1]) or next((f for f in reversed(out) if f in bearers), bearers[0])
            meant[forms[i][1]] = form
        out.append(form)
    return out


def _named_by_head(form: Form, before: Sequence[Form]) -> Form:
    """A lone head word with a capital, "the Church", is the body of that head word that was named last."""
    if " " in form[1] or form[0] not in HEADED or form[1] not in words("organization_heads") | words("facility_heads"):
        return form
    return next((f for f in reversed(before) if f[0] in HEADED and _head_word(f[1]) == form[1]), form)


def _head_word(name: str) -> str:
    """`Church` of "Church of England" and `Museum` of "Harbour Museum"; a lone word has none."""
    head = OF.match(name)
    return head[1] if head else name.rpartition(" ")[2] if " " in name else ""


def _named_last(
    view: View, names: Sequence[Name], before: Sequence[Form], bearers: Sequence[Form], at: int
) -> Form | None:
    """The bearer whose full name stands last before `at` in its paragraph."""
    paragraph = view.text.rfind("\n", 0, at)
    for i in range(len(before) - 1, -1, -1):
        if names[i].start <= paragraph:
            break
        if before[i] in bearers and view.surface(names[i]) == before[i][1]:
            return before[i]
    return None


def _entities(joined: Forms) -> dict[Form, Known]:
    taken: set[str] = set()
    found = {}
    for root, forms in joined.groups().items():
        name = max((f[1] for f in forms), key=lambda n: (len(n.split()), len(n)))
        slug = f"{root[0]}:{_slug(name)}"
        number = 1
        while slug in taken:
            number += 1
            slug = f"{root[0]}:{_slug(name)}-{number}"
        taken.add(slug)
        found[root] = Known(slug, name)
    return found


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or "name"
