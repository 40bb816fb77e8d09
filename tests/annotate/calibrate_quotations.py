"""Measures how often each way of reading a quotation is right: the shares in quotations/confidence.py.

    python tests/annotate/calibrate_quotations.py SCORER_FOLDER PROFILE:GOLD.jsonl [PROFILE:GOLD.jsonl …]

SCORER_FOLDER holds the scorer `quotations.py`; a gold line is `{id, text, gold}`. A reading is right when at least
half of its words are those of a gold segment and its speaker is the gold's. Prints one line a form and rule.
"""

from __future__ import annotations

import importlib
import sys
from collections import defaultdict
from typing import Any

from builder.annotate import entities
from builder.annotate.engine import load, parse
from builder.annotate.quotations import indirect, marks
from builder.annotate.quotations.assemble import assemble
from builder.annotate.quotations.confidence import key
from builder.annotate.quotations.speakers import Speakers


def measure(scorer: Any, profile: str, path: str, counts: dict[str, list[int]]) -> None:
    """Adds a gold file's readings to the counts: all, right."""
    nlp = load()
    for gold in scorer.read_gold(path):
        document = parse(nlp, str(gold["doc_id"]), gold["text"], profile=profile)  # type: ignore[arg-type]
        quoted = marks.scan(document)
        said = assemble(document, quoted, indirect.frames(document, quoted))
        speakers = Speakers(document, list(entities.annotate(document, ())), quoted)
        rows, keys = [], []
        mask = scorer.inside_mask(document.text)
        for one in said:
            who = speakers.resolve(one.speaker) if one.speaker else None
            row = {"spans": one.spans, "speaker": who and who.exact, "reference": who and who.name, "cue": None}
            for segment in scorer.explode(document.text, mask, [row], False):
                rows.append(segment)
                keys.append(key(one, document.text))
        wanted = scorer.explode(document.text, mask, gold["quotes"], True)
        _, matched = scorer.align(wanted, rows)
        for at, (row, name) in enumerate(zip(rows, keys, strict=True)):
            counts[name][0] += 1
            counts[name][1] += at in matched and _right(scorer, row, wanted[matched[at]])


def _right(scorer: Any, row: dict[str, Any], wanted: dict[str, Any]) -> bool:
    names = [x for x in (wanted["speaker"], wanted["reference"]) if x]
    if not names:
        return not row["speaker"]
    return any(scorer.speaker_match(x, names) for x in (row["speaker"], row["reference"]) if x)


def main() -> None:
    """Prints the table."""
    sys.path.insert(0, sys.argv[1])
    scorer = importlib.import_module("quotations")
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for argument in sys.argv[2:]:
        profile, path = argument.split(":", 1)
        measure(scorer, profile, path, counts)
    for name, (total, right) in sorted(counts.items(), key=lambda x: -x[1][0]):
        print(f"{name:40s} {total:5d} {right / total:.2f}  smoothed {(right + 2) / (total + 5):.2f}")


if __name__ == "__main__":
    main()
