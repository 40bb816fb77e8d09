"""Front matter as people write it: keys in the order of reading, quotation marks only where they are needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import yaml

from builder.read.front_matter import FENCE
from builder.read.keys import KEYS

# These look like spaces or nothing; YAML's escapes (double-quoted words only) make them seen.
UNSEEN = {"\xa0": "\\_", "\xad": "\\xAD", "\u200b": "\\u200B", "\u2060": "\\u2060", "\u202f": "\\u202F"}
BREAKS = "\n\x85\u2028\u2029\t\f\ufeff"


class _Entry(dict[str, str]):
    """A clean-up, on one line."""


class _Dumper(yaml.SafeDumper):
    """Plain YAML without timestamps, as it is read: a date needs no quotation marks."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _entry(dumper: yaml.SafeDumper, entry: _Entry) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", entry.items(), flow_style=True)


def _string(dumper: yaml.SafeDumper, words: str) -> yaml.Node:
    quoted = any(c in UNSEEN or c in BREAKS for c in words)
    return dumper.represent_scalar("tag:yaml.org,2002:str", words, style='"' if quoted else None)


_Dumper.add_representer(_Entry, _entry)
_Dumper.add_representer(str, _string)
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def write(metadata: Mapping[str, Any], body: str) -> str:
    """The file of an article: what says nothing is left out; `metadata` as front_matter.Metadata holds it."""
    record = {key: _plain(key, metadata[key]) for key in KEYS if metadata.get(key)}
    head = yaml.dump(record, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1_000_000_000)
    for character, escape in UNSEEN.items():
        head = head.replace(character, escape)
    return f"{FENCE}\n{head}{FENCE}\n\n{body.strip(chr(10))}\n"


def _plain(key: str, value: Any) -> Any:
    if key == "cleanups":
        return [_Entry((k, v) for k, v in msgspec.structs.asdict(c).items() if v or k == "before") for c in value]
    if key == "sensitive" and value == "true":
        return True
    return list(value) if key == "tags" else value
