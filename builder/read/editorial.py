"""The editors' files: reviews/<slug>.yaml, entities.yaml, sources.yaml and chronology.yaml."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from builder.cache import Cache
from builder.model import interval
from builder.model.annotation import ANNOTATION_TYPES, EntityKind, RelationKind
from builder.model.editorial import (
    Apart,
    ChronologyEntry,
    Decision,
    Editorial,
    EntityEntry,
    EventReference,
    SourceEntry,
)
from builder.model.readable import unreadable
from builder.model.selector import TextQuoteSelector
from builder.model.slug import slugify
from builder.problems import Problem, Problems, at, unknown_key
from builder.read.characters import text_of
from builder.read.decided import Decided
from builder.read.files import folder, printable
from builder.read.records import Record
from builder.read.slugs import is_slug

ACTIONS = ("confirm", "reject", "correct", "add")
QUOTE = ("exact", "prefix", "suffix")
REMARKS = ("by", "date", "note", "sensitive")
VALUES = {
    "entity": ("label", "name"),
    "quotation": ("speaker", "speaker_kind", "via", "via_kind", "form", "cue"),
    "time": ("timex", "value", "edtf"),
    "event": ("edtf", "title"),
    "citation": ("url",),
    "relation": ("relation", "subject", "object"),
}
ENTITY = ("id", "name", "kind", "aliases", "identifiers", "description", "coordinates", "parents", "articles",
          "reject", "sensitive", "live")  # fmt: skip
KINDS = ("person", "organization", "place", "group", "work", "event", "law", "product", "account", "hashtag",
         "facility")  # fmt: skip
SPEAKERS = ("named", "anonymous", "organization", "document", "account")
CHOICES = {"label": KINDS, "speaker_kind": SPEAKERS, "via_kind": SPEAKERS, "form": ("direct", "mixed", "indirect"),
           "timex": ("DATE", "TIME", "DURATION", "SET"), "relation": get_args(RelationKind)}  # fmt: skip
NONE = ("edtf", "speaker", "via", "cue")  # an editor may say that there is none
SOURCE = ("id", "name", "kind", "aliases", "url", "entity", "description", "sensitive")
SOURCE_KINDS = ("named", "organization", "document", "account", "publication", "web")
CSL = ("author", "title", "publisher", "issued", "container", "archived_url", "language", "rights")
CHRONOLOGY = ("id", "title", "edtf", "note", "citations", "participants", "events", "sensitive", "apart")
APART = ("apart", "events", "note")

T = TypeVar("T")
Row = ChronologyEntry | Apart


def read(root: Path, cache: Cache | None = None) -> Editorial:
    """Reads every editors' file of the archive; raises Problems with all that is wrong in all of them."""
    content = root / "content"
    problems: list[Problem] = []
    files = Decided(cache)

    def attempt(path: Path, make: Callable[[Record, str], T], of: Any) -> tuple[T, ...]:
        shown = printable(path.relative_to(root).as_posix())
        try:
            return files.entries(path, shown, lambda raw: _entries(raw, shown, make), of)
        except Problems as found:
            problems.extend(found.problems)
            return ()

    entities = attempt(content / "entities.yaml", _entity, EntityEntry)
    sources = attempt(content / "sources.yaml", _source, SourceEntry)
    rows = attempt(content / "chronology.yaml", _row, Row)
    chronology = tuple(row for row in rows if isinstance(row, ChronologyEntry))
    apart = tuple(row for row in rows if isinstance(row, Apart))
    try:
        reviews = folder(content / "reviews", "content/reviews")
    except Problems as found:
        reviews, problems = [], [*problems, *found.problems]
    decisions = {p.stem: attempt(p, _decision, Decision) for p in reviews if p.suffix == ".yaml"}
    files.keep()
    problems.extend(_misnamed(p, root) for p in (*reviews, *folder(content, "content")) if p.suffix == ".yml")
    problems.extend(_doubled(entities) + _doubled(sources) + _doubled(chronology))
    if problems:
        raise Problems(problems)
    return Editorial(entities, sources, chronology, decisions, apart)


def _misnamed(path: Path, root: Path) -> Problem:
    """What nobody reads must not look like a decision that counts."""
    where = printable(path.relative_to(root).as_posix())
    return Problem(where, "is not read", f"Name it “{printable(path.stem)}.yaml”.")


def _entries(raw: bytes, shown: str, make: Callable[[Record, str], T]) -> Iterator[T]:
    from builder.read.yaml_lines import load  # with a library that files which did not change do not need

    rows = load(text_of(raw, shown), shown)
    if rows is None:
        return
    if not isinstance(rows, list):
        raise Problems([Problem(at(shown, 1), "not a list", "Every entry begins with “- ” at the start of a line.")])
    problems: list[Problem] = []
    for row in rows:
        try:
            if not isinstance(row, Record):
                raise Problems([Problem(shown, f"“{row}” is not an entry", "An entry has keys, like “name: …”.")])
            yield make(row, at(shown, row.line))
        except Problems as found:
            problems.extend(found.problems)
    if problems:
        raise Problems(problems)


def _check_keys(row: Record, where: str, known: Iterable[str]) -> None:
    shown, names = where.rsplit(":", 1)[0], list(known)
    if wrong := [key for key in row if key not in names]:
        raise Problems(unknown_key(at(shown, row.lines[key]), key, names) for key in wrong)


def _text(row: Record, key: str, where: str, required: bool = False) -> str:
    value = row.get(key)
    if value is None:
        if required:
            raise Problems([Problem(where, f"“{key}” is missing", f"Add “{key}: …” to this entry.")])
        return ""
    if isinstance(value, (dict, list, set, bytes)):
        raise Problems([Problem(where, f"“{key}” is not text", f"Write it as “{key}: words”.")])
    if required and not str(value).strip():
        raise Problems([Problem(where, f"“{key}” is empty", f"Give “{key}” its words.")])
    return _readable(str(value), key, where)


def _readable(words: str, key: str, where: str) -> str:
    if found := unreadable(words):
        raise Problems([Problem(where, f"{key}: {found[1]}", "It is no part of readable text: take it out.")])
    return words


def _texts(row: Record, key: str, where: str) -> tuple[str, ...]:
    value = row.get(key) or []
    if not isinstance(value, list) or any(isinstance(v, (dict, list, set, bytes, type(None))) for v in value):
        raise Problems([Problem(where, f"“{key}” is not a list", f"Write it as “{key}: [one, another]”.")])
    return tuple(_readable(str(v), key, where) for v in value if str(v).strip())


def _list(row: Record, key: str, where: str) -> list[Any]:
    value = row.get(key) or []
    if not isinstance(value, list):
        raise Problems([Problem(where, f"“{key}” is not a list", "Every entry of it begins with “- ”.")])
    return value


def _choice(row: Record, key: str, where: str, known: tuple[str, ...]) -> str:
    value = _text(row, key, where)
    if value and value not in known:
        raise Problems([Problem(where, f"{key} “{value}” is not known", f"Known: {', '.join(known)}.")])
    return value


def _edtf(row: Record, key: str, where: str) -> str | None:
    value = _text(row, key, where)
    if value and not interval.valid(value):
        hint = "Write 2014-09-07, 2014-09, 2014~ (about), 2014-09/.. (since) or a/b (between)."
        raise Problems([Problem(where, f"{key} “{value}” is no EDTF date", hint)])
    return value or None


def _id(row: Record, where: str, name: str, kind: str) -> str:
    given = _text(row, "id", where)
    if given and not is_slug(given):
        hint = "Use a-z, 0-9 and single hyphens, at most 100 of them, and no name that Windows keeps for a device."
        raise Problems([Problem(where, f"id “{given[:120]}” cannot name a page", hint)])
    made = slugify(name)
    return given or (made if is_slug(made) else f"{made}-{kind}")


def _doubled(entries: Iterable[EntityEntry | SourceEntry | ChronologyEntry]) -> list[Problem]:
    first: dict[str, str] = {}
    problems: list[Problem] = []
    for entry in entries:
        if entry.id and entry.id in first:
            hint = f"It stands first at {first[entry.id]}; give one of them another “id”."
            problems.append(Problem(entry.where, f"the id “{entry.id}” stands here twice", hint))
        first.setdefault(entry.id, entry.where)
    return problems


def _quote(row: Record, where: str) -> TextQuoteSelector:
    return TextQuoteSelector(
        exact=_text(row, "exact", where, required=True),
        prefix=_text(row, "prefix", where),
        suffix=_text(row, "suffix", where),
    )


def _decision(row: Record, where: str) -> Decision:
    actions = [a for a in ACTIONS if a in row]
    if len(actions) != 1:
        hint = "Begin it with one of “- confirm:”, “- reject:”, “- correct:”, “- add:” and an annotation type."
        raise Problems([Problem(where, "a decision needs exactly one action", hint)])
    type_ = _choice(row, actions[0], where, ANNOTATION_TYPES)
    if not type_:
        raise Problems([Problem(where, "a decision needs a type", f"Known: {', '.join(ANNOTATION_TYPES)}.")])
    _check_keys(row, where, (actions[0], *QUOTE, *REMARKS, *VALUES[type_]))
    values = _values(row, type_, where)
    if actions[0] == "correct" and not values:
        hint = f"Give the right value of one of: {', '.join(VALUES[type_])}."
        raise Problems([Problem(where, "a correction that corrects nothing", hint)])
    by, date, note, sensitive = (_text(row, key, where) for key in REMARKS)
    return Decision(actions[0], type_, _quote(row, where), where, values, by, date, note, sensitive)  # type: ignore[arg-type]


def _values(row: Record, type_: str, where: str) -> dict[str, Any]:
    """The decision's values as annotations hold them: text, or None where the editor says that there is none."""
    values: dict[str, Any] = {}
    for key in (k for k in VALUES[type_] if k in row):
        if key == "edtf":
            values[key] = _edtf(row, key, where)
        elif key in CHOICES:
            values[key] = _choice(row, key, where, CHOICES[key])
        else:
            values[key] = _text(row, key, where) or None
        if not values[key] and key not in NONE:
            raise Problems([Problem(where, f"“{key}” is empty", f"Give “{key}” its value, or take the line out.")])
    return values


def _entity(row: Record, where: str) -> EntityEntry:
    _check_keys(row, where, ENTITY)
    name = _text(row, "name", where, required=True)
    _text(row, "kind", where, required=True)
    identifiers = row.get("identifiers") or Record()
    if not isinstance(identifiers, Record):
        raise Problems([Problem(where, "“identifiers” is not a mapping", "Write “identifiers: {wikidata: Q42}”.")])
    return EntityEntry(
        id=_id(row, where, name, "entity"),
        name=name,
        where=where,
        kind=cast(EntityKind, _choice(row, "kind", where, KINDS)),
        aliases=_texts(row, "aliases", where),
        identifiers={key: _text(identifiers, key, where, required=True) for key in identifiers},
        description=_text(row, "description", where),
        coordinates=_coordinates(row, where),
        parents=_texts(row, "parents", where),
        articles=_texts(row, "articles", where),
        reject=_flag(row, "reject", where),
        sensitive=_text(row, "sensitive", where),
        live=_flag(row, "live", where),
    )


def _flag(row: Record, key: str, where: str) -> bool:
    value = row.get(key, False)
    if not isinstance(value, bool):
        raise Problems([Problem(where, f"“{key}” is neither true nor false", f"Write “{key}: true” or leave it out.")])
    return value


def _coordinates(row: Record, where: str) -> tuple[float, float] | None:
    value = row.get("coordinates")
    if value is None:
        return None
    hint = "Write “coordinates: [latitude, longitude]” in degrees, like [37.78, -122.42]."
    if not (isinstance(value, list) and len(value) == 2 and all(type(v) in (int, float) for v in value)):
        raise Problems([Problem(where, "“coordinates” are not two numbers", hint)])
    latitude, longitude = float(value[0]), float(value[1])
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # NaN is neither
        raise Problems([Problem(where, "“coordinates” lie outside the globe", hint)])
    return latitude, longitude


def _source(row: Record, where: str) -> SourceEntry:
    _check_keys(row, where, (*SOURCE, *CSL))
    name = _text(row, "name", where, required=True)
    return SourceEntry(
        id=_id(row, where, name, "source"),
        name=name,
        where=where,
        kind=_choice(row, "kind", where, SOURCE_KINDS),
        aliases=_texts(row, "aliases", where),
        url=_text(row, "url", where),
        entity=_text(row, "entity", where),
        description=_text(row, "description", where),
        sensitive=_text(row, "sensitive", where),
        csl={k: _text(row, k, where) for k in CSL if row.get(k) is not None},
    )


def _row(row: Record, where: str) -> Row:
    _check_keys(row, where, CHRONOLOGY)
    events = tuple(_event(e, where) for e in _list(row, "events", where))
    if _flag(row, "apart", where):
        return _apart(row, where, events)
    title = _text(row, "title", where, required=not events)
    return ChronologyEntry(
        id=_id(row, where, title, "event") if title or "id" in row else "",
        title=title,
        where=where,
        edtf=_edtf(row, "edtf", where),
        note=_text(row, "note", where),
        citations=_texts(row, "citations", where),
        participants=_texts(row, "participants", where),
        events=events,
        sensitive=_text(row, "sensitive", where),
    )


def _apart(row: Record, where: str, events: tuple[EventReference, ...]) -> Apart:
    if wrong := [key for key in row if key not in APART]:
        hint = "Such an entry makes no row: it has “events”, and a “note” if you like."
        raise Problems([Problem(where, f"“{wrong[0]}” beside “apart”", hint)])
    if not events:
        raise Problems([Problem(where, "“apart” without “events”", "List the sentences that must stay separate.")])
    return Apart(events, where, _text(row, "note", where))


def _event(row: Any, where: str) -> EventReference:
    if not isinstance(row, Record):
        raise Problems(
            [Problem(where, "an event of “events” names no article", "Write “- article: slug” and “exact:”.")]
        )
    here = at(where.rsplit(":", 1)[0], row.line)
    _check_keys(row, here, ("article", *QUOTE))
    return EventReference(_text(row, "article", here, required=True), _quote(row, here), here)
