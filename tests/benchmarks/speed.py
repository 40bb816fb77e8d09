"""Words a second: `glossator annotate` beside spaCy alone, with the same model, its pipes, and the same texts."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.generators import CHECKOUT
from tests.benchmarks.measuring import Cost, middle, run

ALONE = """
import json, sys
import spacy
from builder.annotate.engine import find
model = spacy.load(find())
texts = [json.loads(line)["text"] for line in sys.stdin]
for document in model.pipe(texts):
    pass
"""


class Speed(NamedTuple):
    """Words a second of processor time, starting taken out."""

    glossator: float
    spacy: float


def speed(texts: Sequence[str], runs: int) -> Speed:
    """Each is run on one text and on all of them, by turns; the difference is what reading costs."""
    commands = {
        "glossator": [sys.executable, "-m", "builder", "annotate", "--jsonl"],
        "spacy": [sys.executable, "-c", ALONE],
    }
    words = sum(len(text.split()) for text in texts[1:])
    costs: dict[str, list[Cost]] = {f"{name} {what}": [] for name in commands for what in ("one", "all")}
    for _ in range(runs):
        for name, command in commands.items():
            costs[f"{name} one"].append(run(command, CHECKOUT, _lines(texts[:1])))
            costs[f"{name} all"].append(run(command, CHECKOUT, _lines(texts)))
    seconds = {name: middle(costs[f"{name} all"]).cpu - middle(costs[f"{name} one"]).cpu for name in commands}
    return Speed(*(words / max(seconds[name], 1e-9) for name in commands))


def _lines(texts: Sequence[str]) -> bytes:
    lines = (json.dumps({"id": str(n), "text": text, "published": "2015-03-02"}) for n, text in enumerate(texts))
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def text_of(file: Path) -> str:
    """An article's words without its front matter."""
    return file.read_text("utf-8").split("---\n", 2)[-1].strip()
