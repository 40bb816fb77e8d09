"""`glossator import`: an editor's files become articles, with their bytes kept and every change recorded.

decode the bytes, draft an article from each format, add the editor's metadata, write all or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from builder.problems import Problem, Problems, unknown_key
from builder.read.importing.known import Known
from builder.read.importing.plan import Imported, Plan, plan
from builder.read.importing.whole import write_all
from builder.read.keys import KEYS, Wrong

__all__ = ["Imported", "import_files"]

ONE_FILE = ("title", "dek", "slug", "url", "archived_url")  # no two articles share these
OWN = ("original", "original_sha256", "cleanups")  # what import itself finds out


def import_files(root: Path, paths: Iterable[Path], metadata: Mapping[str, Any]) -> list[Imported]:
    """Imports files into the archive at `root`, all of them or, where one cannot be, none; in the order given.

    `metadata` holds front matter keys (title, published, tags ...) for all files, and `encoding`; None counts as not
    given. Raises Problems: of the options alone, or of every file.
    """
    paths = list(paths)
    options = {key: value for key, value in metadata.items() if value is not None}
    encoding = str(options.pop("encoding", ""))
    given = _checked(options, len(paths))
    known = Known.of(root)
    plans: list[Plan] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            plans.append(plan(root, path, given, encoding, known))
        except Problems as error:
            problems.extend(error.problems)
    if problems:
        raise Problems(problems)
    write_all([file for made in plans for file in made.files])
    return [made.imported for made in plans]


def _checked(options: Mapping[str, Any], files: int) -> dict[str, Any]:
    values: dict[str, Any] = {}
    problems = []
    for key, value in options.items():
        place = f"--{key.replace('_', '-')}"
        if key not in KEYS or key in OWN:
            problems.append(unknown_key(place, key, KEYS))
        elif files > 1 and key in ONE_FILE:
            problems.append(Problem(place, "fits one file only", "Import the files one by one."))
        else:
            try:
                values[key] = KEYS[key](list(value) if isinstance(value, tuple) else value)
            except Wrong as wrong:
                problems.append(Problem(place, wrong.what, wrong.hint))
    if problems:
        raise Problems(problems)
    return values
