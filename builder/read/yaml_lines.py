"""YAML that remembers its lines, so that an error can name the place; nothing in it runs or refers."""

from __future__ import annotations

from typing import Any

import yaml

from builder.problems import Problem, Problems, at
from builder.read.records import Record

BASE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 40  # lists and mappings in one another; an editor needs four, and thousands would crash the reader


class _Loader(BASE):  # type: ignore[misc, valid-type]
    """Plain YAML without timestamps (an EDTF date must stay the text it is) and without doubled keys."""


def _record(loader: Any, node: yaml.MappingNode) -> Record:
    record = Record()
    record.line = node.start_mark.line + 1
    record.lines = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in record:
            raise yaml.constructor.ConstructorError(None, None, f"“{key}” stands here twice", key_node.start_mark)
        record.lines[key] = key_node.start_mark.line + 1
        record[key] = loader.construct_object(value_node, deep=True)
    return record


def _scalar(construct: Any) -> Any:
    """PyYAML's own reading of a number or the like, with an error where the words are none."""

    def checked(loader: Any, node: yaml.Node) -> Any:
        try:
            return construct(loader, node)
        except (ValueError, KeyError, AttributeError, OverflowError):
            what = f"“{str(node.value)[:40]}” is not what its form says"
            raise yaml.constructor.ConstructorError(None, None, what, node.start_mark) from None

    return checked


_Loader.add_constructor("tag:yaml.org,2002:map", _record)
for _kind in ("int", "float", "bool", "timestamp"):
    _tag = f"tag:yaml.org,2002:{_kind}"
    _Loader.add_constructor(_tag, _scalar(BASE.yaml_constructors[_tag]))
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in BASE.yaml_implicit_resolvers.items()
}


def load(text: str, path: str, first_line: int = 1) -> Any:
    """Reads one YAML document; raises Problems naming `path` and line. `first_line` is where `text` starts in it."""
    try:
        _refuse_tangles(text)
        value = yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + first_line if mark else None
        what = error.problem or "not valid YAML"
        hint = "A value with “: ”, “#” or a leading “@”, “*”, “&” needs quotation marks around it."
        raise Problems([Problem(at(path, line), f"YAML: {what}", hint)]) from None
    except yaml.YAMLError as error:
        raise Problems([Problem(path, f"YAML: {str(error).splitlines()[0]}")]) from None
    _shift(value, first_line - 1)
    return value


def _refuse_tangles(text: str) -> None:
    """An alias can make a small file endless, deep nesting can crash the reader, and no editor needs either."""
    depth = 0
    for event in yaml.parse(text, BASE):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise yaml.constructor.ConstructorError(None, None, f"alias “*{event.anchor}”", event.start_mark)  # type: ignore[arg-type]
        if depth > DEEPEST:
            raise yaml.constructor.ConstructorError(None, None, "nested too deep", event.start_mark)  # type: ignore[arg-type]


def _shift(value: Any, by: int) -> None:
    if by and isinstance(value, Record):
        value.line += by
        value.lines = {k: n + by for k, n in value.lines.items()}
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _shift(child, by)
