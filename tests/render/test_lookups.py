"""What a unit looks up is noted, and its digest changes exactly when one of the answers would."""

from __future__ import annotations

from builder.digests import ALL, ANY
from builder.render.answers import ahead, several
from builder.render.lookups import LISTS, Lookups
from builder.render.reads import Reads


def reads_of(names: dict[str, str], *asked: str) -> tuple[Reads, bytes]:
    lookups = Lookups()
    register = lookups.register("names", names)
    with lookups.noting() as reads:
        for key in asked:
            register.get(key)
    return reads, lookups.digest(reads)


def again(names: dict[str, str], reads: Reads) -> bytes:
    lookups = Lookups()
    lookups.register("names", names)
    return lookups.digest(reads)


def test_a_change_of_what_was_asked_for_is_seen() -> None:
    reads, before = reads_of({"a": "1", "b": "2"}, "a")
    assert again({"a": "changed", "b": "2"}, reads) != before


def test_a_change_of_what_was_not_asked_for_is_not() -> None:
    reads, before = reads_of({"a": "1", "b": "2"}, "a")
    assert again({"a": "1", "b": "changed", "c": "new"}, reads) == before


def test_what_was_missing_and_has_come_is_seen() -> None:
    reads, before = reads_of({"a": "1"}, "b")
    assert again({"a": "1", "b": "2"}, reads) != before


def test_whoever_goes_through_a_register_sees_all_of_it() -> None:
    lookups = Lookups()
    register = lookups.register("names", {"a": "1", "b": "2"})
    for look in (register.values, register.items, register.keys, lambda: list(register)):
        with lookups.noting() as reads:
            list(look())
        assert reads == {"names": ["*"]}
        before = lookups.digest(reads)
        assert again({"a": "1", "b": "3"}, reads) != before
        assert again({"b": "2", "a": "1"}, reads) != before  # another order


def test_whoever_counts_sees_the_number() -> None:
    lookups = Lookups()
    register, rows = lookups.register("names", {"a": "1"}), lookups.rows("rows", ["x"], str)
    with lookups.noting() as reads:
        assert len(register) == len(rows) == 1
    assert reads == {"names": ["#"], "rows": ["#"]}
    other = Lookups()
    other.register("names", {"b": "changed"})
    other.rows("rows", ["y"], str)
    assert other.digest(reads) == lookups.digest(reads)


def test_a_part_of_a_list_is_the_whole_list() -> None:
    lookups = Lookups()
    rows = lookups.rows("rows", ["x", "y"], str)
    with lookups.noting() as reads:
        assert rows[:1] == ["x"]
    other = Lookups()
    other.rows("rows", ["x", "z"], str)
    assert other.digest(reads) != lookups.digest(reads)


def test_what_a_derived_lookup_is_made_of_is_not_the_readers() -> None:
    """Only the answer it gave counts, however much was gone through to find it."""
    lookups = Lookups()
    names = lookups.register("names", {"a": "1", "b": "2"})
    with lookups.noting() as reads:
        swapped = lookups.derive("by value", str, lambda: {v: k for k, v in names.items()})
        assert swapped["1"] == "a"
    assert reads == {"by value": ["1"]}
    assert lookups.derive("by value", str, dict) is swapped


def test_outside_a_unit_nothing_is_noted() -> None:
    lookups = Lookups()
    register = lookups.register("names", {"a": "1"})
    assert register["a"] == "1"
    with lookups.noting() as reads:
        pass
    assert reads == {}


def test_a_register_that_is_no_more_makes_everything_again() -> None:
    reads, before = reads_of({"a": "1"}, "a")
    assert Lookups().digest(reads) != before


def test_what_moved_from_one_name_to_another_is_seen() -> None:
    """Nothing under one key and something under the next is not the same the other way round."""
    reads, before = reads_of({"b": "1"}, "a", "b")
    assert again({"a": "1"}, reads) != before


def test_where_it_is_known_what_changed_only_that_is_looked_at() -> None:
    """A key of it, or the whole register that it is in; with their number all stays as it was."""
    changed = Lookups()
    changed.knows({"names": {ALL, "b"}})
    register = changed.register("names", {"a": "1", "b": "2"})
    for key, same in (("a", True), ("b", False), ("c", True)):
        with changed.noting() as reads:
            register.get(key)
        assert changed.would_find(b"the digest of the last build", reads) is same
    for look, same in ((list, False), (len, True)):
        with changed.noting() as reads:
            look(register)
        assert changed.would_find(b"the digest of the last build", reads) is same
    changed.knows({})
    assert changed.would_find(b"any", {"of no register": ["a"]})


def test_of_a_register_that_is_no_more_everything_has_changed() -> None:
    gone = Lookups()
    gone.knows({"names": {ANY}})
    assert not gone.would_find(b"", {"names": ["a"]})
    assert gone.would_find(b"", {"places": ["a"]})


def test_where_it_is_not_known_what_changed_digests_are_compared() -> None:
    reads, before = reads_of({"a": "1"}, "a")
    for value, same in (("1", True), ("2", False)):
        lookups = Lookups()
        lookups.register("names", {"a": value})
        assert lookups.would_find(before, reads) is same


def test_whoever_opens_a_part_has_looked_at_the_whole() -> None:
    lookups = Lookups()
    opened = lookups.opened("texts", {"a": "long text"}.__getitem__, {"a": 1})
    with lookups.noting() as reads:
        assert opened.part(lambda key: f"title of {key}")("a") == "title of a"
    assert reads == {"texts": ["a"]}


def in_runs(names: dict[str, str], runs: dict[str, tuple[str, ...]], *asked: str) -> tuple[Lookups, Reads]:
    """What is noted where runs of names are asked for, and each name in them; names that are `asked` for besides."""
    lookups = Lookups()
    register, derived = lookups.register("names", names), lookups.derive("runs", LISTS, lambda: runs)
    with lookups.noting() as reads:
        for name in (*(name for run in sorted(runs) for name in derived[run]), *asked):
            register.get(name)
    return lookups, reads


NAMES = {"a": "1", "b": "2", "c": "3", "d": "4"}
RUNS = {"one": ("a", "b"), "two": ("c",)}


def test_names_that_runs_list_are_not_written_down_again() -> None:
    """A large archive's data files look up millions of records, in the runs that they are made in."""
    lookups, reads = in_runs(NAMES, RUNS)
    assert lookups.shortened(reads) == {"runs": ["one", "two"], "names": ["=", "runs"]}
    lookups, reads = in_runs(NAMES, RUNS, "d")
    assert lookups.shortened(reads) == reads


def test_a_change_of_what_a_run_lists_is_seen() -> None:
    """Whether it is known what changed, or not; and so is a run that is no more, or lists others."""
    lookups, reads = in_runs(NAMES, RUNS)
    short, before = lookups.shortened(reads), lookups.digest(reads)
    assert lookups.digest(short) == before
    for names, runs in ((NAMES | {"c": "0"}, RUNS), (NAMES, {"one": ("a", "b")}), (NAMES, RUNS | {"two": ("d",)})):
        assert in_runs(names, runs)[0].digest(short) != before
    for changed, same in (({"names": {ALL, "c"}}, False), ({"names": {ALL, "d"}}, True), ({"runs": {"two"}}, False)):
        lookups.knows(changed)
        assert lookups.would_find(b"the digest of the last build", short) is same
    gone = Lookups()
    gone.register("names", NAMES)
    gone.knows({"names": {ALL, "d"}})
    assert not gone.would_find(before, short)


def test_digests_of_several_are_those_of_each() -> None:
    """Also where they asked for the same, for what is not there, or for a register that is no more."""
    lookups, reads = in_runs(NAMES, RUNS, "d")
    short, missing, gone = lookups.shortened(reads), {"names": ["b", "e", ALL]}, {"names": ["b"], "others": ["a"]}
    found = lookups.digests([reads, short, missing, gone, {}])
    assert found == [lookups.digest(one) for one in (reads, short, missing, gone, {})]
    assert len({*found}) == 4 and found[3] == b""


def test_several_that_are_asked_for_together_are_noted_as_one_by_one() -> None:
    lookups = Lookups()
    register = lookups.register("names", {"a": "1", "b": "2"})
    with lookups.noting() as reads:
        assert several(register, ["b", "c"]) == ["2", None]
    assert reads == {"names": ["b", "c"]}


def test_what_is_only_had_at_hand_is_not_noted() -> None:
    lookups = Lookups()
    register = lookups.register("names", {"a": "1", "b": "2"})
    with lookups.noting() as reads:
        ahead(register, ["a", "b"])
    assert reads == {}
