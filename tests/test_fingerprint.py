"""Versions of libraries are those that are installed, told without a parser of mails."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

import pytest

from builder.fingerprint import version


@pytest.mark.parametrize("name", ["jinja2", "Jinja2", "beautifulsoup4", "pyyaml", "msgspec", "glossator"])
def test_it_is_the_version_that_is_installed(name: str) -> None:
    assert version(name) == metadata.version(name)


def test_what_comes_first_on_the_way_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However its name is written, and whatever else lies there."""
    for number, name in enumerate(("Our.Library-1.0", "our_library-2.0", "our_library-extra-3.0")):
        (tmp_path / str(number) / f"{name}.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "nowhere"), *(str(tmp_path / n) for n in "012"), *sys.path])
    assert version("our-library") == "1.0"
    assert version("our-library-extra") == "3.0"


def test_what_is_not_installed_has_none() -> None:
    with pytest.raises(metadata.PackageNotFoundError):
        version("there-is-no-such-library")
