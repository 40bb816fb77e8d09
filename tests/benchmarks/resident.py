"""Builds again and again in one process, as `glossator serve` does.

`python -m tests.benchmarks.resident ROOT SLUG WORDS [NAMES]` adds the words, one a build, and prints the seconds of
each build. With NAMES, a file of `madeup.note`, the changed text is not read.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from builder import pipeline
from tests.benchmarks import madeup


def main(root: Path, slug: str, words: list[str], names: Path | None = None) -> list[float]:
    """The first word warms up: with it what is needed is imported, and the model is loaded where texts are read."""
    source, page = root / f"content/articles/{slug}.md", root / f"site/articles/{slug}/index.html"
    seconds = []
    for word in ["warming", *words]:
        source.write_text(source.read_text("utf-8") + f"\n{word}\n", "utf-8")
        if names:
            madeup.fill(root, names)
        started = time.perf_counter()
        pipeline.build(root)
        seconds.append(time.perf_counter() - started)
        assert word in page.read_text("utf-8")
    return seconds[1:]


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3].split(), *map(Path, sys.argv[4:5]))))
