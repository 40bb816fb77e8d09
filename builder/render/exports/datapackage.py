"""Describes the CSV files as a Frictionless Tabular Data Package, version 1, so that programs read them unasked.

Source: https://specs.frictionlessdata.io/tabular-data-package/
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from builder.config import Config
from builder.model.output import LargeFile
from builder.render.exports.encode import Record
from builder.render.exports.schema import TABLES, Column, ForeignKey, Table

DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}
NOTE = (
    "Cells hold the archive's words unaltered and may begin with =, +, - or @: "
    "import them into a spreadsheet as text, or use archive.sqlite. "
    "Offsets are Unicode code points into the article's text."
)
CREATIVE_COMMONS = re.compile(r"\bCC[ -](?P<kind>BY(?:-(?:NC|SA|ND))*)[ -](?P<version>[1-4]\.\d)\b", re.IGNORECASE)
CC0 = re.compile(r"\bCC0\b", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s<>()]*[^\s<>().,;]")


def describe(config: Config, files: Mapping[str, LargeFile]) -> Record:
    """Gives the package for `files`, which are written, by table; it names no time: the same archive gives the same."""
    package: Record = {
        "profile": "tabular-data-package",
        "name": re.sub(r"[^a-z0-9]+", "-", config.title.lower()).strip("-") or "archive",
        "title": config.title,
        "description": f"{config.description}\n\n{NOTE}".strip(),
    }
    if config.base_url:
        package["homepage"] = config.base_url
    if config.rights:
        package["rights"] = config.rights
    if licence := _licence(config.rights):
        package["licenses"] = [licence]
    if config.publisher:
        package["contributors"] = [{"title": config.publisher, "role": "publisher"}]
    package["resources"] = [_resource(table, files[table.name]) for table in TABLES]
    return package


def _licence(rights: str) -> Record | None:
    """The licence that the rights statement names; a statement that names none gives no licence."""
    address = ADDRESS.search(rights)
    licence: Record = {}
    if found := CREATIVE_COMMONS.search(rights):
        licence["name"] = f"CC-{found['kind'].upper()}-{found['version']}"
    elif CC0.search(rights):
        licence["name"] = "CC0-1.0"
    if address:
        licence["path"] = address.group()
    return {**licence, "title": rights} if licence else None


def _resource(table: Table, file: LargeFile) -> Record:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.digest}",
        "dialect": DIALECT,
        "schema": _schema(table),
    }


def _schema(table: Table) -> Record:
    schema: Record = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": _one_or_more(table.key),
    }
    if table.foreign_keys:
        schema["foreignKeys"] = [_foreign_key(key) for key in table.foreign_keys]
    return schema


def _field(column: Column) -> Record:
    field: Record = {"name": column.name, "type": column.type, "description": column.description}
    if column.required:
        field["constraints"] = {"required": True}
    return field


def _foreign_key(key: ForeignKey) -> Record:
    return {
        "fields": _one_or_more(key.columns),
        "reference": {"resource": key.table, "fields": _one_or_more(key.key)},
    }


def _one_or_more(names: tuple[str, ...]) -> str | list[str]:
    return names[0] if len(names) == 1 else list(names)
