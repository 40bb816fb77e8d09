"""The tiny archive in tests/site/tiny, built once for all who only look at it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Trial

TINY = Path(__file__).parent / "tiny"


@pytest.fixture(scope="session")
def tiny(make_trial: Callable[[str], Trial]) -> Trial:
    trial = make_trial("tiny")
    shutil.copytree(TINY / "content", trial.root / "content", dirs_exist_ok=True)
    trial.build()
    return trial


@pytest.fixture
def own_tiny(trial: Trial) -> Trial:
    """A copy that a test may change; not built yet."""
    shutil.copytree(TINY / "content", trial.root / "content", dirs_exist_ok=True)
    return trial
