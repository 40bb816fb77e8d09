"""`glossator init` makes an archive that can be built at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import config
from builder.problems import Problems
from builder.read.editorial import read as read_editorial
from builder.read.starting import init
from builder.read.yaml_lines import load
from tests.read.reading_fixture import read_all


def test_a_new_archive_is_whole(tmp_path: Path) -> None:
    """Every folder and file an editor will need is there, and all of it can be read."""
    made = init(tmp_path / "storm-of-1953")
    assert made == [
        "content/articles/",
        "content/originals/",
        "content/reviews/",
        "content/archive.toml",
        "content/chronology.yaml",
        "content/entities.yaml",
        "content/reviews/README.txt",
        "content/sources.yaml",
    ]
    root = tmp_path / "storm-of-1953"
    assert config.load(root).title == "Storm of 1953"
    assert read_editorial(root).entities == ()
    assert list(read_all(root)) == []


def test_comments_show_valid_entries(tmp_path: Path) -> None:
    """An editor who takes the comment signs away has entries that the archive reads."""
    init(tmp_path)
    for name in ("chronology.yaml", "entities.yaml", "sources.yaml"):
        path = tmp_path / "content" / name
        lines = path.read_text("utf-8").splitlines()
        path.write_text("\n".join(line[2:] for line in lines[lines.index("#") + 1 :]), "utf-8")
    (tmp_path / "content/reviews/storm.yaml").write_text(_example(tmp_path), "utf-8")
    read = read_editorial(tmp_path)
    assert read.entities[0].name == "Harbour Authority of Northport"
    assert read.sources[0].kind == "publication"
    assert [len(entry.events) for entry in read.apart] == [2]
    assert [decision.action for decision in read.decisions["storm"]] == ["confirm", "correct", "reject"]
    archive = tmp_path / config.FILE
    text = archive.read_text("utf-8").replace("# [theme]", "[theme]")
    keys = (line[2:] if line.startswith("# ") and " = " in line else line for line in text.splitlines())
    archive.write_text("\n".join(keys), "utf-8")
    assert config.load(tmp_path).theme.accent == "#7a1f1f"


def _example(root: Path) -> str:
    text = (root / "content/reviews/README.txt").read_text("utf-8")
    yaml = text[text.index("- confirm") : text.index("A decision finds")]
    assert load(yaml, "README.txt")
    return yaml


def test_an_archive_is_never_begun_twice(tmp_path: Path) -> None:
    """A folder that holds an archive, or a file that would be overwritten, is left as it is."""
    init(tmp_path)
    with pytest.raises(Problems, match="there is an archive here already"):
        init(tmp_path)
    (tmp_path / "content/archive.toml").unlink()
    (tmp_path / "content/entities.yaml").write_text("mine", "utf-8")
    with pytest.raises(Problems, match=r"entities\.yaml: is in the way"):
        init(tmp_path)
    assert (tmp_path / "content/entities.yaml").read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", ['a"b', "back\\slash", "Ärger", "x" * 100])
def test_any_folder_name_gives_a_valid_title(tmp_path: Path, name: str) -> None:
    """The title comes from the folder's name, whatever that is."""
    init(tmp_path / name)
    assert config.load(tmp_path / name).title
