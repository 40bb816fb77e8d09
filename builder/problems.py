"""What is wrong with the input, said so that an editor can mend it: where, what, and how."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: `where` names a file and, where known, a line; `hint` says how."""

    where: str
    what: str
    hint: str = ""
    severity: str = "error"  # or "warning": the build goes on

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}"
        return f"{text}\n    {self.hint}" if self.hint else text


class Problems(Exception):
    """Carries every problem found in one pass, so that an editor mends them together."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(p) for p in self.problems))

    def __reduce__(self) -> tuple[type[Problems], tuple[tuple[Problem, ...]]]:
        """A worker process hands them over whole."""
        return type(self), (self.problems,)


class Unfinished(Problems):
    """Problems met while publishing, after the change was committed: the site is between old and new."""


def at(path: Path | str, line: int | None = None) -> str:
    """`file:line`, the form editors and terminals make clickable; without a line, the file."""
    return f"{path}:{line}" if line else str(path)


def unknown_key(where: str, key: str, known: Iterable[str]) -> Problem:
    """A key nobody reads: most often a slip of the pen, so the nearest known key is offered."""
    names = list(known)
    near = difflib.get_close_matches(key, names, 1, 0.5)
    hint = f"Did you mean “{near[0]}”?" if near else f"Known here: {', '.join(names)}."
    return Problem(where, f"unknown key “{key}”", hint)
