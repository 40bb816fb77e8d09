"""Whatever besides the articles decides how pages look changes their fingerprint."""

from __future__ import annotations

from pathlib import Path

import pytest

import builder.fingerprint
from builder.config import Config
from builder.render import stamp
from builder.render.stamp import fingerprint

CONFIG = Config("Trial")


def test_a_template_in_a_linked_folder_counts(tmp_path: Path) -> None:
    """Several archives may share a folder of templates by a link; a link round in a circle is no trap."""
    shared, root = tmp_path / "shared", tmp_path / "archive"
    shared.mkdir()
    (root / "templates").mkdir(parents=True)
    (shared / "names.html").write_text("one")
    (root / "templates/partials").symlink_to(shared, target_is_directory=True)
    (shared / "round").symlink_to(root / "templates", target_is_directory=True)
    before = fingerprint(CONFIG, root)
    (shared / "names.html").write_text("two")
    assert fingerprint(CONFIG, root) != before


def test_the_version_of_the_program_counts() -> None:
    """It stands on every page."""
    assert "__init__.py" in stamp.SOURCES


def test_the_program_counts_as_it_was_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While `serve` runs another version may be installed: its pages must not pass for that one's."""
    before = fingerprint(CONFIG, tmp_path)
    monkeypatch.setattr(builder.fingerprint, "PACKAGE", tmp_path)
    assert fingerprint(CONFIG, tmp_path) == before
