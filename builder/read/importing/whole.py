"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from builder.problems import Problem, Problems


def write_all(files: Sequence[tuple[Path, bytes]]) -> None:
    """Writes new files, each in one step; where one cannot be written, none stays. Raises Problems."""
    written: list[Path] = []
    for path, content in files:
        try:
            _write(path, content)
        except OSError as error:
            for other in written:
                other.unlink(missing_ok=True)
            raise Problems([Problem(str(path), f"cannot be written: {error.strerror}")]) from None
        written.append(path)


def _write(path: Path, content: bytes) -> None:
    """Through a file beside it that then takes its name, so that nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
