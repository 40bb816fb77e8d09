"""Sources: an entity is one across articles; what has no name of its own stays with its article."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from builder.link.sources import SourceRegister
from builder.model.annotation import Citation, Speaker
from builder.model.archive import EntityRecord, Occurrence, Parts, SourceRecord
from builder.model.editorial import SourceEntry
from builder.problems import Problems

ENTITIES = {"ada-poe": EntityRecord("ada-poe", "Ada Poe", "person", ())}


def register(*entries: SourceEntry) -> SourceRegister:
    return SourceRegister(entries, ENTITIES, opened)


def opened(parts: Parts) -> tuple[Occurrence, ...]:
    return tuple(Occurrence(article, annotation) for article, annotation, _ in parts)


def speaker(exact: str, kind: str, name: str | None = None, entity: str | None = None) -> Speaker:
    return Speaker(0, len(exact), exact, name, entity, kind)  # type: ignore[arg-type]


def said(sources: SourceRegister, article: str, who: Speaker) -> str:
    """The id of the source that the article's speaker is."""
    return sources.id(sources.speaker(article, who, lambda id: id))


def records(sources: SourceRegister) -> Mapping[str, SourceRecord]:
    return sources.records(str)[0]


def test_a_known_entity_is_one_source_across_articles() -> None:
    sources = register()
    poe = speaker("Poe", "named", "Ada Poe", "ada-poe")
    assert said(sources, "one", poe) == said(sources, "two", poe) == "ada-poe"


def test_unnamed_sources_of_two_articles_are_never_one() -> None:
    sources = register()
    official = speaker("an official", "anonymous", "an official")
    assert said(sources, "one", official) != said(sources, "two", official)


def test_an_unnamed_source_is_new_each_time_it_is_brought_in() -> None:
    sources = register()
    assert said(sources, "one", speaker("officials", "anonymous")) != said(
        sources, "one", speaker("officials", "anonymous")
    )


def test_a_definite_description_points_back_to_the_source_it_names() -> None:
    sources = register()
    first = said(sources, "one", speaker("a person close to the talks", "anonymous", "a person close to the talks"))
    again = said(sources, "one", speaker("the person", "anonymous", "a person close to the talks"))
    assert first == again


def test_the_report_of_one_article_is_not_the_report_of_another() -> None:
    sources = register()
    report = speaker("the report", "document", "the report")
    assert said(sources, "one", report) == said(sources, "one", report)
    assert said(sources, "one", report) != said(sources, "two", report)


def test_an_editor_can_say_that_both_are_one() -> None:
    entry = SourceEntry("annual-report", "Annual Report", "content/sources.yaml:1", aliases=("the report",))
    sources = register(entry)
    report = speaker("the report", "document", "the report")
    assert said(sources, "one", report) == said(sources, "two", report) == "annual-report"
    assert records(sources)["annual-report"].review == "confirmed"


def test_an_address_is_one_source_with_or_without_a_slash_at_its_end() -> None:
    sources = register()
    cited = [Citation("c-1", 0, 1, "x", url, "citations@1", 1.0) for url in ("https://a.org/b/", "https://a.org/b")]
    assert len({sources.citation(c) for c in cited}) == 1


def test_a_source_has_the_places_where_articles_rely_on_it_by_article() -> None:
    sources = register()
    poe = sources.speaker("one", speaker("Poe", "named", "Ada Poe", "ada-poe"), lambda id: id)
    for article, annotation in (("two", "q-1"), ("one", "q-7"), ("one", "q-2")):
        sources.found(poe, article, annotation, b"")
    record = records(sources)["ada-poe"]
    assert [(o.article, o.annotation) for o in record.occurrences] == [("one", "q-7"), ("one", "q-2"), ("two", "q-1")]


def test_who_reports_whom_is_kept_with_its_places() -> None:
    sources = register()
    reporter = sources.publication("The Gazette", None)
    reported = sources.speaker("one", speaker("Poe", "named", "Ada Poe", "ada-poe"), lambda id: id)
    sources.relay(reporter, reported, Occurrence("one", "q-1"))
    sources.relay(reporter, reporter, Occurrence("one", "q-2"))
    (relay,) = sources.records(str)[1]
    assert (relay.reporter, relay.reported, relay.occurrences) == (
        "the-gazette",
        "ada-poe",
        (Occurrence("one", "q-1"),),
    )


def test_two_entries_cannot_claim_one_name() -> None:
    with pytest.raises(Problems, match=r"b\.yaml:2: “quay” already names “The Quay” \(b\.yaml:1\)"):
        register(
            SourceEntry("quay", "The Quay", "b.yaml:1"), SourceEntry("other", "Another", "b.yaml:2", aliases=("Quay",))
        )


def test_an_address_whose_brackets_do_not_close_is_its_own_name() -> None:
    sources = register()
    citation = Citation("c-1", 0, 1, "x", "http://[", "citations@1", 1.0)
    id = sources.id(sources.citation(citation))
    assert records(sources)[id].name == "http://["


def test_no_folder_is_named_like_a_device_of_windows() -> None:
    assert said(register(), "one", speaker("Con", "named", "Con", None)) != "con"
    sources = register()
    assert sources.id(sources.publication("Aux", None)) != "aux"
