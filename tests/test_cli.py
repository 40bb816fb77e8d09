"""The commands as a person runs them: what they print, and the exit status."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import __version__
from builder.annotate import jsonl
from builder.annotate.document import Document
from builder.cli import main
from builder.language_models import DEFAULT_MODEL
from builder.model.annotation import Annotation
from tests.conftest import Trial


def run(*arguments: str, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "builder", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, cwd=cwd)


def annotated(*lines: object) -> tuple[list[dict[str, object]], int]:
    stdin = "".join((x if isinstance(x, str) else json.dumps(x)) + "\n" for x in lines).encode()
    done = run("annotate", "--jsonl", stdin=stdin)
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode


def test_the_version_is_the_packages() -> None:
    assert CliRunner().invoke(main, ["--version"]).output == f"glossator, version {__version__}\n"


@pytest.mark.parametrize("command", ["init", "import", "build", "serve", "check", "reconcile", "cache", "annotate"])
def test_every_command_explains_itself(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 5


def test_annotate_answers_line_by_line_in_order() -> None:
    text = "Ruth Okafor of the Port Gazette said on Monday: “We saw two fires.”"
    out, status = annotated({"id": "a", "text": text, "published": "2019-06-05", "other": 1}, {"id": 7, "text": ""})
    assert status == 0
    assert [line["id"] for line in out] == ["a", 7]
    for a in out[0]["annotations"]:  # type: ignore[attr-defined]
        assert text[a["start"] : a["end"]] == a["exact"]
        assert 0 <= a["confidence"] <= 1
        assert "@" in a["annotator"]


def test_annotate_takes_the_text_as_it_is() -> None:
    text = "\r\n  Ruth Okafor\u00a0spoke in\tHamburg.\n\n\n“Yes,” said Okafor.  \U0001f600 Hamburg\n"
    out, _ = annotated({"id": "a", "text": text})
    found = out[0]["annotations"]
    assert {"Hamburg"} <= {a["exact"] for a in found}  # type: ignore[attr-defined]
    assert all(text[a["start"] : a["end"]] == a["exact"] for a in found)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "line",
    [
        "{not json",
        "[]",
        '{"id": "x"}',
        '{"id": "x", "text": 3}',
        '{"id": "x", "text": "On Monday.", "published": "soon"}',
    ],
)
def test_a_line_that_cannot_be_read_is_answered_in_its_place_and_the_run_goes_on(line: str) -> None:
    out, status = annotated(line, {"id": "good", "text": "Ruth Okafor spoke."})
    assert status == 1
    assert "error" in out[0]
    assert out[0]["id"] == ("x" if '"x"' in line else None)
    assert out[1]["annotations"]


def test_a_publication_date_may_carry_a_time_of_day() -> None:
    out, status = annotated({"id": "a", "text": "It burnt on Sunday.", "published": "2019-06-04T13:37"})
    assert status == 0
    assert [a["edtf"] for a in out[0]["annotations"] if a["type"] == "time"] == ["2019-06-02"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("id", ['"d"', "7", "1.5", "null", "true", "[1]", '{"a":1}', "9" * 400, '"\\u00e9"'])
def test_an_id_is_given_back_as_it_came(id: str) -> None:
    done = run("annotate", "--jsonl", stdin=f'{{"id": {id}, "text": ""}}'.encode())
    assert done.stdout.decode() == f'{{"id":{id},"annotations":[]}}\n'


@pytest.mark.parametrize(
    ("line", "id"),
    [
        ('{"id": "x", "text": "half \\ud800 a character"}', "x"),
        ('{"id": "\\ud800", "text": "a"}', None),
        ('{"id": "x", "text": "a", "deep": ' + "[" * 100_000 + "]" * 100_000 + "}", None),
        ("[" * 100_000, None),
        ('{"id": "x", "text": "a", "published": "' + "{" * 100_000 + '"}', "x"),
        ('{"id": "x", "text": "a", "published": ["2014"]}', "x"),
    ],
)
def test_no_line_however_odd_ends_the_run(line: str, id: str | None) -> None:
    out, status = annotated(line, {"id": "good", "text": ""})
    assert (status, out[0]["id"], "error" in out[0], out[1]) == (1, id, True, {"id": "good", "annotations": []})


def test_a_defect_met_in_one_text_is_that_lines_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(document: Document) -> tuple[Annotation, ...]:
        if document.text == "bad":
            raise ZeroDivisionError("by zero")
        return ()

    monkeypatch.setattr(jsonl, "annotate", breaks)
    lines = [b'{"id":1,"text":"bad"}', b'{"id":2,"text":"good"}']
    assert list(jsonl.annotate_lines(lines, "speech", DEFAULT_MODEL)) == [
        (b'{"id":1,"error":"a defect in Glossator: ZeroDivisionError: by zero"}', True),
        (b'{"id":2,"annotations":[]}', False),
    ]


LINES = "".join(
    f"{{broken {n}\n" if n % 5 == 3 else json.dumps({"id": n, "text": f"Ruth Okafor left on {n} May 2019. " * n}) + "\n"
    for n in range(12)
).encode()


def test_several_processes_answer_as_one_does() -> None:
    """The same bytes, errors in their place, and the same status."""
    one, two = (run("annotate", "--jsonl", "--jobs", jobs, stdin=LINES) for jobs in ("1", "2"))
    assert (two.stdout, two.stderr, two.returncode) == (one.stdout, b"", 1)
    assert [b"error" in line for line in one.stdout.splitlines()] == [n % 5 == 3 for n in range(12)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C otherwise")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_answer_waits_for_no_further_line_and_ctrl_c_ends_all_quietly(jobs: str) -> None:
    """Whoever writes a line and waits gets its answer; then no process is left, and none prints a traceback."""
    command = [sys.executable, "-m", "builder", "annotate", "--jsonl", "--jobs", jobs]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, start_new_session=True, **pipes) as asked:  # type: ignore[call-overload]
        for id in range(3):
            asked.stdin.write(b'{"id":%d,"text":""}\n' % id)
            asked.stdin.flush()
            assert asked.stdout.readline() == b'{"id":%d,"annotations":[]}\n' % id
        os.killpg(asked.pid, signal.SIGINT)  # as a terminal does
        rest = asked.stdout.read(), asked.stderr.read()  # to their end: nobody can write to them any more
    assert rest == (b"", b"\nAborted!\n")
    assert asked.returncode


def test_a_long_pipe_does_not_sit_in_memory(tmp_path: Path) -> None:
    """While nobody takes the answers, no more than a few lines are taken in. (An answer gives back its whole id.)"""
    lines = tmp_path / "lines.jsonl"
    lines.write_bytes(b'{"id":"%s","text":""}\n' % (b"x" * 20_000) * 500)
    command = [sys.executable, "-m", "builder", "annotate", "--jsonl", "--jobs", "2"]
    with lines.open("rb") as file, subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE) as asked:
        assert asked.stdout
        asked.stdout.readline()
        time.sleep(2)
        taken = os.lseek(file.fileno(), 0, os.SEEK_CUR)
        asked.stdout.close()
        asked.wait(30)
    assert 0 < taken < lines.stat().st_size // 4


@pytest.mark.parametrize(
    "bytes_", [b'\xef\xbb\xbf{"id":1,"text":""}', b'{"id":1,"text":""}\r\n', b'\n\r\n {"id":1,"text":""} ']
)
def test_byte_order_mark_line_ends_and_blank_lines_do_not_matter(bytes_: bytes) -> None:
    done = run("annotate", "--jsonl", stdin=bytes_)
    assert (done.returncode, done.stdout) == (0, b'{"id":1,"annotations":[]}\n')


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told_without_a_traceback() -> None:
    line = b'{"id":1,"text":""}\n'
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "builder", "annotate", "--jsonl"]
        done = subprocess.run(command, input=line, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.decode().startswith("error: the disk: no space left on device")


def test_a_terminal_without_curly_marks_is_written_to_all_the_same(trial: Trial) -> None:
    trial.article("one", "Karin Brandt spoke.")
    command = [sys.executable, "-m", "builder", "check"]
    western = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, cwd=trial.root, env=western, capture_output=True, check=False)
    assert b"content/articles/one.md: ?published? is not known" in done.stdout
    assert done.stderr == b""


def test_a_files_name_does_not_steer_the_terminal(trial: Trial) -> None:
    trial.article("one", "Text.")
    trial.write("content/articles/\x1b[31mred\n.md", "")
    told = run("build", cwd=trial.root).stderr.decode()
    assert "\\x1b[31mred\\n.md" in told
    assert "\x1b" not in told


@pytest.mark.parametrize("folder", ["content", "content/articles/pages", "templates", ".glossator/site"])
def test_a_site_among_its_own_sources_is_refused(trial: Trial, folder: str) -> None:
    trial.article("one", "Text.")
    done = run("build", "--output", folder, cwd=trial.root)
    assert done.returncode == 1
    assert f"lies in the archive's {folder.split('/')[0]}/" in done.stderr.decode()


def test_a_text_too_long_to_read_is_an_error_of_its_line() -> None:
    out, status = annotated({"id": "long", "text": "word " * 300_000}, {"id": "good", "text": "Hamburg."})
    assert status == 1
    assert "1,500,000" in str(out[0]["error"])
    assert "annotations" in out[1]


def test_build_tells_what_it_did_and_check_what_is_missing(trial: Trial) -> None:
    trial.article("one", "Karin Brandt spoke on Monday.")
    built = run("build", cwd=trial.root)
    assert built.stdout.decode().startswith("1 articles (1 read anew):")
    checked = run("check", cwd=trial.root)
    assert checked.returncode == 0
    assert "content/articles/one.md: “published” is not known" in checked.stdout.decode()
    assert "so these stay as they are: “Monday”" in checked.stdout.decode()
    assert run("check", "--strict", cwd=trial.root).returncode == 1


def test_the_archive_is_found_from_a_folder_inside_it(trial: Trial) -> None:
    trial.article("one", "Karin Brandt spoke.")
    assert run("build", cwd=trial.root / "content" / "articles").returncode == 0
    assert (trial.site / "index.html").is_file()


def test_problems_are_shown_one_under_the_other_with_status_1(trial: Trial) -> None:
    trial.write("content/articles/a.md", "")
    trial.write("content/articles/b.md", "---\ntitle: B\nurll: x\n---\nText.\n")
    done = run("build", cwd=trial.root)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "error: content/articles/a.md: the file is empty",
        "    An article has front matter and a text.",
        "error: content/articles/b.md:3: unknown key “urll”",
        "    Did you mean “url”?",
        "2 problems. Nothing was changed.",
    ]


def test_no_archive_is_told_with_the_way_to_start_one(tmp_path: Path) -> None:
    done = run("build", cwd=tmp_path)
    assert done.returncode == 1
    assert "there is no archive here: content/archive.toml is missing" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_cached_build_never_loads_the_model(trial: Trial) -> None:
    trial.article("one", "Karin Brandt spoke.")
    trial.build()
    build = "from builder.cli import main; main(['build'], standalone_mode=False)"
    code = f"import sys; {build}; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=trial.root, capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "False"


KEPT = """
import atexit
from builder.cli import main
class Kept:
    def __del__(self):
        print("freed", flush=True)
def begun(*given):
    atexit.register(print, "tidied up")
    return start(*given)
main.kept, main.main, start = Kept(), begun, main.main
main({arguments})
"""


@pytest.mark.parametrize(
    ("arguments", "printed", "status"),
    [(["--version"], [f"glossator, version {__version__}", "tidied up"], 0), (["nothing"], ["tidied up", "freed"], 2)],
)
def test_what_went_well_ends_without_freeing_what_it_held(
    arguments: list[str], printed: list[str], status: int
) -> None:
    """But not before all is printed, and whatever is to be tidied up is."""
    done = subprocess.run([sys.executable, "-c", KEPT.format(arguments=arguments)], capture_output=True, check=False)
    assert (done.stdout.decode().splitlines(), done.returncode) == (printed, status)
