"""The list of published files is changed line by line, and comes out as if it had been written anew."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from builder.publish.manifest import MANIFEST, Lines, listed

PATHS = st.text("ab/é-.z", min_size=1, max_size=4)
DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)


@given(st.dictionaries(PATHS, DIGESTS), st.dictionaries(PATHS, DIGESTS), st.sets(PATHS))
def test_a_list_without_some_and_with_others_is_the_list_of_what_is_left(
    before: dict[str, str], taken: dict[str, str], gone: set[str]
) -> None:
    """Whatever is listed already, twice taken out, or not there at all."""
    after = {path: digest for path, digest in before.items() if path not in gone} | taken
    found = Lines.of(before.items()).but(gone, taken)
    assert found.content() == Lines.of(after.items()).content()
    assert dict(found) == after and sorted(found.values()) == sorted(after.values())
    assert [path in found for path in (*before, *gone)] == [path in after for path in (*before, *gone)]


def test_a_list_that_no_build_wrote_is_looked_at_line_by_line(tmp_path: Path) -> None:
    """It may name what lies outside, in any order."""
    lines = [f"{'b' * 64}  b.txt", "no line", f"{'c' * 64}  ../c.txt", f"{'a' * 64}  a.txt"]
    (tmp_path / MANIFEST).write_text("".join(f"{line}\n" for line in lines))
    known = sha256(b"another").hexdigest()
    assert listed(tmp_path, known) == listed(tmp_path) == {"a.txt": "a" * 64, "b.txt": "b" * 64}


def test_a_list_that_a_build_wrote_says_the_same_however_it_is_read(tmp_path: Path) -> None:
    """By the line, or parted into all its files."""
    content = Lines.of([("b/ü.txt", "b" * 64), ("a.txt", "a" * 64)]).content()
    (tmp_path / MANIFEST).write_bytes(content)
    by_line = listed(tmp_path, sha256(content).hexdigest())
    assert isinstance(by_line, Lines) and dict(by_line) == listed(tmp_path)
