"""The chronology as a calendar and as a timeline: what is known to the day, and what a timeline can draw."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import msgspec
import pytest

from builder.config import Config
from builder.model.archive import Archive, ChronologyRecord, Occurrence
from builder.render.exports import calendar, timeline
from builder.render.template import open_site
from tests.render import chronicle_fixture as chronicle
from tests.render import registers_fixture as made


def row(edtf: str | None, first: str = "", last: str = "", title: str = "It happened", **more: Any) -> Archive:
    """The registers' archive with one happening, told by the article “sluice” unless said otherwise."""
    place = more.pop("occurrences", (Occurrence("sluice", "e-1", "", title, ""),))
    record = ChronologyRecord("it", title, edtf, place, first, last, **more)
    return msgspec.structs.replace(made.archive(), chronology=(record,))


def day(edtf: str = "2021-03-03", **more: Any) -> Archive:
    return row(edtf, "2021-03-03", "2021-03-03", **more)


def ics(archive: Archive, config: Config = made.CONFIG) -> str:
    (file,) = calendar.render(archive, open_site(config))
    assert file.path == "data/chronology.ics"
    return file.content.decode()


def entries(archive: Archive, config: Config = made.CONFIG) -> list[dict[str, str]]:
    """Every entry with its properties, lines unfolded."""
    lines = re.sub("\r\n ", "", ics(archive, config)).split("\r\n")
    found: list[dict[str, str]] = []
    for line in lines:
        key, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1][key] = value
    return found


def slides(archive: Archive, config: Config = made.CONFIG) -> list[dict[str, Any]]:
    (file,) = timeline.render(archive, open_site(config))
    assert file.path == "data/timeline.json"
    found: list[dict[str, Any]] = json.loads(file.content)["events"]
    return found


class TestCalendar:
    def test_a_day(self) -> None:
        """A whole day ends with the next, and blocks no time; the page is one click away."""
        (entry,) = entries(day())
        assert (entry["DTSTART;VALUE=DATE"], entry["DTEND;VALUE=DATE"]) == ("20210303", "20210304")
        assert entry["URL"] == "https://example.org/papers/chronology/#it"
        assert entry["DESCRIPTION"] == "3 March 2021\\nWho opened the sluice?\\, Veer Courier"
        assert entry["TRANSP"] == "TRANSPARENT"
        assert "STATUS" not in entry

    def test_an_interval(self) -> None:
        (entry,) = entries(row("2021-12-31/2022-01-02", "2021-12-31", "2022-01-02"))
        assert (entry["DTSTART;VALUE=DATE"], entry["DTEND;VALUE=DATE"]) == ("20211231", "20220103")

    def test_the_last_day_a_calendar_knows(self) -> None:
        """It has no next one: then the entry is that day, as the standard says of a missing end."""
        (entry,) = entries(row("9999-12-31", "9999-12-31", "9999-12-31"))
        assert "DTEND;VALUE=DATE" not in entry

    def test_a_doubtful_day_is_tentative(self) -> None:
        (entry,) = entries(day("2021-03-03?"))
        assert entry["STATUS"] == "TENTATIVE"
        assert entry["DESCRIPTION"].startswith("possibly 3 March 2021")

    @pytest.mark.parametrize(
        "edtf", ["2021-03", "2021", "2021-03/2021-04", "2021-03-03/..", "../2021-03-03", "2021-03-03/", "2021-03-XX",
                 "[2021-03-03,2021-03-05]", "-0043-03-15", "0000-01-01", "2021-21", None]
    )  # fmt: skip
    def test_what_is_not_known_to_the_day_is_no_entry(self, edtf: str | None) -> None:
        """And a calendar without entries still is one."""
        assert entries(row(edtf, "2021-03-03", "2021-03-03")) == []
        assert "BEGIN:VTIMEZONE" in ics(row(edtf))

    def test_stamped_by_the_article_never_by_the_clock(self) -> None:
        """Or, where nobody knows when it was printed, by the happening's own day."""
        assert entries(day())[0]["DTSTAMP"] == "20210307T000000Z"
        unknown = (Occurrence("undated", "e-1", "", "", ""),)
        assert entries(day(occurrences=unknown))[0]["DTSTAMP"] == "20210303T000000Z"
        assert entries(day(occurrences=()))[0]["DTSTAMP"] == "20210303T000000Z"

    def test_an_id_stays_and_is_its_rows_alone(self) -> None:
        """Calendars update an entry by it."""
        assert entries(day())[0]["UID"] == entries(day("2021-03-03?", title="Another title"))[0]["UID"]
        assert entries(day())[0]["UID"] != entries(day(), Config(title="Another archive"))[0]["UID"]
        found = entries(chronicle.archive(300, undated=30), chronicle.CONFIG)
        assert len({entry["UID"] for entry in found}) == len(found) > 100

    def test_signs_of_the_format_are_escaped(self) -> None:
        (entry,) = entries(day(title="a, b; c\\d\ne\x07\r\nEND:VEVENT"))
        assert entry["SUMMARY"] == "a\\, b\\; c\\\\d\\ne\\nEND:VEVENT"

    def test_lines_are_folded_between_characters(self) -> None:
        """No line has more than 75 octets, and none is cut inside a character."""
        words = "Þ – 🚢 und weiter " * 30
        raw = ics(day(title=words)).encode()
        assert raw.endswith(b"\r\n")
        assert all(len(line) <= 75 and line.decode() for line in raw.split(b"\r\n")[:-1])
        assert entries(day(title=words))[0]["SUMMARY"] == words

    def test_what_is_folded_shows_its_warning(self) -> None:
        """A sensitive row, and one whose headline is from a sensitive article; no note, no headline."""
        threat = (Occurrence("threat", "e-1", "", "", ""),)
        for archive, shown in (
            (day(title="A threat in words", sensitive="A threat.", note="In words."), "A threat."),
            (day(title="A threat in words", occurrences=threat, note="In words."), "This article reprints a threat."),
        ):
            assert entries(archive)[0]["SUMMARY"] == shown
            assert "words" not in ics(archive).lower()
            assert "drown" not in ics(archive)

    def test_without_an_address_nothing_is_linked(self) -> None:
        assert "URL" not in entries(day(), Config(title="No address"))[0]


class TestTimeline:
    @pytest.mark.parametrize(
        ("edtf", "first", "last", "dates"),
        [
            ("2021-03-03", "2021-03-03", "2021-03-03", {"start_date": {"year": 2021, "month": 3, "day": 3}}),
            ("2021-11", "2021-11-01", "2021-11-30", {"start_date": {"year": 2021, "month": 11}}),
            ("1953", "1953-01-01", "1953-12-31", {"start_date": {"year": 1953}}),
            ("2019~", "2019-01-01", "2019-12-31", {"start_date": {"year": 2019}, "display_date": "about 2019"}),
            ("2014-09-06/2014-09-07", "2014-09-06", "2014-09-07",
             {"start_date": {"year": 2014, "month": 9, "day": 6}, "end_date": {"year": 2014, "month": 9, "day": 7}}),
            ("2014-09/..", "2014-09-01", "",
             {"start_date": {"year": 2014, "month": 9}, "display_date": "from September 2014 on"}),
            ("../2014-09", "", "2014-09-30",
             {"start_date": {"year": 2014, "month": 9}, "display_date": "until September 2014"}),
            ("-0043-03-15", "-0043-03-15", "-0043-03-15",
             {"start_date": {"year": -43, "month": 3, "day": 15}, "display_date": "15 March 44 BC"}),
            ("201X", "2010-01-01", "2019-12-31",
             {"start_date": {"year": 2010, "month": 1, "day": 1}, "end_date": {"year": 2019, "month": 12, "day": 31},
              "display_date": "the 2010s"}),
        ],
    )  # fmt: skip
    def test_dates(self, edtf: str, first: str, last: str, dates: dict[str, Any]) -> None:
        """As fine as they are known; where TimelineJS cannot say what is known, `display_date` does."""
        (slide,) = slides(row(edtf, first, last))
        assert {k: v for k, v in slide.items() if k.endswith("date")} == dates

    def test_what_is_undated_is_left_out(self) -> None:
        assert slides(row(None)) == []

    def test_words_are_no_markup(self) -> None:
        """Headlines and texts are HTML in TimelineJS; only the link to the chronology is."""
        nasty = '<img src=x onerror="alert(1)"> & co'
        (slide,) = slides(day(title=nasty, note=nasty))
        assert unescape(slide["text"]["headline"]) == nasty
        assert "<" not in slide["text"]["headline"]
        assert re.findall(r"<[a-z][^>]*>", slide["text"]["text"]) == [
            "<p>", "<p>", "<p>", '<a href="https://example.org/papers/chronology/#it">'
        ]  # fmt: skip
        assert slide["autolink"] is False

    def test_what_is_folded_shows_its_warning(self) -> None:
        threat = (Occurrence("threat", "e-1", "", "", ""),)
        (slide,) = slides(day(title="You will all drown", occurrences=threat, note="drown"))
        assert slide["text"]["headline"] == "This article reprints a threat."
        assert "drown" not in json.dumps(slide)
        assert "an article marked sensitive" in slide["text"]["text"]

    def test_every_dated_row_is_there_once(self) -> None:
        archive = chronicle.archive(400, undated=30)
        found = slides(archive, chronicle.CONFIG)
        assert [s["unique_id"] for s in found] == [r.id for r in archive.chronology if r.edtf]
        assert all(s["start_date"].keys() <= {"year", "month", "day"} and s["start_date"]["year"] for s in found)


@pytest.mark.parametrize("export", [calendar, timeline])
def test_the_same_archive_gives_the_same_bytes(export: Any) -> None:
    site = open_site(made.CONFIG)
    first, second = ([file.content for file in export.render(made.archive(), site)] for _ in range(2))
    assert first == second
