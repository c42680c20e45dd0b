from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from monitor.commands.ranges import parse_day, parse_moment, parse_ranges
from monitor.errors import CalibrationError, LogError
from monitor.tiltlog.local_days import LocalClock

TODAY = date(2026, 3, 2)
EAST = timezone(timedelta(hours=9))
CLOCK = LocalClock(((0.0, 9 * 3600),))
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC).astimezone()


def test_ranges_of_seconds() -> None:
    assert parse_ranges("--neutral", ["0-20", "26.5-36"]) == ((0.0, 20.0), (26.5, 36.0))
    assert parse_ranges("--slump", []) == ()


@pytest.mark.parametrize(
    "text", ["", "20", "20-", "-20", "20-10", "5-5", "a-b", "nan-5", "5-nan", "0-inf", "0-1e999", "1-2-3"]
)
def test_what_is_no_range_is_told_with_its_option(text: str) -> None:
    with pytest.raises(CalibrationError, match=r"^--slump .*is not a range of seconds: write it as 26-36"):
        parse_ranges("--slump", ["0-5", text])


@pytest.mark.parametrize(
    ("text", "day"),
    [("today", TODAY), ("yesterday", date(2026, 3, 1)), ("2026-03-02", TODAY), ("2025-12-31", date(2025, 12, 31))],
)
def test_days(text: str, day: date) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-03-03", "lies in the future: choose a day up to today, 2026-03-02"),
        ("tomorrow", "is not a day: write it as 2026-03-02"),
        ("2026-02-30", "is not a day"),
        ("2026-03-02T09:00", "is not a day"),
        ("", "is not a day"),
        ("0001-01-01", "lies before any log"),
    ],
)
def test_what_is_no_day_to_report(text: str, words: str) -> None:
    with pytest.raises(LogError, match=words):
        parse_day(text, TODAY)


def test_a_day_stands_for_its_begin_or_its_end() -> None:
    begin = parse_moment("2026-03-02", NOW, CLOCK, is_end=False)
    end = parse_moment("2026-03-02", NOW, CLOCK, is_end=True)
    assert end - begin == timedelta(days=1)
    assert begin == datetime(2026, 3, 2, tzinfo=EAST)


@pytest.mark.parametrize(("text", "day"), [("today", "2026-03-03"), ("yesterday", "2026-03-02")])
@pytest.mark.parametrize("is_end", [False, True])
def test_today_and_yesterday_are_days_of_the_local_clock(text: str, day: str, is_end: bool) -> None:
    now = datetime(2026, 3, 2, 23, 0, tzinfo=UTC).astimezone(EAST)
    assert parse_moment(text, now, CLOCK, is_end=is_end) == parse_moment(day, now, CLOCK, is_end=is_end)


def test_a_time_of_day_is_the_local_one_unless_it_says_its_own() -> None:
    assert parse_moment("2026-03-02T09:30", NOW, CLOCK, is_end=True) == datetime(2026, 3, 2, 9, 30, tzinfo=EAST)
    elsewhere = parse_moment("2026-03-02T09:30+05:00", NOW, CLOCK, is_end=False)
    assert elsewhere == datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=5)))


@pytest.mark.parametrize("text", ["soon", "2026-13-01", "9999-12-31", "0001-01-01T00:00+14:00", ""])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(LogError, match="is not a time: write it as 2026-03-02 or 2026-03-02T"):
        parse_moment(text, NOW, CLOCK, is_end=True)
