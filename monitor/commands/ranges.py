"""Time ranges and days as people type them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from monitor.errors import CalibrationError, LogError
from monitor.tiltlog.local_days import LocalClock

Range = tuple[float, float]
_BACK = {"today": timedelta(), "yesterday": timedelta(days=1)}
_FIRST_YEAR = 1971  # no computer's clock says less, and no zone reaches back before the epoch


def parse_ranges(option: str, texts: Sequence[str]) -> tuple[Range, ...]:
    """Ranges such as "26-36" (seconds) from an option.

    Raises:
        CalibrationError: a text is not two numbers with a dash, or the end is not after the begin.
    """
    return tuple(_parse_range(option, text) for text in texts)


def _parse_range(option: str, text: str) -> Range:
    begin, dash, end = text.partition("-")
    try:
        parsed = (float(begin), float(end))
    except ValueError:
        parsed = (0.0, -1.0)
    if not dash or not parsed[0] < parsed[1] or not math.isfinite(parsed[1]):
        raise CalibrationError(f"{option} {text} is not a range of seconds: write it as 26-36.")
    return parsed


def parse_day(text: str, today: date) -> date:
    """A day as 2026-11-21, today or yesterday.

    Raises:
        LogError: it is no day, lies in the future, or before any log can begin.
    """
    if text in _BACK:
        return today - _BACK[text]
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise LogError(f"'{text}' is not a day: write it as {today.isoformat()}.") from error
    if day.year < _FIRST_YEAR:
        raise LogError(f"{day.isoformat()} lies before any log: choose a later day.")
    if day > today:
        raise LogError(f"{day.isoformat()} lies in the future: choose a day up to today, {today.isoformat()}.")
    return day


def parse_moment(text: str, now: datetime, clock: LocalClock, *, is_end: bool) -> datetime:
    """A moment as 2026-11-21T09:00, or a day as 2026-11-21, today or yesterday, which stands for its begin or its end.

    Both are by the local clock of the log, and so is ``now``.

    Raises:
        LogError: it is no moment.
    """
    try:
        if len(text) <= len("2026-11-21"):
            day = now.date() - _BACK[text] if text in _BACK else date.fromisoformat(text)
            day += timedelta(days=is_end)
            return _at(clock, datetime.combine(day, time()))
        moment = datetime.fromisoformat(text)
        return _at(clock, moment) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise LogError(f"'{text}' is not a time: write it as {now:%Y-%m-%d} or {now:%Y-%m-%dT%H:%M}.") from error


def _at(clock: LocalClock, wall: datetime) -> datetime:
    return datetime.fromtimestamp(clock.utc_of(wall), UTC)
