"""What is wrong in an archive's own template, said so that its author can mend it: file, line, and what."""

from __future__ import annotations

import traceback
from pathlib import Path

from jinja2 import TemplateNotFound, TemplateSyntaxError

from builder.problems import Problem, at

HINT = "Mend it, or take the file away: the packaged template then stands in its place."


def told(error: Exception, own: Path | None) -> Problem | None:
    """The problem an error while rendering comes from; None where no template of the archive's own is to blame.

    `own` is the archive's folder of templates. A file that is asked for and missing is told where it is asked for.
    """
    if own is None:
        return None
    if isinstance(error, UnicodeDecodeError):
        unread = next((p for p in sorted(own.rglob("*.html")) if not _is_utf8(p)), None)
        return Problem(_where(unread, own), "not UTF-8", "Save the file as UTF-8.") if unread else None
    place = _place(error, own)
    if place is None:
        return None
    what = f"there is no template “{error.name}”" if isinstance(error, TemplateNotFound) else str(error).splitlines()[0]
    return Problem(at(_where(place[0], own), place[1]), f"the template cannot be used: {what}", HINT)


def _place(error: Exception, own: Path) -> tuple[Path, int | None] | None:
    """The innermost line of the archive's own that was at work; Jinja's tracebacks name templates as files."""
    if isinstance(error, TemplateSyntaxError) and error.filename and Path(error.filename).is_relative_to(own):
        return Path(error.filename), error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    mine = [frame for frame in frames if Path(frame.filename).is_relative_to(own)]
    return (Path(mine[-1].filename), mine[-1].lineno) if mine else None


def _where(path: Path, own: Path) -> str:
    return path.relative_to(own.parent).as_posix()


def _is_utf8(path: Path) -> bool:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
