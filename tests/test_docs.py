"""What README and CONTRIBUTING tell is so: links lead somewhere, commands and options exist, examples are valid."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from builder.cli import main
from builder.read import editorial
from tests.conftest import CHECKOUT, Trial

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)


def blocks(document: str, language: str) -> list[str]:
    return [body for kind, body in BLOCK.findall((CHECKOUT / document).read_text("utf-8")) if kind == language]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_local_link_leads_to_a_file(document: str) -> None:
    text = (CHECKOUT / document).read_text("utf-8")
    targets = [t for t in re.findall(r"\]\(([^)#]+)", text) if "://" not in t]
    assert [t for t in targets if not (CHECKOUT / t).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_glossator_command_shown_exists_with_its_options(document: str) -> None:
    for line in "\n".join(blocks(document, "sh")).replace("\\\n", " ").splitlines():
        command = line.partition("glossator ")[2].split("|")[0].split("&&")[0].split("<")[0]
        if not command or command.startswith("#"):
            continue
        name, *arguments = shlex.split(command, comments=True)
        options = {o for p in main.commands[name].params for o in p.opts}
        assert {a for a in arguments if a.startswith("-")} <= options, line


def test_the_two_commands_are_there() -> None:
    assert [b.strip() for b in blocks("README.md", "sh")[:2]] == ["sh .dev/open", "sh .dev/test"]
    assert all((CHECKOUT / path).is_file() for path in (".dev/open", ".dev/test", ".dev/setup", ".ci/run"))


def test_the_files_an_editor_is_shown_are_valid(trial: Trial) -> None:
    review, entities = blocks("README.md", "yaml")
    trial.write("content/reviews/one.yaml", review)
    trial.write("content/entities.yaml", entities)
    found = editorial.read(trial.root)
    assert [d.action for d in found.decisions["one"]] == ["correct", "reject", "confirm", "add"]
    assert found.entities[0].aliases == ("ISIS", "ISIL")


def test_every_module_is_described_where_contributors_look() -> None:
    text = (CHECKOUT / "CONTRIBUTING.md").read_text("utf-8")
    folders = [p.name for p in (CHECKOUT / "builder").iterdir() if (p / "__init__.py").is_file()]
    assert [f for f in folders if f"builder/{f}/" not in text] == []


def test_no_file_names_a_registry_or_a_path_of_some_machine() -> None:
    hosts = re.compile("|".join([r"pypi\.o" + "rg", "pythonho" + "sted", r"npmjs\.o" + "rg"]))
    for path in (p for p in _tracked() if p.suffix in {".txt", ".toml", ".md", ".py", ".yaml", ""}):
        assert not hosts.search(path.read_text("utf-8", "replace")), path


def _tracked() -> list[Path]:
    folders = ("builder", "templates", "content", "tests", ".dev", ".ci")
    return [p for f in folders for p in (CHECKOUT / f).rglob("*") if p.is_file() and "__pycache__" not in p.parts]


def test_readme_and_the_about_page_give_the_same_figures() -> None:
    measures = tomllib.loads((CHECKOUT / "builder/render/accuracy.toml").read_text("utf-8"))["measure"]
    assert measures
    readme = (CHECKOUT / "README.md").read_text("utf-8")
    assert [m for m in measures if f"| {m['what']} | {m['figure']} |" not in readme] == []
