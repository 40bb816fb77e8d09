"""Records that share a name get numbered slugs, the same however they are counted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from builder.model.slug import unique

# Slugs that can collide with each other's numbers.
SLUGS = st.lists(st.sampled_from(["reyes", "reyes-2", "reyes-4", "aldous"]))


@given(SLUGS)
def test_remembering_how_far_was_counted_changes_no_slug(slugs: list[str]) -> None:
    """`reached` saves time where thousands share a name, and nothing else."""
    anew, remembered = {"reyes-3"}, {"reyes-3"}
    reached: dict[str, int] = {}
    assert [unique(s, anew) for s in slugs] == [unique(s, remembered, reached) for s in slugs]
