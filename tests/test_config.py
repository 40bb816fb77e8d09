"""content/archive.toml: what is wrong is told with its line and the way to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import config
from builder.problems import Problems


def told(tmp_path: Path, toml: str | bytes) -> str:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/archive.toml").write_bytes(toml.encode() if isinstance(toml, str) else toml)
    with pytest.raises(Problems) as caught:
        config.load(tmp_path)
    return str(caught.value)


def test_a_missing_archive_is_told_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(Problems) as caught:
        config.load(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: there is no archive here: content/archive.toml is missing\n"
        "    Start one with “glossator init DIR”, or name its folder with --archive."
    )


def test_an_unknown_key_is_told_with_its_line_and_the_nearest_known_one(tmp_path: Path) -> None:
    assert told(tmp_path, 'title = "T"\n\ndiscription = "x"\n') == (
        "content/archive.toml:3: unknown key “discription”\n    Did you mean “description”?"
    )


def test_a_key_of_a_table_is_looked_for_in_its_table(tmp_path: Path) -> None:
    assert told(tmp_path, 'title = "T"\n[theme]\ntitle = "#fff"\n').startswith(
        "content/archive.toml:3: unknown key “title”"
    )


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("title = 3\n", "content/archive.toml:1: Expected `str`, got `int` (key “title”)"),
        ("description = ''\n", "Object missing required field `title`"),
        (
            'title = "T"\nbase_url = "example.org"\n',
            "content/archive.toml:2: base_url “example.org” is not a web address",
        ),
        (
            'title = "T"\n[theme]\naccent = "red; x:y"\n',
            "content/archive.toml:3: theme.accent “red; x:y” is not a colour",
        ),
        ('title = "T"\nlanguage = "english please"\n', "content/archive.toml:2: language “english please” is not a"),
        ('title = "T"\nprofile = "all"\n', "content/archive.toml:2: Invalid enum value 'all'"),
        ("title = \n", "content/archive.toml: not valid TOML"),
        ('title = " "\n', "content/archive.toml:1: the archive has no title"),
        ('title = "T"\nrights = "a\\u0001"\n', "content/archive.toml:2: rights: control character U+0001 in the text"),
        ('title = "T"\n[sensitive]\nwords = ["\\u0000"]\n', "content/archive.toml:3: words: NUL byte in the text"),
        ('title = "T"\nbase_url = "https://["\n', "content/archive.toml:2: base_url “https://[” is not a web address"),
        ('title = "T"\nbase_url = "https://a.org:x"\n', "content/archive.toml:2: base_url"),
        ("title = 'T'\nbase_url = 'https://a\"b.org'\n", "content/archive.toml:2: base_url"),
        ("x = " + "[" * 5000, "content/archive.toml: lists or tables nested too deep"),
        (b'title = "\xe9"\n', "content/archive.toml: not UTF-8 at byte 9"),
    ],
)
def test_a_wrong_value_is_told_with_its_place(tmp_path: Path, toml: str | bytes, message: str) -> None:
    assert message in told(tmp_path, toml)


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    assert told(tmp_path, 'titel = "T"\ncolour = 1\n').count("unknown key") == 2


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "content/archive.toml").mkdir(parents=True)
    with pytest.raises(Problems, match=r"content/archive\.toml: cannot be read: Is a directory"):
        config.load(tmp_path)
