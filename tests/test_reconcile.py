"""`glossator reconcile` proposes identifiers and decides nothing: what it prints is for an editor to paste."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs

import pytest
import yaml
from click.testing import CliRunner, Result

from builder.cli import main
from tests.conftest import Trial

AUTHORITY = """name,kind,scheme,id,aliases
Bay Harbour News Group,organization,wikidata,Q1001,BHNG|Harbour News
Clara Fischer,person,viaf,77,
Paul Weaver,person,viaf,1,
Paul Weaver,person,viaf,2,
Harbour Trust,person,viaf,9,
Nobody Here,person,viaf,5,
"""


class Service(BaseHTTPRequestHandler):
    """A reconciliation service that knows two names, one of them for sure."""

    asked: ClassVar[list[dict[str, Any]]] = []
    broken: ClassVar[bool] = False

    def do_GET(self) -> None:
        self._answer({"versions": ["0.2"], "name": "Test", "identifierSpace": "http://www.wikidata.org/entity/"})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        queries = json.loads(parse_qs(body)["queries"][0])
        self.asked.append(queries)
        self._answer({} if self.broken else {key: {"result": self._known(q["query"])} for key, q in queries.items()})

    def _known(self, name: str) -> list[dict[str, Any]]:
        human = [{"id": "Q5", "name": "human"}]
        if name == "Clara Fischer":
            return [{"id": "Q42", "name": name, "score": 99.0, "match": True, "type": human}]
        if name == "Paul Weaver":
            return [{"id": f"Q{n}", "name": f"{name}\n- evil: yes", "match": False, "type": []} for n in (7, 8)]
        return []

    def _answer(self, value: object) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[str]:
    Service.asked, Service.broken = [], False
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/reconcile"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def archive(trial: Trial) -> Trial:
    trial.article("one", "The Bay Harbour News Group (BHNG) hired Clara Fischer. Paul Weaver of Harbour Trust left.")
    trial.write("authority.csv", AUTHORITY)
    return trial


def run(archive: Trial, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["reconcile", "-C", str(archive.root), *arguments])


def with_authority(archive: Trial, *arguments: str) -> Result:
    return run(archive, "--authority", str(archive.root / "authority.csv"), *arguments)


def test_an_authority_file_gives_proposals_that_the_build_accepts(archive: Trial) -> None:
    """What is printed can be pasted as it is, and then the entity has its identifier and keeps its id."""
    result = with_authority(archive)
    entries = {e["id"]: e for e in yaml.safe_load(result.stdout)}
    assert result.exit_code == 0
    assert entries["bay-harbour-news-group"]["identifiers"] == {"wikidata": "Q1001"}
    assert entries["bay-harbour-news-group"]["aliases"] == ["BHNG"]
    assert entries["clara-fischer"]["identifiers"] == {"viaf": "77"}
    archive.write("content/entities.yaml", result.stdout)
    archive.build()
    records = {r["id"]: r for r in archive.records("entities.json")}
    assert records["clara-fischer"]["identifiers"] == {"viaf": "77"}
    assert len(records["bay-harbour-news-group"]["occurrences"]) == 2


def test_of_several_none_is_chosen(archive: Trial) -> None:
    """Two records of one name stay a comment; so does nothing of another kind."""
    output = with_authority(archive).stdout
    assert "paul-weaver" not in {e["id"] for e in yaml.safe_load(output)}
    assert "#   or: viaf 1: Paul Weaver (authority.csv:4)" in output
    assert "#   or: viaf 2: Paul Weaver (authority.csv:5)" in output
    assert "Harbour Trust" not in output


def test_nothing_is_written_unasked(archive: Trial) -> None:
    """The archive's files stay as they are; only --write makes one, and never over another."""
    before = {p: p.read_bytes() for p in (archive.root / "content").rglob("*") if p.is_file()}
    with_authority(archive)
    assert {p: p.read_bytes() for p in (archive.root / "content").rglob("*") if p.is_file()} == before
    file = archive.root / "proposals.yaml"
    assert with_authority(archive, "--write", str(file)).exit_code == 0
    kept = file.read_bytes()
    assert yaml.safe_load(kept)
    again = with_authority(archive, "--write", str(file))
    assert again.exit_code == 1
    assert "stands there already" in again.output
    assert file.read_bytes() == kept


def test_an_entry_that_stands_is_told_where(archive: Trial) -> None:
    """An entity of the editors' file is not proposed a second time: its line is named."""
    archive.write("content/entities.yaml", "- name: Clara Fischer\n  kind: person\n")
    output = with_authority(archive).stdout
    assert "clara-fischer" not in {e["id"] for e in yaml.safe_load(output)}
    assert "#   It stands at content/entities.yaml:1; add there:" in output
    assert "viaf: '77'" in output


def test_a_service_is_asked_for_names_alone(archive: Trial, service: str) -> None:
    """A match becomes a proposal; what the service only offers stays a comment, whatever its names hold."""
    result = run(archive, "--service", service, "--kind", "person")
    (entry,) = yaml.safe_load(result.stdout)
    assert (entry["id"], entry["identifiers"]) == ("clara-fischer", {"wikidata": "Q42"})
    assert "#   wikidata Q42: Clara Fischer, human (127.0.0.1)" in result.stdout
    assert "#   or: wikidata Q7: Paul Weaver - evil: yes (127.0.0.1)" in result.stdout
    asked = [q for queries in Service.asked for q in queries.values()]
    assert sorted(q["query"] for q in asked) == ["Clara Fischer", "Paul Weaver"]
    assert all(set(q) == {"query", "limit"} for q in asked)


def test_without_an_address_nobody_is_asked(archive: Trial, service: str) -> None:
    """The authority file alone makes no connection."""
    with_authority(archive)
    assert Service.asked == []


@pytest.mark.parametrize(
    ("url", "message"),
    [("ftp://example.org/x", "is no address of a service"), ("http://127.0.0.1:9/x", "cannot be reached")],
)
def test_a_service_that_fails_is_named(archive: Trial, url: str, message: str) -> None:
    """The editor sees which address failed, and how."""
    result = run(archive, "--service", url)
    assert result.exit_code == 1
    assert f"{url}: {message}" in result.output


def test_a_service_that_answers_nonsense_is_named(archive: Trial, service: str) -> None:
    """An answer without results is an error, not an archive without matches."""
    Service.broken = True
    result = run(archive, "--service", service)
    assert result.exit_code == 1
    assert "does not answer as a reconciliation service does" in result.output


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,kind\nAnn,person\n", "authority.csv:1: there is no column “scheme”"),
        ("name,scheme,id\nAnn,viaf,\n", "authority.csv:2: “id” is empty"),
        ('name,scheme,id\n"Ann,viaf,1\n', "authority.csv: cannot be read"),
    ],
)
def test_what_is_wrong_in_an_authority_file_is_told_with_its_line(archive: Trial, text: str, message: str) -> None:
    """The editor is told the line and what to do."""
    archive.write("authority.csv", text)
    result = with_authority(archive)
    assert result.exit_code == 1
    assert message in result.output


def test_one_of_the_two_must_be_given(archive: Trial) -> None:
    """Without a file and without an address there is nothing to look in."""
    assert run(archive).exit_code == 2
