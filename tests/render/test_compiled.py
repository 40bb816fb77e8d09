"""Templates are compiled once for all builds, and anew when anything they were compiled from is another."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from builder.render.macros import Quick
from builder.render.ready import FILE
from builder.render.template import Site, open_site
from tests.render import harbour_fixture as sample

OWN = '{{ _("Names") }} one'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/about.html").write_text(OWN)
    return tmp_path


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that had to be compiled, by name."""
    names: list[str] = []
    compile_: Callable[..., object] = Quick.compile

    def counted(self: Quick, source: str, name: str, filename: str) -> object:
        names.append(name)
        return compile_(self, source, name, filename)

    monkeypatch.setattr(Quick, "compile", counted)
    return names


def opened(root: Path, language: str = "en") -> Site:
    site = open_site(msgspec.structs.replace(sample.CONFIG, language=language), root, root / "work")
    site.prepare()
    return site


def page(site: Site) -> bytes:
    return site.page("about/index.html", "about.html", title="").content


def test_a_second_build_compiles_nothing(root: Path, compiled: list[str]) -> None:
    first = page(opened(root))
    assert {"about.html", "base.html", "partials/macros.html"} <= set(compiled)
    compiled.clear()
    assert page(opened(root)) == first == b"Names one"
    assert compiled == []


def test_only_a_changed_template_is_compiled_again(root: Path, compiled: list[str]) -> None:
    opened(root)
    compiled.clear()
    (root / "templates/about.html").write_text(OWN + " more")
    assert page(opened(root)) == b"Names one more"
    assert compiled == ["about.html"]


def test_what_was_compiled_in_one_language_is_not_used_in_another(root: Path) -> None:
    """Fixed words are put into the archive's language while a template is compiled."""
    opened(root)
    assert page(opened(root, "de")) == b"Namen one"


def test_a_template_that_moved_is_told_under_its_new_place(root: Path, tmp_path: Path) -> None:
    (root / "templates/about.html").write_text("{{ nothing.here }}")
    opened(root)
    moved = root.rename(tmp_path.with_name("elsewhere"))
    with pytest.raises(Exception, match=r"templates/about\.html:1"):
        page(opened(moved))


@pytest.mark.parametrize("damage", [b"", b"garbage", bytes(100_000)])
def test_a_damaged_file_is_as_good_as_none(root: Path, damage: bytes) -> None:
    opened(root)
    file = root / "work" / FILE
    whole = file.read_bytes()
    for spoilt in (damage, whole[: len(whole) // 2], whole[:-9] + damage[:9]):
        file.write_bytes(spoilt)
        assert page(opened(root)) == b"Names one"
    assert file.read_bytes() == whole, "and it is mended"


def test_a_template_that_cannot_be_compiled_stops_nobody_who_does_not_use_it(root: Path) -> None:
    (root / "templates/unused.html").write_text("{% if %}")
    assert page(opened(root)) == b"Names one"


def test_only_who_makes_a_page_opens_jinja() -> None:
    """The process that finds out what an edit changes leaves that to the one it has make the pages."""
    code = "import sys, builder.rendering; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_is_kept_is_of_the_folders_that_templates_are_in(root: Path) -> None:
    """A program that was moved compiles all anew, in one process for all others."""
    site = opened(root)
    again = open_site(sample.CONFIG, root, root / "work")
    assert again.ready.stands(site.folders)
    assert not again.ready.stands([root / "elsewhere", *site.folders[1:]])
    (root / "work" / FILE).unlink()
    assert not open_site(sample.CONFIG, root, root / "work").ready.stands(site.folders)
