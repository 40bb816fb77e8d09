"""Same input, same bytes; a second build writes nothing; only what changed is written."""

from __future__ import annotations

import shutil

from tests.conftest import Trial


def test_a_second_build_reads_and_writes_nothing(own_tiny: Trial) -> None:
    own_tiny.build()
    again = own_tiny.build()
    assert (again.read, again.published.written, again.published.removed) == (0, 0, 0)


def test_two_clean_builds_are_byte_identical(own_tiny: Trial, tiny: Trial) -> None:
    own_tiny.build()
    assert own_tiny.files() == tiny.files()


def test_an_incremental_build_equals_a_clean_one(own_tiny: Trial) -> None:
    own_tiny.build()
    own_tiny.article("third", "Karin Brandt left Hamburg on Monday.", published="2019-06-05")
    assert own_tiny.build().read == 1
    incremental = own_tiny.files()
    shutil.rmtree(own_tiny.site)
    shutil.rmtree(own_tiny.root / ".glossator")
    own_tiny.build()
    assert own_tiny.files() == incremental


def test_an_article_taken_out_leaves_no_page_behind(own_tiny: Trial) -> None:
    own_tiny.build()
    (own_tiny.root / "content/articles/a-letter.md").unlink()
    own_tiny.build()
    assert not (own_tiny.site / "articles/a-letter").exists()
    assert "a-letter" not in (own_tiny.site / "sitemap.xml").read_text("utf-8")


def test_an_empty_archive_builds(trial: Trial) -> None:
    trial.build()
    assert (trial.site / "index.html").is_file()
