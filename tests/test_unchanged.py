"""A build that finds nothing changed looks at every file, and does nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import Trial

HEAVY = ("jinja2", "babel", "lxml", "bs4", "markdown", "yaml", "spacy", "asyncio", "concurrent")
LOADED = """
import sys
from pathlib import Path
from builder import pipeline
pipeline.load_all()
before = set(sys.modules)
pipeline.build(Path(sys.argv[1]))
print(*sorted(name for name in set(sys.modules) - before if name.startswith("builder.")))
"""
BUILD = """
import sys
from pathlib import Path
from builder import pipeline
from builder.reading import Workforce
built = pipeline.build(Path(sys.argv[1]), workforce=Workforce())
print(built.published.written, built.published.removed, *(name for name in sys.argv[2:] if name in sys.modules))
"""


def again(archive: Trial) -> str:
    """A build by a program of its own: files written and removed, and which of the HEAVY modules it imported."""
    command = [sys.executable, "-c", BUILD, str(archive.root), *HEAVY]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_nothing_is_imported_or_written_for_an_archive_in_which_nothing_changed(trial: Trial) -> None:
    """Libraries that read or make something are imported where there is something to be read or made."""
    trial.article("one", "Karin Brandt left Hamburg on Monday.", published="2019-06-05")
    trial.write("content/entities.yaml", "- {name: Karin Brandt, kind: person}\n")
    trial.build()
    kept = trial.root / ".glossator"
    before = trial.files(), _times(trial.site), _times(kept / "kept")
    assert again(trial) == "0 0"
    assert (trial.files(), _times(trial.site), _times(kept / "kept")) == before


def test_nor_to_say_the_warning_of_an_archive_in_another_language(trial: Trial) -> None:
    """Its words stand where the last build kept them: no catalogue is read for them."""
    trial.write("content/archive.toml", 'title = "Probe"\nlanguage = "de"\n')
    trial.article("one", "Karin Brandt left Hamburg on Monday.", published="2019-06-05")
    trial.build()
    assert again(trial) == "0 0"


def test_a_published_file_that_somebody_touched_is_mended_all_the_same(trial: Trial) -> None:
    """Nothing changed in the archive; the site is not as it was published."""
    trial.article("one", "Karin Brandt left Hamburg on Monday.", published="2019-06-05")
    trial.build()
    before = trial.files()
    (trial.site / "index.html").unlink()
    (trial.site / "404.html").write_text("by hand")
    assert again(trial).startswith("2 0")
    assert trial.files() == before


def test_what_a_build_may_need_can_be_imported_beforehand(trial: Trial) -> None:
    """`serve` runs on while another version is installed: a build must not be made by halves of two."""
    trial.article("one", "Karin Brandt left Hamburg on Monday.", published="2019-06-05")
    trial.write("content/reviews/one.yaml", "- {reject: entity, exact: Hamburg}\n")
    command = [sys.executable, "-c", LOADED, str(trial.root)]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in found if not name.startswith(("builder.annotate", "builder.authority"))] == []


def _times(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in sorted(folder.rglob("*"))}
